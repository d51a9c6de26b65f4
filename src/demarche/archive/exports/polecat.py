"""POLECAT: 40 columns parted by tabs, "None" for nothing, one row an event, several parties in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from demarche import __version__
from demarche.archive.exports import codes
from demarche.archive.exports.cells import Cell, Row, Table, joined
from demarche.archive.exports.happened import as_happened, day
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.records import Party, Where

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

MISSING = "None"
QUADS = {
    "verbal-coop": "VERBAL COOPERATION",
    "material-coop": "MATERIAL COOPERATION",
    "verbal-conf": "VERBAL CONFLICT",
    "material-conf": "MATERIAL CONFLICT",
}
CONTEXTS = {"pro_democracy": "pro-democracy", "pro_autocracy": "pro-autocracy", "natural_resource": "natural_resources"}
"""The contexts that POLECAT spells otherwise."""
TABLE = Table(COLUMNS, missing=MISSING)


def rows(kept: Kept) -> Iterator[Row]:
    """The one row of an event; NotHeld for what did not happen."""
    event, report = as_happened(kept.event), kept.report
    yield (
        {
            "Event ID": f"{report.id}_{event.id}",
            "Event Date": day(event, kept),
            "Event Type": event.type,
            "Event Mode": event.mode,
            "Intensity": event.intensity,
            "Quad Code": QUADS.get(event.quad),
            "Contexts": joined((CONTEXTS.get(name, name) for name in event.contexts), MISSING),
            "Source": report.publisher,
            "Publication Date": report.published,
            "Language": "English",
            "Version": f"demarche {__version__}",
        }
        | _parties("Actor", event.actor)
        | _parties("Recipient", event.recipient)
        | _place(event.place)
    )


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)


def _parties(side: str, parties: Sequence[Party]) -> dict[str, Cell]:
    numbers = [codes.country(party.country).cow for party in parties]
    return {
        f"{side} Name": joined((party.name for party in parties), MISSING),
        f"{side} Country": joined((party.country for party in parties), MISSING),
        f"{side} COW": joined((str(number) if number else None for number in numbers), MISSING),
        f"Primary {side} Sector": next((party.sector for party in parties if party.sector), None),
        f"{side} Sectors": joined((party.sector for party in parties), MISSING),
        f"{side} Title": joined((party.role for party in parties), MISSING),
        f"{side} Name Raw": joined((party.span.text for party in parties), MISSING),
    }


def _place(place: Where | None) -> dict[str, Cell]:
    if place is None:
        return {}
    return {
        "Placename": place.name,
        "City": place.name if place.precision in ("town", "point") else None,
        "Province": place.admin1,
        "Country": place.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonames_id,
        "Raw Placename": place.span.text,
        "Feature Type": "ADM1" if place.precision == "admin1" else None,
    }
