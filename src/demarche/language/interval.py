"""An interval of days with its own algebra: what a time expression fixes, open at either end when the text leaves it open."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

_DAY = dt.timedelta(days=1)
_FIRST, _LAST = dt.date.min, dt.date.max
_MONTHS = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}


def month_add(day: dt.date, months: int) -> dt.date:
    """`day` moved by whole months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `start` to `end`, both included; None is an open end. `granularity` is the unit that the text speaks in."""

    start: dt.date | None
    end: dt.date | None
    granularity: str | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def day(cls, day: dt.date) -> Self:
        return cls(day, day, "day")

    @classmethod
    def week(cls, day: dt.date) -> Self:
        """The ISO week, Monday to Sunday, that holds `day`."""
        monday = day - day.weekday() * _DAY
        return cls(monday, monday + 6 * _DAY, "week")

    @classmethod
    def weekend(cls, day: dt.date) -> Self:
        """Saturday and Sunday of the ISO week that holds `day`."""
        monday = day - day.weekday() * _DAY
        return cls(monday + 5 * _DAY, monday + 6 * _DAY, "weekend")

    @classmethod
    def months(cls, year: int, month: int, count: int, granularity: str) -> Self:
        """`count` whole months from the first of `month`."""
        start = dt.date(year, month, 1)
        return cls(start, month_add(start, count - 1).replace(day=calendar.monthrange(*_year_month(month_add(start, count - 1)))[1]), granularity)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls.months(year, month, 1, "month")

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        return cls.months(year, quarter * 3 - 2, 3, "quarter")

    @classmethod
    def half(cls, year: int, half: int) -> Self:
        return cls.months(year, half * 6 - 5, 6, "half")

    @classmethod
    def season(cls, year: int, month: int) -> Self:
        """The three months from `month`: a season named for the year that it begins in."""
        return cls.months(year, month, 3, "season")

    @classmethod
    def year(cls, year: int) -> Self:
        return cls.months(year, 1, 12, "year")

    @classmethod
    def decade(cls, year: int) -> Self:
        return cls.months(max(1, year - year % 10), 1, 120, "decade")

    @classmethod
    def century(cls, year: int) -> Self:
        return cls.months(max(1, year - year % 100), 1, 1200, "century")

    @classmethod
    def containing(cls, day: dt.date, unit: str) -> Self:
        """The calendar unit (day, week, weekend, month, quarter, half, year, decade, century) that holds `day`."""
        makers: dict[str, Callable[[], Self]] = {
            "day": lambda: cls.day(day),
            "week": lambda: cls.week(day),
            "weekend": lambda: cls.weekend(day),
            "month": lambda: cls.month(day.year, day.month),
            "quarter": lambda: cls.quarter(day.year, (day.month + 2) // 3),
            "half": lambda: cls.half(day.year, (day.month + 5) // 6),
            "year": lambda: cls.year(day.year),
            "decade": lambda: cls.decade(day.year),
            "century": lambda: cls.century(day.year),
        }
        return makers[unit]()

    @property
    def days(self) -> int | None:
        """How many days it spans; None when it is open."""
        return (self.end - self.start).days + 1 if self.start and self.end else None

    @property
    def single(self) -> dt.date | None:
        """The day, when it is one day."""
        return self.start if self.start == self.end else None

    def covers(self, other: Interval) -> bool:
        """Whether every day of `other` lies in this interval."""
        return self._low <= other._low and other._high <= self._high

    def meets(self, other: Interval) -> bool:
        """Whether the two share a day."""
        return max(self._low, other._low) <= min(self._high, other._high)

    def intersect(self, other: Interval) -> Interval | None:
        """The days in both, or None; equal to one of the two, it keeps that one's granularity."""
        if not self.meets(other):
            return None
        start = max(self._low, other._low)
        end = min(self._high, other._high)
        return self._named(other, start, end)

    def hull(self, other: Interval) -> Interval:
        """The shortest interval that covers both."""
        return self._named(other, min(self._low, other._low), max(self._high, other._high))

    def shift(self, count: int, unit: str | None = None) -> Interval:
        """Moved by `count` units, its own unless told; an interval of whole months stays one."""
        unit = unit or self.granularity or "day"
        if unit in _DAYS:
            return self._moved(lambda day: day + count * _DAYS[unit] * _DAY)
        months = count * _MONTHS[unit]
        if self.granularity in _MONTHS and self.start and self.end:
            return replace(self, start=month_add(self.start, months), end=month_add(self.end + _DAY, months) - _DAY)
        return self._moved(lambda day: month_add(day, months))

    def part(self, name: str) -> Interval:
        """The early, mid or late third by the calendar: ten days of a month, four months of a year, and so on."""
        if not (self.start and self.end) or self.granularity not in _THIRDS:
            return self
        unit, first, second = _THIRDS[self.granularity]
        cuts = [Interval(self.start, self.start).shift(count, unit).start for count in (first, second)]
        low, high = cuts
        assert low and high
        bounds = {"early": (self.start, low - _DAY), "mid": (low, high - _DAY), "late": (high, self.end)}
        return Interval(*bounds[name], self.granularity)

    @property
    def _low(self) -> dt.date:
        return self.start or _FIRST

    @property
    def _high(self) -> dt.date:
        return self.end or _LAST

    def _moved(self, move: Callable[[dt.date], dt.date]) -> Interval:
        return replace(self, start=self.start and move(self.start), end=self.end and move(self.end))

    def _named(self, other: Interval, start: dt.date, end: dt.date) -> Interval:
        for side in (self, other):
            if (side._low, side._high) == (start, end):
                return side
        granularity = "day" if start == end else None
        return Interval(None if start == _FIRST else start, None if end == _LAST else end, granularity)


_THIRDS = {
    "month": ("day", 10, 20),
    "quarter": ("month", 1, 2),
    "season": ("month", 1, 2),
    "half": ("month", 2, 4),
    "year": ("month", 4, 8),
    "decade": ("year", 3, 7),
    "century": ("year", 33, 67),
}


def _year_month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month
