"""Counts: expressions of number as they stand in a text, read as a least and a most ("at least 12", "20 to 30", "dozens")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from demarche.language.timex_words import ONES, TENS, number

ROUND = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2_000_000}
"""Readings of round words: at least so many; a convention (two dozen, two score, two hundred ...), the report fixes no more."""
FEW = 3
"""What "several" and "a few" are read as: at least so many; a convention."""
LARGEST = 10_000_000
"""Greater numbers than this are not counts of people in one event."""
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 10**9}
_SCALE = "|".join(_SCALES)
_UNIT = "|".join((*ONES[1:], *TENS))
_FIGURE = r"\d{1,3}(?:,\d{3})+(?![\d,]*\d)|\d+(?:\.\d+)?(?![\d,.]*\d)"
_UNITS = rf"(?:{_UNIT})(?:-(?:{_UNIT}))?"
_SCALED = rf"(?:{_SCALE})(?:\s+(?:and\s+)?{_UNITS}\b)?"
_VALUE = rf"(?:half\s+a\s+(?:{_SCALE})|(?:a\s+)?(?<!\d\s){_SCALED}|{_FIGURE}|{_UNITS}|a\s+couple(?:\s+of)?)(?:\s+{_SCALED}){{0,4}}"
_VAGUE = rf"(?:several|a\s+few|(?:tens|scores|dozens|hundreds|thousands)\s+of)\s+(?:{_SCALE})s?|{'|'.join(ROUND)}|several|a\s+few"
_COUNT = re.compile(
    rf"(?<![\w.,$€£¥#/:-])(?<![$€£¥]\s)(?:(?P<vague>{_VAGUE})|(?P<between>between\s+)?"
    rf"(?P<low>{_VALUE})(?:(?(between)\s+(?:and|to)\s+|(?:\s+(?:to|or)\s+|\s*[-–]\s*))(?P<high>{_VALUE}))?)"
    r"(?P<sized>[\s-]strong|-(?:man|person|member|woman)\b)?(?![\w%/:]|\.\d|[-–]\w)",
    re.I,
)
_LEAST = re.compile(
    r"\b(?:at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|(?<!no )(?<!not )more\s+than|over|upwards?\s+of|a\s+minimum\s+of|exceeding|above)\s+(?:some\s+)?$",
    re.I,
)
_MOST = re.compile(r"\b(?:up\s+to|as\s+many\s+as|(?<!no )(?<!not )(?:fewer|less)\s+than|(?:no|not)\s+more\s+than|at\s+most|under|a\s+maximum\s+of)\s+$", re.I)
_FROM = re.compile(r"\bfrom\s+$", re.I)
_OR_MORE = re.compile(r"\s+(?:people\s+)?or\s+more\b", re.I)


@dataclass(frozen=True, slots=True)
class Count:
    """A number in the text at characters `[start, end)`; `high` is None when the text sets no upper bound, `sized` for "200-strong"."""

    low: int
    high: int | None
    start: int
    end: int
    sized: bool = False


def counts(text: str) -> Iterator[Count]:
    """The whole numbers of a text in order, with the bounds that the words around them set."""
    for match in _COUNT.finditer(text):
        low, high = _bounds(match)
        if low is None or not 0 < low <= (high or low) <= LARGEST:
            continue
        first, last = ("vague", "vague") if match["vague"] else ("low", "high" if match["high"] else "low")
        if match["high"] and _FROM.search(text[max(0, match.start() - 6) : match.start()]):
            first, low = "high", high or low  # "rose from 12 to 34"
        yield Count(*_around(text, match, low, high), match.start(first), match.end(last), bool(match["sized"]))


def _bounds(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Least and most by the number itself."""
    if match["vague"]:
        return _vague(match["vague"].lower()), None
    low, high = _value(match["low"]), _value(match["high"]) if match["high"] else None
    return _scaled(match, low, high), low if high is None else high


def _scaled(match: re.Match[str], low: int | None, high: int | None) -> int | None:
    """The least in the scale of the most ("2 to 3 million")."""
    scale = re.search(rf"\s({_SCALE})$", match["high"] or "", re.I)
    if not (low and high and scale) or re.search(_SCALE, match["low"], re.I):
        return low
    return min(high, low * _SCALES[scale[1].lower()])


def _around(text: str, match: re.Match[str], low: int, high: int | None) -> tuple[int, int | None]:
    """Least and most with the words before and after the number."""
    before = text[max(0, match.start() - 24) : match.start()]
    if high is None or _LEAST.search(before) or _OR_MORE.match(text, match.end()):
        return low, None
    return (0, high) if _MOST.search(before) else (low, high)


def _vague(words: str) -> int:
    if words in ROUND:
        return ROUND[words]
    first, *scale = words.removeprefix("a ").replace(" of", "").split()
    times = {"several": FEW, "few": FEW, "tens": 20}.get(first) or ROUND[first]
    return times * _SCALES[scale[0].rstrip("s")] if scale else times


def _value(words: str) -> int | None:
    """A whole number in figures or words; None for a fraction and for what is too large."""
    words = " ".join(words.lower().split())
    if words.startswith("half"):
        return _SCALES[words.split()[-1]] // 2
    big = re.fullmatch(r"(.*?)\s*\b(million|billion|score)(?:\s+(.*))?", words)
    rest = (number(big[3].removeprefix("and ")) or 0) if big and big[3] else 0
    value = (number(big[1] or "one") or 0) * _SCALES[big[2]] + rest if big else number(words)
    return int(value) if value is not None and value <= LARGEST and value == int(value) else None
