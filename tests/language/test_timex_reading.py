import datetime as dt

import pytest

from demarche.language.interval import Interval
from demarche.language.timex_reading import read, tense_at

PUBLISHED = Interval.day(dt.date(2024, 3, 20))


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The minister resigned on Monday.", "past"),
        ("The minister will resign on Monday.", "future"),
        ("The vote is expected to be held on Monday.", "future"),
        ("The trial was postponed to Monday.", "future"),
        ("The president said on Monday that talks would resume.", "past"),
        ("The chairman on Monday vowed to fight.", "past"),
        ("Critics attacked Monday's ruling.", "past"),
        ("Monday at the ministry.", None),
    ],
)
def test_the_words_of_the_clause_tell_its_tense(text, tense):
    at = text.index("Monday")
    assert tense_at(text, at, at + 6) == tense


def test_a_later_expression_is_read_from_where_the_narrative_stands():
    text = "The army seized power on 26 July 2023. Two days later it dissolved the assembly. He was arrested the following week."
    assert [reading.value.timex for reading in read(text, PUBLISHED)] == ["2023-07-26", "2023-07-28", "2023-W31"]


def test_since_and_until_leave_an_end_open():
    since, until = read("Fighting has raged since 2012. The curfew lasts until Friday.", PUBLISHED)
    assert (since.value.interval.end, since.lead) == (None, "since")
    assert (until.value.interval.start, until.lead) == (None, "until")


def test_since_before_a_noun_does_not():
    reading, *_ = read("Since the 2012 election he has been in jail.", PUBLISHED)
    assert reading.value.interval == Interval.year(2012)


@pytest.mark.parametrize("text", ["Schools were shut between May and June.", "They met in May and June.", "From May to June they met."])
def test_neighbours_told_as_one_stretch_fix_the_whole(text):
    assert [reading.value.interval.days for reading in read(text, PUBLISHED)] == [61, 61]


def test_without_a_publication_a_day_without_year_falls_in_the_narratives_year():
    told = read("He was charged on June 28, 2022. The court freed him on July 5.")
    assert told[-1].value.timex == "2022-07-05"
