"""Where time expressions can be: runs of words of the grammar's vocabulary that hold a word which tells time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from demarche.language import timex_words as words

_TOKEN = re.compile(r"[A-Za-z]+|\d+")
_NEAR = 3  # characters between two words of one run


def _split(names: Iterable[str]) -> set[str]:
    return {token.lower() for name in names for token in _TOKEN.findall(name)}


_VAGUE = _split((*words.PRESENT, *words.PAST, *words.FUTURE))
_DAYS = _split((*words.FIXED_DAYS, *words.MOVING_DAYS, *words.FESTIVALS))
_COMMON = _split((
    "a an the of in on at to and or once until s st nd rd th", "al new all good black world press human king national republic victory right old not more",
))  # fmt: skip
_TELLING = _split((
    "today yesterday tomorrow tonight time times then pm am gmt utc hrs hours nineteen fiscal fy centuries",
    "twenties thirties forties fifties sixties seventies eighties nineties",
    "hourly daily nightly weekly biweekly fortnightly monthly bimonthly annually yearly biannual biennial",
))  # fmt: skip
_MODIFYING = _split((
    "last this next past previous preceding following coming current upcoming that same very latest recent earlier later sometime before after ago",
    "more less fewer than over under about around nearly almost approximately roughly some least most up as long just only well additional another",
    "couple pair few number several many handful countless numerous various multiple lot every each other full whole entire first final",
    "consecutive straight successive trading working business calendar solid extra hence from prior previously beforehand afterwards",
    "p m financial academic marketing crop beyond q part h e t ist est edt local these present ongoing comparable period",
))  # fmt: skip
TRIGGERS = (
    {form for word in (*words.UNITS, *words.WEEKDAYS, *words.DAYTIMES) for form in (word, f"{word}s")}
    | {f"{unit}long" for unit in words.UNITS}
    | set(words.MONTHS)
    | set(words.SEASONS)
    | _TELLING
    | ((_VAGUE | _DAYS) - _COMMON)
)
VOCABULARY = TRIGGERS | _COMMON | _MODIFYING | set(words.NUMBERS) | _split(words.ORDINALS) | set(words.PARTS) | _VAGUE | _DAYS


def runs(text: str) -> Iterator[list[int]]:
    """For each run of vocabulary words with a telling word in it, the offsets at which an expression may start."""
    starts: list[int] = []
    telling, end = False, -1
    for match in _TOKEN.finditer(text):
        word, start = match[0].lower(), match.start()
        figure = word[0] <= "9"
        known = figure or word in VOCABULARY
        if starts and (not known or start - end > _NEAR):
            if telling:
                yield starts
            starts, telling = [], False
        end = match.end()
        if known:
            starts.append(start)
            telling = telling or (_tells(text, start, end) if figure else word in TRIGGERS)
    if telling:
        yield starts


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a figure may be a year, or part of a date or a clock time in figures."""
    return end - start == 4 or text[end : end + 1] in ("/", ":", ".") or text[end - 1 : end + 1] == "0s"
