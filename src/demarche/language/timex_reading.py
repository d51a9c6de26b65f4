"""A text read through: every time expression with its value, each read against the tense of its clause and the time told before it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from demarche.language.interval import Interval
from demarche.language.timex import Timex, find, normalise
from demarche.language.timex_values import Tense, Value, since, until

_REACH = 160  # characters: a clause is seldom longer
_BOUND = re.compile(r"[.!?;]\s+(?=[A-Z\"“])|\n\s*\n")
_IRREGULAR = (
    "was|were|had|did|said|told|began|begun|came|met|took|held|went|made|gave|left|led|lost|won|killed|fell|rose|sent|set|hit|cut|got|saw|struck|fought|broke|spoke"
    "|wrote|stood|became|found|grew|built|brought|bought|sold|thought|knew|ran|fled|shot|swore|threw|withdrew|drew|chose|paid|laid|spent|heard|kept|put|drove"
    "|known|seen|taken|given|born"
)
_NOT_PAST = r"need|indeed|speed|hundred|exceed|proceed|agreed\s+to|expected|scheduled|planned|slated|supposed|unprecedented"
_PAST = rf"\b(?:{_IRREGULAR}|(?!{_NOT_PAST})[a-z]{{2,}}ed)\b"
_MODAL = r"\b(?:will|would|to|shall|should|must)"
_FUTURE = (
    rf"(?:{_MODAL}(?:\s+not)?\s+(?:have\s+)?be(?:en)?\s+(?:\w+ly\s+)?\w+(?:ed|en|ent|eld|lt|wn|ught|old|ade|aid|ut)\b|\b(?:will|won't|shall|would|'ll|[’]ll|(?:is|are|was|were|be)\s+(?:to|due|scheduled|set|expected|slated|planned|likely|supposed)|going\s+to|(?:aim|plan|want|intend|vow|agree|prepare|hope|threaten|decide|promise|expect|schedule|like|need)(?:n?e?d|s|ing|ly)?\s+to"
    r"|(?:ready|willing|due|likely|set)\s+to|scheduled|due|slated|(?:planned|planning|plans)\s+(?:an?|the|for)|as\s+soon\s+as|upcoming|(?:postponed|adjourned|rescheduled|deferred|extended|delayed)\s+(?:to|until|till)|payable|(?:starts|begins|opens|kicks\s+off|takes\s+place)|expires?|deadline|must|should|effective|maturing)\b)"
)
_CUE = re.compile(rf"(?P<future>{_FUTURE})|(?P<past>{_PAST})", re.I)
_SINCE = re.compile(r"\b(?:since|starting(?:\s+(?:from|on))?|beginning(?:\s+on)?|effective(?:\s+from)?)\s+(?P<noun>the\s+)?$", re.I)
_FROM = re.compile(r"\b(?:as\s+(?:of|from)|from)\s+$", re.I)
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.I)
_BY = re.compile(r"\bby\s+$", re.I)
_LINK = re.compile(r"\s+(and|to|until|till|through)\s+|\s*[-–]\s*")
_OPENERS = {"since": since, "until": until}
_YEARLESS = ("month_day", "day_month", "day_range", "month_day_range")  # without a known publication, of the year that the narrative is in
_VAGUE = ("PRESENT_REF", "PAST_REF", "FUTURE_REF")


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression, what it means, the tense that it was read in, and a "since" or "until" before it that left its interval open."""

    timex: Timex
    value: Value
    tense: Tense | None
    lead: str | None = None


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
    if cue and re.match(r"\w+ed\s+to\b", cue[0]):
        return "past"  # "on Friday vowed to": the vow is what happened on Friday
    return _tense(cue) if cue else None


def _tense(cue: re.Match[str]) -> Tense:
    return "future" if cue["future"] else "past"


def read(text: str, published: Interval | None = None) -> list[Reading]:
    """All time expressions of a text with their values, in order; "since" and "until" leave an end of the interval open."""
    return _joined(text, list(_read(text, published)))


def _read(text: str, published: Interval | None) -> Iterator[Reading]:
    reference = published
    for timex in find(text):
        tense = tense_at(text, timex.start, timex.end)
        value = normalise(timex.text, published, tense, reference)
        if value is None:
            continue
        if value.interval is None and value.rule in _YEARLESS and reference and reference.granularity == "day":
            value = normalise(timex.text, reference, None, reference) or value
        if value.interval and value.type in ("DATE", "TIME") and value.timex not in _VAGUE:
            reference = value.interval
        lead, opens = lead_of(text, timex, tense)
        yield Reading(timex, _OPENERS[lead](value) if lead and opens and value.type in ("DATE", "TIME") else value, tense, lead)


def lead_of(text: str, timex: Timex, tense: Tense | None) -> tuple[str | None, bool]:
    """ "since" or "until" before an expression, and whether that opens its interval: not so when it qualifies a noun ("since the 1991 election")."""
    lead = text[max(0, timex.start - 24) : timex.start]
    if match := _SINCE.search(lead):
        return "since", match["noun"] is None
    if _UNTIL.search(lead) or (tense == "future" and _BY.search(lead)):
        return "until", True
    starts = tense == "future" and _FROM.search(lead) and not _LINK.match(text, timex.end)
    return ("since", True) if starts else (None, False)


def _joined(text: str, readings: list[Reading]) -> list[Reading]:
    """Two neighbours told as one stretch ("between May and June", "Thursday and Friday") both fix the whole of it."""
    done = list(readings)
    for at, (first, last) in enumerate(pairwise(readings)):
        if whole := _stretch(text, first, last):
            done[at] = replace(first, value=replace(first.value, interval=whole, rule=f"range_{first.value.rule}"))
            done[at + 1] = replace(last, value=replace(last.value, interval=whole, rule=f"range_{last.value.rule}"))
    return done


def _stretch(text: str, first: Reading, last: Reading) -> Interval | None:
    one, other = first.value.interval, last.value.interval
    link = _LINK.fullmatch(text[first.timex.end : last.timex.start])
    if not (link and one and other and one.start and one.end and other.start and other.end) or one.granularity != other.granularity:
        return None
    spanning = link[1] != "and" or re.search(r"\bbetween\s+$", text[: first.timex.start], re.I)
    adjacent = one.end + dt.timedelta(days=1) == other.start
    return one.hull(other) if one.end < other.start and (spanning or adjacent) else None
