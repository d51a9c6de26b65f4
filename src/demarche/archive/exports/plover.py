"""PLOVER JSON records: one record an event, one record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from demarche import __version__
from demarche.archive.exports import codes
from demarche.archive.exports.cells import sound
from demarche.archive.exports.happened import day
from demarche.archive.exports.tally import PLAIN, Settings, Tally, written
from demarche.archive.kept import Kept
from demarche.records import Event, Magnitude, Party, Where

COLUMNS = (
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale", "mode",
    "context", "link", "text", "text_info", "cite_info", "coder", "coded_date", "coded_time", "comment", "size",
)  # fmt: skip
"""The fields of a record, in their order; `size` is PLOVER's optional one for counts of people."""

AUXILIARY = {"future": "future", "hypothetical": "hypothetical", "negated": "negation"}
"""PLOVER's auxiliary modes, which say that an event is not one that happened."""
RESOLUTIONS = {"point": 5, "town": 4, "admin1": 2, "country": 1}
CODER = f"demarche {__version__}"


def rows(kept: Kept) -> Iterator[dict[str, Any]]:
    """The one record of an event."""
    event = kept.event
    start, end = day(event, kept), event.date.end if event.date else None
    found: dict[str, Any] = {
        "id": event.id,
        "has_event": True,
        "date": start and start.isoformat(),
        "enddate": end.isoformat() if end and end != start else None,
        "actor": [_entity(party) for party in event.actor],
        "recipient": [_entity(party) for party in event.recipient],
        "event": event.type,
        "event_loc": _location(event.place),
        "event_text": event.anchor.text,
        "quad_code": codes.QUADS.get(event.quad),
        "event_scale": event.intensity,
        "mode": "; ".join(filter(None, (event.mode, AUXILIARY.get(event.status)))) or None,
        "context": list(event.contexts),
        "text": event.sentence.text,
        "text_info": {"sequence": None, "start": event.sentence.start, "end": event.sentence.end, "text_story": kept.report.story or kept.report.id},
        "cite_info": _citation(kept),
        "coder": CODER,
        "comment": _comment(event),
        "size": _size(event.magnitude),
    }
    yield {name: found.get(name) for name in COLUMNS}


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the records to a text stream; the counts."""
    return written(kept, rows, lambda row: out.write(sound(json.dumps(row, ensure_ascii=False)) + "\n"))


def _entity(party: Party) -> dict[str, Any]:
    known = {
        "code": party.country,
        "sector": party.sector,
        "entity_text": party.span.text,
        "identifier_id": party.id,
        "identifier_text": party.name,
        "office": party.role,
    }
    return known | dict.fromkeys(("religion", "ethnicity", "gender", "age"))


def _location(place: Where | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "extracted_place": place.span.text,
        "resolved_place": place.name,
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.precision in ("town", "point") else None,
        "district": None,
        "province": place.admin1,
        "country": codes.country(place.country).name,
        "country_code": place.country,
        "feature_class": None,
        "feature_code": None,
        "resolution": RESOLUTIONS.get(place.precision or ""),
    }


def _citation(kept: Kept) -> dict[str, Any]:
    report = kept.report
    known = {"url": report.url, "title": report.title, "language": "en", "publication": report.publisher, "coder": CODER, "codebook": "PLOVER"}
    unknown = dict.fromkeys(("corpus", "citation", "license", "copyright"))
    return known | unknown | {"version": __version__}


def _comment(event: Event) -> str | None:
    told = "; ".join(source.party.name or source.party.span.text for source in event.according_to)
    return f"according to: {told}" if told else None


def _size(magnitude: Magnitude | None) -> dict[str, int | None] | None:
    if magnitude is None or not (magnitude.killed or magnitude.injured):
        return None
    killed, injured = magnitude.killed, magnitude.injured
    return {"dead": killed.low if killed else None, "injured": injured.low if injured else None, "arrested": None}
