"""Rules for days with names: holidays, festivals, the day of the attacks on New York."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import partial

from demarche.language.interval import Interval
from demarche.language.timex_calendar import YEAR, day_of, year_of, yearless_day
from demarche.language.timex_grammar import Rule, group
from demarche.language.timex_values import BLANKS, Context, Value, dated, nearer
from demarche.language.timex_words import FESTIVALS, FIXED_DAYS, MOVING_DAYS

_Match = re.Match[str]


def _fixed_day(match: _Match, context: Context) -> Value | None:
    month, day = FIXED_DAYS[group(match, "name") or ""]
    _, the_year = year_of(match, context)
    if the_year and the_year.start:
        found = day_of(the_year.start.year, month, day)
        return dated(found) if found else None
    return yearless_day(context, month, day, None)


def _moving_day(match: _Match, context: Context) -> Value | None:
    """A day that is computed for each year: Easter and its kin, the American holidays on fixed weekdays."""
    place = partial(_moving, name=group(match, "name") or "")
    _, the_year = year_of(match, context)
    if the_year and the_year.start:
        return dated(place(the_year.start.year))
    found, other = nearer(context, partial(_moving_near, place=place, step=-1), partial(_moving_near, place=place, step=1))
    return dated(found, other=other)


def _moving_near(day: dt.date, place: Callable[[int], Interval], step: int) -> Interval:
    own = place(day.year)
    return own if own.start and (own.start - day).days * step >= 0 else place(day.year + step)


_FROM_EASTER = {"good friday": -2, "easter sunday": 0, "easter": 0, "easter monday": 1, "ash wednesday": -46, "palm sunday": -7}
_NTH_DAYS = {"thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4), "martin luther king day": (1, 0, 3), "memorial day": (6, 0, 0), "labor day": (9, 0, 1),
             "mother's day": (5, 6, 2)}  # fmt: skip


def _moving(year_: int, name: str) -> Interval:
    if name in _FROM_EASTER:
        return Interval.day(_easter(year_) + dt.timedelta(days=_FROM_EASTER[name]))
    if name == "black friday":
        return _moving(year_, "thanksgiving").shift(1)
    month, weekday, count = _NTH_DAYS[name]
    first = dt.date(year_, month, 1)
    return Interval.day(first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1)))


def _easter(year_: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by Gauss's rule."""
    century = year_ // 100
    moon = (15 + century - century // 4 - (13 + 8 * century) // 25) % 30
    full = (19 * (year_ % 19) + moon) % 30
    full -= full == 29 or (full == 28 and year_ % 19 > 10)
    paschal = dt.date(year_, 3, 21) + dt.timedelta(days=full)
    return paschal + dt.timedelta(days=6 - paschal.weekday() or 7)


def _festival(match: _Match, context: Context) -> Value | None:
    """A festival of a lunar calendar or a country's own day: the text alone does not fix it."""
    return Value(group(match, "year") or BLANKS["day"], "DATE", None, "")


def _attacks(match: _Match, context: Context) -> Value | None:
    return dated(Interval.day(dt.date(2001, 9, 11)))


def _names(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


RULES = (
    Rule("september_11", r"9/11|Sept(?:ember)?\.? 11(?:th)?(?=,? (?:terror|attack|hijack))|Sept(?:ember)?\.? 11(?:th)?,? 2001", _attacks),
    Rule("fixed_day", "(?P<name>" + _names(FIXED_DAYS) + ")" + YEAR + "?", _fixed_day),
    Rule("moving_day", "(?P<name>" + _names(MOVING_DAYS) + ")" + YEAR + "?", _moving_day),
    Rule("festival", "(?P<name>" + _names(FESTIVALS) + ")(?: {year})?", _festival),
)
