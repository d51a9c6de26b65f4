"""The schema of an archive as an ordered list of steps; `PRAGMA user_version` counts those taken.

A step that was released is never changed: what comes later is a further step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

APPLICATION = 0x44454D41
"""`PRAGMA application_id` of an archive: "DEMA"."""


def first(db: sqlite3.Connection) -> None:
    """Reports, where they came from, versions of the coding, events, and the full-text search."""
    _run(
        db,
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
        """CREATE TABLE reports (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL UNIQUE, name TEXT NOT NULL, text TEXT NOT NULL, title TEXT,
            publisher TEXT, url TEXT, published TEXT, published_from TEXT, words INTEGER NOT NULL, story TEXT NOT NULL,
            signature BLOB NOT NULL)""",
        "CREATE INDEX reports_story ON reports (story)",
        """CREATE TABLE carriers (
            report TEXT NOT NULL REFERENCES reports (id), input TEXT NOT NULL, name TEXT NOT NULL, publisher TEXT, url TEXT, published TEXT,
            digest TEXT NOT NULL, PRIMARY KEY (report, input, name)) WITHOUT ROWID""",
        "CREATE INDEX carriers_digest ON carriers (digest)",
        """CREATE TABLE versions (
            id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, demarche TEXT, weights TEXT, codebook TEXT, actors TEXT, places TEXT)""",
        """CREATE TABLE codings (
            report TEXT NOT NULL REFERENCES reports (id), version INTEGER NOT NULL REFERENCES versions (id),
            PRIMARY KEY (report, version)) WITHOUT ROWID""",
        "CREATE TABLE skipped (input TEXT NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (input, name)) WITHOUT ROWID",
        """CREATE TABLE events (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL, report TEXT NOT NULL REFERENCES reports (id), version INTEGER NOT NULL REFERENCES versions (id),
            latest INTEGER NOT NULL DEFAULT 1, type TEXT NOT NULL, mode TEXT, quad TEXT NOT NULL, intensity REAL NOT NULL, status TEXT NOT NULL,
            start TEXT, end TEXT, anchor TEXT NOT NULL, sentence TEXT NOT NULL, place TEXT, admin1 TEXT, country TEXT, lat REAL, lon REAL,
            precision TEXT, geonames_id INTEGER, confidence REAL NOT NULL, record TEXT NOT NULL, UNIQUE (id, version))""",
        "CREATE INDEX events_report ON events (report, version)",
        # Has all that questions look at besides parties and places: the wide rows are read only for the answers.
        "CREATE INDEX events_facets ON events ((start IS NULL), start, key, end, latest, version, type, status, mode, confidence, country, report)",
        "CREATE INDEX events_type ON events (type, mode)",
        "CREATE INDEX events_country ON events (country)",
        "CREATE INDEX events_place ON events (place COLLATE NOCASE)",
        "CREATE INDEX events_admin1 ON events (admin1 COLLATE NOCASE)",
        "CREATE INDEX events_lat ON events (lat, lon)",
        "CREATE INDEX events_geonames ON events (geonames_id)",
        """CREATE TABLE parties (
            event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE, side TEXT NOT NULL, position INTEGER NOT NULL, country TEXT, sector TEXT,
            name TEXT, id TEXT, PRIMARY KEY (event, side, position)) WITHOUT ROWID""",
        "CREATE INDEX parties_country ON parties (country, side, sector)",
        "CREATE INDEX parties_sector ON parties (sector, side)",
        "CREATE INDEX parties_id ON parties (id, side)",
        """CREATE TABLE spans (
            event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE, field TEXT NOT NULL, position INTEGER NOT NULL,
            start INTEGER NOT NULL, end INTEGER NOT NULL, PRIMARY KEY (event, field, position)) WITHOUT ROWID""",
        """CREATE VIRTUAL TABLE search USING fts5 (
            title, text, content = 'reports', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2')""",
    )


def decisions(db: sqlite3.Connection) -> None:
    """What people decided about events in review, apart from the coding and never changed; `decided` has the latest about each event there is."""
    _run(
        db,
        """CREATE TABLE decisions (
            key INTEGER PRIMARY KEY, report TEXT NOT NULL REFERENCES reports (id), start INTEGER NOT NULL, end INTEGER NOT NULL, anchor TEXT NOT NULL,
            verdict TEXT NOT NULL, reviewer TEXT NOT NULL, changed TEXT NOT NULL, note TEXT, record TEXT NOT NULL, decided TEXT NOT NULL)""",
        "CREATE INDEX decisions_anchor ON decisions (report, start, end)",
        "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never changed'); END",
        "CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never dropped'); END",
        """CREATE VIEW decided AS
            SELECT e.key AS event, d.* FROM decisions d JOIN events e ON e.report = d.report AND e.anchor = d.anchor
            JOIN spans s ON s.event = e.key AND s.field = 'anchor' AND s.start = d.start AND s.end = d.end
            WHERE d.verdict <> 'open'
            AND d.key = (SELECT max(l.key) FROM decisions l WHERE l.report = d.report AND l.start = d.start AND l.end = d.end)""",
    )


def happenings(db: sqlite3.Connection) -> None:
    """Which events tell one happening, and what finds and ties them: by `event`, so that a dropped event leaves nothing behind."""
    _run(
        db,
        """CREATE TABLE happenings (
            id TEXT PRIMARY KEY, mentions INTEGER NOT NULL, reports INTEGER NOT NULL, carriers INTEGER NOT NULL, first TEXT NOT NULL,
            told TEXT) WITHOUT ROWID""",
        "CREATE INDEX happenings_carriers ON happenings (carriers)",
        "CREATE TABLE happening_events (event INTEGER PRIMARY KEY REFERENCES events (key) ON DELETE CASCADE, happening TEXT NOT NULL)",
        "CREATE INDEX happening_events_happening ON happening_events (happening)",
        """CREATE TABLE happening_keys (
            key TEXT NOT NULL, width INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
            event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE, PRIMARY KEY (key, width, start, event)) WITHOUT ROWID""",
        "CREATE INDEX happening_keys_event ON happening_keys (event)",
        """CREATE TABLE happening_links (
            first INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE, second INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
            same INTEGER NOT NULL, PRIMARY KEY (first, second)) WITHOUT ROWID""",
        "CREATE INDEX happening_links_second ON happening_links (second)",
    )


def happening_keys(db: sqlite3.Connection) -> None:
    """The columns of the key first in `happening_keys`: the integrity check of SQLite before 3.41 sees nulls in it otherwise, where there are none."""
    _run(
        db,
        "ALTER TABLE happening_keys RENAME TO unordered",
        """CREATE TABLE happening_keys (
            key TEXT NOT NULL, width INTEGER NOT NULL, start INTEGER NOT NULL, event INTEGER NOT NULL REFERENCES events (key) ON DELETE CASCADE,
            end INTEGER NOT NULL, PRIMARY KEY (key, width, start, event)) WITHOUT ROWID""",
        "INSERT INTO happening_keys SELECT key, width, start, event, end FROM unordered",
        "DROP TABLE unordered",
        "CREATE INDEX happening_keys_event ON happening_keys (event)",
    )


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (first, decisions, happenings, happening_keys)
"""Every step from an empty file on."""


def migrate(db: sqlite3.Connection) -> None:
    """Take the steps that `db` lacks, all or none."""
    done = version_of(db)
    if done >= len(STEPS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version_of(db) :]:
            step(db)
        _run(db, f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {len(STEPS)}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def version_of(db: sqlite3.Connection) -> int:
    """How many steps `db` has taken."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _run(db: sqlite3.Connection, *statements: str) -> None:
    for statement in statements:
        db.execute(statement)
