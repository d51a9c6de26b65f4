"""Align predicted to gold words over the characters of a text, by the method of the CoNLL 2018 shared task.

Characters are counted without white space. Two words match when they cover the same characters; within a gold multiword token, whose
words have no characters of their own, the words on both sides match along the longest common sequence of their forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aligned:
    """A syntactic word over the characters `[start, end)`; `head` is an index in its document or -1; `multi` inside a multiword token."""

    start: int
    end: int
    form: str
    head: int
    relation: str
    multi: bool = False


def align(gold: Sequence[Aligned], found: Sequence[Aligned]) -> dict[int, int]:
    """Matching words: predicted index -> gold index."""
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(gold) and j < len(found):
        if gold[i].multi:
            i_end, j_start, j_end = _region(gold, found, i, j)
            pairs |= {j_start + b: i + a for a, b in common([w.form.lower() for w in gold[i:i_end]], [w.form.lower() for w in found[j_start:j_end]])}
            i, j = i_end, j_end
        elif (gold[i].start, gold[i].end) == (found[j].start, found[j].end):
            pairs[j] = i
            i, j = i + 1, j + 1
        elif gold[i].start <= found[j].start:
            i += 1
        else:
            j += 1
    return pairs


def _region(gold: Sequence[Aligned], found: Sequence[Aligned], i: int, j: int) -> tuple[int, int, int]:
    """The words inside the multiword token at gold `i`: the end in gold, the start and the end in found."""
    start, limit = gold[i].start, gold[i].end
    while j < len(found) and found[j].start < start:
        j += 1
    i_end, j_end = i, j
    while i_end < len(gold) and gold[i_end].start < limit:
        i_end += 1
    while j_end < len(found) and found[j_end].end <= limit:
        j_end += 1
    return i_end, j, j_end


def common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The index pairs of a longest common subsequence."""
    length = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for a in reversed(range(len(left))):
        for b in reversed(range(len(right))):
            length[a][b] = length[a + 1][b + 1] + 1 if left[a] == right[b] else max(length[a + 1][b], length[a][b + 1])
    pairs, a, b = [], 0, 0
    while a < len(left) and b < len(right):
        if left[a] == right[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif length[a + 1][b] >= length[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs
