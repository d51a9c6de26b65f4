"""GDELT 2.0 Events: 61 columns parted by tabs, without column names, one row for every pair of actors, events as CAMEO codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TextIO

from demarche.archive.exports import codes
from demarche.archive.exports.cells import Cell, Row, Table
from demarche.archive.exports.happened import as_happened, day, dyads
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.records import Event, Party, Where

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR), *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip

TABLE = Table(COLUMNS, header=False)
NO_MATCH, COUNTRY, US_STATE, US_CITY, CITY, STATE = range(6)
"""GDELT's types of places."""


def rows(kept: Kept) -> Iterator[Row]:
    """A row for every pair; NotHeld for what did not happen or has no CAMEO code."""
    event = as_happened(kept.event)
    common = _date(day(event, kept)) | _action(event, kept) | _geo("Actor1", None) | _geo("Actor2", None) | _geo("Action", event.place)
    for dyad in dyads(event):
        yield common | {"GLOBALEVENTID": dyad.number} | _actor("Actor1", dyad.actor) | _actor("Actor2", dyad.recipient)


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)


def stamp(date: dt.date | None) -> str | None:
    """A day as GDELT's timestamp, of which only the day is known: the time is zero."""
    return f"{_digits(date)}000000" if date else None


def _digits(date: dt.date) -> str:
    return f"{date.year:04}{date.month:02}{date.day:02}"


def _date(date: dt.date | None) -> dict[str, Cell]:
    if date is None:
        return {}
    fraction = ((date.month - 1) * 30 + date.day) / 365
    return {"SQLDATE": _digits(date), "MonthYear": _digits(date)[:6], "Year": f"{date.year:04}", "FractionDate": f"{date.year + fraction:.4f}"}


def _action(event: Event, kept: Kept) -> dict[str, Cell]:
    code, carriers = codes.cameo(event), kept.report.carriers
    return {
        "IsRootEvent": None if kept.text is None else int(in_lead(kept.text, event)),
        "EventCode": code.code,
        "EventBaseCode": code.base,
        "EventRootCode": code.root,
        "QuadClass": code.quad,
        "GoldsteinScale": code.goldstein,
        "NumMentions": (1 + len(event.also)) * carriers,
        "NumSources": 1 if carriers == 1 else None,
        "NumArticles": carriers,
        "DATEADDED": stamp(kept.report.published),
        "SOURCEURL": kept.report.url,
    }


def in_lead(text: str, event: Event) -> bool:
    """Whether the event is told in the first paragraph of the text."""
    begin = len(text) - len(text.lstrip())
    end = text.find("\n\n", begin)
    return end < 0 or event.anchor.start < end


def _actor(side: str, party: Party | None) -> dict[str, Cell]:
    if party is None:
        return {}
    country = party.country if party.country != "IGO" else None
    kind = party.sector or ("IGO" if party.country == "IGO" else None)
    return {
        f"{side}Code": (country or "") + (kind or ""),
        f"{side}Name": party.name or party.span.text,
        f"{side}CountryCode": country,
        f"{side}Type1Code": kind,
    }


def _geo(which: str, place: Where | None) -> dict[str, Cell]:
    type = _place_type(place)
    if place is None or type == NO_MATCH:
        return {f"{which}Geo_Type": NO_MATCH}
    known = codes.country(place.country)
    names = (place.name, place.admin1 if type in (US_CITY, CITY) else None, known.name if type != COUNTRY else None)
    whole = known.fips if type == COUNTRY else None
    return {
        f"{which}Geo_Type": type,
        f"{which}Geo_FullName": ", ".join(name for name in names if name),
        f"{which}Geo_CountryCode": known.fips,
        f"{which}Geo_ADM1Code": whole,
        f"{which}Geo_Lat": place.lat,
        f"{which}Geo_Long": place.lon,
        f"{which}Geo_FeatureID": whole,
    }


def _place_type(place: Where | None) -> int:
    if place is None or place.precision in (None, "region"):
        return NO_MATCH
    if place.precision == "country":
        return COUNTRY
    american = place.country == "USA"
    if place.precision == "admin1":
        return US_STATE if american else STATE
    return US_CITY if american else CITY
