"""Tables of places as CSV: the packaged `places.csv` and the user's own file have the same form and are checked alike."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from demarche.knowledge.placenames import fold

COLUMNS = ("name", "aliases", "adjectives", "country", "admin1", "lat", "lon", "precision", "population", "geonames_id")
REQUIRED = ("name", "lat", "lon")
PRECISIONS = ("point", "town", "admin1", "country", "region")
_LIMITS = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "population": (0.0, 1e10), "geonames_id": (1.0, 1e9)}
_PRECISION = {"capital": "town", "seat": "town", "admin2": "region"}


class PlaceTableError(ValueError):
    """A table of places that cannot be used; says where and what to do."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place a name may stand for. `kind` is one of `atlas.KINDS`; `match` says how the name fits: name, alias, adjective, variant or fuzzy."""

    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    kind: str
    population: int = 0
    geonames_id: int | None = None
    match: str = "name"
    user: bool = False

    @property
    def precision(self) -> str:
        """point, town, admin1, country or region (a county or district is a region)."""
        return _PRECISION.get(self.kind, self.kind)


def read_table(path: Path) -> Iterator[tuple[str, Toponym]]:
    """The places of a CSV table with the columns `COLUMNS`, each under all its keys; PlaceTableError names file, line, field and remedy."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        _check_columns(path, reader.fieldnames or ())
        for fields in reader:
            row = _Row(path, reader.line_num, fields)
            yield from row.entries()


def _check_columns(path: Path, given: Sequence[str]) -> None:
    for column in REQUIRED:
        if column not in given:
            raise PlaceTableError(f"{path}, line 1: the column {column!r} is missing; the columns are {', '.join(COLUMNS)} (name, lat and lon are required)")
    for column in given:
        if column not in COLUMNS:
            raise PlaceTableError(f"{path}, line 1: unknown column {column!r}; remove it or use one of {', '.join(COLUMNS)}")


@dataclass(frozen=True)
class _Row:
    """One line of a table."""

    path: Path
    line: int
    fields: dict[str, str]

    def entries(self) -> Iterator[tuple[str, Toponym]]:
        place = self.place()
        seen = {"", fold(place.name)}
        yield fold(place.name), place
        for match, column in (("alias", "aliases"), ("adjective", "adjectives")):
            for key in map(fold, self.text(column).split("|")):
                if key not in seen:
                    seen.add(key)
                    yield key, replace(place, match=match)

    def place(self) -> Toponym:
        if None in self.fields or None in self.fields.values():
            raise PlaceTableError(f"{self.path}, line {self.line}: not as many fields as columns; quote a field that contains a comma")
        return Toponym(
            name=self.name(),
            country=self.country(),
            admin1=self.text("admin1") or None,
            lat=self.number("lat"),
            lon=self.number("lon"),
            kind=self.precision(),
            population=int(self.number("population")),
            geonames_id=int(self.number("geonames_id")) or None,
        )

    def text(self, column: str) -> str:
        return (self.fields.get(column) or "").strip()

    def name(self) -> str:
        return self.text("name") if fold(self.text("name")) else self.wrong("name", "give the name of the place in letters")

    def country(self) -> str | None:
        code = self.text("country")
        if code and not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            self.wrong("country", "give an ISO 3166 alpha-3 code in capitals such as NER, or leave it empty")
        return code or None

    def precision(self) -> str:
        word = self.text("precision") or "point"
        return word if word in PRECISIONS else self.wrong("precision", f"use one of {', '.join(PRECISIONS)}")

    def number(self, column: str) -> float:
        text, (low, high) = self.text(column), _LIMITS[column]
        if not text and column not in REQUIRED:
            return 0.0
        try:
            value = float(text)
        except ValueError:
            self.wrong(column, "give a number with a decimal point")
        return value if low <= value <= high else self.wrong(column, f"it must lie between {low:.0f} and {high:.0f}")

    def wrong(self, column: str, remedy: str) -> NoReturn:
        raise PlaceTableError(f"{self.path}, line {self.line}, field {column}: {self.text(column)!r} cannot be used; {remedy}")
