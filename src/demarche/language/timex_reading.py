"""A text read through: every time expression with its value, each read against the tense of its clause and the time told before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from demarche.language.interval import Interval
from demarche.language.timex import Timex, find, normalise
from demarche.language.timex_values import Tense, Value, since, until

_REACH = 160  # characters: a clause is seldom longer
_BOUND = re.compile(r"[.!?;]\s+(?=[A-Z\"“])|\n\s*\n")
_IRREGULAR = (
    "was were had did said told began begun came met took held went made gave left led lost won killed fell rose sent set hit cut got saw struck fought broke spoke wrote"
    " stood became found grew built brought bought sold thought knew ran fled shot swore threw withdrew drew chose drove kept known seen taken given born found"
)
_PAST = rf"\b(?:{'|'.join(_IRREGULAR.split())}|(?!need|indeed|speed|hundred|exceed|proceed|agreed\s+to|expected|scheduled|planned|slated|supposed|unprecedented|so-called)[a-z]{{2,}}ed)\b"
_FUTURE = (
    r"\b(?:will|won't|shall|would|'ll|[’]ll|(?:is|are|was|were|be)\s+(?:to|due|scheduled|set|expected|slated|planned|likely|supposed)|going\s+to|(?:plan|want|intend|vow|agree|prepare|hope|threaten|decide|promise|expect|schedule|like|need)(?:n?e?d|s|ly)?\s+to"
    r"|(?:ready|willing|due|likely|set)\s+to|scheduled|due|slated|planned\s+for|as\s+soon\s+as|upcoming|payable|expires?|deadline|must|should|effective|maturing)\b"
)
_CUE = re.compile(rf"(?P<future>{_FUTURE})|(?P<past>{_PAST})", re.I)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?(?:early\s+)?$", re.I)
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.I)
_VAGUE = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression, what it means, and the tense that it was read in."""

    timex: Timex
    value: Value
    tense: Tense | None


def tense_at(text: str, start: int, end: int) -> Tense | None:
    """The tense of the clause around an expression, by its words alone: the nearest cue before it, else the first one after; None without one."""
    if text.startswith(("'s ", "’s "), end) or text[max(0, start - 6) : start].lower() == "since ":
        return "past"
    before = text[max(0, start - _REACH) : start]
    clause = before[max((match.end() for match in _BOUND.finditer(before)), default=0) :]
    cues = list(_CUE.finditer(clause))
    if cues:
        return _tense(cues[-1])
    after = text[end : end + _REACH]
    stop = _BOUND.search(after)
    cue = _CUE.search(after, 0, stop.start() if stop else len(after))
    return _tense(cue) if cue else None


def _tense(cue: re.Match[str]) -> Tense:
    return "future" if cue["future"] else "past"


def read(text: str, published: Interval | None = None) -> list[Reading]:
    """All time expressions of a text with their values, in order; "since" and "until" leave an end of the interval open."""
    return list(_read(text, published))


def _read(text: str, published: Interval | None) -> Iterator[Reading]:
    reference = published
    for timex in find(text):
        tense = tense_at(text, timex.start, timex.end)
        value = normalise(timex.text, published, tense, reference)
        if value is None:
            continue
        if value.interval and value.type in ("DATE", "TIME") and value.timex not in _VAGUE:
            reference = value.interval
        yield Reading(timex, opened(text, timex, value), tense)


def opened(text: str, timex: Timex, value: Value) -> Value:
    """The value with an end opened by "since" or "until" before the expression."""
    lead = text[max(0, timex.start - 20) : timex.start]
    if value.interval and value.type in ("DATE", "TIME"):
        if _SINCE.search(lead):
            return since(value)
        if _UNTIL.search(lead):
            return until(value)
    return value
