"""What coded a report: the program, the models' weights, and the knowledge with the user's own files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Self

import demarche
from demarche.records import fingerprint

_PACKAGE = Path(demarche.__file__).parent
_PLACES = ("geonames.bin", "places.csv")
_FOREIGN = ("acled.csv", "agreements.csv", "cameo.csv", "country_codes.csv", "goldstein.csv", "sector_codes.csv")  # nothing is coded by them
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the coding. `demarche` is the release and a digest of its rules, the others are digests of contents."""

    demarche: str
    weights: str
    codebook: str
    actors: str
    places: str

    @classmethod
    def of(cls, codebook: Path | None = None, actors: Path | None = None, places: Path | None = None) -> Self:
        """The version that codes now, with these files of the user's; OSError when one cannot be read."""
        own = ((file,) if file else () for file in (codebook, actors, places))
        packed = _packed()
        return cls(*packed[:2], *(_joined(digest, files) for digest, files in zip(packed[2:], own, strict=True)))

    @property
    def fingerprint(self) -> str:
        """A stable id: versions with the same one code the same."""
        return fingerprint(*astuple(self))


@cache
def _packed() -> tuple[str, str, str, str, str]:
    """The digests of what the package carries."""
    tables = sorted((_PACKAGE / "knowledge" / "tables").iterdir())
    rules = sorted(path for room in ("coding", "knowledge", "language") for path in (_PACKAGE / room).glob("*.py"))
    weights = [*sorted((_PACKAGE / "language" / "weights").iterdir()), *sorted((_PACKAGE / "coding").glob("*.json"))]
    return (
        f"{demarche.__version__} {_digest([*rules, _PACKAGE / 'reader.py'])}",
        _digest(weights),
        _digest([_PACKAGE / "knowledge" / "codebook.json"]),
        _digest(path for path in tables if path.name not in (*_PLACES, *_FOREIGN)),
        _digest(path for path in tables if path.name in _PLACES),
    )


def _joined(digest: str, files: Sequence[Path]) -> str:
    return fingerprint(digest, _digest(files, named=False)) if files else digest


def _digest(files: Iterable[Path], named: bool = True) -> str:
    total = hashlib.blake2b(digest_size=8)
    for path in files:
        if path.is_file():
            total.update(path.name.encode() + b"\0" if named else b"\0")
            with path.open("rb") as file:
                while part := file.read(_CHUNK):
                    total.update(part)
    return total.hexdigest()
