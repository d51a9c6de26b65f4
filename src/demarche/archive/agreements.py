"""Agreements followed through life, joined from the sentences that name them.

An agreement is named in a sentence ("the 2012 military cooperation agreement"); an event beside it, at words that tell a stage ("canceled", "signed"),
is evidence of a step. Namings are one agreement when parties, kind, year and the order of the dates agree; where that is not plain they stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from demarche.archive.kept import Kept
from demarche.archive.namings import YEAR, Naming, namings
from demarche.archive.steps import STAGES, Evidence, Step, days, steps
from demarche.records import Event, Party

_BEGINNINGS = ("announced", "negotiated", "signed")
_NEAR_DAYS = 3
"""Namings without a kind in two reports are one agreement when the same step is dated so many days apart at most."""


@dataclass(frozen=True)
class Agreement:
    """An agreement: what it is called, who its parties are (country codes, names or ids of bodies and groups), and its steps by date."""

    title: str
    parties: tuple[str, ...]
    steps: tuple[Step, ...]
    sides: tuple[Party, ...] = field(default=(), repr=False)

    @property
    def state(self) -> str:
        """The last stage it came to."""
        done = [step.stage for step in self.steps if step.status == "actual"]
        return done[-1] if done else "planned"

    def has(self, asked: str) -> bool:
        """Whether a country's code or name, a sector, a body's name or an id means one of the parties."""
        from demarche.archive.whoever import code_of, is_meant

        return code_of(asked) in self.parties or any(is_meant(asked, party) for party in self.sides)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"title": self.title, "parties": list(self.parties), "state": self.state, "steps": [step.to_dict() for step in self.steps]}


def agreements(kept: Iterable[Kept]) -> list[Agreement]:
    """The agreements that events tell of, by their first dated step; `kept` should have all events of each report."""
    reports: dict[str, list[Kept]] = {}
    for one in kept:
        reports.setdefault(one.report.id, []).append(one)
    found = [thread for events in reports.values() for thread in _threads(namings(events))]
    made = [_agreement(thread) for thread in _joined(found)]
    return sorted(made, key=lambda one: (min((s.start for s in one.steps if s.start), default=dt.date.max), one.title))


@dataclass
class _Thread:
    """Namings that are one agreement."""

    namings: list[Naming]

    @property
    def steps(self) -> list[tuple[str, Evidence]]:
        return [step for naming in self.namings for step in naming.steps]

    @property
    def nouns(self) -> set[str]:
        return {naming.noun for naming in self.namings if naming.kind or not naming.definite} or {naming.noun for naming in self.namings}

    @property
    def kind(self) -> frozenset[str]:
        return frozenset().union(*(naming.kind for naming in self.namings))

    @property
    def sides(self) -> dict[str, Party | None]:
        return {key: party for naming in self.namings for key, party in naming.sides.items()}

    @property
    def years(self) -> set[int]:
        """The years named, or else those of the signing."""
        named = {naming.year for naming in self.namings if naming.year}
        return named or {year for stage, one in self.steps if stage == "signed" and (year := _year(one.kept.event))}

    @property
    def first(self) -> dt.date:
        return min((day for _, one in self.steps if (day := days(one.kept.event)[0])), default=dt.date.max)


def _threads(namings: Sequence[Naming]) -> list[_Thread]:
    """The agreements of one report: a naming goes on with the one before that it fits, "the deal" only where one alone fits."""
    threads: list[_Thread] = []
    for naming in namings:
        fitting = [thread for thread in threads if _fits_within(thread, naming)]
        if len(fitting) == 1 or (fitting and naming.kind):
            fitting[-1].namings.append(naming)
        else:
            threads.append(_Thread([naming]))
    return threads


def _fits_within(thread: _Thread, naming: Naming) -> bool:
    other = _Thread([naming])
    if not _agree(thread, other):
        return False
    if naming.sides and thread.sides and not set(naming.sides) & set(thread.sides):
        return False
    if not naming.kind:
        return naming.definite and (naming.noun == "agreement" or naming.noun in thread.nouns)
    return thread.nouns == {naming.noun} and _akin(thread.kind, naming.kind)


def _joined(threads: Iterable[_Thread]) -> list[_Thread]:
    """The agreements of all reports, those of several reports joined where they are plainly one."""
    whole: list[_Thread] = []
    for thread in sorted(threads, key=lambda one: (one.first, one.namings[0].report, one.namings[0].at)):
        fitting = [one for one in whole if _fits_across(one, thread)]
        if len(fitting) == 1:
            fitting[0].namings.extend(thread.namings)
        else:
            whole.append(thread)
    return whole


def _fits_across(one: _Thread, other: _Thread) -> bool:
    shared = set(one.sides) & set(other.sides)
    if one.nouns != other.nouns or not shared or not _agree(one, other):
        return False
    if not one.kind and not other.kind:
        return len(shared) >= 2 and _same_step(one, other)
    if not one.kind or not other.kind or not _akin(one.kind, other.kind):
        return False
    return len(shared) >= 2 or (one.kind == other.kind and bool(one.years & other.years))


def _agree(one: _Thread, other: _Thread) -> bool:
    """Whether nothing in years and order of dates speaks against two being one."""
    if one.years and other.years and not one.years & other.years:
        return False
    return not (_begins_after(one, other) or _begins_after(other, one))


def _begins_after(old: _Thread, new: _Thread) -> bool:
    """Whether `new` has a beginning that is dated after what `old` had come to: then it is another agreement."""
    for stage, evidence in new.steps:
        start, _ = days(evidence.kept.event)
        if stage not in _BEGINNINGS or start is None:
            continue
        for other, before in old.steps:
            _, end = days(before.kept.event)
            later = STAGES.index(other) > STAGES.index(stage) or other == stage == "signed"
            if later and end is not None and end < start:
                return True
    return False


def _same_step(one: _Thread, other: _Thread) -> bool:
    """Whether two tell the same stage of the same happening, or of nearly the same days."""
    for stage, (kept, _) in one.steps:
        for again, (told, _) in other.steps:
            if stage == again and (_near(kept.event, told.event) or (kept.happening is not None and kept.happening == told.happening)):
                return True
    return False


def _near(one: Event, other: Event) -> bool:
    (start, end), (first, last) = days(one), days(other)
    if None in (start, end, first, last):
        return False
    assert start and end and first and last
    short = max((end - start).days, (last - first).days) <= 31
    return short and start - dt.timedelta(_NEAR_DAYS) <= last and first - dt.timedelta(_NEAR_DAYS) <= end


def _agreement(thread: _Thread) -> Agreement:
    sides = sorted(thread.sides.items(), key=lambda side: side[0])
    return Agreement(_title(thread), tuple(key for key, _ in sides), steps(thread.steps), tuple(party for _, party in sides if party))


def _title(thread: _Thread) -> str:
    """The year and the fullest words that name it."""
    named = max(thread.namings, key=lambda naming: (len(naming.kind), len(naming.words)))
    years = thread.years
    return f"{min(years)} {named.words}" if len(years) == 1 and not YEAR.search(named.words) else named.words


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _year(event: Event) -> int | None:
    start, end = days(event)
    return start.year if start and end and start.year == end.year else None
