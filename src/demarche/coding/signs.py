"""Signs: what the language model has read in a word that tells which part it may play - a time, a person, a place, the speaker of these words."""

from __future__ import annotations

from collections.abc import Sequence

from demarche.language.attribution import quotations
from demarche.language.parse import Parse

SIGNS = (
    "none", "timex", "pronoun", "common", "proper",
    "Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc", "speaker", "cue",
)  # fmt: skip
"""What a word may be to an anchor. The first nine of capitals are the labels of names; "speaker" and "cue" are those of the words it stands in."""
TOLD = ("none", "quoted", "unsourced", "sourced")
"""Whose words an anchor stands in by the language model: the author's, between quotation marks alone, somebody's not named, a source's."""
_PARTS = {"NOUN": "common", "PROPN": "proper", "PRON": "pronoun"}


def signs(parse: Parse) -> list[int]:
    """The sign of each word apart from any anchor, as an index of `SIGNS`."""
    found = [SIGNS.index(_PARTS.get(word.upos, "none")) for word in parse.words]
    for name in parse.names:
        found[name.first : name.end] = [SIGNS.index(name.label) if name.label in SIGNS else 0] * len(name)
    for timex in parse.timexes:
        found[timex.first : timex.end] = [SIGNS.index("timex")] * len(timex)
    return found


def speaking(parse: Parse, anchor: int) -> dict[int, int]:
    """The signs of the words that tell whose words an anchor stands in: its sources and their cues."""
    found: dict[int, int] = {}
    for told in parse.attributions:
        if anchor in told.content:
            for sign, chunk in (("cue", told.cue), ("speaker", told.source)):
                found |= dict.fromkeys(range(chunk.first, chunk.end), SIGNS.index(sign)) if chunk else {}
    return found


def told(parse: Parse) -> list[int]:
    """Whose words each word stands in, as an index of `TOLD`."""
    found = [0] * len(parse.words)
    if parse.paragraphs:
        for quotation in quotations(parse):
            _raise(found, quotation.first, quotation.end, "quoted")
    for one in parse.attributions:
        _raise(found, one.content.first, one.content.end, "sourced" if one.source else "unsourced")
    return found


def _raise(found: list[int], first: int, end: int, name: str) -> None:
    number = TOLD.index(name)
    found[first:end] = [max(number, known) for known in found[first:end]]


def seen_from(parse: Parse, anchor: int, apart: Sequence[int]) -> list[int]:
    """The signs of all words as seen from an anchor; `apart` are those of `signs`."""
    found = list(apart)
    for word, sign in speaking(parse, anchor).items():
        found[word] = sign
    return found
