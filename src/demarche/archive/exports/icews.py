"""ICEWS: 20 columns parted by tabs, one row for every pair of a source and a target, events as CAMEO codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from demarche.archive.exports import codes
from demarche.archive.exports.cells import Cell, Row, Table
from demarche.archive.exports.happened import as_happened, day, dyads, number
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.records import Party, Where

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name", "Target Sectors",
    "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip

TABLE = Table(COLUMNS)


def rows(kept: Kept) -> Iterator[Row]:
    """A row for every pair; NotHeld for what did not happen or has no CAMEO code."""
    event, report = as_happened(kept.event), kept.report
    cameo = codes.cameo(event)
    common: dict[str, Cell] = {
        "Event Date": day(event, kept),
        "Event Text": cameo.text,
        "CAMEO Code": cameo.code,
        "Intensity": cameo.goldstein,
        "Story ID": number(report.story or report.id),
        "Publisher": report.publisher,
    } | _place(event.place)
    for dyad in dyads(event):
        yield common | {"Event ID": dyad.number} | _party("Source", dyad.actor) | _party("Target", dyad.recipient)


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)


def _party(side: str, party: Party | None) -> dict[str, Cell]:
    if party is None:
        return {}
    found = codes.sector(party.sector)
    return {
        f"{side} Name": party.name or party.span.text,
        f"{side} Sectors": found and found.icews,
        f"{side} Country": codes.country(party.country).name,
    }


def _place(place: Where | None) -> dict[str, Cell]:
    if place is None:
        return {}
    return {
        "City": place.name if place.precision in ("town", "point") else None,
        "Province": place.admin1,
        "Country": codes.country(place.country).name,
        "Latitude": place.lat,
        "Longitude": place.lon,
    }
