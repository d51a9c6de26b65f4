"""Linking: which events of an archive tell one happening.

Events that share a type or a word of their anchor, a party or place, and a time are compared; those that are likely the same are linked;
linked events are grouped by average link. What comes out depends on what the archive holds alone, not on the order in which it came or on
where a run was stopped: pairs are judged by themselves, and a group is made anew whenever an event is added to those tied to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from demarche.archive import store
from demarche.archive.groups import SCALE, components, grouped
from demarche.archive.kept import day
from demarche.archive.sameness import NEAR_DAYS, Telling, Words, sameness
from demarche.archive.store import Archive
from demarche.records import Event

THRESHOLD = 0.3
"""Groups join while the mean probability that their events are one happening reaches this (the best B-cubed F1 on the topics of ECB+ it was fitted on)."""
FLOOR = 0.1
"""A pair that is less probable than this counts as 0 and is not kept."""
BATCH = 500
"""So many events are linked in one transaction."""
AFTER, BEFORE = 7, 1
"""An event without a date is looked for from so many days before its report's publication until so many after."""
WIDTHS = (14, 100, 800, 10_000_000)
"""Classes of intervals by their days; each is searched with the longest of its class in mind."""
_ALWAYS = (0, 9_000_000)


class Slot(NamedTuple):
    """When and under which keys an event is looked for."""

    keys: tuple[str, ...]
    width: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Linked:
    """What a run did: so many events compared, and so many happenings made or made anew."""

    events: int = 0
    happenings: int = 0


def link(archive: Archive, tell: Callable[[int, int], None] = lambda done, total: None) -> Linked:
    """Bring the happenings of `archive`, open for writing, up to date; `tell` is told how many events of how many were compared."""
    _begin(archive)
    total = pending(archive)
    tellings = _Tellings(archive)
    done = 0
    new = iter(_unlinked(archive))
    while batch := list(islice(new, BATCH)):
        with archive.transaction():
            for key in batch:
                _compare(archive, key, tellings)
        done += len(batch)
        tell(done, total)
    return Linked(done, _group(archive))


def pending(archive: Archive) -> int:
    """How many events were not compared with the others yet."""
    query = "SELECT count(*) FROM events WHERE latest AND key NOT IN (SELECT event FROM happening_keys)"
    return int(archive.db.execute(query).fetchone()[0])


def up_to_date(archive: Archive) -> bool:
    """Whether every event has its happening, by the rules of this demarche."""
    missing = "SELECT 1 FROM events WHERE latest AND key NOT IN (SELECT event FROM happening_events) LIMIT 1"
    there = archive.db.execute("SELECT 1 FROM events LIMIT 1").fetchone()
    return archive.db.execute(missing).fetchone() is None and (not there or archive.setting("happenings") == _rules())


def _begin(archive: Archive) -> None:
    """Forget what other rules linked and what was coded anew; those that were tied to it are grouped again."""
    with archive.transaction() as db:
        broken = "SELECT 1 FROM happenings h WHERE mentions <> (SELECT count(*) FROM happening_events WHERE happening = h.id) LIMIT 1"
        if archive.setting("happenings") != _rules() or db.execute(broken).fetchone():
            for table in ("happening_events", "happening_keys", "happening_links", "happenings"):
                db.execute(f"DELETE FROM {table}")
            db.execute("INSERT OR REPLACE INTO settings VALUES ('happenings', ?)", (_rules(),))
        stale = [key for (key,) in db.execute("SELECT DISTINCT k.event FROM happening_keys k JOIN events e ON e.key = k.event WHERE NOT e.latest")]
        for one in _tied(archive, stale):
            _ungroup(archive, one)
        for key in stale:
            db.execute("DELETE FROM happening_keys WHERE event = ?", (key,))
            db.execute("DELETE FROM happening_links WHERE first = ? OR second = ?", (key, key))


@cache
def _rules() -> str:
    """What decides: a digest of the weights, the counted words and the rules."""
    total = hashlib.blake2b(digest_size=8)
    folder = files("demarche.archive")
    for name in ("happenings.json", "words.json", "words.py", "sameness.py", "groups.py", "linking.py"):
        total.update((folder / name).read_bytes())
    return total.hexdigest()


def _unlinked(archive: Archive) -> list[int]:
    """The events to compare, by the day they are looked for: neighbours in time are compared together."""
    query = """SELECT e.key FROM events e JOIN reports r ON r.id = e.report WHERE e.latest AND e.key NOT IN (SELECT event FROM happening_keys)
        ORDER BY coalesce(e.start, r.published), e.key"""
    return [key for (key,) in archive.db.execute(query)]


class _Tellings:
    """The archive's events as they are compared; the last ones are kept at hand."""

    def __init__(self, archive: Archive) -> None:
        self._db = archive.db
        self.get = lru_cache(maxsize=20_000)(self._get)
        self._words = lru_cache(maxsize=4_000)(self._words_of)

    def _get(self, key: int) -> Telling:
        query = "SELECT e.record, e.report, r.published FROM events e JOIN reports r ON r.id = e.report WHERE e.key = ?"
        record, report, published = self._db.execute(query, (key,)).fetchone()
        return Telling.of(store.event(record), day(published), self._words(report))

    def _words_of(self, report: str) -> Words:
        return Words.of(*self._db.execute("SELECT title, text FROM reports WHERE id = ?", (report,)).fetchone())


def _compare(archive: Archive, key: int, tellings: _Tellings) -> None:
    """Compare an event with those that were compared before, and keep the likely links."""
    this = tellings.get(key)
    slot = slot_of(this)
    for other in sorted(_candidates(archive, slot)):
        that = tellings.get(other)
        if that.event.report == this.event.report:
            continue  # what the coding of one report holds apart stays apart
        value = probability(this, that)
        if value >= FLOOR * SCALE:
            archive.db.execute("INSERT OR REPLACE INTO happening_links VALUES (?, ?, ?)", (min(key, other), max(key, other), value))
    rows = ((name, slot.width, slot.start, key, slot.end) for name in slot.keys)
    archive.db.executemany("INSERT INTO happening_keys VALUES (?, ?, ?, ?, ?)", rows)


def probability(first: Telling, second: Telling) -> int:
    """The probability that two events are one happening, in thousandths, the same from either side."""
    return round(SCALE * sameness(*sorted((first, second), key=lambda one: one.event.id)))


def _candidates(archive: Archive, slot: Slot) -> set[int]:
    """The events compared before that share a key and a time with `slot`."""
    query = "SELECT event FROM happening_keys WHERE key = ? AND width = ? AND start BETWEEN ? AND ? AND end >= ?"
    first, last = slot.start - NEAR_DAYS, slot.end + NEAR_DAYS
    found = set[int]()
    for name in slot.keys:
        for width, longest in enumerate(WIDTHS):
            found.update(key for (key,) in archive.db.execute(query, (name, width, first - longest, last, first)))
    return found


def slot_of(telling: Telling) -> Slot:
    """Where an event is looked for: by what happened with whom or where, and when."""
    event, days = telling.event, telling.days
    told = telling.published.toordinal() if telling.published else None
    start, end = days or ((told - AFTER, told + BEFORE) if told is not None else _ALWAYS)
    width = next(number for number, longest in enumerate(WIDTHS) if end - start < longest)
    what = [*telling.stems, event.type] if width < 2 else list(telling.stems)  # of a year, much is of one type
    who = sorted(set(_who(event)))
    return Slot(tuple(dict.fromkeys(f"{one} {other}" for one in what for other in who or ("",))), width, start, end)


def _who(event: Event) -> Iterator[str]:
    """The countries, ids and last names of those who take part, and the country of the place."""
    for party in (*event.actor, *event.recipient):
        yield from filter(None, (party.country, party.id))
        if party.name and party.name.split():
            yield party.name.lower().split()[-1]
    if event.place and event.place.country:
        yield event.place.country


def _group(archive: Archive) -> int:
    """Group the events that have no happening yet with all that are tied to them; how many happenings that makes."""
    query = "SELECT event FROM happening_keys EXCEPT SELECT event FROM happening_events"
    todo = [key for (key,) in archive.db.execute(query)]
    count = 0
    with archive.transaction():
        tied = _tied(archive, todo)
        links = {pair: same for pair, same in _links(archive, tied)}
        for one in tied:
            _ungroup(archive, one)
        strong = [pair for pair, same in links.items() if same >= THRESHOLD * SCALE]
        inside: dict[int, list[tuple[int, int]]] = {}
        for a, b in links:
            inside.setdefault(a, []).append((a, b))
        for part in components(tied, strong):
            members = set(part)
            near = {pair: links[pair] for one in part for pair in inside.get(one, ()) if pair[1] in members}
            reports = _reports(archive, part) if len(part) > 1 else {}
            for group in grouped(part, near, THRESHOLD, reports.get if reports else None):
                _keep(archive, group)
                count += 1
    return count


def _tied(archive: Archive, keys: Iterable[int]) -> set[int]:
    """The events `keys` and all that are tied to them by links of those that can be joined, directly or through others."""
    query = "SELECT second FROM happening_links WHERE first = ? AND same >= ? UNION SELECT first FROM happening_links WHERE second = ? AND same >= ?"
    least = THRESHOLD * SCALE
    found, todo = set[int](), list(keys)
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo.extend(other for (other,) in archive.db.execute(query, (one, least, one, least)) if other not in found)
    return found


def _links(archive: Archive, members: set[int]) -> Iterator[tuple[tuple[int, int], int]]:
    for one in members:
        for second, same in archive.db.execute("SELECT second, same FROM happening_links WHERE first = ?", (one,)):
            if second in members:
                yield (one, second), same


def _reports(archive: Archive, keys: Iterable[int]) -> dict[int, str]:
    return {key: archive.db.execute("SELECT report FROM events WHERE key = ?", (key,)).fetchone()[0] for key in keys}


def _ungroup(archive: Archive, key: int) -> None:
    """Take an event out of its happening."""
    for (id,) in archive.db.execute("SELECT happening FROM happening_events WHERE event = ?", (key,)).fetchall():
        archive.db.execute("DELETE FROM happenings WHERE id = ?", (id,))
        archive.db.execute("DELETE FROM happening_events WHERE event = ?", (key,))


def _keep(archive: Archive, group: list[int]) -> None:
    """Keep a happening. Its id is that of its event that came in first, so that later reports do not change it."""
    marks = ", ".join("?" * len(group))
    query = f"""SELECT e.id, r.id, r.story, r.published, r.key FROM events e JOIN reports r ON r.id = e.report
        JOIN spans s ON s.event = e.key AND s.field = 'anchor' WHERE e.key IN ({marks}) ORDER BY r.key, s.start, e.id"""
    rows = archive.db.execute(query, group).fetchall()
    first = min(rows, key=lambda row: (row[3] is None, row[3], row[4]))
    counts = (len(rows), len({row[1] for row in rows}), len({row[2] for row in rows}))
    archive.db.execute("INSERT INTO happenings VALUES (?, ?, ?, ?, ?, ?)", (rows[0][0], *counts, first[1], first[3]))
    archive.db.executemany("INSERT INTO happening_events VALUES (?, ?)", ((key, rows[0][0]) for key in group))
