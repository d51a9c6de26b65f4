"""Words: where the words of a raw text begin and end, following the conventions of UD English (EWT, GUM).

The rules are ordered alternatives of one regular expression, so that a text is cut in one pass, and contractions are cut afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = (
    "mr mrs ms dr prof st sr jr gen col maj capt lt sgt cpl adm brig cmdr rev fr hon pres gov sen rep reps sens supt det insp atty jan feb mar "
    "apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc ltd co corp bros plc dept univ assn bldg ave blvd rd ft "
    "mt no nos vs etc al approx est fig vol pp cf ca viz op ed eds a.k.a calif fla ala ariz ark colo conn del ga ill ind kan ky la mass md mich "
    "minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo"
)
_PREFIXES = "e re co un non pre post anti ex mis sub semi mini micro macro multi ultra bi tri neo inter counter"

WORD = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)'\]’])
  | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
  | (?P<handle>[@#]\w+)
  | (?P<acronym>(?:[A-Za-z]\.){2,}(?!\w)|(?:[A-Z]\.)+[A-Z](?![\w.]))
  | (?P<degree>(?:Ph|M|B|LL)\.(?:[A-Z]\.?)+(?!\w))
  | (?P<abbreviation>(?i:\b(?:"""
    + _ABBREVIATIONS.replace(".", r"\.").replace(" ", "|")
    + r""")\.)(?=\s*[^\s]|$))
  | (?P<initial>\b[A-Z]\.(?=\s?[A-Z]))
  | (?P<ellipsis>\.{2,}|…|(?:\.\s){2,}\.)
  | (?P<code>\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{3}-\d{3,4}-\d{4}\b|\b\d{3}-\d{4}\b)
  | (?P<prefixed>\b(?i:"""
    + _PREFIXES.replace(" ", "|")
    + r""")-[^\W\d_]+)
  | (?P<clock>\d+[.:]\d+(?=[ap]m\b))
  | (?P<number>\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|k|m|bn)?\b)
  | (?P<ordinary>[^\W\d_]+(?:['’][^\W\d_]+)*(?:&[^\W\d_]+)?\d*|\d+[^\W\d_]+\w*)
  | (?P<dash>-{2,}|[–—―-])
  | (?P<emoticon>[:;]-?[)(DP](?!\w))
  | (?P<other>_+|\*+|=+|~+|!+\??|\?+!*|``|''|[^\s])
    """,
    re.VERBOSE,
)
_DOUBTFUL = frozenset(("no", "sat", "sun", "mar", "co", "al", "ed", "del", "ill", "miss", "wash", "mass", "la", "pa", "ms", "ore", "est", "fig"))
"""Abbreviations that are also words: the full stop after them may end a sentence."""
_CLITIC = re.compile(r"(?i)(?<=\w)(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_CONTRACTED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "dunno": 2, "lemme": 3, "gimme": 3}
_UNIT = re.compile(r"(?i)^(\d+(?:[.,:]\d+)*)(pm|am|km|kg|cm|mm|mph|kmh|kph|km/h|mw|gw|m|kg|ft|hrs?|mins?|yrs?|bn|mn|k)$")


def words(text: str) -> Iterator[tuple[int, int]]:
    """The offsets `(start, end)` of each word of `text`, in order."""
    for found in WORD.finditer(text):
        start, end = found.span()
        kind = found.lastgroup
        if kind == "ordinary":
            yield from _contractions(text, start, end)
        elif kind == "abbreviation" and found.group()[:-1].lower() in _DOUBTFUL:
            yield from _full_stop(text, start, end)
        else:
            yield start, end


def _full_stop(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A word that may be an abbreviation or end a sentence: abbreviation when capitalised or before a digit and not before a new line."""
    rest = text[end:].lstrip(" ")
    word = text[start : end - 1]
    abbreviation = rest[:1].isdigit() or (word[:1].isupper() and rest[:1] not in ("", "\n") and word.lower() not in ("no", "sat", "sun", "ill", "miss"))
    if abbreviation or (word == "al" and text[:start].rstrip().endswith("et")):
        yield start, end
    else:
        yield start, end - 1
        yield end - 1, end


def _contractions(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    word = text[start:end]
    cut = _CONTRACTED.get(word.lower())
    if cut:
        yield start, start + cut
        yield start + cut, end
        return
    unit = _UNIT.match(word)
    if unit and len(unit.group(1)):
        yield start, start + unit.end(1)
        yield start + unit.end(1), end
        return
    clitic = _CLITIC.search(word)
    if clitic:
        yield from _contractions(text, start, start + clitic.start()) if clitic.start() else ()
        yield start + clitic.start(), end
        return
    yield start, end
