"""Where time expressions can be: runs of words of the grammar's vocabulary that hold a word which tells time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from demarche.language.timex_words import (
    DAYTIMES, FESTIVALS, FIXED_DAYS, FUTURE, MONTHS, MOVING_DAYS, NUMBERS, ORDINALS, PARTS, PAST, PRESENT, SEASONS, UNITS, WEEKDAYS,
)  # fmt: skip

_TOKEN = re.compile(r"[A-Za-z]+|\d+")
_DECADES = "twenties thirties forties fifties sixties seventies eighties nineties"
_ADVERBS = "hourly daily nightly weekly biweekly fortnightly monthly bimonthly quarterly annual annually yearly biannual biennial"


def _split(words: Iterable[str]) -> set[str]:
    return {token.lower() for word in words for token in _TOKEN.findall(word)}


_PLURALS = {f"{word}s" for word in (*UNITS, *WEEKDAYS, *DAYTIMES)} | {"centuries"}
_LONG = {f"{unit}long" for unit in UNITS}
_DAYS = _split((*FIXED_DAYS, *MOVING_DAYS, *FESTIVALS)) - {"al", "new", "all", "good", "black", "world", "press", "human", "of", "king", "national", "republic", "victory"}
_COMMON = set("a an the of in on at to and or time then once until s st nd rd th".split())
TRIGGERS = (
    set(MONTHS) | set(WEEKDAYS) | set(UNITS) | set(SEASONS) | set(DAYTIMES) | _PLURALS | _LONG | _split((*PRESENT, *PAST, *FUTURE)) | set(_DECADES.split())
    | set(_ADVERBS.split()) | _DAYS | set("today yesterday tomorrow tonight time times then pm am gmt utc hrs weekend nineteen fiscal fy hourslong".split())
) - _COMMON.difference({"time", "then", "once"}) - {"right", "present-day", "moment", "old", "far", "soon as", "not", "more", "term", "run"}  # fmt: skip
TRIGGERS |= {"moment", "term"}
VOCABULARY = TRIGGERS | _COMMON | set(NUMBERS) | _split(ORDINALS) | set(PARTS) | _split((*PRESENT, *PAST, *FUTURE, *FIXED_DAYS, *MOVING_DAYS, *FESTIVALS)) | set(
    "last this next past previous preceding following coming current upcoming that same very latest recent earlier later sometime before after ago more less fewer than over"
    " under about around nearly almost approximately roughly some at least most up as long just only well additional another couple pair few number several many handful"
    " countless numerous various multiple lot every each other full whole entire first final consecutive straight successive trading working business calendar solid"
    " extra hence from now prior previously beforehand afterwards quarter half day days year p m am pm financial academic marketing crop beyond q part h e t ist est edt local"
    " these present ongoing two".split()
)  # fmt: skip
_NEAR = 3  # characters between two words of one run


def runs(text: str) -> Iterator[list[int]]:
    """For each run of vocabulary words with a telling word in it, the offsets at which an expression may start."""
    starts: list[int] = []
    telling, end = False, -1
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        start = match.start()
        known = word in VOCABULARY or word[0] <= "9"
        if starts and (not known or start - end > _NEAR):
            if telling:
                yield starts
            starts, telling = [], False
        if known:
            starts.append(start)
            telling = telling or word in TRIGGERS or (word[0] <= "9" and _tells(text, start, match.end()))
        end = match.end()
    if telling:
        yield starts


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a figure may be a year, or part of a date or clock in figures."""
    return end - start == 4 or text[end : end + 1] in ("/", ":") or text[end : end + 1] == "."
