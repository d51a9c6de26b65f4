"""Events as flat rows: one event a row, several values in one cell parted by "; "."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from demarche.records import Event, Party, Report

_PARTY = ("text", "name", "country", "sector", "role", "id")
_PLACE = ("text", "name", "country", "admin1", "lat", "lon", "geonames_id", "precision")
_COUNTS = ("killed", "injured", "size")

COLUMNS = (
    "id", "report", "title", "published", "url", "event", "type", "mode", "contexts", "quad", "intensity", "status",
    "anchor", "anchor_start", "anchor_end", "also", "sentence",
    *(f"actor_{key}" for key in _PARTY), *(f"recipient_{key}" for key in _PARTY),
    "date_start", "date_end", "date_granularity", "date_text", "timex",
    *(f"place_{key}" for key in _PLACE),
    *(f"according_to_{key}" for key in _PARTY), "according_to_cue",
    *(f"{key}_{end}" for key in _COUNTS for end in ("low", "high")), "confidence",
)  # fmt: skip
"""The columns of the CSV form."""


def row(name: str, report: Report, event: Event) -> dict[str, Any]:
    """The cells of `event` by column; None where the report does not say."""
    sources = [source.party for source in event.according_to]
    return (
        {"id": name, "report": report.id, "title": report.title, "published": report.published, "url": report.url, "event": event.id}
        | {key: getattr(event, key) for key in ("type", "mode", "quad", "intensity", "status", "confidence")}
        | {"contexts": _join(event.contexts), "also": _join(span.text for span in event.also), "sentence": event.sentence.text}
        | {"anchor": event.anchor.text, "anchor_start": event.anchor.start, "anchor_end": event.anchor.end}
        | _parties("actor", event.actor)
        | _parties("recipient", event.recipient)
        | _parties("according_to", sources)
        | {"according_to_cue": _join(source.cue.text if source.cue else "" for source in event.according_to)}
        | _date(event)
        | _place(event)
        | _counts(event)
    )


def _join(values: Iterable[str | None]) -> str | None:
    return "; ".join(value or "" for value in values) or None


def _parties(prefix: str, parties: Iterable[Party]) -> dict[str, str | None]:
    found = [party.to_dict() for party in parties]
    values = {key: _join(one[key] for one in found) for key in _PARTY}
    return {f"{prefix}_{key}": value if (value or "").strip("; ") else None for key, value in values.items()}


def _date(event: Event) -> dict[str, Any]:
    date = event.date
    if date is None:
        return {}
    return {
        "date_start": date.start,
        "date_end": date.end,
        "date_granularity": date.granularity,
        "date_text": date.span.text if date.span else None,
        "timex": date.timex,
    }


def _place(event: Event) -> dict[str, Any]:
    found: Mapping[str, Any] = event.place.to_dict() if event.place else {}
    return {f"place_{key}": found.get(key) for key in _PLACE}


def _counts(event: Event) -> dict[str, int | None]:
    found = {key: getattr(event.magnitude, key, None) for key in _COUNTS}
    return {f"{key}_{end}": getattr(count, end, None) for key, count in found.items() for end in ("low", "high")}
