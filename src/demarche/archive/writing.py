"""What goes into an archive: a report with its events, where it came from, what was skipped; each as a whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Any

from demarche.archive.kept import Carrier, day
from demarche.archive.store import Archive
from demarche.archive.versions import Version
from demarche.intake.document import Document
from demarche.intake.duplicates import Signature, exact
from demarche.records import Event, Party, Report, Span

INFERRED = ("url", "dateline", "text")
"""Publication dates that are read from the report and so are read again when it is coded again."""


def carrier(document: Document) -> Carrier:
    """Where a document came from; what no file can hold (a broken name) is written out."""
    where, name = (text.encode("utf-8", "backslashreplace").decode() for text in (document.where, document.name))
    return Carrier(where, name, document.outlet, document.url, document.published)


def number(archive: Archive, version: Version) -> int:
    """The number of `version` in the archive, where it is put down when it is new."""
    with archive.transaction() as db:
        db.execute(
            "INSERT OR IGNORE INTO versions (fingerprint, demarche, weights, codebook, actors, places) VALUES (?, ?, ?, ?, ?, ?)",
            (version.fingerprint, *astuple(version)),
        )
        db.execute("INSERT OR REPLACE INTO settings VALUES ('version', ?)", (version.fingerprint,))
        return int(db.execute("SELECT id FROM versions WHERE fingerprint = ?", (version.fingerprint,)).fetchone()[0])


def keep(archive: Archive, report: Report, version: int, origin: Carrier, story: str | None = None) -> None:
    """Keep a coded report with its events as `version` coded it; a coding that is there already stays as it is.

    `story` is the id of the report with nearly the same text that came before, if one did.
    """
    with archive.transaction() as db:
        _put_report(db, report, origin, story or report.id)
        _put_carrier(db, report.id, origin, exact(report.text))
        _put_coding(db, report, version)


def recode(archive: Archive, report: Report, version: int, where: str) -> None:
    """Keep a further coding of a report that is there; its publication date is what this coding has read. `where` is skipped no more."""
    with archive.transaction() as db:
        db.execute("DELETE FROM skipped WHERE input = ?", (where,))
        if _put_coding(db, report, version):
            db.execute("UPDATE reports SET published = ?, published_from = ? WHERE id = ?", (_iso(report), report.published_from, report.id))


def carry(archive: Archive, report: str, origin: Carrier, text_digest: str) -> None:
    """Keep a further place where the text of a report was found."""
    with archive.transaction() as db:
        _put_carrier(db, report, origin, text_digest)


def skip(archive: Archive, input: str, name: str, reason: str) -> None:
    """Keep why something was not taken in."""
    row = (text.encode("utf-8", "backslashreplace").decode() for text in (input, name, reason))
    with archive.transaction() as db:
        db.execute("INSERT OR REPLACE INTO skipped VALUES (?, ?, ?)", tuple(row))


def prune(archive: Archive, keep: int | None = None) -> tuple[int, int]:
    """Drop every coding but each report's latest, or but version `keep` where a report has it; the codings and events dropped."""
    chosen = "coalesce((SELECT version FROM codings WHERE report = c.report AND version = ?), (SELECT max(version) FROM codings WHERE report = c.report))"
    with archive.transaction() as db:
        db.execute(f"CREATE TEMP TABLE stale AS SELECT c.report, c.version FROM codings c WHERE c.version <> {chosen}", (keep,))
        codings = db.execute("DELETE FROM codings WHERE (report, version) IN (SELECT report, version FROM stale)").rowcount
        events = db.execute("DELETE FROM events WHERE (report, version) IN (SELECT report, version FROM stale)").rowcount
        db.execute("UPDATE events SET latest = 1 WHERE NOT latest")
        db.execute("DELETE FROM versions WHERE id NOT IN (SELECT version FROM codings)")
        db.execute("DROP TABLE stale")
    if codings:
        archive.db.execute("VACUUM")
    return codings, events


def content(archive: Archive) -> Iterator[str]:
    """Everything the archive holds, a line of JSON a row, in an order and with keys that do not depend on how it came in."""
    version = "(SELECT fingerprint FROM versions WHERE id = version)"
    event = f"(SELECT id || ' ' || {version} FROM events WHERE key = event)"
    rows: tuple[tuple[str, str], ...] = (
        ("reports", "id, digest, name, text, title, publisher, url, published, published_from, words, story, hex(signature)"),
        ("carriers", "report, input, name, publisher, url, published, digest"),
        ("versions", "fingerprint, demarche, weights, codebook, actors, places"),
        ("codings", f"report, {version}"),
        ("skipped", "input, name, reason"),
        ("settings", "name, value"),
        ("events", f"id, {version}, report, latest, type, mode, quad, intensity, status, start, end, anchor, sentence, place, admin1, country, "
                   "lat, lon, precision, geonames_id, confidence, record"),
        ("parties", f"{event}, side, position, country, sector, name, id"),
        ("spans", f"{event}, field, position, start, end"),
        ("happenings", "id, mentions, reports, carriers, first, told"),
        ("happening_events", f"{event}, happening"),
    )  # fmt: skip
    for table, columns in rows:
        count = len(archive.db.execute(f"SELECT {columns} FROM {table} LIMIT 0").description)
        order = ", ".join(str(column) for column in range(1, count + 1))
        for row in archive.db.execute(f"SELECT {columns} FROM {table} ORDER BY {order}"):
            yield json.dumps([table, *row], ensure_ascii=False)


def document_of(row: Iterable[Any]) -> Document:
    """The document that a kept report was, from its id, text, title, publisher, url, published and published_from."""
    id, text, title, publisher, url, published, how = row
    known = how not in INFERRED
    return Document(id, id, text, title, day(published) if known else None, how if known else None, url, publisher)


def _put_report(db: sqlite3.Connection, report: Report, origin: Carrier, story: str) -> None:
    put = db.execute(
        """INSERT INTO reports (id, digest, name, text, title, publisher, url, published, published_from, words, story, signature)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING""",
        (report.id, exact(report.text), origin.name, report.text, report.title, report.source, report.url, _iso(report), report.published_from,
         len(report.text.split()), story, Signature.of(report.text).to_bytes()),
    )  # fmt: skip
    if put.rowcount:
        db.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (put.lastrowid, report.title, report.text))


def _put_carrier(db: sqlite3.Connection, report: str, origin: Carrier, text_digest: str) -> None:
    published = origin.published.isoformat() if origin.published else None
    db.execute(
        "INSERT OR REPLACE INTO carriers (report, input, name, publisher, url, published, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (report, origin.input, origin.name, origin.publisher, origin.url, published, text_digest),
    )
    db.execute("DELETE FROM skipped WHERE input = ? AND name IN (?, '')", (origin.input, origin.name))


def put_event(db: sqlite3.Connection, event: Event, report: str, version: int) -> int:
    """Put down an event of a report as `version` coded it; its key."""
    date, place = event.date, event.place
    key = db.execute(
        """INSERT INTO events (id, report, version, type, mode, quad, intensity, status, start, end, anchor, sentence,
        place, admin1, country, lat, lon, precision, geonames_id, confidence, record)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            event.id, report, version, event.type, event.mode, event.quad, event.intensity, event.status,
            date.start.isoformat() if date and date.start else None, date.end.isoformat() if date and date.end else None,
            event.anchor.text, event.sentence.text,
            *((place.name, place.admin1, place.country, place.lat, place.lon, place.precision, place.geonames_id) if place else (None,) * 7),
            event.confidence, json.dumps(event.to_dict(), ensure_ascii=False, separators=(",", ":")),
        ),
    ).lastrowid  # fmt: skip
    db.executemany("INSERT INTO parties VALUES (?, ?, ?, ?, ?, ?, ?)", ((key, *party) for party in _parties(event)))
    db.executemany("INSERT INTO spans VALUES (?, ?, ?, ?, ?)", ((key, *span) for span in _spans(event)))
    return int(key or 0)


def _parties(event: Event) -> Iterator[tuple[str, int, str | None, str | None, str | None, str | None]]:
    sides: tuple[tuple[str, Iterable[Party]], ...] = (
        ("actor", event.actor), ("recipient", event.recipient), ("source", (source.party for source in event.according_to)),
    )  # fmt: skip
    for side, parties in sides:
        for position, party in enumerate(parties):
            yield side, position, party.country, party.sector, party.name or party.span.text, party.id


def _spans(event: Event) -> Iterator[tuple[str, int, int, int]]:
    size = event.magnitude
    counts = {name: (count.span,) for name in ("killed", "injured", "size") if size and (count := getattr(size, name))}
    fields: dict[str, Iterable[Span | None]] = {
        "anchor": (event.anchor,), "also": event.also, "sentence": (event.sentence,),
        "actor": (party.span for party in event.actor), "recipient": (party.span for party in event.recipient),
        "source": (source.party.span for source in event.according_to), "cue": (source.cue for source in event.according_to),
        "date": (event.date.span if event.date else None,), "place": (event.place.span if event.place else None,), **counts,
    }  # fmt: skip
    for field, spans in fields.items():
        yield from ((field, position, span.start, span.end) for position, span in enumerate(spans) if span)


def _put_coding(db: sqlite3.Connection, report: Report, version: int) -> bool:
    """Keep the events of a report as `version` coded it; False, and nothing is changed, when that coding is there already."""
    if not db.execute("INSERT OR IGNORE INTO codings VALUES (?, ?)", (report.id, version)).rowcount:
        return False
    for one in report.events:
        put_event(db, one, report.id, version)
    _mark_latest(db, report.id)
    return True


def _mark_latest(db: sqlite3.Connection, report: str) -> None:
    """Mark the events of the newest version a report was coded with."""
    db.execute("UPDATE events SET latest = version = (SELECT max(version) FROM codings c WHERE c.report = events.report) WHERE report = ?", (report,))


def _iso(report: Report) -> str | None:
    return report.published.isoformat() if report.published else None
