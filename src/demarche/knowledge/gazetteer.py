"""Places of the world by name: GeoNames towns and areas, reviewed countries and regions, and the user's own places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Self

from rapidfuzz import fuzz

from demarche.knowledge.atlas import KINDS, Atlas
from demarche.knowledge.place_table import Toponym, read_table
from demarche.knowledge.placenames import bare, fold, sound, variants

TABLES = Path(__file__).with_name("tables")
# A misspelt name is looked up by its sound from this length on, and must be this similar (0-100) to the name of a place of this many people:
# on the fitting half of LGL and GeoVirus, looser limits brought in more wrong places than right ones.
FUZZY_LENGTH, FUZZY_SCORE, FUZZY_SIZE = 6, 88, 10_000
ARTICLES = ("al", "ad", "an", "ar", "as", "ash", "at", "az", "el")
# Words that alone are a direction or a sort of place, whatever town is called so.
_DIRECTIONS = "north south east west northern southern eastern western central"
NOT_PLACES = frozenset([*_DIRECTIONS.split(), "centre", "center", "valley", "capitol", "republic", "city", "state", "county", "downtown"])
CACHED = 4096


@dataclass
class Gazetteer:
    """Look up places by name."""

    atlas: Atlas
    own: dict[str, list[Toponym]] = field(default_factory=dict)  # the places of the tables by key

    @classmethod
    def load(cls, user_file: Path | None = None) -> Self:
        """The packaged gazetteer, with the places of the user's CSV file before it; PlaceTableError names what is wrong in that file."""
        atlas, tables = _packaged()
        if user_file is None:
            return cls(atlas, tables)
        own = defaultdict(list, {key: list(found) for key, found in tables.items()})
        for key, place in read_table(user_file):
            own[key].append(replace(place, user=True))
        return cls(atlas, dict(own))

    def candidates(self, name: str) -> list[Toponym]:
        """The places `name` may stand for: under this spelling, else under a variant of it, else a larger place that sounds so.

        A name of the user's file means the user's places alone.
        """
        return list(self._found(fold(name)))

    def listed(self, name: str) -> list[Toponym]:
        """The places listed under exactly this name, spelling folded."""
        return list(self._exact(fold(name)))

    @cached_property
    def described(self) -> frozenset[int]:
        """GeoNames ids the tables describe: their description replaces the compiled one."""
        return frozenset(place.geonames_id for places in self.own.values() for place in places if place.geonames_id)

    @cached_property
    def _found(self) -> Callable[[str], tuple[Toponym, ...]]:
        return lru_cache(maxsize=CACHED)(self._search)

    def _search(self, key: str) -> tuple[Toponym, ...]:
        if (found := self._exact(key)) or key in NOT_PLACES:
            return found
        varied: tuple[Toponym, ...] = next(filter(None, map(self._exact, variants(key))), ())
        found = tuple(replace(place, match="variant") for place in varied)
        if (found and bare(key) == key) or len(key) < FUZZY_LENGTH:
            return found
        return found + self._fuzzy(key)  # the article of a name is often given differently

    def _exact(self, key: str) -> tuple[Toponym, ...]:
        own = self.own.get(key, [])
        if mine := [place for place in own if place.user]:
            return tuple(mine)
        if key in NOT_PLACES:
            return tuple(own)
        rows = (self._toponym(row, key) for row in self.atlas.find(key))
        return tuple(own) + tuple(place for place in rows if place.geonames_id not in self.described)

    def _fuzzy(self, key: str) -> tuple[Toponym, ...]:
        heard, rest = sound(key), bare(key)
        starts = {rest[:2]} | {f"{article} {rest[:2]}" for article in ARTICLES if rest != key}
        forms = [form for start in sorted(starts) for form in self.atlas.neighbours(start) if abs(len(form) - len(key)) <= 3]
        sounds = sound("\n".join(forms)).split("\n")  # all at once, as there may be thousands
        close = [form for form, other in zip(forms, sounds, strict=False) if fuzz.ratio(heard, other, score_cutoff=FUZZY_SCORE)]
        found = dict.fromkeys(replace(place, match="fuzzy") for form in close for place in self._exact(form))
        return tuple(place for place in found if place.population >= FUZZY_SIZE)

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
