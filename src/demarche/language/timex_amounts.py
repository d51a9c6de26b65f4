"""Rules for durations, repetitions and vague times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from demarche.language.timex_deictic import timed
from demarche.language.timex_grammar import Reader, Rule, approx, group
from demarche.language.timex_values import Context, Value, duration, period
from demarche.language.timex_words import FUTURE, PAST, PRESENT, SEASONS, WEEKDAYS, number, unit_name

_Match = re.Match[str]
_ADVERBS = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M", "bimonthly": "P2M",
            "annually": "P1Y", "yearly": "P1Y", "biannual": "P6M", "biennial": "P2Y"}  # fmt: skip
_LENGTHS = {"day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "night": "night", "hour": "hour", "overnight": "night"}


def _amount(match: _Match, context: Context) -> Value | None:
    """Three days, a 12-year period, several weeks."""
    unit, count = unit_name(group(match, "unit") or ""), group(match, "count")
    amount = number(count) if count else None
    if count and amount is None:
        return None
    if match.groupdict().get("half") and amount is not None:
        amount += 0.5
    return duration(amount, unit, approx(match))


def _seconds(match: _Match, context: Context) -> Value | None:
    return duration(number(group(match, "count") or ""), "second")


def _either(match: _Match, context: Context) -> Value | None:
    """Two or three weeks: an amount told as a choice."""
    return duration(None, unit_name(group(match, "unit") or ""))


def _plural(match: _Match, context: Context) -> Value | None:
    return duration(None, unit_name(group(match, "units") or ""))


def _long(match: _Match, context: Context) -> Value | None:
    """Year-long, decades-long."""
    word = group(match, "base") or ""
    return duration(None if word.endswith("s") else 1.0, unit_name(word))


def _every(match: _Match, context: Context) -> Value | None:
    """Every three months, each Thursday."""
    if weekday := group(match, "weekday"):
        return replace(timed(Value(f"XXXX-WXX-{WEEKDAYS[weekday] + 1}", "SET", None, ""), group(match, "daytime")), type="SET")
    if season := group(match, "season"):
        return Value(f"XXXX-{SEASONS[season][1]}", "SET", None, "")
    if daytime := group(match, "daytime2"):
        return replace(timed(Value("XXXX-XX-XX", "SET", None, ""), daytime), type="SET")
    return Value(period(number(group(match, "count") or "one"), unit_name(group(match, "unit") or "day")), "SET", None, "")


def _adverb(match: _Match, context: Context) -> Value | None:
    return Value(_ADVERBS[(group(match, "adverb") or "")], "SET", None, "")


def _weekdays(match: _Match, context: Context) -> Value | None:
    """Mondays, Tuesday nights."""
    weekday = WEEKDAYS[group(match, "weekday") or group(match, "weekday2") or ""]
    return replace(timed(Value(f"XXXX-WXX-{weekday + 1}", "SET", None, ""), group(match, "daytime")), type="SET")


def _vague(match: _Match, context: Context, timex: str) -> Value | None:
    day = context.published if context.published and context.published.single else None
    return Value(timex, "DATE", day if timex == "PRESENT_REF" else None, "")


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


_ADJECTIVES = r"(?:(?:more|consecutive|straight|successive|full|whole|entire|trading|working|business|additional|extra|long|calendar|solid)[\s-])?"
_COUNTED = r"{approx}(?:(?:the )?(?:first|final|entire|whole|full) )?(?:{count}|{vague})[\s\-–]"
_NOT_AGE = r"(?![\s-]olds?\b)(?![\s-]of[\s-]age\b)"
_TABLE: tuple[tuple[str, str, Reader], ...] = (
    ("either_amount", r"{approx}{count} (?:or|to) {count2}[\s-]" + _ADJECTIVES + "{unit}s?" + _NOT_AGE, _either),
    ("every", r"(?:every|each)(?: other)? (?:{weekday}(?: {daytime})?|{season}|(?:{count} )?{unit}s?|{daytime2})", _every),
    ("weekdays", r"{weekday}s|{weekday2} {daytime}s", _weekdays),
    ("adverb", r"(?P<adverb>" + "|".join(_ADVERBS) + ")", _adverb),
    ("amount", _COUNTED + _ADJECTIVES + r"{unit}s?(?<!quarter)(?P<half> and a half)?(?:[\s-]long)?" + _NOT_AGE, _amount),
    ("seconds", r"{count} seconds|{count}-second", _seconds),
    ("long", r"(?P<base>days?|weeks?|months?|years?|decades?|nights?|hours?|centuries)-?long", _long),
    ("plural", r"(?P<units>minutes|hours|days|weeks|months|years|decades|centuries)(?: or (?:hours|days|weeks|months|years))?" + _NOT_AGE, _plural),
    ("present", _any(PRESENT), partial(_vague, timex="PRESENT_REF")),
    ("past", _any(PAST), partial(_vague, timex="PAST_REF")),
    ("future", _any(FUTURE), partial(_vague, timex="FUTURE_REF")),
)
RULES = tuple(Rule(name, pattern, read) for name, pattern, read in _TABLE)
