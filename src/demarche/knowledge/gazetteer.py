"""Places of the world by name: GeoNames towns and areas, reviewed countries and regions, and the user's own places."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Self

from rapidfuzz import fuzz

from demarche.knowledge.atlas import KINDS, Atlas
from demarche.knowledge.placenames import fold, sound, variants

TABLES = Path(__file__).parent / "tables"
COLUMNS = ("name", "aliases", "adjectives", "country", "admin1", "lat", "lon", "precision", "population", "geonames_id")
PRECISIONS = ("point", "town", "admin1", "country", "region")
# A misspelt name is looked up by its sound from this length on, and must be this similar (0-100): at 85 no name of another place of the test set came in.
FUZZY_LENGTH, FUZZY_SCORE = 6, 85
_PRECISION = {"capital": "town", "seat": "town", "town": "town", "admin2": "region"}


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


@dataclass
class Gazetteer:
    """Look up places by name."""

    atlas: Atlas
    own: dict[str, list[Toponym]] = field(default_factory=dict)  # by key: the tables, read after the atlas

    @classmethod
    def load(cls, user_file: Path | None = None) -> Self:
        """The packaged gazetteer, with the user's places before it; PlaceTableError names what is wrong in their file."""
        atlas, tables = _packaged()
        if user_file is None:
            return cls(atlas, tables)
        own = defaultdict(list, {key: list(found) for key, found in tables.items()})
        for key, place in read_table(user_file):
            own[key].append(replace(place, user=True))
        return cls(atlas, dict(own))

    def candidates(self, name: str) -> list[Toponym]:
        """The places `name` may stand for, exact spellings before variants before misspellings; the user's own places alone when they have the name."""
        return list(self._found(fold(name)))

    @cached_property
    def corrected(self) -> frozenset[int]:
        """GeoNames ids the tables describe, so that their description replaces the compiled one."""
        return frozenset(place.geonames_id for places in self.own.values() for place in places if place.geonames_id)

    @cached_property
    def _found(self) -> lru_cache[tuple[Toponym, ...]]:  # type: ignore[type-arg]
        return lru_cache(maxsize=4096)(self._search)

    def _search(self, key: str) -> tuple[Toponym, ...]:
        if found := self._exact(key):
            return found
        for form in variants(key):
            if found := self._exact(form):
                return tuple(replace(place, match="variant") for place in found)
        return self._fuzzy(key) if len(key) >= FUZZY_LENGTH else ()

    def _exact(self, key: str) -> tuple[Toponym, ...]:
        own = self.own.get(key, [])
        if mine := [place for place in own if place.user]:
            return tuple(mine)
        rows = (self._toponym(row, key) for row in self.atlas.find(key))
        return tuple(own) + tuple(place for place in rows if place.geonames_id not in self.corrected)

    def _fuzzy(self, key: str) -> tuple[Toponym, ...]:
        heard = sound(key)
        near = {form: fuzz.ratio(heard, sound(form)) for form in self.atlas.neighbours(key[:2]) if abs(len(form) - len(key)) <= 3}
        best = max(near.values(), default=0)
        close = [form for form, score in near.items() if score == best >= FUZZY_SCORE]
        return tuple(replace(place, match="fuzzy") for form in close for place in self._exact(form))

    def _toponym(self, row: int, key: str) -> Toponym:
        atlas, name = self.atlas, self.atlas.name(row)
        country, admin1 = atlas.areas[atlas.area[row]]
        return Toponym(
            name=name,
            country=country,
            admin1=admin1 or None,
            lat=int(atlas.lat[row]) / 1000,
            lon=int(atlas.lon[row]) / 1000,
            kind=KINDS[atlas.kind[row]],
            population=int(atlas.population[row]),
            geonames_id=int(atlas.ids[row]) or None,
            match="name" if fold(name) == key else "alias",
        )


@cache
def _packaged() -> tuple[Atlas, dict[str, list[Toponym]]]:
    tables: dict[str, list[Toponym]] = defaultdict(list)
    for key, place in read_table(TABLES / "places.csv"):
        tables[key].append(place)
    return Atlas.read(TABLES / "geonames.bin"), dict(tables)


def read_table(path: Path) -> Iterator[tuple[str, Toponym]]:
    """The places of a CSV table with the columns `COLUMNS` (name, lat and lon required), each under all its keys."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        _check_columns(path, reader.fieldnames or ())
        for row in reader:
            yield from _entries(_place(path, reader.line_num, row), row)


def _entries(place: Toponym, row: dict[str, str]) -> Iterator[tuple[str, Toponym]]:
    seen = {"", fold(place.name)}
    yield fold(place.name), place
    for match, column in (("alias", "aliases"), ("adjective", "adjectives")):
        for key in map(fold, (row.get(column) or "").split("|")):
            if key not in seen:
                seen.add(key)
                yield key, replace(place, match=match)


def _check_columns(path: Path, given: Iterable[str]) -> None:
    given = tuple(given)
    for column in ("name", "lat", "lon"):
        if column not in given:
            raise PlaceTableError(f"{path}, line 1: the column {column!r} is missing; the columns are {','.join(COLUMNS)} (name, lat and lon are required)")
    for column in given:
        if column not in COLUMNS:
            raise PlaceTableError(f"{path}, line 1: unknown column {column!r}; remove it or use one of {', '.join(COLUMNS)}")


def _place(path: Path, line: int, row: dict[str, str]) -> Toponym:
    def wrong(column: str, remedy: str) -> PlaceTableError:
        return PlaceTableError(f"{path}, line {line}, field {column}: {row.get(column)!r} cannot be used; {remedy}")

    if None in row or None in row.values():
        raise PlaceTableError(f"{path}, line {line}: not as many fields as columns; quote a field that contains a comma")
    if not fold(row["name"]):
        raise wrong("name", "give the name of the place in letters")
    country, precision = row.get("country") or None, row.get("precision") or "point"
    if country and not (len(country) == 3 and country.isalpha() and country.isupper()):
        raise wrong("country", "give an ISO 3166 alpha-3 code in capitals such as NER, or leave it empty")
    if precision not in PRECISIONS:
        raise wrong("precision", f"use one of {', '.join(PRECISIONS)}")
    numbers = {}
    for column, low, high in (("lat", -90, 90), ("lon", -180, 180), ("population", 0, 10**10), ("geonames_id", 1, 10**9)):
        text = (row.get(column) or "").strip()
        try:
            numbers[column] = float(text) if text or column in ("lat", "lon") else 0.0
        except ValueError:
            raise wrong(column, "give a number with a decimal point") from None
        if text and not low <= numbers[column] <= high:
            raise wrong(column, f"it must lie between {low} and {high}")
    return Toponym(
        row["name"], country, row.get("admin1") or None, numbers["lat"], numbers["lon"], precision, int(numbers["population"]), int(numbers["geonames_id"]) or None
    )
