import datetime as dt

import pytest

from demarche.coding import candidates, statuses, times
from demarche.language.interval import Interval
from tests.coding.pages import Told, drafts, page

FRIDAY = Interval.day(dt.date(2024, 3, 15))


def date(sentence, told, published=FRIDAY):
    """Start and end of the only event's date, and the draft."""
    (draft,) = drafts(page(sentence, events={"talks": told}, published=published), candidates, statuses, times)
    if draft.date is None:
        return None, draft
    return (draft.date.start and draft.date.start.isoformat(), draft.date.end and draft.date.end.isoformat()), draft


def governed(phrase, status="actual", probability=0.9):
    return Told("CONSULT", status=status, roles={"date": {phrase: probability}})


ON = "Peace/NOUN/compound/2 talks/NOUN/root on/ADP/case/4 {}/PROPN/nmod/2 ./PUNCT/punct/2"


@pytest.mark.parametrize(("status", "day"), [("actual", "2024-03-12"), ("negated", "2024-03-12"), ("future", "2024-03-19")])
def test_a_weekday_lies_where_the_status_puts_it(status, day):
    span, draft = date(ON.format("Tuesday"), governed("Tuesday", status))
    assert span == (day, day)
    assert (draft.date.span.text, draft.date.granularity) == ("Tuesday", "day")


def test_the_tense_of_the_clause_comes_before_the_status():
    sentence = "They/PRON/nsubj/2 held/VERB/root talks/NOUN/obj/2 on/ADP/case/5 Tuesday/PROPN/obl/2 ./PUNCT/punct/2"
    assert date(sentence, governed("Tuesday", "future"))[0] == ("2024-03-12", "2024-03-12")


def test_a_year_needs_no_publication():
    assert date("Peace/NOUN/compound/2 talks/NOUN/root in/ADP/case/4 2012/NUM/nmod/2", governed("2012"), None)[0] == ("2012-01-01", "2012-12-31")


def test_since_leaves_the_end_open():
    assert date("Peace/NOUN/compound/2 talks/NOUN/root since/ADP/case/4 Tuesday/PROPN/nmod/2", governed("Tuesday"))[0] == ("2024-03-12", None)


def test_until_leaves_the_start_open_in_the_future_too():
    span, _ = date("Peace/NOUN/compound/2 talks/NOUN/root until/ADP/case/4 Tuesday/PROPN/nmod/2", governed("Tuesday", "future"))
    assert span == (None, "2024-03-19")


def test_an_expression_that_does_not_govern_is_not_taken():
    span, draft = date(ON.format("Tuesday"), governed("Tuesday", probability=times.GOVERNS - 0.01))
    assert span is None and draft.why["date"] == "no time expression governs it"
    assert date(ON.format("Tuesday"), governed("Tuesday", probability=times.GOVERNS + 0.01))[0] == ("2024-03-12", "2024-03-12")


def test_the_words_of_an_expression_count_together():
    sentence = "Peace/NOUN/compound/2 talks/NOUN/root on/ADP/case/4 12/NUM/nmod/2 March/PROPN/flat/4 2024/NUM/flat/4 ./PUNCT/punct/2"
    assert date(sentence, governed("12 March 2024", probability=times.GOVERNS + 0.01))[0] == ("2024-03-12", "2024-03-12")
    assert date(sentence, governed("12 March 2024", probability=times.GOVERNS - 0.01))[0] is None
    assert date(sentence, governed("March", probability=times.GOVERNS + 0.01))[0] == ("2024-03-12", "2024-03-12")


def test_the_likelier_of_two():
    told = Told("CONSULT", roles={"date": {"Tuesday": times.GOVERNS + 0.01, "2012": times.GOVERNS + 0.02}})
    sentence = "Peace/NOUN/compound/2 talks/NOUN/root on/ADP/case/4 Tuesday/PROPN/nmod/2 as/ADP/case/7 in/ADP/case/7 2012/NUM/nmod/2"
    assert date(sentence, told)[0] == ("2012-01-01", "2012-12-31")


def test_an_expression_that_fixes_no_day():
    span, draft = date("Peace/NOUN/compound/2 talks/NOUN/root for/ADP/case/4 years/NOUN/nmod/2", governed("years"))
    assert span is None and ("fixes no day" in draft.why["date"] or draft.why["date"] == "no time expression governs it")
