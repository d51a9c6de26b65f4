"""Windows: the pieces of a report that go through an encoder in one pass, and what the encoder is told of each word.

A window holds whole paragraphs when they fit, whole sentences (by a cautious rule) when they do not, and is never cut inside a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

WIDTH = 384
"""Numbers in an encoder's state of a word."""
LIMIT = 160
"""Subwords in a window: two to four news paragraphs; attention costs grow with the square of it. With 256, weights
trained on windows of up to 256 found contents of attributions worse (exact F1 0.524 against 0.603 on the dev part of PolNeAR)."""
HARD_LIMIT = 480
"""Subwords the encoder can take at most (512 positions)."""
WORD_LIMIT = 12
"""Subwords of one word that are looked at (addresses and the like are longer)."""
SHAPES = ("lower", "title", "upper", "mixed", "digits", "alnum", "other", "letter")
FEATURES = len(SHAPES) * 3
_ENDS = re.compile(r"[.!?…]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word as the encoder sees it."""

    text: str
    space: int  # 0 glued to the word before, 1 after a space, 2 at the start of a paragraph


def shape(word: str) -> int:
    """The index in `SHAPES` of how a word is written."""
    if word.isdigit():
        return 4
    if not any(map(str.isalnum, word)):
        return 6
    if any(map(str.isdigit, word)):
        return 5
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 7
    return 1 if word[0].isupper() and word[1:].islower() else 3


class Subwords:
    """Words to subword ids, remembered (news repeats itself)."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self.begin, self.end, self._unknown = (int(tokenizer.token_to_id(token) or 0) for token in ("[CLS]", "[SEP]", "[UNK]"))

    def __call__(self, word: str) -> tuple[int, ...]:
        ids = self._known.get(word)
        if ids is None:
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:WORD_LIMIT]) or (self._unknown,)
            if len(self._known) < 200_000:
                self._known[word] = ids
        return ids


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window as arrays: subword `ids` and `features` (both int64 [T]), and `first` (int64 [n]), where each word begins."""

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    first: NDArray[np.int64]

    def spread(self, values: NDArray[np.floating]) -> NDArray[np.float32]:
        """Values of the words [n, W] at each of their subwords [T, W]; zeros at both ends."""
        out = np.zeros((len(self.ids), values.shape[1]), np.float32)
        out[1:-1] = np.repeat(values, np.diff([*self.first, len(self.ids) - 1]), axis=0)
        return out


def encode(pieces: Sequence[Piece], subwords: Subwords) -> Encoded:
    """Encode the words of one window."""
    ids, features, first = [subwords.begin], [FEATURES], []
    for piece in pieces:
        first.append(len(ids))
        parts = subwords(piece.text)
        ids.extend(parts)
        features.extend([shape(piece.text) * 3 + piece.space] * len(parts))
    ids.append(subwords.end)
    features.append(FEATURES)
    return Encoded(np.array(ids, np.int64), np.array(features, np.int64), np.array(first, np.int64))


def cut(pieces: Sequence[Piece], subwords: Subwords, limit: int = LIMIT) -> list[tuple[int, int]]:
    """Cut a report into windows `(first, end)` of at most about `limit` subwords, at paragraphs, else sentence ends, else anywhere."""
    sizes = [len(subwords(piece.text)) for piece in pieces]
    out: list[tuple[int, int]] = []
    for first, end in _packed(_stretches(pieces, lambda i: pieces[i].space == 2), sizes, limit):
        if sum(sizes[first:end]) <= limit:
            out.append((first, end))
            continue
        sentences = [(first + a, first + b) for a, b in _stretches(pieces[first:end], partial(_may_begin, pieces[first:end]))]
        for a, b in _packed(sentences, sizes, limit):
            out.extend(_hard(a, b, sizes))
    return out


def _may_begin(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a sentence may begin at word `i`: after a full stop or the closing quotation mark behind one, or at an opening mark."""
    before, here = pieces[i - 1].text, pieces[i].text[:1]
    stopped = bool(_ENDS.search(before)) and len(before) <= 3
    return bool(pieces[i].space) and (stopped or (before in '"”’»)' and here.isupper()) or here in '“"')


def _stretches(pieces: Sequence[Piece], begins: Callable[[int], bool]) -> list[tuple[int, int]]:
    starts = [i for i in range(len(pieces)) if i == 0 or begins(i)]
    return list(zip(starts, [*starts[1:], len(pieces)], strict=True)) if starts else []


def _packed(stretches: Sequence[tuple[int, int]], sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    room = 0
    for first, end in stretches:
        size = sum(sizes[first:end])
        if out and size <= room:
            out[-1] = (out[-1][0], end)
            room -= size
        else:
            out.append((first, end))
            room = limit - size
    return out


def _hard(first: int, end: int, sizes: Sequence[int]) -> list[tuple[int, int]]:
    out, total, start = [], 0, first
    for i in range(first, end):
        if total + sizes[i] > HARD_LIMIT:
            out.append((start, i))
            start, total = i, 0
        total += sizes[i]
    return [*out, (start, end)]
