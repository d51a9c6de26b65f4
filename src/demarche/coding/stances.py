"""Stances: what a cue says of its content - that it is so, that it is not, that it is feared.

The cues are the reviewed table `knowledge/tables/stances.csv`: a stance a row, with lemmas, and `lemma:particle` for what the next word decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from demarche.coding.phrases import head
from demarche.knowledge import tables
from demarche.language.parse import Chunk, Parse

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})


@cache
def stances() -> Mapping[str, str]:
    """The stance of every cue of the table."""
    return {cue: row["stance"] for row in tables.read("stances") for cue in row["cues"].split()}


def stance_of(parse: Parse, cue: Chunk | None) -> str | None:
    """The stance of a cue by the word that governs it, else by its first known word; null without a cue, for one unknown, and for one negated."""
    if cue is None or any(parse.words[i].lower in _NEGATIONS for i in range(cue.first, cue.end)):
        return None
    top = head(parse, cue)
    if any(word.lower in _NEGATIONS for word in parse.dependents(top, "advmod")):
        return None
    found = (_stance(parse, i) for i in (top, *range(cue.first, cue.end)))
    return next(filter(None, found), None)


def _stance(parse: Parse, index: int) -> str | None:
    known, word = stances(), parse.words[index]
    for lemma in (word.lemma.lower(), word.lower):
        particle = parse.words[index + 1].lower if index + 1 < len(parse.words) else ""
        found = known.get(f"{lemma}:{particle}") or known.get(lemma)
        if found:
            return found
    return None
