"""The value of a time expression: its TIMEX3 value string and the interval of days that it fixes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from demarche.language.interval import Interval
from demarche.language.timex_words import PART_MODS, UNIT_LETTERS

Tense = Literal["past", "future"]

BLANKS = {
    "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX", "fortnight": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip
FAR = 100  # days; a yearly date nearer than this to the publication is meant whatever the tense seems to be (TimeBank: 1 error in 60)
LONGEST_VAGUE = 31  # days; a relative expression spread over more by a vague publication date fixes nothing
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


@dataclass(frozen=True, slots=True)
class Value:
    """What an expression means. `timex` is the TIMEX3 value, `type` DATE, TIME, DURATION or SET, `rule` the rule that decided.

    `interval` is None when the text does not fix the days. `other` is the second reading of an expression that may lie on either
    side of the publication ("Tuesday", "in July") when no tense decides; `mod` the TIMEX3 mod (START, MID, END, APPROX, ...).
    """

    timex: str
    type: str
    interval: Interval | None
    rule: str
    mod: str | None = None
    other: Interval | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: the publication, the tense of its clause, and the time the narrative has reached."""

    published: Interval | None = None
    tense: Tense | None = None
    reference: Interval | None = None


def write(interval: Interval | None, unit: str | None = None) -> str:
    """The TIMEX3 value of a calendar interval by its granularity."""
    if interval is None or interval.start is None:
        return BLANKS.get(unit or "day", "XXXX")
    return _WRITERS.get(interval.granularity or "", _write_span)(interval.start, interval)


def _write_span(start: dt.date, interval: Interval) -> str:
    return start.isoformat() if interval.single else f"{start}/{interval.end or ''}"


_WRITERS: dict[str, Callable[[dt.date, Interval], str]] = {
    "day": _write_span,
    "week": lambda d, _: "{}-W{:02}".format(*d.isocalendar()),
    "weekend": lambda d, _: "{}-W{:02}-WE".format(*d.isocalendar()),
    "month": lambda d, _: f"{d.year:04}-{d.month:02}",
    "quarter": lambda d, _: f"{d.year:04}-Q{(d.month + 2) // 3}",
    "half": lambda d, _: f"{d.year:04}-H{(d.month + 5) // 6}",
    "season": lambda d, _: f"{d.year:04}-{_SEASONS[d.month]}",
    "year": lambda d, _: f"{d.year:04}",
    "decade": lambda d, _: f"{d.year // 10:03}",
    "century": lambda d, _: f"{d.year // 100:02}",
}


def dated(interval: Interval | None, unit: str = "day", part: str | None = None, other: Interval | None = None) -> Value:
    """A DATE for a calendar unit, or for its early, mid or late part."""
    timex = write(interval, unit)
    if part:
        interval, other = interval and interval.part(part), other and other.part(part)
    return Value(timex, "DATE", interval, "", PART_MODS.get(part or ""), other)


def relative(context: Context, unit: str, count: int, anchor: Interval | None = None) -> Interval | None:
    """The calendar unit `count` units from the one of the anchor (the publication unless given)."""
    return around(anchor or context.published, lambda day: Interval.containing(day, unit).shift(count))


def around(anchor: Interval | None, place: Callable[[dt.date], Interval]) -> Interval | None:
    """What `place` makes of the anchor's day; for a vaguer anchor the hull of both ends, None when that says too little."""
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    first, last = place(anchor.start), place(anchor.end)
    hull = first.hull(last)
    return hull if first == last or (hull.days or LONGEST_VAGUE) <= LONGEST_VAGUE else None


Placed = Callable[[dt.date], Interval]


def sided(context: Context, past: Placed, future: Placed) -> tuple[Interval | None, Interval | None]:
    """The reading on the side of the publication that the tense tells, and the other one when no tense does."""
    if context.tense:
        return around(context.published, past if context.tense == "past" else future), None
    return around(context.published, past), around(context.published, future)


def nearer(context: Context, past: Placed, future: Placed) -> tuple[Interval | None, Interval | None]:
    """For names that come round once a year: the nearer reading, unless both are far and the tense tells which."""
    before, after = around(context.published, past), around(context.published, future)
    day, low, high = (found and found.start for found in (context.published, before, after))
    if not (day and low and high):
        return before, after
    back, ahead = (day - low).days, (high - day).days
    forward = context.tense == "future" if min(back, ahead) > FAR else ahead < back
    return (after, before) if forward else (before, after)


def duration(amount: float | None, unit: str, mod: str | None = None) -> Value:
    """A DURATION: P3D, PT12H, P10Y; an unknown amount is X."""
    return Value(period(amount, unit), "DURATION", None, "", mod)


def period(amount: float | None, unit: str) -> str:
    """The TIMEX3 period of so many units."""
    letter = re.match(r"(T?)(\d+)(\w)", UNIT_LETTERS[unit])
    assert letter
    time, factor, name = letter.groups()
    if amount is None and unit == "century":
        return "PXC"
    return f"P{time}{'X' if amount is None else f'{amount * int(factor):g}'}{name}"


def named(value: Value | None, rule: str) -> Value | None:
    """The value with the name of the rule that decided it."""
    return value and replace(value, rule=value.rule or rule)


def since(value: Value) -> Value:
    """From the start of what the value fixes, with no end."""
    return replace(value, interval=value.interval and Interval(value.interval.start, None, value.interval.granularity), rule=f"since_{value.rule}")


def until(value: Value) -> Value:
    """Up to the end of what the value fixes, with no start."""
    return replace(value, interval=value.interval and Interval(None, value.interval.end, value.interval.granularity), rule=f"until_{value.rule}")
