"""Questions to an archive: which events, by date; answered in SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from demarche.archive import whereabouts, whoever
from demarche.archive.clause import Clause, QuestionError, any_of, in_query
from demarche.archive.kept import Kept
from demarche.archive.store import HEAD, Archive, event, head
from demarche.records import SECTORS, STATUSES, TYPES

Several = str | Sequence[str]
"""One value or several, any of which will do; none for all."""

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_SEARCHED = re.compile(r'"([^"]*)"|(\S+)')
_ORDER = "e.start IS NULL, e.start, e.key"


@dataclass(frozen=True, slots=True)
class Question:
    """Which events are wanted: those for which every field given holds. Of several values in one field any will do.

    `actor`, `recipient`, `partner` and `according_to` take country codes, sectors, both ("NER/GOV"), names of countries, bodies and
    persons, and knowledge ids; `partner` is any other party of the event, and `according_to` also takes "report" for what the report tells
    itself. `since` and `until` are dates, months or years; an event is in when its interval of days reaches into them. `near` is
    "Agadez,200km" or "13.5,2.1,50km". `text` is words, "phrases" and beginnings* that the report has. `version` is the number of a coding;
    each report's latest when none is given. `texts` hands on the reports' texts too. `limit` is the most events wanted. `reviewed` leaves out
    what people rejected in review, and takes what they accepted or corrected as they decided.
    """

    actor: Several = ()
    recipient: Several = ()
    partner: Several = ()
    according_to: Several = ()
    sector: Several = ()
    type: Several = ()
    mode: Several = ()
    status: Several = ()
    since: str | dt.date | None = None
    until: str | dt.date | None = None
    near: str | None = None
    place: Several = ()
    country: Several = ()
    text: str | None = None
    min_confidence: float | None = None
    report: Several = ()
    version: int | None = None
    limit: int | None = None
    texts: bool = False
    reviewed: bool = False

    def clauses(self, archive: Archive) -> Iterator[Clause]:
        """The question in SQL, over `events e`; QuestionError names what cannot be asked."""
        yield _version(archive, self.version)
        yield from filter(None, (self._parties(), self._dates(), self._kinds(archive), self._places()))
        if self.text is not None:
            yield in_query("e.report", "SELECT id FROM reports WHERE key IN (SELECT rowid FROM search WHERE search MATCH ?)", searched(self.text))
        if self.min_confidence is not None:
            yield Clause("e.confidence >= ?", (self.min_confidence,))
        if self.report:
            yield any_of([Clause("e.report = ?", (id,)) for id in listed(self.report)])

    def _parties(self) -> Clause | None:
        actors, partners = whoever.clause(listed(self.actor), "actor"), whoever.clause(listed(self.partner), "partner")
        sectors = [_known(sector.upper(), SECTORS, "sector") for sector in listed(self.sector)]
        return Clause.every([
            whoever.pair(actors, partners) if actors and partners else whoever.on_side("actor", actors) or whoever.on_side(None, partners),
            whoever.on_side("recipient", whoever.clause(listed(self.recipient), "recipient")),
            whoever.on_side(None, whoever.clause(sectors, "sector")),
            whoever.told_by(listed(self.according_to)),
        ])  # fmt: skip

    def _dates(self) -> Clause | None:
        since, until = day(self.since, "since"), day(self.until, "until", last=True)
        if since and until and since > until:
            raise QuestionError("until", str(self.until), f"the days from {since} on end before", "give a later day")
        clauses = [Clause("coalesce(e.start, e.end) IS NOT NULL")] if since or until else []
        if since:
            clauses.append(Clause("(e.end >= ? OR e.end IS NULL)", (since.isoformat(),)))
        if until:
            clauses.append(Clause("(e.start <= ? OR e.start IS NULL)", (until.isoformat(),)))
        return Clause.every(clauses)

    def _kinds(self, archive: Archive) -> Clause | None:
        types = [_known(kind.upper(), (*TYPES, *_used(archive, "type")), "type") for kind in listed(self.type)]
        modes = [_known(mode.lower(), (*_modes(), *_used(archive, "mode")), "mode") for mode in listed(self.mode)]
        statuses = [_known(status.lower(), STATUSES, "status") for status in listed(self.status)]
        columns = (("type", types), ("mode", modes), ("status", statuses))
        return Clause.every([any_of([Clause(f"e.{column} = ?", (value,)) for value in values]) for column, values in columns if values])

    def _places(self) -> Clause | None:
        countries = [Clause("e.country = ?", (whereabouts.country(value),)) for value in listed(self.country)]
        named = [whereabouts.named(value) for value in listed(self.place)]
        near = [whereabouts.near(self.near)] if self.near else []
        return Clause.every([any_of(clauses) for clauses in (countries, named, near) if clauses])


def ask(archive: Archive, question: Question, *further: Clause) -> Iterator[Kept]:
    """The events that `question` asks for, by their first day, those without a date last; QuestionError names what cannot be asked.

    `further` conditions over `events e` must hold too.
    """
    whole = Clause.every((*question.clauses(archive), *further)) or Clause("1")
    if question.reviewed:
        from demarche.archive.reviewed import reviewed

        return reviewed(archive, question, whole)
    return answers(archive, question, whole)


def keys(archive: Archive, whole: Clause, limit: int | None = None) -> Iterator[tuple[int]]:
    """The keys of the events that hold to `whole`, in the order of the answers, from indices alone."""
    whereabouts.teach(archive.db)
    query = f"SELECT e.key FROM events e WHERE {whole.sql} ORDER BY {_ORDER} LIMIT ?"
    yield from archive.db.execute(query, (*whole.parameters, -1 if limit is None else max(0, limit)))


def answers(archive: Archive, question: Question, whole: Clause) -> Iterator[Kept]:
    """The events that hold to `whole`: first their keys, then the answers one by one."""
    text = "r.text" if question.texts else "NULL"
    answer = f"SELECT e.record, {_happening(archive)}, {text}, {HEAD} FROM events e JOIN reports r ON r.id = e.report WHERE e.key = ?"
    for key in keys(archive, whole, question.limit):
        for record, happening, told, *row in archive.db.execute(answer, key):
            yield Kept(event(record), head(row), happening, told)


def listed(values: Several) -> list[str]:
    """One value or several as a list."""
    return [values] if isinstance(values, str) else list(values)


def day(value: str | dt.date | None, field: str, last: bool = False) -> dt.date | None:
    """The first day of a date, month or year such as 2023-07, or its `last`; QuestionError when it is none."""
    if value is None or isinstance(value, dt.date):
        return value
    found = _DATE.fullmatch(value.strip())
    try:
        if not found:
            raise ValueError
        year, month, date = (int(part) if part else None for part in found.groups())
        first = dt.date(year or 0, month or 1, date or 1)
        if not last or date:
            return first
        after = dt.date(first.year + (month in (None, 12)), 1 if month in (None, 12) else (month or 0) + 1, 1)
        return after - dt.timedelta(days=1)
    except ValueError:
        raise QuestionError(field, value, "no date", "write it as 2023-07-26, 2023-07 or 2023") from None


def searched(text: str) -> str:
    """Words, "phrases" and beginnings* in the language of the full-text search; QuestionError when there are none."""
    parts = []
    for phrase, word in _SEARCHED.findall(text):
        bare = (phrase or word).replace('"', "")
        if any(map(str.isalnum, bare)):
            parts.append(f'"{bare.rstrip("*")}"' + ("*" if word.endswith("*") else ""))
    if not parts:
        raise QuestionError("text", text, "no words in it", 'give words that the reports have, or a phrase in quotation marks: "drone base"')
    return " ".join(parts)


def _version(archive: Archive, version: int | None) -> Clause:
    if version is None:
        return Clause("e.latest")
    known = [id for (id,) in archive.db.execute("SELECT id FROM versions ORDER BY id")]
    if version not in known:
        raise QuestionError("version", str(version), "no such version", f"the archive has {', '.join(map(str, known)) or 'none yet'}")
    return Clause("e.version = ?", (version,))


def _known(value: str, known: Sequence[str], field: str) -> str:
    if value not in known:
        raise QuestionError(field, value, f"no {field} of events", f"use one of {', '.join(dict.fromkeys(known))}")
    return value


def _used(archive: Archive, column: str) -> tuple[str, ...]:
    """The values of a column that events of the archive have."""
    rows: Any = archive.db.execute(f"SELECT DISTINCT {column} FROM events WHERE {column} IS NOT NULL ORDER BY 1")
    return tuple(value for (value,) in rows)


def _modes() -> list[str]:
    """The modes of the package's codebook."""
    from demarche.knowledge.codebook import Codebook

    return sorted({mode for kind in Codebook.load().types.values() for mode in kind.modes})


def _happening(archive: Archive) -> str:
    """The column of an event's happening; nothing before happenings were found."""
    there = archive.db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'happening_events'").fetchone()
    return "(SELECT h.happening FROM happening_events h WHERE h.event = e.key)" if there else "NULL"
