"""Relations: what happened between two sides, or between one and each of its partners."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from demarche.archive import whoever
from demarche.archive.agreement_words import nouns
from demarche.archive.agreements import Agreement, agreements
from demarche.archive.chart import Series, series
from demarche.archive.clause import Clause, QuestionError, all_of, any_of
from demarche.archive.kept import Kept
from demarche.archive.ledger import COUNTED, Entry, entries
from demarche.archive.queries import Question, ask, listed
from demarche.archive.store import Archive
from demarche.records import Event, Party

_PAGE = 500
"""So many reports are asked for at once."""


@dataclass(frozen=True)
class Relation:
    """The ledger between `one` and `other` (everybody when None), held in memory, and the agreements that both are parties of."""

    one: str
    other: str | None
    entries: tuple[Entry, ...]
    agreements: tuple[Agreement, ...]

    def series(self, by: str | None = None) -> Series:
        """The intensity by "month" or "year"; None takes what suits."""
        return series(self.entries, by)

    def to_dict(self, by: str | None = None) -> dict[str, Any]:
        """The JSON form."""
        return {
            "between": [self.one, self.other], "ledger": [entry.to_dict() for entry in self.entries],
            "intensity": self.series(by).to_dict(), "agreements": [agreement.to_dict() for agreement in self.agreements],
        }  # fmt: skip


@dataclass(frozen=True)
class Partner:
    """Somebody that `one` has to do with: how many entries, and of those that count the mean and sums of the scores."""

    name: str
    entries: tuple[Entry, ...]

    @cached_property
    def scores(self) -> list[float]:
        """The scores that count."""
        return [entry.event.intensity for entry in self.entries if entry.counts]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: one row."""
        dated = [entry for entry in self.entries if entry.start]
        total, cooperation = sum(self.scores), sum(score for score in self.scores if score > 0)
        return {
            "partner": self.name, "entries": len(self.entries), "counted": len(self.scores),
            "mean": round(total / len(self.scores), 3) if self.scores else None, "sum": round(total, 3),
            "cooperation": round(cooperation, 3), "conflict": round(total - cooperation, 3),
            "first": str(dated[0].start) if dated else None, "last": str(dated[-1].start) if dated else None,
        }  # fmt: skip


def relation(archive: Archive, one: str, other: str | None = None, question: Question | None = None) -> Relation:
    """The relation of two sides, or of one to everybody, in the events that `question` asks for. QuestionError names who or what cannot be asked.

    Between two sides are events where one acts and the other is who it is done to, or where both act and nobody else is who it is done to;
    and what tells a step of an agreement of both, also where its sentence names one of them only.
    """
    asked = question or Question()
    first, second = _clause(one), _clause(other) if other is not None else None
    found = ask(archive, asked, all_of(whoever.on_side(None, first), whoever.on_side(None, second)))
    kept = [one_kept for one_kept in found if other is None or between(one_kept.event, one, other)]
    made = _agreements(archive, one, other, asked)
    told = {id: kept for agreement in made for step in agreement.steps for id, kept in ((e.kept.event.id, e.kept) for e in step.evidence)}
    if other is not None:
        there, wanted = {one_kept.event.id for one_kept in kept}, _wanted(archive, asked, told)
        kept += [told[id] for id in sorted(told) if id in wanted and id not in there]
    counted: Collection[str] = [status.lower() for status in listed(asked.status)] or COUNTED
    ledger = [replace(entry, steps=_steps(entry, made)) for entry in entries(kept, counted)]
    return Relation(one, other, tuple(ledger), made)


def partners(archive: Archive, one: str, question: Question | None = None) -> list[Partner]:
    """Everybody that `one` has to do with, most entries first: countries by code, bodies and groups by name; domestic entries under its own code."""
    by_name: dict[str, list[Entry]] = {}
    for entry in relation(archive, one, None, question).entries:
        for name in sorted(_others(entry.event, one)):
            by_name.setdefault(name, []).append(entry)
    return sorted((Partner(name, tuple(several)) for name, several in by_name.items()), key=lambda partner: (-len(partner.entries), partner.name))


def between(event: Event, one: str, other: str) -> bool:
    """Whether an event lies between two sides: from one to the other, or done by both together to nobody else."""
    acting, receiving = ([[whoever.is_meant(side, party) for side in (one, other)] for party in parties] for parties in (event.actor, event.recipient))
    if (any(a[0] for a in acting) and any(r[1] for r in receiving)) or (any(a[1] for a in acting) and any(r[0] for r in receiving)):
        return True
    pairs = ((i, j) for i, a in enumerate(acting) for j, b in enumerate(acting) if i != j and a[0] and b[1])
    return not receiving and next(pairs, None) is not None


def _others(event: Event, one: str) -> set[str]:
    """The names of those that `one` has to do with in an event."""
    found: set[str] = set()
    sides = (event.actor, event.recipient) if event.recipient else (event.actor, event.actor)
    for mine, theirs in (sides, sides[::-1]):
        for me in (party for party in mine if whoever.is_meant(one, party)):
            found |= {name for party in theirs if party is not me and (name := called(party))}
    return found


def called(party: Party) -> str | None:
    """What a partner is called: a state by its code, a body or a group without a state by its name, or else by its sector."""
    if party.country and party.country != "IGO":
        return party.country
    if party.name or party.id:
        return party.name or party.id
    return "IGO" if party.country == "IGO" or party.sector == "IGO" else party.sector


def _clause(asked: str) -> Clause:
    try:
        return whoever.clause([asked], "who") or Clause("1")
    except QuestionError as error:
        raise QuestionError("who", error.value, error.problem, error.remedy) from None


def _agreements(archive: Archive, one: str, other: str | None, question: Question) -> tuple[Agreement, ...]:
    """The agreements of both that have a step the question asks for, with their whole lives."""
    sides = all_of(*(whoever.on_side(None, _clause(side)) for side in (one,))) if other is None else any_of(
        [clause for side in (one, other) if (clause := whoever.on_side(None, _clause(side)))]
    )  # fmt: skip
    named = any_of([Clause("e.sentence LIKE ?", (f"%{noun}%",)) for noun in nouns()])
    current = Clause("e.latest") if question.version is None else Clause("e.version = ?", (question.version,))
    query = all_of(sides, named, current)
    reports = [id for (id,) in archive.db.execute(f"SELECT DISTINCT e.report FROM events e WHERE {query.sql} ORDER BY 1", query.parameters)]
    found = agreements(_of_reports(archive, reports, question))
    both = [agreement for agreement in found if agreement.has(one) and (other is None or agreement.has(other))]
    told = {evidence.kept.event.id for agreement in both for step in agreement.steps for evidence in step.evidence}
    wanted = _wanted(archive, question, told)
    return tuple(a for a in both if any(e.kept.event.id in wanted for step in a.steps for e in step.evidence))


def _of_reports(archive: Archive, reports: list[str], question: Question) -> Iterator[Kept]:
    for at in range(0, len(reports), _PAGE):
        yield from ask(archive, Question(report=reports[at : at + _PAGE], version=question.version, reviewed=question.reviewed))


def _wanted(archive: Archive, question: Question, ids: Collection[str]) -> set[str]:
    """Which of the events `ids` the question asks for, whatever their parties."""
    if question == Question(version=question.version, reviewed=question.reviewed):
        return set(ids)
    listed_ids = sorted(ids)
    found: set[str] = set()
    for at in range(0, len(listed_ids), _PAGE):
        some = Clause(f"e.id IN ({', '.join('?' * len(listed_ids[at : at + _PAGE]))})", tuple(listed_ids[at : at + _PAGE]))
        found |= {kept.event.id for kept in ask(archive, question, some)}
    return found


def _steps(entry: Entry, made: Collection[Agreement]) -> tuple[str, ...]:
    """The steps of agreements that an entry's events tell."""
    ids = {kept.event.id for kept in entry.mentions}
    told = (f"{a.title}: {step.stage}" for a in made for step in a.steps if any(e.kept.event.id in ids for e in step.evidence))
    return tuple(dict.fromkeys(told))
