"""Which place each toponym of a report means: all names of the report are resolved together, one sense a name.

A candidate is scored by what kind of place it is and how many people live there, by the area the text names beside it ("Springfield,
Illinois"), and by how well it fits what the other names of the report most likely mean. The weights come from
`training/knowledge/fit_toponyms.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from demarche.coding.toponym_names import AREAS, Name, mentioned, names_of
from demarche.coding.toponym_scene import Floats, Scene, default_weights
from demarche.knowledge.gazetteer import Gazetteer
from demarche.knowledge.place_table import Toponym
from demarche.records import Span, Where

# A town of fewer people is not meant when the text puts the name in an area where no place of this name is known.
NAMED_ELSEWHERE = 300_000
# Characters within which a known town or state tells where an unknown place lies: about a sentence. Half the articles of the three
# collections gain 1 to 3 points of accuracy by it, and only half a point more from a whole paragraph.
WITHIN = 150
# Ways of matching that are believed only of a place in a country the report is otherwise about, or of this many people.
WEAK, FAMED = frozenset({"variant", "fuzzy", "inner"}), 1_000_000
# A town of fewer people in a country nothing else in the report is about is not believed either: more often the name is of a place that the
# gazetteer lacks. 100,000 costs LGL and GeoVirus half a point.
UNKNOWN = 20_000
# Share of a report's mentions of countries, and of places in them, that makes a country the report's home.
# Of the event places of 215 annotated articles, given their words, it raises the share with the right country from 76 to 86 percent.
HOME = 0.5


def resolve(text: str, spans: Sequence[tuple[int, int]], countries: Mapping[str, int] | None = None, gazetteer: Gazetteer | None = None) -> list[Where | None]:
    """The place each span of `text` means, or None where that cannot be told.

    `countries` counts the mentions of each country in the report (alpha-3 codes); without it they are counted in the text. A name the
    gazetteer does not know is placed by the area the text puts it in, by the town named nearest, or by the country of most of the report: it
    then has its own words as `name`, no GeoNames id, and the precision of that area (region: somewhere around these coordinates).
    """
    gazetteer = gazetteer or default_gazetteer()
    names = names_of(text, spans, gazetteer)
    counted = mentioned(text, spans, gazetteer) if countries is None else countries
    known = {span: sense for name, sense in zip(names, choose(names, counted), strict=True) for span in name.spans if sense}
    home = _home(Counter(counted) + Counter(place.country for place in known.values() if place.country))
    places = (known.get((start, end)) or _around((start, end), known) or home for start, end in spans)
    return [_where(Span.of(text, *span), place) if place else None for span, place in zip(spans, places, strict=True)]


def country_place(code: str, span: Span) -> Where | None:
    """The place of the country with this alpha-3 code, named at `span`; None when there is no such country."""
    country = _countries().get(code)
    return _where(span, country) if country else None


def choose(names: Sequence[Name], countries: Mapping[str, int], weights: Floats | None = None) -> list[Toponym | None]:
    """The sense of each name."""
    scene = Scene(names, countries)
    share = scene.settle(default_weights() if weights is None else weights)
    best = [_best(name, share[scene.owner == index]) for index, name in enumerate(names)]
    sure = _certain_countries(names, best) + Counter(countries)
    best = [place if place and _believed(place, sure) else None for place in best]
    return [_elsewhere(name, place, best) for name, place in zip(names, best, strict=True)]


@cache
def default_gazetteer() -> Gazetteer:
    """The packaged gazetteer, loaded once."""
    return Gazetteer.load()


@cache
def _countries() -> dict[str, Toponym]:
    places = (place for found in default_gazetteer().own.values() for place in found)
    return {place.country: place for place in places if place.kind == "country" and place.match == "name" and place.country}


def _best(name: Name, share: Floats) -> Toponym | None:
    return name.candidates[int(np.argmax(share))] if name.candidates else None


def _certain_countries(names: Sequence[Name], best: Sequence[Toponym | None]) -> Counter[str | None]:
    """The countries that the report names or that have a place in it beyond doubt, with the number of names that say so."""
    areas = {area.country for name in names for area in name.containers}
    return Counter(place.country for place in best if place and place.match not in WEAK) + Counter(areas)


def _believed(place: Toponym, sure: Counter[str | None]) -> bool:
    """Whether the place is large, or the report is about its country; a place that is itself counted in `sure` does not speak for itself."""
    weak = place.match in WEAK
    if place.user or place.kind in AREAS or place.population >= (FAMED if weak else UNKNOWN):
        return True
    own = 0 if weak else 1
    return sure[place.country] > own or sure.total() == own


def _elsewhere(name: Name, best: Toponym | None, chosen: Sequence[Toponym | None]) -> Toponym | None:
    """The best candidate; or somewhere in it, when only a part of the name is its name; or somewhere in the area the text puts the name in, when
    the candidate is a small place elsewhere.
    """
    if best and best.match == "inner":
        return _somewhere_in(best)
    if not name.containers or (best and (best.user or best.kind in AREAS or best.population > NAMED_ELSEWHERE or name.contains(best))):
        return best
    return _somewhere_in(next((area for area in name.containers if area in chosen), name.containers[0]))


def _around(span: tuple[int, int], known: Mapping[tuple[int, int], Toponym]) -> Toponym | None:
    """Somewhere around the nearest town or state named within `WITHIN` characters."""
    gaps = {other: max(other[0] - span[1], span[0] - other[1]) for other, place in known.items() if place.kind not in ("country", "region")}
    nearest = min(gaps, key=lambda other: gaps[other], default=None)
    return None if nearest is None or gaps[nearest] > WITHIN else _somewhere_in(known[nearest])


def _home(counted: Counter[str]) -> Toponym | None:
    """Somewhere in the country that most of the report's mentions are of, for a place of which nothing else is known."""
    country, mentions = counted.most_common(1)[0] if counted else ("", 0)
    return _somewhere_in(_countries()[country]) if mentions > HOME * counted.total() and country in _countries() else None


def _somewhere_in(area: Toponym) -> Toponym:
    return replace(area, name="", kind=area.kind if area.kind in ("country", "admin1") else "region", geonames_id=None)


def _where(span: Span, place: Toponym) -> Where:
    return Where(span, place.name or span.text, place.country, place.admin1, place.lat, place.lon, place.geonames_id, place.precision)
