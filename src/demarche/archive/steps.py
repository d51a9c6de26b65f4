"""The steps of an agreement's life: announced, negotiated, signed, ratified, in force, suspended, cancelled, expired, with the evidence of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from demarche.archive.kept import Kept
from demarche.records import Event, Span

STAGES = ("announced", "negotiated", "signed", "ratified", "in force", "suspended", "cancelled", "expired")
"""The stages of an agreement's life, in their order."""


class Evidence(NamedTuple):
    """An event that tells a step, and the words that tell its stage."""

    kept: Kept
    words: Span


@dataclass(frozen=True)
class Step:
    """A stage that an agreement came to: on which days, whether it is still planned ("future"), and the evidence, the first told first."""

    stage: str
    evidence: tuple[Evidence, ...]

    @property
    def start(self) -> dt.date | None:
        return days(self.evidence[0].kept.event)[0]

    @property
    def end(self) -> dt.date | None:
        return days(self.evidence[0].kept.event)[1]

    @property
    def status(self) -> str:
        """actual, or future when nothing tells that it was done."""
        return "actual" if any(one.kept.event.status == "actual" for one in self.evidence) else "future"

    @property
    def claimed(self) -> bool:
        """Whether no report tells it in its own voice."""
        return all(one.kept.event.according_to for one in self.evidence)

    @property
    def reports(self) -> int:
        """How many reports tell it independently of each other."""
        return len({one.kept.report.story or one.kept.report.id for one in self.evidence})

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "stage": self.stage, "start": self.start and self.start.isoformat(), "end": self.end and self.end.isoformat(), "status": self.status,
            "claimed": self.claimed, "reports": self.reports,
            "evidence": [
                {"event": one.kept.event.id, "report": one.kept.report.id, "name": one.kept.report.name, "words": one.words.to_dict(),
                 "sentence": one.kept.event.sentence.text} for one in self.evidence
            ],
        }  # fmt: skip


def steps(told: Sequence[tuple[str, Evidence]]) -> tuple[Step, ...]:
    """The steps that are told, each by its stage and evidence: by date, one without a date before the first later stage."""
    found = [Step(stage, tuple(group)) for stage in STAGES for group in _same_days(one for name, one in told if name == stage)]
    dated = sorted((step for step in found if step.start), key=lambda step: (step.start, STAGES.index(step.stage)))
    for step in (step for step in found if not step.start):
        rank = STAGES.index(step.stage)
        at = next((i for i, one in enumerate(dated) if STAGES.index(one.stage) > rank), len(dated))
        dated.insert(at, step)
    return tuple(dated)


def days(event: Event) -> tuple[dt.date | None, dt.date | None]:
    """The first and last day of an event, each where only the other is known; None and None without a date."""
    date = event.date
    return (date.start or date.end, date.end or date.start) if date else (None, None)


def _same_days(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """The evidence of a stage by what may be the same days; what tells the days more narrowly comes first."""
    groups: list[list[Evidence]] = []
    for one in sorted(evidence, key=_narrow):
        home = next((group for group in groups if _may_be_same(group[0].kept, one.kept)), None)
        (groups.append([one]) if home is None else home.append(one))
    return groups


def _may_be_same(one: Kept, other: Kept) -> bool:
    if one.happening is not None and one.happening == other.happening:
        return True
    (start, end), (first, last) = days(one.event), days(other.event)
    if start is None or first is None:
        return True
    return start <= (last or dt.date.max) and first <= (end or dt.date.max)


def _narrow(one: Evidence) -> tuple[Any, ...]:
    start, end = days(one.kept.event)
    width = (end - start).days if start and end else 10**6
    return start is None, width, start or dt.date.max, one.kept.event.status != "actual", -one.kept.event.confidence, one.kept.event.id
