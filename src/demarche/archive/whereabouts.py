"""Where events took place: conditions by country, by name, and by distance."""

from __future__ import annotations

import re
import sqlite3
from math import asin, cos, degrees, radians, sin, sqrt

from demarche.archive.clause import Clause, QuestionError
from demarche.archive.whoever import code_of

EARTH_KM = 6371.0
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?) ?(?:km)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TOWNS = ("capital", "seat", "town", "point")
_EXAMPLE = 'write it as "Agadez,200km", "Paris,FRA,20km" or "13.5,2.1,50km"'


def country(value: str) -> str:
    """The code of a country by code or name; QuestionError when it is none."""
    code = code_of(value.strip())
    if code is None:
        raise QuestionError("country", value, "no country", "give its ISO code such as NER, or its English name")
    return code


def named(value: str) -> Clause:
    """The condition over `events e` that the place, or the province it lies in, is called so, in any spelling that is known."""
    from demarche.coding.toponyms import default_gazetteer

    ids = sorted({place.geonames_id for place in default_gazetteer().listed(value) if place.geonames_id})
    by_id = f" OR e.geonames_id IN ({', '.join('?' * len(ids))})" if ids else ""
    return Clause(f"(e.place = ? COLLATE NOCASE OR e.admin1 = ? COLLATE NOCASE{by_id})", (value, value, *ids))


def near(value: str) -> Clause:
    """The condition over `events e` that a town or point lies within a distance of a place; QuestionError when `value` names neither."""
    *place, last = (part.strip() for part in value.split(","))
    distance = _DISTANCE.fullmatch(last)
    if not place or not distance or not all(place):
        raise QuestionError("near", value, "no place with a distance", _EXAMPLE)
    lat, lon = _position(value, place)
    km = float(distance[1])
    south, north, reach = lat - degrees(km / EARTH_KM), lat + degrees(km / EARTH_KM), _reach(lat, km)
    box = "e.lat BETWEEN ? AND ?" + ("" if reach is None else " AND (e.lon BETWEEN ? AND ? OR e.lon - 360 >= ? OR e.lon + 360 <= ?)")
    sides = () if reach is None else (lon - reach, lon + reach, lon - reach, lon + reach)
    return Clause(
        f"e.precision NOT IN ('country', 'region', 'admin1') AND {box} AND distance_km(e.lat, e.lon, ?, ?) <= ?", (south, north, *sides, lat, lon, km)
    )


def teach(db: sqlite3.Connection) -> None:
    """Give the connection the function `distance_km` that `near` uses; once, since it cannot be given while answers are being read."""
    if not db.execute("SELECT 1 FROM pragma_function_list WHERE name = 'distance_km'").fetchone():
        db.create_function("distance_km", 4, distance_km, deterministic=True)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points given in degrees."""
    one, two = radians(lat), radians(other_lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def _reach(lat: float, km: float) -> float | None:
    """How many degrees of longitude a distance reaches to either side; None at the poles, where it is all."""
    if abs(lat) + degrees(km / EARTH_KM) >= 90:
        return None
    return degrees(asin(min(1.0, sin(min(km / EARTH_KM, radians(90))) / cos(radians(lat)))))


def _position(value: str, place: list[str]) -> tuple[float, float]:
    """Latitude and longitude of two numbers, or of the largest place of that name in the country, towns first."""
    if len(place) == 2 and all(map(_NUMBER.fullmatch, place)):
        lat, lon = map(float, place)
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise QuestionError("near", value, "no point on the earth", "give latitude and longitude in degrees, then a distance")
        return lat, lon
    from demarche.coding.toponyms import default_gazetteer

    code = country(place[1]) if len(place) == 2 else None
    found = [one for one in default_gazetteer().candidates(place[0]) if code in (None, one.country)] if len(place) < 3 else []
    if not found:
        raise QuestionError("near", value, f"no place is known as {', '.join(place)!r}", _EXAMPLE)
    best = max(found, key=lambda one: (one.user, one.match != "fuzzy", one.kind in _TOWNS, one.population))
    return best.lat, best.lon
