"""Time expressions: found in running text, and normalised to a TIMEX3 value and an interval of days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from demarche.language import timex_amounts, timex_calendar, timex_clock, timex_days, timex_deictic
from demarche.language.interval import Interval
from demarche.language.timex_grammar import Grammar
from demarche.language.timex_values import Context, Tense, Value, since, until
from demarche.language.timex_vocabulary import runs

__all__ = ["Interval", "Tense", "Timex", "Value", "find", "normalise"]

GRAMMAR = Grammar((*timex_clock.RULES, *timex_days.RULES, *timex_calendar.RULES, *timex_deictic.RULES, *timex_amounts.RULES))
_LEADS = re.compile(r"(?:in|on|at|by|during|for|around|of|over|within|from|as of|throughout|starting|beginning)\s+", re.I)
_RANGE = re.compile(r"(?:(?:from|between)\s+)?(?P<first>.+?)\s*(?:\b(?:to|and|until|till|through)\b|-|–|—)\s*(?P<last>.+)", re.I)
_SINCE = re.compile(r"(?:ever\s+)?since\s+|starting\s+(?:from\s+)?|from\s+(?=.*\bonwards?$)", re.I)
_UNTIL = re.compile(r"(?:un)?till?\s+|until\s+|up\s+(?:to|until)\s+|through\s+", re.I)
_PEOPLE = "ers|men|ists|als|ans|ians|nts|les|ies|ons|ees"
_COUNTED = re.compile(rf"\s+(?:percent|per|million|billion|dollars|people|[a-z]+(?:{_PEOPLE}))\b")
MODERN = (1800, 2050)  # a figure outside is a year only after a word like "in" or "since"
_BREAK = re.compile(r"\n\s*\n")
_YEAR = re.compile(r"\d{4}")
_YEAR_LEADS = re.compile(
    r"\b(?:in|since|of|by|until|till|from|during|for|and|to|after|before|between|early|late|mid|through|year|the|circa)\W{1,2}$|[(–/-]$", re.I
)


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression of a text: `text[start:end]`."""

    start: int
    end: int
    text: str


def find(text: str) -> list[Timex]:
    """The time expressions of an English text, in order; prepositions are left out of their spans."""
    return [Timex(start, end, text[start:end]) for run in runs(text) for start, end in _in_run(text, run)]


def _in_run(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    done = 0
    stop = _BREAK.search(text, starts[0])
    for start in starts:
        if stop and start >= stop.start():
            stop = _BREAK.search(text, start)
        if start < done or (match := GRAMMAR.match(text, start, stop.start() if stop else len(text))) is None:
            continue
        if _is_time(text, match):
            done = match.end()
            yield start, done


def _is_time(text: str, match: re.Match[str]) -> bool:
    """Whether a bare figure is a year and not a count: "2000 people"."""
    start, end = match.span()
    before = text[max(0, start - 2) : start]
    if (before[-1:] and before[-1] in "$€£#'/=_") or (len(before) == 2 and before[1] in ".,-" and before[0].isdigit()):
        return False
    if not _YEAR.fullmatch(match[0]):
        return True
    led = _YEAR_LEADS.search(text, max(0, start - 12), start) is not None
    return led if not MODERN[0] <= int(match[0]) <= MODERN[1] else led or not _COUNTED.match(text, end)


def normalise(expression: str, published: Interval | None = None, tense: Tense | None = None, reference: Interval | None = None) -> Value | None:
    """What an expression means, read against the publication, the tense of its clause and the time the narrative has reached.

    "since X" and "until X" leave an end open; "from X to Y" and "between X and Y" span both; a leading preposition is ignored.
    None when no rule reads the expression. A relative expression whose anchor is unknown keeps a TIMEX3 value with X for what is
    unknown and fixes no interval.
    """
    context, words = Context(published, tense, reference), " ".join(expression.split())
    return _open(words, context) or _read(words, context) or _range(words, context)


def _read(words: str, context: Context) -> Value | None:
    value = GRAMMAR.value(words, context)
    if value is None and (lead := _LEADS.match(words)):
        return _read(words[lead.end() :], context)
    return value


def _open(words: str, context: Context) -> Value | None:
    if lead := _SINCE.match(words):
        value = _read(re.sub(r"\s+onwards?$", "", words[lead.end() :]), context)
        return value and since(value)
    if lead := _UNTIL.match(words):
        value = _read(words[lead.end() :], context)
        return value and until(value)
    return None


def _range(words: str, context: Context) -> Value | None:
    match = _RANGE.fullmatch(words)
    if match is None:
        return None
    last = _read(match["last"], context)
    return last and _span(_first(match["first"], match["last"], context), last)


def _first(first: str, last: str, context: Context) -> Value | None:
    """The beginning of a range; a year told once, at its end, holds for both."""
    year = re.search(r",?\s+\d{4}$", last)
    told = first + year[0] if year and not _YEAR.search(first) else first
    return _read(told, context) or _read(first, context)


def _span(first: Value | None, last: Value) -> Value | None:
    if first is None or first.interval is None or last.interval is None:
        return None
    start, end = first.interval.start, last.interval.end
    if start is None or end is None or start > end:
        return None
    return Value(f"{first.timex}/{last.timex}", "DATE", Interval(start, end, last.interval.granularity), "range")
