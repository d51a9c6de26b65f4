"""Answers after review: what was rejected is left out, what was accepted or corrected is as people decided."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.archive import migrations, writing
from demarche.archive.clause import Clause, all_of
from demarche.archive.kept import Kept
from demarche.archive.review import settled
from demarche.archive.store import Archive, event

if TYPE_CHECKING:
    from demarche.archive.queries import Question
    from demarche.records import Event

_REPORT = "key, id, digest, name, text, title, publisher, url, published, published_from, words, story, signature"


def reviewed(archive: Archive, question: Question, whole: Clause) -> Iterator[Kept]:
    """The events that hold to `whole`, which is asked of decided events as they were decided; in the order of all answers."""
    merged = heapq.merge(_undecided(archive, question, whole), _decided(archive, question, whole), key=_order)
    return islice(merged, None if question.limit is None else max(0, question.limit))


def _undecided(archive: Archive, question: Question, whole: Clause) -> Iterator[Kept]:
    from demarche.archive.queries import answers

    return answers(archive, question, all_of(whole, Clause("e.key NOT IN (SELECT event FROM decided)")))


def _decided(archive: Archive, question: Question, whole: Clause) -> Iterator[Kept]:
    """The same for accepted and corrected events, asked of an archive in memory that holds them alone."""
    from dataclasses import replace

    from demarche.archive.queries import answers, keys

    found = archive.db.execute(
        "SELECT e.key, e.version, e.latest, e.record, d.record, d.verdict, d.reviewer, d.changed FROM decided d JOIN events e ON e.key = d.event "
        "WHERE d.verdict <> 'reject' ORDER BY e.key"
    )
    with Archive(Path(":memory:"), sqlite3.connect(":memory:", isolation_level=None)) as aside:
        migrations.migrate(aside.db)
        known: dict[int, tuple[int, Event]] = {}
        for key, version, latest, record, *decision in found:
            now = settled(event(record), *decision)
            _copy_report(archive, aside, now.report)
            copied = writing.put_event(aside.db, now, now.report, version)
            aside.db.execute("UPDATE events SET latest = ? WHERE key = ?", (latest, copied))
            known[copied] = (key, now)
        plain = replace(question, limit=None)
        for (copied,) in keys(aside, whole):
            key, now = known[copied]
            yield from (replace(one, event=now) for one in answers(archive, plain, Clause("e.key = ?", (key,))))


def _copy_report(archive: Archive, aside: Archive, id: str) -> None:
    if aside.db.execute("SELECT 1 FROM reports WHERE id = ?", (id,)).fetchone():
        return
    row = archive.db.execute(f"SELECT {_REPORT} FROM reports WHERE id = ?", (id,)).fetchone()
    aside.db.execute(f"INSERT INTO reports ({_REPORT}) VALUES ({', '.join('?' * len(row))})", row)
    aside.db.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", (row[0], row[5], row[4]))


def _order(kept: Kept) -> tuple[bool, str]:
    start = kept.event.date.start if kept.event.date else None
    return start is None, start.isoformat() if start else ""
