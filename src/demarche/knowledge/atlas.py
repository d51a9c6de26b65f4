"""The compact form of the world's places: columns of numbers, a blob of names, and sorted keys searched in place."""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

KINDS = ("country", "admin1", "admin2", "capital", "seat", "town", "region", "point")
_MAGIC = b"demarche atlas 1\n"
_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 23}]
Ints = NDArray[np.int32]


def pack(sections: Mapping[str, bytes]) -> bytes:
    """One deterministic file of named sections, each compressed on its own, with a digest of the contents."""
    bodies = {name: lzma.compress(data, format=lzma.FORMAT_RAW, filters=_FILTERS) for name, data in sections.items()}
    head = {"digest": digest(sections), "sections": [[name, len(body)] for name, body in bodies.items()]}
    return _MAGIC + json.dumps(head).encode() + b"\n" + b"".join(bodies.values())


def unpack(data: bytes) -> tuple[str, dict[str, bytes]]:
    """The recorded digest and the sections of a packed file; ValueError when it is not one."""
    if not data.startswith(_MAGIC):
        raise ValueError("not a compiled gazetteer; rebuild it with training/knowledge/build_gazetteer.py")
    line, _, rest = data[len(_MAGIC) :].partition(b"\n")
    head, sections, at = json.loads(line), {}, 0
    for name, size in head["sections"]:
        sections[name] = lzma.decompress(rest[at : at + size], format=lzma.FORMAT_RAW, filters=_FILTERS)
        at += size
    return head["digest"], sections


def digest(sections: Mapping[str, bytes]) -> str:
    """A digest of the contents, independent of how they are compressed."""
    total = hashlib.blake2b(digest_size=16)
    for name, data in sections.items():
        total.update(name.encode() + hashlib.blake2b(data, digest_size=16).digest())
    return total.hexdigest()


def planes(values: NDArray[np.signedinteger], delta: bool = False) -> bytes:
    """Integers as four planes of bytes (differences when `delta`), which compress well."""
    wide = values.astype("<i4")
    steps = np.diff(wide, prepend=np.int32(0)).astype("<i4") if delta else wide
    zigzag = ((steps << 1) ^ (steps >> 31)).astype("<u4")
    return zigzag.view(np.uint8).reshape(-1, 4).T.tobytes()


def ints(data: bytes, delta: bool = False) -> Ints:
    """The inverse of `planes`."""
    zigzag = np.ascontiguousarray(np.frombuffer(data, np.uint8).reshape(4, -1).T).view("<u4").ravel()
    steps = (zigzag >> 1).astype(np.int32) ^ -(zigzag & 1).astype(np.int32)
    return np.cumsum(steps, dtype=np.int32) if delta else steps


@dataclass(frozen=True)
class Atlas:
    """Read access to the compiled places. Rows are numbered; `find` gives the rows that carry a key."""

    ids: Ints
    lat: Ints  # thousandths of a degree
    lon: Ints
    population: Ints
    kind: Ints
    area: Ints  # index into areas
    areas: tuple[tuple[str, str], ...]  # (alpha-3, admin1 name)
    names: bytes
    keys: bytes
    counts: Ints  # rows of each key
    rows: Ints

    @classmethod
    def read(cls, path: Path) -> Self:
        """Open a compiled file."""
        _, part = unpack(path.read_bytes())
        areas = tuple((line[:3], line[4:]) for line in part["areas"].decode().split("\n"))
        column = {name: ints(part[name], name in DELTAS) for name in ("ids", "lat", "lon", "population", "kind", "area", "counts", "rows")}
        return cls(areas=areas, names=part["names"], keys=part["keys"], **column)

    def name(self, row: int) -> str:
        return _line(self.names, self._name_starts, row).decode()

    def key(self, index: int) -> str:
        return _line(self.keys, self._key_starts, index).decode()

    def find(self, key: str) -> list[int]:
        """The rows that carry exactly this key."""
        index = self._index(key.encode())
        if index >= len(self.counts) or self.key(index) != key:
            return []
        first = int(self._row_starts[index])
        return [int(row) for row in self.rows[first : first + int(self.counts[index])]]

    def neighbours(self, prefix: str) -> list[str]:
        """All keys that begin with `prefix`."""
        first, last = self._index(prefix.encode()), self._index(prefix.encode() + b"~")
        return self.keys[int(self._key_starts[first]) : int(self._key_starts[last]) - 1].decode().split("\n") if first < last else []

    def _index(self, key: bytes) -> int:
        low, high = 0, len(self.counts)
        while low < high:
            middle = (low + high) // 2
            if _line(self.keys, self._key_starts, middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _key_starts(self) -> Ints:
        return _starts(self.keys)

    @cached_property
    def _name_starts(self) -> Ints:
        return _starts(self.names)

    @cached_property
    def _row_starts(self) -> Ints:
        return (np.cumsum(self.counts) - self.counts).astype(np.int32)


DELTAS = frozenset({"lat", "lon", "area"})


def _starts(blob: bytes) -> Ints:
    breaks = np.flatnonzero(np.frombuffer(blob, np.uint8) == 10)
    return np.concatenate([[0], breaks + 1, [len(blob) + 1]]).astype(np.int32)


def _line(blob: bytes, starts: Ints, index: int) -> bytes:
    return blob[int(starts[index]) : int(starts[index + 1]) - 1]
