"""The same story in several papers: texts that are (nearly) the same, found one by one as they come.

A text is the set of its five-word sequences. Of that set a MinHash signature is kept (Broder 1997), whose equal places estimate the
share of sequences two texts have in common; tables by parts of the signature lead to the few texts worth comparing.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from typing import NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from demarche.intake.plain import split_address

WORDS = 5
"""The length of the sequences. With three, reports from one beat share set phrases; with five, hardly any."""

BANDS, ROWS = 32, 3
"""Texts that agree in all rows of a band are compared: 98 % of those with half of their sequences in common, 99.97 % at 0.6."""

ALIKE = 0.6
"""From this estimated share of common sequences two texts are one story."""

CARRIED, CARRIED_SHARE = 0.85, 0.35
"""A text is also the story when so much of it stands in the longer one (a paper printed the first half), from this share of all."""

OWN_NUMBERS = 3
"""Texts that each have so many numbers which the other lacks, and more than they share, are bulletins made on one last, not one story."""

PROBES = 64
"""How far a table is searched: more texts than this with one band in common have set phrases in common, and other bands tell them apart."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SIZE = BANDS * ROWS
_SEEDS = np.frombuffer(hashlib.shake_256(b"demarche.intake.duplicates").digest(_SIZE * 16), "<u8").reshape(2, _SIZE)
_XOR, _FACTOR = _SEEDS[0].copy(), _SEEDS[1] | np.uint64(1)
_BAND_FACTORS = np.frombuffer(hashlib.shake_256(b"demarche.intake.bands").digest(_SIZE * 8), "<u8").reshape(BANDS, ROWS) | np.uint64(1)
_PLACES = np.frombuffer(hashlib.shake_256(b"demarche.intake.places").digest(WORDS * 8), "<u8") | np.uint64(1)
_BLOCK = 2048
_BYTES = 4 * _SIZE + 4 + 16

MAX_LOAD = 0.6
"""The share of a table's slots in use from which it grows."""

Hashes: TypeAlias = npt.NDArray[np.uint64]
Values: TypeAlias = npt.NDArray[np.uint32]


class Signature(NamedTuple):
    """What is kept of a text: its MinHash values, how many sequences it has, and 128 bits for the numbers in it."""

    values: Values
    sequences: int
    numbers: int

    @classmethod
    def of(cls, text: str) -> Self:
        """The signature of `text`; an address on its first line, capitals and signs do not count."""
        words = normal(text)
        found = _sequences(words)
        return cls(_minima(found), len(found), _numbers(words))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The signature that `to_bytes` wrote; ValueError when it is not one."""
        if len(data) != _BYTES:
            raise ValueError(f"a signature of {len(data)} bytes, not {_BYTES}")
        values = np.frombuffer(data, "<u4", _SIZE).astype(np.uint32)
        return cls(values, int.from_bytes(data[-20:-16], "little"), int.from_bytes(data[-16:], "little"))

    def to_bytes(self) -> bytes:
        """404 bytes, the same on every machine."""
        return self.values.astype("<u4").tobytes() + self.sequences.to_bytes(4, "little") + self.numbers.to_bytes(16, "little")

    def alike(self, other: Signature) -> bool:
        """Whether the two texts are one story."""
        share = float(np.count_nonzero(self.values == other.values)) / _SIZE
        if share == 1.0 or share < CARRIED_SHARE:
            return share == 1.0
        small, large = sorted((self.sequences, other.sequences))
        common = min(small, share * (small + large) / (1 + share))
        return (share >= ALIKE or common >= CARRIED * small) and not self._other_numbers(other)

    def _other_numbers(self, other: Signature) -> bool:
        mine, theirs = (self.numbers & ~other.numbers).bit_count(), (other.numbers & ~self.numbers).bit_count()
        return min(mine, theirs) >= OWN_NUMBERS and min(mine, theirs) > (self.numbers & other.numbers).bit_count()


class Duplicates:
    """The stories met so far, each under the id of the first text that told it; under 1 KB a story.

    The same texts in the same order give the same answers, also when the index was restored from stored signatures in between.
    """

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._kept = np.zeros((1024, _BYTES // 4), "<u4")
        self._table = np.full(1 << 16, -1, np.int32)
        self._used = 0

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, id: str, text: str) -> str | None:
        """The id of the first text that `text` nearly equals; None when it is new, and from now on known as `id`."""
        return self.add_signature(id, Signature.of(text))

    def add_signature(self, id: str, signature: Signature) -> str | None:
        """As `add`, for a text of which the signature is at hand."""
        if (found := self.find(signature)) is None:
            self.restore(id, signature)
        return found

    def find(self, signature: Signature) -> str | None:
        """The id of the first text that is nearly the one of `signature`, or None; nothing is added."""
        for row in self._candidates(signature.values):
            if signature.alike(Signature.from_bytes(self._kept[row].tobytes())):
                return self._ids[row]
        return None

    def restore(self, id: str, signature: Signature) -> None:
        """Make the story of `id` known without a search, as when a stored index is loaded in its old order."""
        row = len(self._ids)
        if row == len(self._kept):
            self._kept = np.concatenate([self._kept, np.zeros((row // 4, _BYTES // 4), "<u4")])
        self._ids.append(id)
        self._kept[row] = np.frombuffer(signature.to_bytes(), "<u4")
        if (self._used + BANDS) > MAX_LOAD * len(self._table):
            self._grow()
        else:
            self._enter(np.full(BANDS, row, np.int32), _keys(signature.values[None])[0])

    def _candidates(self, values: Values) -> list[int]:
        """The rows that share a band with `values`, in the order in which they came."""
        at, bands, found = _keys(values[None])[0] % np.uint64(len(self._table)), np.arange(BANDS), set[int]()
        parts = values.reshape(BANDS, ROWS)
        for _ in range(PROBES):
            rows = self._table[at]
            used = rows >= 0
            if not used.any():
                break
            rows, at, bands = rows[used], at[used], bands[used]
            same = (self._kept[rows[:, None], bands[:, None] * ROWS + np.arange(ROWS)] == parts[bands]).all(axis=1)
            found.update(rows[same].tolist())
            at = (at + np.uint64(1)) % np.uint64(len(self._table))
        return sorted(found)

    def _enter(self, rows: npt.NDArray[np.int32], keys: Hashes) -> None:
        """Put each row into the first free slot from its key on; where two want one slot, the later goes on searching."""
        at = keys % np.uint64(len(self._table))
        for _ in range(PROBES):
            free = self._table[at] < 0
            first = np.zeros(len(at), bool)
            first[np.unique(np.where(free, at, np.uint64(len(self._table))), return_index=True)[1]] = True
            now = free & first
            self._table[at[now]] = rows[now]
            self._used += int(now.sum())
            rows, at = rows[~now], (at[~now] + np.uint64(1)) % np.uint64(len(self._table))
            if not len(rows):
                return

    def _grow(self) -> None:
        self._table, self._used = np.full(len(self._table) * 3 // 2, -1, np.int32), 0
        for start in range(0, len(self._ids), _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, len(self._ids)), dtype=np.int32)
            self._enter(np.repeat(rows, BANDS), _keys(self._kept[rows, :_SIZE]).reshape(-1))


def normal(text: str) -> list[str]:
    """The words of `text` in small letters, without an address on its first line."""
    return _WORD.findall(unicodedata.normalize("NFKC", text[split_address(text)[1] :]).casefold())


def exact(text: str) -> str:
    """A stable 32-digit id of the words of `text`: the same for texts that differ in blanks, capitals and signs alone."""
    return hashlib.blake2b(" ".join(normal(text)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _sequences(words: list[str]) -> Hashes:
    """The hashes of the sequences in `words`, each once; a shorter text is one sequence."""
    hashed = np.fromiter((zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint64, len(words))
    length = min(WORDS, max(1, len(words)))
    summed = np.zeros(max(1, len(words) - length + 1), np.uint64)
    for place in range(min(length, len(words))):
        summed += hashed[place : place + len(summed)] * _PLACES[place]
    return np.unique(_mixed(summed))


def _minima(sequences: Hashes) -> Values:
    found = np.full(_SIZE, 0xFFFFFFFF, np.uint32)
    for start in range(0, len(sequences), _BLOCK):
        block = sequences[start : start + _BLOCK, None]
        found = np.minimum(found, (((block ^ _XOR) * _FACTOR) >> np.uint64(32)).min(axis=0).astype(np.uint32))
    return found


def _mixed(hashes: Hashes) -> Hashes:
    """Bits well stirred (the finish of splitmix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _keys(values: npt.NDArray[np.uint32]) -> Hashes:
    """One hash a band for each row of `values`."""
    parts = values.reshape(-1, BANDS, ROWS).astype(np.uint64)
    return _mixed((parts * _BAND_FACTORS).sum(axis=2, dtype=np.uint64))


def _numbers(words: list[str]) -> int:
    bits = 0
    for word in words:
        if not word.isalpha() and any(map(str.isdigit, word)):
            bits |= 1 << (zlib.crc32(word.encode("utf-8", "surrogatepass")) & 127)
    return bits
