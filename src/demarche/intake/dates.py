"""Dates of publication as tables and feeds write them: read when only one reading is possible, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

Order = Literal["dmy", "mdy"]
"""Which of day and month comes first where a date is all numbers and the year stands last."""

EARLIEST, LATEST = 1800, 2100
"""Years outside are misreadings."""

_MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september",
     "oct october", "nov november", "dec december"), 1) for name in names.split()}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_ZONE = r"(?:\s*(?:z|utc|gmt|[a-z]{2,5}|[+-]\d{2}:?\d{2}))?(?:\s*\([a-z ]+\))?"
_TIME = rf"(?:(?:\s*,)?(?:\s+at)?[\st]\s*\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:[.,]\d+)?(?:\s*[ap]\.?m\.?)?{_ZONE})?"
_WRITTEN = (
    rf"(?P<year>\d{{4}})-(?P<number>\d{{2}})-(?P<day>\d{{2}}){_TIME}",
    rf"(?P<year>\d{{4}})([/.])(?P<number>\d{{1,2}})\2(?P<day>\d{{1,2}}){_TIME}",
    r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?:t?\d{6}(?:z|[+-]\d{2}:?\d{2})?)?",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH},?[\s-]+(?P<year>\d{{4}}){_TIME}",
    rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
)
_IN_NUMBERS = rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){_TIME}"
_SHORT_YEAR = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}\b|\d{1,2}[\s-]\w{3,9}[\s-]\d{2}\b")
_SECONDS = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")


class DateError(ValueError):
    """A date that cannot be read, or in more than one way; the message says which, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str = "write it as 2024-03-16") -> None:
        super().__init__(problem)
        self.remedy = remedy


def parse(value: object, order: Order | None = None) -> dt.date | None:
    """The day `value` names, as it stands there, whatever its time zone; None for an empty one. DateError when that is not sure.

    Numbers of 9 and 10 digits are seconds since 1970, of 12 and 13 milliseconds (in UTC).
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if value is None or isinstance(value, dt.date):
        return value
    text = " ".join(str(value).split())
    if text.lower() in ("", "none", "null", "nan", "nat", "n/a", "-"):
        return None
    if found := _SECONDS.fullmatch(text):
        return _of_clock(int(found[1] or found[2][:-3]), text)
    for form in _WRITTEN:
        if found := re.fullmatch(form, text, re.IGNORECASE):  # compiled at the first date, so that the program starts fast
            named = found.groupdict()
            month = _MONTHS[named["month"].lower()] if named.get("month") else int(named["number"])
            return _day(int(named["year"]), month, int(named["day"]), text)
    if found := re.fullmatch(_IN_NUMBERS, text, re.IGNORECASE):
        return _numbers(int(found[1]), int(found[3]), int(found[4]), text, order)
    problem = "has no full year" if _SHORT_YEAR.match(text) else "cannot be read"
    raise DateError(f"the date {_shown(text)} {problem}")


def _numbers(first: int, second: int, year: int, text: str, order: Order | None) -> dt.date:
    if order is None and first != second and first <= 12 and second <= 12:
        raise DateError(f"the date {_shown(text)} can be read in two ways", "say which comes first: order=dmy for the day, order=mdy for the month")
    month_first = order == "mdy" or (order is None and second > 12)
    return _day(year, first, second, text) if month_first else _day(year, second, first, text)


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    if not EARLIEST <= year <= LATEST:
        raise DateError(f"the date {_shown(text)} is not between {EARLIEST} and {LATEST}")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise DateError(f"the date {_shown(text)} does not exist") from None


def _of_clock(seconds: int, text: str) -> dt.date:
    day = dt.datetime.fromtimestamp(seconds, dt.UTC).date()
    return _day(day.year, day.month, day.day, text)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
