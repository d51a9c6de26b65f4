"""How the parts of an event read in a table cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from demarche.records import Event, Magnitude, Party, Quantity, Report, Source, When, Where

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def clean(text: str) -> str:
    """`text` on one line, without the control characters that would steer a terminal."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def party(one: Party) -> str:
    """A party by its name, with country and sector: `Kenya's police [KEN COP]`."""
    codes = " ".join(filter(None, (one.country, one.sector)))
    return clean(one.name or one.span.text) + (f" [{codes}]" if codes else "")


def parties(several: Iterable[Party]) -> str:
    """Several parties in one cell."""
    return "; ".join(map(party, several))


def sources(several: Iterable[Source]) -> str:
    """Who asserts an event, innermost first."""
    return " < ".join(party(source.party) for source in several)


def when(date: When | None) -> str:
    """An interval of days, as short as it goes: a day, a month, a year, or first..last."""
    if date is None or (date.start is None and date.end is None):
        return ""
    start, end = date.start, date.end
    if start is None or end is None:
        return f"{start or ''}..{end or ''}"
    return _whole(start, end) or f"{start}..{end}"


def _whole(start: dt.date, end: dt.date) -> str | None:
    if start == end:
        return str(start)
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    if start.day == 1 and after.day == 1:
        if start.month == 1 and after == dt.date(start.year + 1, 1, 1):
            return f"{start:%Y}"
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
    return None


def where(place: Where | None) -> str:
    """A place with its country."""
    if place is None:
        return ""
    name = clean(place.name or place.span.text)
    return f"{name} [{place.country}]" if place.country else name


def kind(event: Event) -> str:
    """Type and mode: `SANCTION/discontinue`."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def quantity(count: Quantity) -> str:
    """A count of people: `12`, `12-15`, `at least 12`."""
    if count.high is None:
        return f"at least {count.low}"
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"


def magnitude(size: Magnitude | None) -> str:
    """People killed, injured and taking part."""
    parts = (("killed", size.killed), ("injured", size.injured), ("taking part", size.size)) if size else ()
    return ", ".join(f"{quantity(count)} {label}" for label, count in parts if count)


def heading(name: str, report: Report) -> str:
    """The line above a report's events."""
    count = len(report.events)
    published = f"published {report.published}" if report.published else "no publication date"
    parts = [name, clean(report.title or ""), published, "1 event" if count == 1 else f"{count} events"]
    return " · ".join(filter(None, parts))
