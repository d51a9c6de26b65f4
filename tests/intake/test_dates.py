from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.intake.dates import DateError, parse

DAY = dt.date(2024, 3, 16)


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-16", "2024-03-16T23:30:00-05:00", "2024-03-16 10:00:00.123Z", "2024-03-16 10:00 UTC", "2024/03/16", "2024.3.16", "20240316",
        "20240316T101500Z", "20240316101500", "Sat, 16 Mar 2024 10:00:00 GMT", "Sat, 16 Mar 2024 10:00:00 +0200", "16 March 2024", "March 16, 2024",
        "Mar. 16, 2024 10:15 a.m. EST", "Saturday, 16th of March 2024", "16-Mar-2024", "16/03/2024", "03/16/2024", "16.03.2024", "1710547200",
        "1710547200000", 1710547200, dt.datetime(2024, 3, 16, 9), DAY, " 2024-03-16\n", "March 16, 2024, 10:15 PM", "March 16, 2024 at 10:15 pm",
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way_only_is_read(written: object) -> None:
    assert parse(written) == DAY


@pytest.mark.parametrize("written", [None, "", "  ", "NaN", "null", "N/A", "NaT", "-"])
def test_what_stands_for_no_date_is_none(written: object) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("03/04/2024", "two ways"), ("3.4.2024", "two ways"), ("16/03/24", "no full year"), ("16 Mar 24", "no full year"), ("2024-02-30", "does not exist"),
        ("31/13/2024", "does not exist"), ("yesterday", "cannot be read"), ("2024-3", "cannot be read"), ("2024", "cannot be read"),
        ("0001-01-01", "not between"), ("9999-01-01", "not between"), ("2024-03-16 and more", "cannot be read"), (True, "cannot be read"),
        ("12345", "cannot be read"), ("x" * 5000, "cannot be read"),
    ],
)  # fmt: skip
def test_the_rest_is_refused_never_guessed(written: object, problem: str) -> None:
    with pytest.raises(DateError, match=problem) as caught:
        parse(written)
    assert caught.value.remedy
    assert len(str(caught.value)) < 120


def test_the_order_decides_what_numbers_alone_do_not() -> None:
    assert parse("03/04/2024", "dmy") == dt.date(2024, 4, 3)
    assert parse("03/04/2024", "mdy") == dt.date(2024, 3, 4)
    assert parse("04/04/2024") == dt.date(2024, 4, 4)
    with pytest.raises(DateError, match="does not exist"):
        parse("16/03/2024", "mdy")


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC)))
def test_every_day_is_read_back_from_iso_and_mail_form(moment: dt.datetime) -> None:
    assert parse(moment.isoformat()) == parse(format_datetime(moment)) == parse(moment.strftime("%d %B %Y")) == moment.date()


@given(st.text(max_size=40) | st.from_regex(r"[\d/.: -]{6,20}", fullmatch=True))
def test_nothing_but_a_date_error_comes_out(written: str) -> None:
    try:
        made = parse(written)
    except DateError:
        return
    assert made is None or 1800 <= made.year <= 2100
