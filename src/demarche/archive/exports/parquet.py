"""Parquet: typed columns, one row an event, parties as lists of records. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from demarche.archive.exports.cells import sound
from demarche.archive.exports.tally import PLAIN, ExportError, Settings, Tally, written
from demarche.archive.kept import Kept
from demarche.records import Magnitude, Party, Source, Span, When, Where

if TYPE_CHECKING:
    import pyarrow

INSTALL = 'pip install "demarche[parquet]"'
BATCH = 10_000
"""Events a row group: enough for the format to pack well, few enough to hold in memory."""

SPAN = {"text": "string", "start": "int32", "end": "int32"}
PARTY = SPAN | dict.fromkeys(("name", "country", "sector", "role", "id"), "string")
TYPES: dict[str, Any] = {
    "event": "string", "report": "string", "name": "string", "title": "string", "publisher": "string", "url": "string", "published": "date32",
    "published_from": "string", "story": "string", "carriers": "int32", "words": "int32", "happening": "string",
    "type": "string", "mode": "string", "contexts": ["string"], "quad": "string", "intensity": "float64", "status": "string",
    "anchor": SPAN, "also": [SPAN], "sentence": SPAN, "actor": [PARTY], "recipient": [PARTY],
    "date_start": "date32", "date_end": "date32", "date_granularity": "string", "date_text": "string", "timex": "string",
    "place_text": "string", "place_name": "string", "place_country": "string", "place_admin1": "string", "place_lat": "float64", "place_lon": "float64",
    "place_geonames_id": "int64", "place_precision": "string", "according_to": [PARTY | {"cue": "string"}],
    "killed_low": "int64", "killed_high": "int64", "injured_low": "int64", "injured_high": "int64", "size_low": "int64", "size_high": "int64",
    "confidence": "float64",
}  # fmt: skip
"""The type of every column; a list holds the type of its items, a dictionary those of its fields."""

COLUMNS = tuple(TYPES)


def rows(kept: Kept) -> Iterator[dict[str, Any]]:
    """The one row of an event, as Python values."""
    event, head = kept.event, kept.report
    found = (
        {"event": event.id, "report": head.id, "happening": kept.happening}
        | {key: getattr(head, key) for key in ("name", "title", "publisher", "url", "published", "published_from", "story", "carriers", "words")}
        | {key: getattr(event, key) for key in ("type", "mode", "quad", "intensity", "status", "confidence")}
        | {"contexts": list(event.contexts), "anchor": _span(event.anchor), "also": list(map(_span, event.also)), "sentence": _span(event.sentence)}
        | {"actor": list(map(_party, event.actor)), "recipient": list(map(_party, event.recipient)), "according_to": list(map(_source, event.according_to))}
        | _date(event.date)
        | _place(event.place)
        | _counts(event.magnitude)
    )
    yield {column: _sound(found.get(column)) for column in COLUMNS}


def write(kept: Iterable[Kept], out: BinaryIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a binary stream; the counts. ExportError when pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExportError("Parquet needs pyarrow", INSTALL) from None
    columns = schema()
    waiting: list[dict[str, Any]] = []
    with pyarrow.parquet.ParquetWriter(out, columns, compression="zstd") as writer:

        def flush() -> None:
            if waiting:
                writer.write_table(pyarrow.Table.from_pylist(waiting, columns))
                waiting.clear()

        def put(row: dict[str, Any]) -> None:
            waiting.append(row)
            if len(waiting) >= BATCH:
                flush()

        tally = written(kept, rows, put)
        flush()
    return tally


def schema() -> pyarrow.Schema:
    """The columns as pyarrow's schema."""
    import pyarrow

    return pyarrow.schema([(name, _type(kind)) for name, kind in TYPES.items()])


def _type(kind: Any) -> pyarrow.DataType:  # noqa: ANN401  # a type of TYPES
    import pyarrow

    if isinstance(kind, list):
        return pyarrow.list_(_type(kind[0]))
    if isinstance(kind, dict):
        return pyarrow.struct([(name, _type(inner)) for name, inner in kind.items()])
    return getattr(pyarrow, kind)()


def _span(span: Span) -> dict[str, Any]:
    return span.to_dict()


def _party(party: Party) -> dict[str, Any]:
    return party.to_dict()


def _source(source: Source) -> dict[str, Any]:
    return source.party.to_dict() | {"cue": source.cue.text if source.cue else None}


def _date(date: When | None) -> dict[str, Any]:
    if date is None:
        return {}
    text = date.span.text if date.span else None
    return {"date_start": date.start, "date_end": date.end, "date_granularity": date.granularity, "date_text": text, "timex": date.timex}


def _place(place: Where | None) -> dict[str, Any]:
    return {f"place_{key}": value for key, value in place.to_dict().items() if key not in ("start", "end")} if place else {}


def _counts(magnitude: Magnitude | None) -> dict[str, Any]:
    counts = {key: getattr(magnitude, key, None) for key in ("killed", "injured", "size")}
    return {f"{key}_{end}": getattr(count, end, None) for key, count in counts.items() for end in ("low", "high")}


def _sound(value: Any) -> Any:  # noqa: ANN401  # a value of any column
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, list):
        return [_sound(item) for item in value]
    return {key: _sound(item) for key, item in value.items()} if isinstance(value, dict) else value
