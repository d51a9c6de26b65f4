"""Rules for times of day."""

from __future__ import annotations

import re

from demarche.language import timex_calendar, timex_deictic
from demarche.language.timex_grammar import Grammar, Reader, Rule, approx, group
from demarche.language.timex_values import Context, Value, relative

_Match = re.Match[str]
_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
_DAYS = Grammar(rule for rule in (*timex_calendar.RULES, *timex_deictic.RULES) if rule.name in ("month_day", "day_deictic", "weekday"))


def _clock(match: _Match, context: Context) -> Value | None:
    """A time of day, on the day told beside it or else the day the narrative stands at."""
    time = _time(group(match, "clock") or group(match, "word") or "")
    day = _clock_day(match, context)
    date = day.timex if day else "XXXX-XX-XX"
    zulu = "Z" if re.search(r"gmt|utc", match[0], re.I) and not re.search(r"[+-]\s?\d", match[0]) else ""
    return Value(f"{date}T{time}{zulu}", "TIME", day.interval if day else None, "", approx(match))


def _clock_day(match: _Match, context: Context) -> Value | None:
    if text := group(match, "beside"):
        return _DAYS.value(text, context)
    anchor = context.reference if context.reference and context.reference.single else context.published
    found = relative(Context(), "day", 0, anchor)
    return Value(str(found.start), "DATE", found, "") if found else None


def _time(text: str) -> str:
    """24-hour figures from "6 p.m.", "14:30", "0800", "noon"."""
    if text in _WORDS:
        return _WORDS[text]
    figures = re.sub(r"^(\d\d)(\d\d)\b", r"\1:\2", text)
    hour, minute = re.findall(r"\d+", figures + ":00")[:2]
    return f"{_hour(int(hour), text):02}:{minute}"


def _hour(hour: int, text: str) -> int:
    if re.search(r"p\.?\s?m", text):
        return hour % 12 + 12
    return hour % 12 if re.search(r"a\.?\s?m", text) else hour


_BESIDE = r"(?:,? (?:on )?(?P<beside>{weekday}(?:,? {month} {day}(?:, {year2})?)?|today|yesterday|tomorrow|{month2} {day2}(?:, {year})?))?"
_TABLE: tuple[tuple[str, str, Reader], ...] = (
    ("clock", r"(?<![\d.:]){approx}{clock}{zone}?" + _BESIDE, _clock),
    ("clock_word", r"{approx}(?P<word>noon|midday|midnight)" + _BESIDE, _clock),
)
RULES = tuple(Rule(name, pattern, read, before=r"(?<!high\s)") for name, pattern, read in _TABLE)
