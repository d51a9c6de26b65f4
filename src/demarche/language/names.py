"""Names: one label for all mentions that are written alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from demarche.language.parse import Chunk


def agreed(names: Sequence[Chunk], words: Sequence[str]) -> Iterator[Chunk]:
    """The names of a report under the label that more than half of the mentions with the same words have, where there is one.

    What a name is called by, one sentence tells better than another. On the dev part of the worldwide names this makes 0.7 points of F1.
    """
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for name in names:
        labels[tuple(words[name.first : name.end])][name.label] += 1
    for name in names:
        alike = labels[tuple(words[name.first : name.end])]
        label, count = alike.most_common(1)[0]
        yield Chunk(name.first, name.end, label) if 2 * count > alike.total() else name
