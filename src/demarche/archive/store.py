"""The archive: one SQLite file that keeps a study's reports and their events, version by version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from demarche.archive import migrations
from demarche.archive.kept import Carrier, Head, Kept, day
from demarche.records import Event, Report

if TYPE_CHECKING:
    from demarche.archive.agreements import Agreement
    from demarche.archive.queries import Question
    from demarche.archive.relations import Partner, Relation

BUSY_SECONDS = 10.0
"""How long a command waits for another one's transaction; each is of one report and takes milliseconds."""

HEAD = "r.id, r.title, r.publisher, r.url, r.published, r.published_from, r.story, (SELECT count(*) FROM carriers c WHERE c.report = r.id), r.words, r.name"
"""The columns of a `Head`, from `reports r`; see `head`."""


class ArchiveError(Exception):
    """An archive that cannot be used: which file, what is wrong with it, and what to do."""

    def __init__(self, where: str | Path, problem: str, remedy: str) -> None:
        super().__init__(where, problem, remedy)
        self.where, self.problem, self.remedy = str(where), problem, remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} ({self.remedy})"


class Archive:
    """An open archive; `with` closes it. Made by `Archive.open`.

    `db` is the connection, in autocommit: what changes goes into `transaction`.
    """

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path, self.db = path, db

    @classmethod
    def open(cls, path: str | Path, write: bool = False, create: bool = False) -> Self:
        """Open the archive at `path`: to read it, to `write` in it, or to `create` it when there is none. ArchiveError when that cannot be."""
        path = Path(path)
        if path.is_dir():
            raise ArchiveError(path, "a folder", "give the archive's file")
        if not path.exists() and not create:
            raise ArchiveError(path, "no such archive", f"check the path, or make it: demarche code INPUT... --archive {path}")
        try:
            db = _connected(path, write or create)
        except sqlite3.Error as error:
            raise explained(path, error) from error
        return cls(path, db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done inside happens as a whole or not at all; ArchiveError when the file cannot be written."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise explained(self.path, error) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from coding into the archive meanwhile; questions may still be asked. ArchiveError when one does already."""
        path = Path(f"{self.path}-lock")
        try:
            lock = sqlite3.connect(path, timeout=0, isolation_level=None)  # a lock that ends with its process, on every system
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise explained(self.path, error) from error
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()
            lock.close()

    def setting(self, name: str) -> str | None:
        """The value of a setting; None when it was never set."""
        row = self.db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Set a setting."""
        with self.transaction() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def events(self, question: Question | None = None, **filters: Any) -> Iterator[Kept]:  # noqa: ANN401  # the fields of a Question
        """The events that `question`, or the `Question` of `filters`, asks for, by date. ValueError names a filter that cannot be."""
        from demarche.archive.queries import Question, ask

        return ask(self, question or Question(**filters))

    def frame(self, library: str | None = None, **filters: Any) -> Any:  # noqa: ANN401  # a DataFrame of one library or the other
        """The events of `events(**filters)` as a DataFrame of pandas or polars (`library`; by default the one installed); see `frames`."""
        from demarche.archive.frames import frame

        return frame(self.events(**filters), library)

    def relations(self, one: str, other: str | None = None, question: Question | None = None, **filters: Any) -> Relation:  # noqa: ANN401
        """The ledger between two sides (or one and everybody) and their agreements, in the events of `question` or `filters`; ValueError as for `events`."""
        from demarche.archive.queries import Question
        from demarche.archive.relations import relation

        return relation(self, one, other, question or Question(**filters))

    def partners(self, one: str, **filters: Any) -> list[Partner]:  # noqa: ANN401
        """Everybody that one side has to do with, most entries first."""
        from demarche.archive.queries import Question
        from demarche.archive.relations import partners

        return partners(self, one, Question(**filters))

    def agreements(self, one: str, other: str | None = None, **filters: Any) -> list[Agreement]:  # noqa: ANN401
        """The agreements of two sides (or one) with every step of their lives."""
        return list(self.relations(one, other, **filters).agreements)

    def reports(self) -> Iterator[Report]:
        """Every report with its text and its latest events, in the order in which they came in."""
        for text, *row in self.db.execute(f"SELECT r.text, {HEAD} FROM reports r ORDER BY r.key"):
            yield head(row).report(text, self._events_of(row[0]))

    def report(self, id: str) -> Report | None:
        """The report of that id with its text and its latest events; None when there is none."""
        found = self.db.execute(f"SELECT r.text, {HEAD} FROM reports r WHERE r.id = ?", (id,)).fetchone()
        return head(found[1:]).report(found[0], self._events_of(id)) if found else None

    def heads(self) -> Iterator[Head]:
        """Every report without its text, in the order in which they came in."""
        return map(head, self.db.execute(f"SELECT {HEAD} FROM reports r ORDER BY r.key"))

    def carriers(self, report: str) -> list[Carrier]:
        """The places that the text of a report came from."""
        rows = self.db.execute("SELECT input, name, publisher, url, published FROM carriers WHERE report = ? ORDER BY input, name", (report,))
        return [Carrier(input, name, publisher, url, day(published)) for input, name, publisher, url, published in rows]

    def _events_of(self, report: str) -> tuple[Event, ...]:
        rows = self.db.execute("SELECT record FROM events WHERE report = ? AND latest ORDER BY key", (report,))
        return tuple(event(record) for (record,) in rows)


def open_archive(path: str | Path, write: bool = False) -> Archive:
    """Open the archive at `path` for questions; `write` lets it be changed too. ArchiveError says what is wrong and what to do."""
    return Archive.open(path, write)


def head(row: Any) -> Head:  # noqa: ANN401  # a row of SQLite
    """The head of a row of the columns `HEAD`."""
    id, title, publisher, url, published, published_from, story, carriers, words, name = row
    return Head(id, title, publisher, url, day(published), published_from, story, carriers, words, name)


def event(record: str) -> Event:
    """The event of a `record` of the table `events`."""
    import json

    return Event.from_dict(json.loads(record))


def explained(path: Path, error: sqlite3.Error) -> ArchiveError:
    """What an error of SQLite means to the user."""
    told = str(error).lower()
    if "not a database" in told or "malformed" in told:
        return ArchiveError(path, "no archive of demarche, or a damaged one", "give a file made by demarche code, or restore it from a copy")
    if "locked" in told or "busy" in told:
        return ArchiveError(path, "in use by another program", "wait until that has ended, then run the command again: nothing is lost")
    if "readonly" in told or "unable to open" in told:
        return ArchiveError(path, "cannot be written", "check that its folder exists and that you may write in it, or copy the archive elsewhere")
    if "full" in told:
        return ArchiveError(path, "the disk is full", "make room, then run the command again: nothing is lost")
    return ArchiveError(path, f"SQLite says: {error}", "check the file and its disk, or restore it from a copy")


def _connected(path: Path, write: bool) -> sqlite3.Connection:
    db = _opened(path, write)
    try:
        _check(path, db)
        if migrations.version_of(db) < len(migrations.STEPS):
            if not write:
                db.close()
                db = _opened(path, write=True)
            migrations.migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _opened(path: Path, write: bool) -> sqlite3.Connection:
    address = "file:" + quote(str(path.absolute()))
    db = sqlite3.connect(f"{address}?mode={'rwc' if write else 'ro'}", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        db.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        db.close()
        if write or Path(f"{path}-wal").exists():
            raise
        db = sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)  # in a folder where nobody may write
    if write:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _check(path: Path, db: sqlite3.Connection) -> None:
    """ArchiveError when `db` is another program's file or a later demarche's."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    if application != migrations.APPLICATION and db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        raise ArchiveError(path, "an SQLite file of another program", "give a file made by demarche code")
    if (version := migrations.version_of(db)) > len(migrations.STEPS):
        raise ArchiveError(path, f"made by a newer demarche (schema {version}, this one knows {len(migrations.STEPS)})", "pip install --upgrade demarche")
