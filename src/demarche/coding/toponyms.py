"""Which place each toponym of a report means: all names of the report are resolved together, one sense a name.

A candidate is scored by what kind of place it is and how many people live there, by the area the text names beside it ("Springfield,
Illinois"), by the countries the report mentions, and by how well it fits what the other names of the report most likely mean. The weights
come from `training/knowledge/fit_toponyms.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.knowledge.gazetteer import TABLES, Gazetteer, Toponym
from demarche.knowledge.placenames import fold
from demarche.records import Span, Where

Floats = NDArray[np.float64]
WEIGHTS = TABLES / "toponym_weights.json"
AREAS = frozenset({"country", "admin1", "admin2", "region"})
OWN = ("size", "size_rank", "country", "admin1", "admin2", "capital", "seat", "region", "point", "alias", "adjective", "variant", "inside", "outside", "mentioned")
SHARED = ("same_country", "same_admin1", "near", "touching")
FEATURES = OWN + SHARED
# Candidates kept of one name, by size; more only cost time. Rounds after which the senses of a report no longer move.
MOST, ROUNDS = 40, 3
# Kilometres over which two places count as near and as touching.
NEAR, TOUCHING = 300.0, 40.0
_AFTER = re.compile(r"\s?(?:,|\(|, in|in|, near|of)\s+(?:the\s+)?((?:[A-Z][\w.'’-]*)(?:\s(?:and\s|of\s)?[A-Z][\w.'’-]*){0,3})")
_BEFORE = re.compile(r"([A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)['’]s?\s(?:[a-z]+\s){0,3}$")
_CAPITALS = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,2}")


@dataclass(frozen=True)
class Name:
    """One name of the report: where it stands, what it may mean, and the areas the text puts it in."""

    spans: tuple[tuple[int, int], ...]
    candidates: tuple[Toponym, ...]
    containers: tuple[Toponym, ...] = ()


def resolve(
    text: str, spans: Sequence[tuple[int, int]], countries: Mapping[str, int] | None = None, gazetteer: Gazetteer | None = None
) -> list[Where | None]:
    """The place each span of `text` means, or None where the name is unknown. `countries` counts the mentions of countries in the report
    (alpha-3); without it they are counted in the text.
    """
    gazetteer = gazetteer or default_gazetteer()
    names = names_of(text, spans, gazetteer)
    senses = choose(names, mentioned(text, gazetteer) if countries is None else countries)
    by_span = {span: sense for name, sense in zip(names, senses, strict=True) for span in name.spans}
    return [_where(text, span, by_span[span]) for span in map(tuple, spans)]


def country_place(code: str, span: Span) -> Where | None:
    """The place of the country with this alpha-3 code, at `span`; None when there is no such country."""
    country = _countries().get(code)
    return None if country is None else _where_of(span, country)


def names_of(text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> list[Name]:
    """The spans grouped into names, with candidates and named surroundings."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for start, end in spans:
        groups.setdefault(fold(text[start:end]), []).append((start, end))
    return [_name(text, key, group, gazetteer) for key, group in groups.items()]


def choose(names: Sequence[Name], countries: Mapping[str, int], weights: Floats | None = None) -> list[Toponym | None]:
    """The best candidate of each name."""
    scene = Scene(names, countries)
    share = scene.settle(default_weights() if weights is None else weights)
    return [_pick(name, share[scene.owner == index]) for index, name in enumerate(names)]


class Scene:
    """The candidates of all names of one report as arrays, and what they have in common."""

    def __init__(self, names: Sequence[Name], countries: Mapping[str, int]) -> None:
        self.places = [place for name in names for place in name.candidates]
        self.owner = np.array([index for index, name in enumerate(names) for _ in name.candidates], dtype=int)
        self.member = np.eye(len(names))[self.owner] if self.places else np.zeros((0, len(names)))
        self.own = np.array([row for name in names for row in _own_features(name, countries)]).reshape(-1, len(OWN))
        self.kernels = self._kernels()

    def settle(self, weights: Floats) -> Floats:
        """The share of belief in each candidate, after the names have been weighed against each other."""
        share = self.shares(self.own @ weights[: len(OWN)])
        for _ in range(ROUNDS):
            share = self.shares(self.features(share) @ weights)
        return share

    def features(self, share: Floats) -> Floats:
        """All features of all candidates, given the belief in each."""
        return np.hstack([self.own, np.array([self._support(kernel, share) for kernel in self.kernels]).T.reshape(-1, len(SHARED))])

    def shares(self, score: Floats) -> Floats:
        """Scores as shares that sum to one over the candidates of a name."""
        if not len(score):
            return score
        top = np.where(self.member > 0, score[:, None], -np.inf).max(axis=0)
        raised = np.exp(score - top[self.owner])
        return raised / (raised @ self.member)[self.owner]  # type: ignore[no-any-return]

    def _support(self, kernel: Floats, share: Floats) -> Floats:
        by_name = ((kernel * share) @ self.member) * (1 - self.member)
        return 1 - np.prod(1 - np.minimum(by_name, 0.98), axis=1)  # type: ignore[no-any-return]

    def _kernels(self) -> list[Floats]:
        country = np.array([place.country or f"-{n}" for n, place in enumerate(self.places)])
        admin1 = np.array([f"{place.country} {place.admin1}" if place.admin1 else f"-{n}" for n, place in enumerate(self.places)])
        local = np.array([place.kind not in ("country", "region") for place in self.places], dtype=bool)
        both = local[:, None] & local[None, :]
        apart = distances(np.array([(place.lat, place.lon) for place in self.places]).reshape(-1, 2))
        same = (country[:, None] == country[None, :], admin1[:, None] == admin1[None, :])
        return [same[0] * 1.0, same[1] * 1.0, np.exp(-apart / NEAR) * both, np.exp(-apart / TOUCHING) * both]


def distances(points: Floats) -> Floats:
    """Great-circle kilometres between all pairs of (lat, lon) points."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    half = np.sin((lat[:, None] - lat) / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))  # type: ignore[no-any-return]


def mentioned(text: str, gazetteer: Gazetteer) -> Counter[str]:
    """How often the text names each country, adjectives included."""
    found: Counter[str] = Counter()
    for match in _CAPITALS.finditer(text):
        for place in gazetteer.own.get(fold(re.sub(r"['’]s?$", "", match[0])), ()):
            if place.country and place.kind in ("country", "admin1"):
                found[place.country] += 1
                break
    return found


@cache
def default_gazetteer() -> Gazetteer:
    return Gazetteer.load()


@cache
def default_weights(path: Path = WEIGHTS) -> Floats:
    table = json.loads(path.read_text("utf-8"))["weights"]
    return np.array([table[name] for name in FEATURES])


@cache
def _countries() -> dict[str, Toponym]:
    places = (place for found in default_gazetteer().own.values() for place in found)
    return {place.country: place for place in places if place.kind == "country" and place.match == "name" and place.country}


def _name(text: str, key: str, spans: list[tuple[int, int]], gazetteer: Gazetteer) -> Name:
    surface = text[slice(*spans[0])]
    found = gazetteer.candidates(surface)
    containers = [area for span in spans for area in _containers(text, span, gazetteer)]
    if not found and "," in surface:
        head, _, tail = surface.partition(",")
        found, containers = gazetteer.candidates(head), [place for place in gazetteer.candidates(tail) if place.kind in AREAS] or containers
    largest = sorted(found, key=lambda place: (not any(_inside(place, area) for area in containers), -place.population))
    return Name(tuple(spans), tuple(largest[:MOST]), tuple(containers))


def _containers(text: str, span: tuple[int, int], gazetteer: Gazetteer) -> list[Toponym]:
    after = _AFTER.match(text, span[1])
    before = _BEFORE.search(text[max(0, span[0] - 40) : span[0]])
    return [place for match in (after, before) if match for place in _areas(match[1], gazetteer)]


def _areas(words: str, gazetteer: Gazetteer) -> list[Toponym]:
    """The areas that the longest beginning of `words` names."""
    parts = words.split()
    for end in range(len(parts), 0, -1):
        key = fold(" ".join(parts[:end]))
        if found := [place for place in gazetteer.candidates(key) if place.kind in AREAS and place.match in ("name", "alias")]:
            return found
    return []


def _inside(place: Toponym, area: Toponym) -> bool:
    if area.kind == "country":
        return place.country == area.country and place.kind != "country"
    if area.kind == "admin1":
        return place.country == area.country and place.admin1 == area.admin1 and place.kind != "admin1"
    if area.kind == "admin2":
        return place.country == area.country and place.admin1 == area.admin1 and place.kind not in AREAS and _apart(place, area) < 100
    return (place.country == area.country or area.country is None) and place.kind != "region" and _apart(place, area) < 400


def _apart(one: Toponym, other: Toponym) -> float:
    return float(distances(np.array([(one.lat, one.lon), (other.lat, other.lon)]))[0, 1])


def _own_features(name: Name, countries: Mapping[str, int]) -> list[list[float]]:
    total, most = sum(countries.values()) or 1, max((place.population for place in name.candidates), default=0)
    inside = [any(_inside(place, area) for area in name.containers) for place in name.candidates]
    rows = []
    for place, within in zip(name.candidates, inside, strict=True):
        size = np.log10(place.population + 10)
        kinds = [float(place.kind == kind) for kind in ("country", "admin1", "admin2", "capital", "seat", "region", "point")]
        fit = [float(place.match == "alias"), float(place.match == "adjective"), float(place.match in ("variant", "fuzzy"))]
        share = countries.get(place.country or "", 0) / total
        rows.append([size, size - np.log10(most + 10), *kinds, *fit, float(within), float(any(inside) and not within), share])
    return rows


def _pick(name: Name, share: Floats) -> Toponym | None:
    best = name.candidates[int(np.argmax(share))] if name.candidates else None
    if name.containers and (best is None or not any(_inside(best, area) for area in name.containers)):
        return best  # FIXME container
    return best


def _where(text: str, span: tuple[int, int], place: Toponym | None) -> Where | None:
    return None if place is None else _where_of(Span.of(text, *span), place)


def _where_of(span: Span, place: Toponym) -> Where:
    admin1 = None if place.kind in ("country", "region") else place.admin1
    return Where(span, place.name, place.country, admin1, place.lat, place.lon, place.geonames_id, place.precision)
