"""ACLED-like: 31 columns of CSV, one row an event of violence or protest; other events are no ACLED events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO

from demarche.archive.exports import codes
from demarche.archive.exports.cells import Cell, Row, Table
from demarche.archive.exports.tally import PLAIN, NotHeld, Settings, Tally
from demarche.archive.kept import Kept
from demarche.printing.phrases import quantity
from demarche.records import Event, Magnitude, Party, When, Where

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1", "assoc_actor_1", "inter1",
    "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location",
    "latitude", "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

TABLE = Table(COLUMNS, tabs=False)
DAY, WEEK, MONTH = 1, 2, 3
"""ACLED's time precision; it has none coarser than a month."""
WEEK_DAYS, MONTH_DAYS = 7, 31
GEO_PRECISION = {"point": 1, "town": 1, "admin1": 3}
"""ACLED's geographic precision; it has none coarser than a province."""
STATE, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = 1, 5, 6, 7, 8
CROWDS = {"Protests": ("Protesters", PROTESTERS), "Riots": ("Rioters", RIOTERS)}
ONE_SIDED = "Violence against civilians"


class Side(NamedTuple):
    """One side of an event: its name, who belongs to it, and its type of actor."""

    name: str | None = None
    associates: str | None = None
    inter: int | None = None


def rows(kept: Kept) -> Iterator[Row]:
    """The one row of an event; NotHeld for what ACLED does not code or what cannot be told to be one of its types."""
    event, report = kept.event, kept.report
    type, (date, precision) = _type(event), _date(event.date, report.published)
    one, two = _sides(event, type)
    yield (
        {
            "event_id_cnty": f"{(event.place and event.place.country) or ''}{event.id}",
            "event_date": date,
            "year": date and date.year,
            "time_precision": precision,
            "disorder_type": type.disorder,
            "event_type": type.type,
            "sub_event_type": type.sub_type,
            "civilian_targeting": "Civilian targeting" if type.type == ONE_SIDED or two.inter == CIVILIANS else None,
            "source": report.publisher,
            "notes": event.sentence.text,
            "fatalities": _killed(event.magnitude),
            "tags": _crowd(event.magnitude) if type.type in CROWDS else None,
        }
        | {"actor1": one.name, "assoc_actor_1": one.associates, "inter1": one.inter}
        | {"actor2": two.name, "assoc_actor_2": two.associates, "inter2": two.inter, "interaction": _interaction(one, two)}
        | _place(event.place)
    )


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)


def _type(event: Event) -> codes.AcledType:
    if event.status != "actual":
        raise NotHeld(f"{event.status} events")
    if not codes.is_acled(event.type, event.mode):
        raise NotHeld("events that are neither violence nor protest as ACLED has them")
    found = codes.acled(event.type, event.mode, _target(event))
    if found is None:
        raise NotHeld("violence whose target is not known to be armed or civilian as the type needs it")
    return found


def _target(event: Event) -> str | None:
    """What all recipients are; None when they differ, there are none, or one is unknown."""
    kinds = {codes.target(party) for party in event.recipient}
    return kinds.pop() if len(kinds) == 1 else None


def _date(when: When | None, published: dt.date | None) -> tuple[dt.date | None, int | None]:
    """The middle of the interval with its precision; an undated event is put on the publication day, within a month."""
    if when is None or (when.start is None and when.end is None):
        return published, MONTH if published else None
    start, end = when.start or when.end, when.end or when.start
    assert start is not None and end is not None
    days = (end - start).days + 1
    if when.start is None or when.end is None:
        return start, MONTH
    if days > MONTH_DAYS:
        raise NotHeld("events dated no closer than a month")
    return start + dt.timedelta(days=(days - 1) // 2), DAY if days == 1 else WEEK if days <= WEEK_DAYS else MONTH


def _sides(event: Event, type: codes.AcledType) -> tuple[Side, Side]:
    land = event.place.country if event.place else None
    if event.type == "PROTEST":
        return _crowd_side(type, event.actor, land), Side()
    one = _armed_side(event.actor, land)
    if type.type in CROWDS:  # protesters met with force: they are the first actor, those who used it the second
        return _crowd_side(type, event.recipient, land), one
    return one, _civilian_side(event.recipient, land) if _target(event) == "civilian" else _armed_side(event.recipient, land)


def _crowd_side(type: codes.AcledType, parties: Sequence[Party], land: str | None) -> Side:
    label, inter = CROWDS[type.type]
    return Side(_of(label, land), _names(parties), inter)


def _civilian_side(parties: Sequence[Party], land: str | None) -> Side:
    lands = {party.country for party in parties if party.country}
    their = (lands.pop() if lands else land) if len(lands) < 2 else None
    return Side(_of("Civilians", their), _names(parties), CIVILIANS)


def _armed_side(parties: Sequence[Party], land: str | None) -> Side:
    if not parties:
        return Side()
    first = parties[0]
    found = codes.sector(first.sector)
    inter = found.acled_inter if found else None
    if inter == STATE and land and first.country and first.country != land:
        inter = EXTERNAL
    return Side(_name(first), _names(parties[1:]), inter)


def _of(label: str, land: str | None) -> str:
    name = codes.country(land).name
    return f"{label} ({name})" if name else label


def _name(party: Party) -> str:
    return party.name or party.span.text


def _names(parties: Sequence[Party]) -> str | None:
    return "; ".join(_name(party).replace(";", ",") for party in parties) or None


def _interaction(one: Side, two: Side) -> int | None:
    """The two types of actor as one number, the smaller first; a side alone counts with 0. None when a type is unknown."""
    if one.inter is None or (two.inter is None and two.name is not None):
        return None
    if two.inter is None:
        return 10 * one.inter
    return 10 * min(one.inter, two.inter) + max(one.inter, two.inter)


def _place(place: Where | None) -> dict[str, Cell]:
    if place is None:
        return {}
    known = codes.country(place.country)
    country: dict[str, Cell] = {"iso": known.iso_numeric, "region": known.acled_region, "country": known.name, "admin1": place.admin1}
    precision = GEO_PRECISION.get(place.precision or "")
    if precision is None:
        return country
    return country | {"location": place.name or place.span.text, "latitude": place.lat, "longitude": place.lon, "geo_precision": precision}


def _killed(magnitude: Magnitude | None) -> int | None:
    return magnitude.killed.low if magnitude and magnitude.killed else None


def _crowd(magnitude: Magnitude | None) -> str | None:
    return f"crowd size={quantity(magnitude.size)}" if magnitude and magnitude.size else "crowd size=no report"
