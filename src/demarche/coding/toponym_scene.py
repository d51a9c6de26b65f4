"""The candidates of all names of a report as arrays, scored by what they are and by how well they fit each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from demarche.coding.toponym_names import AREAS, Name, inside
from demarche.knowledge.gazetteer import TABLES
from demarche.knowledge.place_table import Toponym

Floats = NDArray[np.float64]
WEIGHTS = TABLES / "toponym_weights.json"
KIND_FEATURES = ("country", "admin1", "admin2", "capital", "seat", "region", "point")
MATCH_FEATURES = ("alias", "adjective")
OWN = ("size", "metropolis", *KIND_FEATURES, *MATCH_FEATURES, "inside", "size_abroad", "capital_abroad", "namesake_state", "called_area", "called_town")
SHARED = ("same_country", "same_admin1", "near", "touching")
FEATURES = OWN + SHARED
# Rounds after which the senses of a report no longer move: more changed nothing on the fitting half, one cost LGL a point.
ROUNDS = 3
# Kilometres over which two places count as near and as touching; half or twice as much changes the accuracy by less than 0.2 points.
NEAR, TOUCHING = 300.0, 40.0
# Places farther apart do not support each other by lying in the same state: England and Siberia are too large to tell anything.
WIDE = 350.0
# A sea or a square has nobody living in it: it counts as this many people. From a million on a town is a metropolis; from 100,000 on it can
# be what the name of its state means.
FAMOUS, METROPOLIS, LARGE_TOWN = 300_000, 1_000_000, 100_000
# However certain, no single other name counts as full support.
SUREST = 0.98
# What many mentions of a country are worth beside a name certainly in it; and how many countries make a report international.
MENTION, MANY_COUNTRIES = 0.9, 4


class Scene:
    """What the candidates of one report's names are, and what they have in common."""

    def __init__(self, names: Sequence[Name], countries: Mapping[str, int]) -> None:
        self.places = [place for name in names for place in name.candidates]
        self.owner = np.array([index for index, name in enumerate(names) for _ in name.candidates], dtype=int)
        self.member = np.eye(len(names))[self.owner]
        seats = {place.country for place in self.places if place.kind in ("country", "capital") and place.match != "alias"}
        abroad = min(1.0, max(0, len(seats | countries.keys()) - 1) / MANY_COUNTRIES)
        rows = [_own(place, name, abroad) for name in names for place in name.candidates]
        self.own = np.array(rows).reshape(-1, len(OWN))
        self.kernels = _kernels(self.places)
        counts = np.array([countries.get(place.country or "", 0) for place in self.places])
        self.mentions = MENTION * counts / (counts + 1)

    def settle(self, weights: Floats) -> Floats:
        """The share of belief in each candidate, after the names have been weighed against each other."""
        share = self.shares(self.own @ weights[: len(OWN)])
        for _ in range(ROUNDS):
            share = self.shares(self.features(share) @ weights)
        return share

    def features(self, share: Floats) -> Floats:
        """All features of all candidates, given the belief in each."""
        country, *others = (self._support(kernel, share) for kernel in self.kernels)
        return np.column_stack([self.own, np.maximum(country, self.mentions), *others])

    def shares(self, score: Floats) -> Floats:
        """Scores as shares that sum to one over the candidates of a name."""
        if not len(score):
            return score
        top = np.where(self.member > 0, score[:, None], -np.inf).max(axis=0)
        raised = np.exp(score - top[self.owner])
        return raised / (raised @ self.member)[self.owner]  # type: ignore[no-any-return]

    def _support(self, kernel: Floats, share: Floats) -> Floats:
        by_name = ((kernel * share) @ self.member) * (1 - self.member)
        return 1 - np.prod(1 - np.minimum(by_name, SUREST), axis=1)  # type: ignore[no-any-return]


def distances(points: Floats) -> Floats:
    """Great-circle kilometres between all pairs of (lat, lon) points."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    half = np.sin((lat[:, None] - lat) / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    return 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))  # type: ignore[no-any-return]


@cache
def default_weights(path: Path = WEIGHTS) -> Floats:
    """The fitted weights, in the order of `FEATURES`."""
    table = json.loads(path.read_text("utf-8"))["weights"]
    return np.array([table[name] for name in FEATURES])


def _own(place: Toponym, name: Name, abroad: float) -> list[float]:
    """The features of a candidate on its own, in the order of `OWN`; `abroad` is 1 for a report of many countries, 0 for a local one."""
    area, people = place.kind in AREAS, place.population or (FAMOUS if place.kind in ("region", "point") else 0)
    size = log10(people + 10)
    return [
        size,
        0.0 if area else max(0.0, size - log10(METROPOLIS)),
        *(float(place.kind == kind) for kind in KIND_FEATURES),
        *(float(place.match == match) for match in MATCH_FEATURES),
        float(name.contains(place)),
        size * abroad,
        abroad * (place.kind == "capital"),
        float(_shares_name_with_town(place, name)),
        float(area and name.called == "area"),
        float(not area and name.called == "town"),
    ]


def _shares_name_with_town(place: Toponym, name: Name) -> bool:
    """Whether a state has the name of a large town inside it (New York, Kano)."""
    towns = (other for other in name.candidates if other.kind not in AREAS and other.population > LARGE_TOWN)
    return place.kind == "admin1" and any(inside(town, place) for town in towns)


def _kernels(places: Sequence[Toponym]) -> list[Floats]:
    """For each shared feature how much each pair of candidates supports each other, from 0 to 1."""
    country = np.array([place.country or f"-{n}" for n, place in enumerate(places)])
    admin1 = np.array([f"{place.country} {place.admin1}" if place.admin1 else f"-{n}" for n, place in enumerate(places)])
    local = np.array([place.kind not in ("country", "region") for place in places], dtype=bool)
    apart = distances(np.array([(place.lat, place.lon) for place in places]).reshape(-1, 2))
    apart[~(local[:, None] & local[None, :])] = np.inf
    same_country, same_admin1 = (column[:, None] == column[None, :] for column in (country, admin1))
    return [same_country * 1.0, same_admin1 * (apart < WIDE), np.exp(-apart / NEAR), np.exp(-apart / TOUCHING)]
