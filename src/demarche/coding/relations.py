"""Relations: what one named party does to another in a sentence, as a PLOVER root (YIELD stands for CONCEDE and RETREAT).

For material where source and target are marked already; whole reports are coded by `demarche.read`.
"""

from __future__ import annotations

from functools import cache

from demarche.coding.reading import EventModel
from demarche.language.tokens import words
from demarche.language.windows import Piece

LONGEST = 200
"""Words of a sentence that are looked at."""


@cache
def _model() -> EventModel:
    return EventModel.load()


def scores(sentence: str, source: tuple[int, int], target: tuple[int, int]) -> dict[str, float]:
    """Probabilities of the roots; `source` and `target` are character offsets, an empty span stands for a party that is not named."""
    pieces: list[Piece] = []
    offsets: list[tuple[int, int]] = []
    last = 0
    for start, end in words(sentence):
        pieces.append(Piece(sentence[start:end], 2 if not pieces else int(start > last)))
        offsets.append((start, end))
        last = end
    pieces, offsets = pieces[:LONGEST], offsets[:LONGEST]
    return _model().root(pieces, _inside(offsets, source), _inside(offsets, target))


def classify(sentence: str, source: tuple[int, int], target: tuple[int, int]) -> str:
    """The likeliest root of what `source` does to `target`."""
    found = scores(sentence, source, target)
    return max(found, key=lambda root: found[root])


def _inside(offsets: list[tuple[int, int]], span: tuple[int, int]) -> range:
    inside = [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return range(inside[0], inside[-1] + 1) if inside else range(0)
