"""Decoding: from the scores of the heads to sentences, trees and labelled stretches of words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from demarche.language.parse import Chunk

Floats = NDArray[np.floating]
FORBIDDEN = -1e9
BROKEN_PHRASE = 2.0
"""What a stretch loses by ending before the word that its last word leans on ("they met in | late June"). On the dev part of PolNeAR
contents gain 2.0 points of exact F1 by it; 4 and 8 do as well, and for sources and cues it does harm."""
_LEANING = frozenset(["det", "case", "amod", "compound", "nummod", "aux", "cop", "mark", "cc", "advmod", "nsubj", "nmod", "flat", "fixed"])
_TRAILING = frozenset(["flat", "fixed", "compound", "obj", "goeswith"])


def sentence_starts(scores: Floats, spaces: Sequence[int]) -> list[int]:
    """Words that begin a sentence: by the scores [n, 2], and always at the start of a paragraph."""
    begins = scores[:, 1] > scores[:, 0]
    return [i for i in range(len(spaces)) if i == 0 or spaces[i] == 2 or (begins[i])]


def tree(scores: Floats) -> list[int]:
    """Heads of the highest-scoring tree with one root: scores [n, n+1], column 0 the root; the result has -1 at the root.

    Greedy heads are the answer when they form a tree; otherwise Chu-Liu-Edmonds runs once for every plausible root.
    """
    n = len(scores)
    scores = np.array(scores, dtype=np.float64)
    scores[np.arange(n), np.arange(n) + 1] = FORBIDDEN
    heads = scores.argmax(axis=1)
    if (heads == 0).sum() == 1 and not _cycle(heads):
        return [int(h) - 1 for h in heads]
    return _best_rooted(scores)


def _best_rooted(scores: Floats) -> list[int]:
    """Try the three likeliest roots; the exact tree under each, and the best of them."""
    logs = scores - _logsumexp(scores)
    best: tuple[float, list[int]] = (-np.inf, [])
    for root in np.argsort(-logs[:, 0])[:3]:
        fixed = logs.copy()
        fixed[:, 0] = FORBIDDEN
        fixed[root, :] = FORBIDDEN
        fixed[root, 0] = logs[root, 0]
        heads = _chu_liu_edmonds(fixed)
        total = float(fixed[np.arange(len(heads)), heads].sum())
        if total > best[0]:
            best = (total, [int(h) - 1 for h in heads])
    return best[1]


def _logsumexp(scores: Floats) -> Floats:
    top = scores.max(axis=1, keepdims=True)
    return np.asarray(top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True)))


def _cycle(heads: NDArray[np.integer]) -> list[int]:
    """The words (numbered from 1) of a cycle among `heads`, or none."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for start in range(1, len(heads) + 1):
        path, at = [], start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at - 1])
        if state[at] == 1:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def _chu_liu_edmonds(scores: Floats) -> NDArray[np.int64]:
    """Heads [n] of the maximum spanning arborescence from the root, column 0 of scores [n, n+1]."""
    heads: NDArray[np.int64] = scores.argmax(axis=1)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    n = len(scores)
    inside = np.zeros(n + 1, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    kept = scores[members - 1, heads[members - 1]]
    size = len(outside)  # the outside nodes (0 is the root) and, last, the contracted cycle
    small = np.full((size, size + 1), FORBIDDEN)
    rows = outside[1:] - 1
    small[: size - 1, :size] = scores[np.ix_(rows, outside)]
    leaving = scores[np.ix_(rows, members)]
    if len(rows):
        small[: size - 1, size] = leaving.max(axis=1)
    entering = scores[np.ix_(members - 1, outside)] - kept[:, None]
    small[size - 1, :size] = entering.max(axis=0) + kept.sum()
    found = _chu_liu_edmonds(small)
    result: NDArray[np.int64] = heads.copy()
    for k, i in enumerate(rows):
        result[i] = outside[found[k]] if found[k] < size else members[leaving[k].argmax()]
    entry = int(found[size - 1])
    breaks = members[entering[:, entry].argmax()]
    result[breaks - 1] = outside[entry]
    return result


def inside_phrases(heads: Sequence[int], relations: Sequence[str]) -> list[bool]:
    """Of each word, whether the word after it belongs so closely that no stretch may well end between: it leans on a later word, or the next one
    completes it. `heads` are word indices, -1 at roots."""
    n = len(heads)
    kinds = [relation.partition(":")[0] for relation in relations]
    leans = [heads[i] > i and kinds[i] in _LEANING for i in range(n)]
    return [leans[i] or (i + 1 < n and heads[i + 1] == i and kinds[i + 1] in _TRAILING) for i in range(n)]


class Tags:
    """BIO labels and the best legal sequence of them."""

    def __init__(self, labels: Sequence[str], open_start: bool = False) -> None:
        self.labels = list(labels)
        self.open_start = open_start
        self._kind = [label[2:] if len(label) > 1 else "" for label in labels]
        inside = np.array([label[0] == "I" for label in labels])
        same = np.array([[a[0] != "O" and self._kind[i] == self._kind[j] for j in range(len(labels))] for i, a in enumerate(labels)])
        self._moves = np.where(inside[None, :] & ~same, FORBIDDEN, 0.0)
        self._starts = np.where(inside & (not open_start), FORBIDDEN, 0.0)
        self._ends = np.outer([label[0] != "O" for label in labels], ~inside)

    def chunks(self, scores: Floats, inside: Sequence[bool] = ()) -> list[Chunk]:
        """The labelled stretches in scores [n, labels]; one that continues from before the window (when allowed) is labelled "I".

        A stretch that ends at a word `inside` a phrase loses `BROKEN_PHRASE`.
        """
        best = scores.argmax(axis=1)
        if not best.any():
            return []
        return self._stretches(best.tolist() if self._unhindered(best, inside) else self._viterbi(scores.astype(np.float64), inside))

    def _unhindered(self, best: NDArray[np.int64], inside: Sequence[bool]) -> bool:
        """Whether the best labels of the words are together the best sequence: they are legal and no stretch loses."""
        before, after = best[:-1], best[1:]
        legal = not self._starts[best[0]] and not self._moves[before, after].any()
        broken = bool(inside) and (self._ends[before, after] & np.array(inside[:-1])).any()
        return bool(legal and not broken)

    def _viterbi(self, scores: Floats, inside: Sequence[bool]) -> list[int]:
        free = np.ascontiguousarray(self._moves.T)  # from column to row, as the largest of a row is found faster
        breaking = np.ascontiguousarray((self._moves - BROKEN_PHRASE * self._ends).T)
        total = scores[0] + self._starts
        back = []
        for i in range(1, len(scores)):
            reach = total + (breaking if inside and inside[i - 1] else free)
            back.append(reach.argmax(axis=1))
            total = reach.max(axis=1) + scores[i]
        path = [int(total.argmax())]
        for came in reversed(back):
            path.append(int(came[path[-1]]))
        return path[::-1]

    def _stretches(self, path: list[int]) -> list[Chunk]:
        out: list[Chunk] = []
        for i, tag in enumerate(path):
            letter = self.labels[tag][0]
            if letter == "B":
                out.append(Chunk(i, i + 1, self._kind[tag]))
            elif letter == "I" and i == 0:
                out.append(Chunk(i, i + 1, "I"))
            elif letter == "I":
                out[-1] = Chunk(out[-1].first, i + 1, out[-1].label)
        return out
