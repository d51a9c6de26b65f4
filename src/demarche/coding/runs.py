"""Runs: from the probabilities that words play a role to the stretches of words that play it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from demarche.language.parse import Chunk, Parse

BRIDGE = 0.2
"""A word between two stretches is taken along when it is at least this probable."""
_EDGE = {"ADP", "PUNCT", "CCONJ", "SCONJ", "AUX", "PART"}


def runs(parse: Parse, first: int, scores: NDArray[np.floating], threshold: float) -> list[tuple[Chunk, float]]:
    """The stretches of words from `first` on whose scores reach `threshold`, with the highest score in each."""
    out: list[tuple[Chunk, float]] = []
    start: int | None = None
    for i in range(len(scores) + 1):
        inside = i < len(scores) and (scores[i] >= threshold or (start is not None and scores[i] >= BRIDGE and _goes_on(scores, i, threshold)))
        if inside and start is not None and parse.words[first + i].sentence != parse.words[first + start].sentence:
            out.extend(_trimmed(parse, first, start, i, scores))
            start = i
        elif inside and start is None:
            start = i
        elif not inside and start is not None:
            out.extend(_trimmed(parse, first, start, i, scores))
            start = None
    return out


def _goes_on(scores: NDArray[np.floating], i: int, threshold: float) -> bool:
    return any(scores[k] >= threshold for k in range(i + 1, min(i + 3, len(scores))))


def _trimmed(parse: Parse, base: int, start: int, end: int, scores: NDArray[np.floating]) -> Iterator[tuple[Chunk, float]]:
    """Cut prepositions, conjunctions and punctuation off both ends; an empty rest is no run."""
    while start < end and parse.words[base + start].upos in _EDGE and parse.words[base + start].xpos != "PRP$":
        start += 1
    closed = end
    while end > start and (parse.words[base + end - 1].upos in _EDGE):
        end -= 1
    inside = [parse.words[base + i].text for i in range(start, end)]
    if "(" in inside and ")" not in inside and end < closed and parse.words[base + end].text == ")":
        end += 1  # a bracket opened within the name is closed with it
    if end > start:
        yield Chunk(base + start, base + end), float(scores[start:end].max())


def head(parse: Parse, chunk: Chunk) -> int:
    """The word of a chunk that governs the others: the first whose head lies outside."""
    return next((i for i in range(chunk.first, chunk.end) if parse.words[i].head not in chunk and parse.words[i].upos not in _EDGE), chunk.first)


def _conjuncts(parse: Parse, index: int, chunk: Chunk) -> Iterator[int]:
    """The conjuncts of a word within a chunk, those of its conjuncts too (parsers chain long lists)."""
    for word in parse.dependents(index, "conj"):
        if word.index in chunk:
            yield word.index
            yield from _conjuncts(parse, word.index, chunk)


def split(parse: Parse, chunk: Chunk) -> list[Chunk]:
    """The conjuncts of a coordination, each with its own words; the chunk itself when it is none.

    "France and Niger" is two parties; "the Ministry of Trade and Industry" is one, since its conjunct hangs on a dependent of the head.
    """
    top = head(parse, chunk)
    others = sorted(_conjuncts(parse, top, chunk))
    if not others:
        return [chunk]
    starts = [chunk.first]
    for other in others:
        left = min((i for i in parse.subtree(other) if i in chunk), default=other)
        while left < other and parse.words[left].upos in _EDGE:
            left += 1
        starts.append(left)
    out = []
    for start, end in zip(starts, [*starts[1:], chunk.end], strict=True):
        while end > start and parse.words[end - 1].upos in _EDGE:
            end -= 1
        if end > start:
            out.append(Chunk(start, end, chunk.label))
    return out
