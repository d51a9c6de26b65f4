import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.language.interval import Interval
from demarche.language.timex import GRAMMAR, find, normalise
from demarche.language.timex_vocabulary import VOCABULARY

PUBLISHED = Interval.day(dt.date(2024, 3, 20))  # a Wednesday
REFERENCE = Interval.day(dt.date(2023, 7, 26))

# expression, tense, TIMEX3 value, first and last day ("" open, None: nothing fixed), rule
CASES = [
    ("2024-03-16", None, "2024-03-16", ("2024-03-16", "2024-03-16"), "iso_date"),
    ("16/03/2024", None, "2024-03-16", ("2024-03-16", "2024-03-16"), "figures_date"),
    ("16/3/24", None, "2024-03-16", ("2024-03-16", "2024-03-16"), "short_figures_date"),
    ("9/11", None, "2001-09-11", ("2001-09-11", "2001-09-11"), "september_11"),
    ("3 to 5 May 2023", None, "2023-05-03/2023-05-05", ("2023-05-03", "2023-05-05"), "day_range"),
    ("May 3-5, 2023", None, "2023-05-03/2023-05-05", ("2023-05-03", "2023-05-05"), "month_day_range"),
    ("16th of March, 2021", None, "2021-03-16", ("2021-03-16", "2021-03-16"), "day_month"),
    ("16 March", "past", "2024-03-16", ("2024-03-16", "2024-03-16"), "day_month"),
    ("March 16th", "past", "2024-03-16", ("2024-03-16", "2024-03-16"), "month_day"),
    ("July 26, 2023", None, "2023-07-26", ("2023-07-26", "2023-07-26"), "month_day"),
    ("Saturday, March 23", None, "2024-03-23", ("2024-03-23", "2024-03-23"), "month_day"),
    ("the first week of May 2023", None, "2023-05-01/2023-05-07", ("2023-05-01", "2023-05-07"), "piece_of_month"),
    ("late July last year", None, "2023-07", ("2023-07-21", "2023-07-31"), "month_year"),
    ("last July", None, "2023-07", ("2023-07-01", "2023-07-31"), "which_month"),
    ("mid-April", "past", "2023-04", ("2023-04-11", "2023-04-20"), "month"),
    ("mid-April", "future", "2024-04", ("2024-04-11", "2024-04-20"), "month"),
    ("the end of March", "past", "2024-03", ("2024-03-21", "2024-03-31"), "month"),
    ("the first half of 2020", None, "2020-H1", ("2020-01-01", "2020-06-30"), "share_of_year"),
    ("the third quarter", None, "2023-Q3", ("2023-07-01", "2023-09-30"), "quarter"),
    ("Q2 2021", None, "2021-Q2", ("2021-04-01", "2021-06-30"), "quarter_figure"),
    ("fiscal 2023", None, "2023", None, "fiscal_year"),
    ("FY2023", None, "2023", None, "fiscal_year"),
    ("the summer of 2012", None, "2012-SU", ("2012-06-01", "2012-08-31"), "season_year"),
    ("last summer", None, "2023-SU", ("2023-06-01", "2023-08-31"), "which_season"),
    ("the 1990s", None, "199", ("1990-01-01", "1999-12-31"), "decade"),
    ("20th century", None, "19", ("1900-01-01", "1999-12-31"), "century"),
    ("2012-2014", None, "2012/2014", ("2012-01-01", "2014-12-31"), "year_range"),
    ("early 2012", None, "2012", ("2012-01-01", "2012-04-30"), "year"),
    ("nineteen ninety-six", None, "1996", ("1996-01-01", "1996-12-31"), "year"),
    ("Christmas Day", None, "2023-12-25", ("2023-12-25", "2023-12-25"), "fixed_day"),
    ("Easter Monday 2023", None, "2023-04-10", ("2023-04-10", "2023-04-10"), "moving_day"),
    ("Ramadan", None, "XXXX-XX-XX", None, "festival"),
    ("yesterday", None, "2024-03-19", ("2024-03-19", "2024-03-19"), "day_deictic"),
    ("the day before yesterday", None, "2024-03-18", ("2024-03-18", "2024-03-18"), "day_deictic"),
    ("last night", None, "2024-03-19TNI", ("2024-03-19", "2024-03-19"), "this_daytime"),
    ("the following morning", None, "2023-07-27TMO", ("2023-07-27", "2023-07-27"), "narrated_daytime"),
    ("Monday of last week", None, "2024-03-11", ("2024-03-11", "2024-03-11"), "weekday_week"),
    ("Tuesday night", "past", "2024-03-19TNI", ("2024-03-19", "2024-03-19"), "weekday"),
    ("Wednesday", "past", "2024-03-20", ("2024-03-20", "2024-03-20"), "weekday"),
    ("Wednesday", "future", "2024-03-27", ("2024-03-27", "2024-03-27"), "weekday"),
    ("last Wednesday", None, "2024-03-13", ("2024-03-13", "2024-03-13"), "weekday"),
    ("a decade ago", None, "2014", ("2014-01-01", "2014-12-31"), "ago"),
    ("two weeks ago", None, "2024-W10", ("2024-03-04", "2024-03-10"), "ago"),
    ("two and a half years ago", None, "2021-09", ("2021-09-01", "2021-09-30"), "ago"),
    ("several months ago", None, "PAST_REF", None, "ago"),
    ("two weeks from now", None, "2024-W14", ("2024-04-01", "2024-04-07"), "from_now"),
    ("two days earlier", None, "2023-07-24", ("2023-07-24", "2023-07-24"), "later"),
    ("the day before", None, "2023-07-25", ("2023-07-25", "2023-07-25"), "the_day_before"),
    ("the end of next year", None, "2025", ("2025-09-01", "2025-12-31"), "part_of_unit"),
    ("early next year", None, "2025", ("2025-01-01", "2025-04-30"), "part_unit"),
    ("the past decade", None, "P10Y", ("2014-03-20", "2024-03-20"), "past_unit"),
    ("last week", None, "2024-W11", ("2024-03-11", "2024-03-17"), "unit"),
    ("this month", "past", "2024-03", ("2024-03-01", "2024-03-20"), "unit"),
    ("the following day", None, "2023-07-27", ("2023-07-27", "2023-07-27"), "unit"),
    ("year-end", None, "2024", ("2024-09-01", "2024-12-31"), "year_end"),
    ("overnight", None, "2024-03-19TNI", ("2024-03-19", "2024-03-20"), "overnight"),
    ("the weekend", "past", "2024-W11-WE", ("2024-03-16", "2024-03-17"), "weekend"),
    ("the past two weeks", None, "P2W", ("2024-03-06", "2024-03-20"), "last_span"),
    ("recent years", None, "PAST_REF", None, "recent_units"),
    ("that time", None, "2023-07-26", ("2023-07-26", "2023-07-26"), "then"),
    ("10 years", None, "P10Y", None, "amount"),
    ("half an hour", None, "PT0.5H", None, "amount"),
    ("two-and-a-half years", None, "P2.5Y", None, "amount"),
    ("30 seconds", None, "PT30S", None, "seconds"),
    ("two or three weeks", None, "PXW", None, "either_amount"),
    ("decades-long", None, "PXY", None, "long"),
    ("every Monday", None, "XXXX-WXX-1", None, "every"),
    ("Fridays", None, "XXXX-WXX-5", None, "weekdays"),
    ("daily", None, "P1D", None, "adverb"),
    ("6 p.m. GMT", None, "2023-07-26T18:00Z", ("2023-07-26", "2023-07-26"), "clock"),
    ("noon Tuesday", "past", "2024-03-19T12:00", ("2024-03-19", "2024-03-19"), "clock_word"),
    ("now", None, "PRESENT_REF", ("2024-03-20", "2024-03-20"), "present"),
    ("the near future", None, "FUTURE_REF", None, "future"),
    ("since 2012", None, "2012", ("2012-01-01", ""), "since_year"),
    ("until next month", None, "2024-04", ("", "2024-04-30"), "until_unit"),
    ("from March 3 to April 5, 2023", None, "2023-03-03/2023-04-05", ("2023-03-03", "2023-04-05"), "range"),
    ("between May and June 2023", None, "2023-05/2023-06", ("2023-05-01", "2023-06-30"), "range"),
    ("in early July 2023", None, "2023-07", ("2023-07-01", "2023-07-10"), "month_year"),
]


@pytest.mark.parametrize(("expression", "tense", "timex", "ends", "rule"), CASES)
def test_an_expression_has_its_value(expression, tense, timex, ends, rule):
    value = normalise(expression, PUBLISHED, tense, REFERENCE)
    if rule is None:
        return
    assert value is not None and (value.timex, value.rule) == (timex, rule)
    assert _ends(value.interval) == ends


def _ends(interval):
    return interval and tuple(day.isoformat() if day else "" for day in (interval.start, interval.end))


def test_without_a_publication_what_is_relative_stays_unknown():
    told = {"yesterday": "XXXX-XX-XX", "last week": "XXXX-WXX", "last year": "XXXX", "in July": "XXXX-07", "16 March": "XXXX-03-16", "on Tuesday": "XXXX-WXX-2"}
    for expression, timex in told.items():
        value = normalise(expression)
        assert value and value.interval is None and value.timex == timex


def test_a_vague_publication_fixes_what_all_of_it_agrees_on():
    year = Interval.year(2024)
    assert _ends(normalise("late July last year", year).interval) == ("2023-07-21", "2023-07-31")
    assert normalise("yesterday", year).interval is None
    assert _ends(normalise("yesterday", Interval(dt.date(2024, 3, 4), dt.date(2024, 3, 6))).interval) == ("2024-03-03", "2024-03-05")


@pytest.mark.parametrize("expression", ["5,000 years ago", "300 centuries ago", "three million years ago", "9,999,999,999 days ago"])
def test_what_lies_outside_the_calendar_fixes_nothing(expression):
    value = normalise(expression, PUBLISHED, "past", REFERENCE)
    assert value is None or value.interval is None


def test_both_readings_are_kept_when_no_tense_decides():
    value = normalise("Tuesday", PUBLISHED)
    assert (value.interval.start, value.other.start) == (dt.date(2024, 3, 19), dt.date(2024, 3, 26))


FOUND = [
    ("Soldiers seized power on July 26, 2023 and closed the border the following day.", ["July 26, 2023", "the following day"]),
    ("The accord, signed on April 2, 2014, lapsed late July last year.", ["April 2, 2014", "late July last year"]),
    ("Talks from 3 to 5 May will follow last week's raid in mid-April.", ["3 to 5 May", "last week", "mid-April"]),
    ("Police may march on Sunday; they held 2,000 people in 2012.", ["Sunday", "2012"]),
    ("He has ruled for 10 years, since the 1990s.", ["10 years", "the 1990s"]),
    ("At 6 p.m. on Tuesday the 34-year-old envoy, 52 years old, left Mr. Jan Weekes a second note.", ["6 p.m. on Tuesday"]),
    ("More than 2000 soldiers crossed, two days earlier, in 1998.", ["two days earlier", "1998"]),
    ("See https://example.org/2022/07/26/story for it.", []),
    ("Nothing of the kind happened in parliament.", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_expressions_are_found_without_their_prepositions(text, expected):
    found = find(text)
    assert [timex.text for timex in found] == expected
    assert all(text[timex.start : timex.end] == timex.text for timex in found)


def test_every_rule_decides_something_that_is_found():
    decided = {rule for *_, rule in CASES}
    unused = {rule.name for rule in GRAMMAR.rules} - decided - {"unit_ago", "year_ago_unit", "bare_unit", "season", "plural", "past"}
    assert not unused


@given(st.text(alphabet=st.sampled_from("0123456789 -/:,.'aAMonJulyday weeklastgo"), max_size=60))
def test_any_text_can_be_read(text):
    spans = [(timex.start, timex.end) for timex in find(text)]
    assert spans == sorted(spans) and all(first[1] <= second[0] for first, second in pairwise(spans))
    for start, end in spans:
        normalise(text[start:end], PUBLISHED, "past", REFERENCE)


SIGNS = ["May", "Sun.", "$5", "'90s", "10:30", "-", ","]
WORDS = st.lists(st.one_of(st.sampled_from(sorted(VOCABULARY)), st.integers(0, 2100).map(str), st.sampled_from(SIGNS)), max_size=7)


@given(WORDS, st.sampled_from(["past", "future", None]))
def test_any_words_of_the_vocabulary_can_be_read(words, tense):
    text = " ".join(words)
    for timex in find(text):
        for published in (PUBLISHED, None, Interval(dt.date(2024, 1, 1), None), Interval.year(2024)):
            assert normalise(timex.text, published, tense, REFERENCE) is None or timex.text
    normalise(text, PUBLISHED, tense)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.sampled_from([expression for expression, *_ in CASES]), st.sampled_from(["past", "future", None]))
def test_any_day_of_publication_will_do(day, expression, tense):
    value = normalise(expression, Interval.day(day), tense, Interval.day(day))
    if value and value.interval and value.interval.start and value.interval.end:
        assert value.interval.start <= value.interval.end


def test_an_expression_does_not_run_over_a_blank_line():
    assert [timex.text for timex in find("Markets shut until Friday\n\nSeptember 18, 2008\n\nThey shut.")] == ["Friday", "September 18, 2008"]


def test_decades_in_two_figures_are_not_ages():
    assert [timex.text for timex in find("Cars of the 70s and 80s suit drivers in their 60s.")] == ["the 70s", "80s"]
    assert normalise("the 70s").timex == "197"
