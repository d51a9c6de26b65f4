"""The place names of a report: what each may mean, and what the words around it tell of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from demarche.knowledge.gazetteer import Gazetteer
from demarche.knowledge.place_table import Toponym
from demarche.knowledge.placenames import fold

AREAS = frozenset({"country", "admin1", "admin2", "region"})
# Candidates kept of one name, by size; more only cost time.
MOST = 40
# People of a place whose name counts inside the name of a building; smaller places share their names with people and companies.
INNER_SIZE = 50_000
# Kilometres from the middle of a county, and of a region, within which a place is taken to lie in it.
COUNTY_REACH, REGION_REACH = 100, 400
CAPITALS = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}")
_AFTER = re.compile(r"\s?(?:,|\(|, in|in|, near|of)\s+(?:the\s+)?((?:[A-Z][\w.'’-]*)(?:\s(?:and\s|of\s)?[A-Z][\w.'’-]*){0,3})")
_BEFORE = re.compile(r"([A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)['’]s?\s(?:[a-z]+\s){0,3}$")
_AREA_WORD = re.compile(r"\s(?:state|province|governorate|region|oblast|county|counties|parish|prefecture)\b", re.I)
_AREA_NAME = re.compile(r"\s(?:state|province|governorate|region|oblast|county|parish|prefecture)$|^(?:state|province|region) of\b", re.I)
_AREA_OF = re.compile(r"\b(?:state|province|governorate|region|provinces|states)\sof\s$")
_TOWN_OF = re.compile(r"\b(?:city|town|village|capital|port|suburb|mayor|neighbou?rhood)(?:\sof)?\s$|\b(?:downtown|central)\s$", re.I)
_TOWN_WORD = re.compile(r"\s(?:city|mayor|police|airport)\b", re.I)
_OWNER = re.compile(r"['’]s?$")
_OWNED = re.compile(r"^(?:the )?([A-Z][\w.’' -]*?)['’]s?\s(.+)$", re.S)
_OR = re.compile(r"\s*[(/)]\s*")  # "Kobani (Ain al-Arab)"
_COUNTIES = re.compile(r"(?:,?\s(?:and\s)?[A-Z][\w.]+){0,5}\s(?:counties|parishes)\b")


@dataclass(frozen=True)
class Name:
    """One name of the report: where it stands, what it may mean, the areas the text puts it in, and what it is called ("area", "town" or "")."""

    spans: tuple[tuple[int, int], ...]
    candidates: tuple[Toponym, ...]
    containers: tuple[Toponym, ...] = ()
    called: str = ""

    def contains(self, place: Toponym) -> bool:
        """Whether `place` lies in an area the text puts the name in."""
        return any(inside(place, area) for area in self.containers)


def names_of(text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> list[Name]:
    """The spans grouped into names: the same spelling has the same sense throughout."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for start, end in spans:
        groups.setdefault(fold(text[start:end]), []).append((start, end))
    return [_name(text, tuple(group), gazetteer) for group in groups.values()]


def mentioned(text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> Counter[str]:
    """How often the text outside `spans` names each country or one of its states, adjectives included; names of two countries do not count."""
    found: Counter[str] = Counter()
    taken = sorted(spans)
    for match in CAPITALS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        places = gazetteer.own.get(fold(_OWNER.sub("", match[0])), ())
        countries = {place.country for place in places if place.kind in ("country", "admin1")}
        if len(countries) == 1 and (country := countries.pop()):
            found[country] += 1
    return found


def inside(place: Toponym, area: Toponym) -> bool:
    """Whether `place` lies in `area` and is of a lower kind."""
    if area.country is not None and place.country != area.country:
        return False
    if area.kind == "country":
        return place.kind != "country"
    if area.kind == "admin1":
        return place.admin1 == area.admin1 and place.kind != "admin1"
    if area.kind == "admin2":
        return place.admin1 == area.admin1 and place.kind not in AREAS and kilometres(place, area) < COUNTY_REACH
    return area.kind == "region" and place.kind != "region" and kilometres(place, area) < REGION_REACH


def kilometres(one: Toponym, other: Toponym) -> float:
    """The great-circle distance of two places."""
    lat, lon = radians(other.lat - one.lat), radians(other.lon - one.lon)
    half = sin(lat / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(lon / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(half, 1.0)))


def _name(text: str, spans: tuple[tuple[int, int], ...], gazetteer: Gazetteer) -> Name:
    surface = text[slice(*spans[0])]
    containers = [area for span in spans for area in _containers(text, span, gazetteer)]
    found = _candidates(text, spans, gazetteer)
    if not found:
        found, named = _parts(surface, gazetteer)
        containers = named or containers
    within = [any(inside(place, area) for area in containers) for place in found]
    order = sorted(range(len(found)), key=lambda index: (not within[index], -found[index].population))
    return Name(spans, tuple(found[index] for index in order[:MOST]), tuple(containers), _called(text, spans))


def _candidates(text: str, spans: tuple[tuple[int, int], ...], gazetteer: Gazetteer) -> list[Toponym]:
    surface = text[slice(*spans[0])]
    if surface.islower():  # "the park" names nothing
        return []
    if any(_COUNTIES.match(text, end) for _, end in spans) and (counties := gazetteer.listed(f"{surface} County")):
        return counties
    return gazetteer.candidates(surface)


def _parts(surface: str, gazetteer: Gazetteer) -> tuple[list[Toponym], list[Toponym]]:
    """Candidates and surroundings from the parts of a longer name: "Hyderabad, Sindh", "Sudan's Blue Nile state", "Delhi High Court"."""
    if "," in surface:
        head, _, tail = surface.partition(",")
        return gazetteer.candidates(head), _areas(tail, gazetteer)
    if (owned := _OWNED.match(surface)) and (areas := _areas(owned[1], gazetteer)):
        return ([] if owned[2].islower() else gazetteer.candidates(owned[2])), areas
    if len(others := [part for part in _OR.split(surface) if part.strip()]) > 1:
        return [place for part in others for place in gazetteer.candidates(part)], []
    return _inner(surface, gazetteer), []


def _inner(surface: str, gazetteer: Gazetteer) -> list[Toponym]:
    """The places named by the first or else the last words of the name of a building or an institution."""
    words = surface.split()
    for size in range(min(3, len(words) - 1), 0, -1):
        for part in (words[:size], words[-size:]):
            if found := [place for place in gazetteer.listed(" ".join(part)) if part[0][0].isupper() and place.population > INNER_SIZE]:
                return [replace(place, match="inner") for place in found]
    return []


def _containers(text: str, span: tuple[int, int], gazetteer: Gazetteer) -> list[Toponym]:
    """The areas named right after ("Agadez in Niger") or before ("Niger's Agadez")."""
    after = _AFTER.match(text, span[1])
    before = _BEFORE.search(text[max(0, span[0] - 40) : span[0]])
    return [place for match in (after, before) if match for place in _areas(match[1], gazetteer)]


def _areas(words: str, gazetteer: Gazetteer) -> list[Toponym]:
    """The areas that the longest beginning of `words` names."""
    parts = words.split()
    for end in range(len(parts), 0, -1):
        if found := [place for place in gazetteer.listed(" ".join(parts[:end])) if place.kind in AREAS and place.match != "adjective"]:
            return found
    return []


def _called(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    before = [text[max(0, start - 20) : start] for start, _ in spans]
    if any(map(_AREA_OF.search, before)) or any(_AREA_WORD.match(text, end) or _AREA_NAME.search(text[start:end]) for start, end in spans):
        return "area"
    return "town" if any(map(_TOWN_OF.search, before)) or any(_TOWN_WORD.match(text, end) for _, end in spans) else ""
