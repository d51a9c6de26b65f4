"""The ledger: what happened between two sides, by date, one entry a happening however many reports tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from demarche.archive.kept import Kept
from demarche.records import Event, Source

COUNTED = ("actual",)
"""The statuses whose scores count unless others are asked for."""


@dataclass(frozen=True)
class Entry:
    """A line of the ledger: the events of one happening, the one that tells it best first.

    `counts` says whether its score enters the intensity, `steps` the agreements it is a step of ("2012 cooperation agreement: signed").
    """

    id: str
    mentions: tuple[Kept, ...]
    counts: bool = True
    steps: tuple[str, ...] = field(default=())

    @property
    def event(self) -> Event:
        """The event that tells it best."""
        return self.mentions[0].event

    @property
    def start(self) -> dt.date | None:
        """The first day, or the last when only that is known."""
        date = self.event.date
        return (date.start or date.end) if date else None

    @cached_property
    def claimed(self) -> bool:
        """Whether no report tells it in its own voice."""
        return all(kept.event.according_to for kept in self.mentions)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Who asserts it, when no report does itself: one source each."""
        found = {(s.party.name or s.party.span.text, s.party.country): s for kept in self.mentions for s in kept.event.according_to}
        return tuple(found.values()) if self.claimed else ()

    @cached_property
    def reports(self) -> int:
        """How many reports tell it independently of each other."""
        return len({kept.report.story or kept.report.id for kept in self.mentions})

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        event = self.event
        day = event.date
        return {
            "id": self.id, "start": _iso(day.start if day else None), "end": _iso(day.end if day else None),
            "type": event.type, "mode": event.mode, "quad": event.quad, "intensity": event.intensity, "status": event.status, "counts": self.counts,
            "actor": [party.to_dict() for party in event.actor], "recipient": [party.to_dict() for party in event.recipient],
            "claimed": self.claimed, "according_to": [source.to_dict() for source in self.sources], "reports": self.reports,
            "words": event.anchor.text, "sentence": event.sentence.text, "agreements": list(self.steps),
            "mentions": [{"event": kept.event.id, "report": kept.report.id, "name": kept.report.name} for kept in self.mentions],
        }  # fmt: skip


def entries(kept: Iterable[Kept], counted: Collection[str] = COUNTED) -> list[Entry]:
    """The events as a ledger: by happening where it is known, by date, those without a date last. Events with a status of `counted` count."""
    grouped: dict[str, list[Kept]] = {}
    for one in kept:
        grouped.setdefault(one.happening or one.event.id, []).append(one)
    made = (Entry(id, tuple(sorted(several, key=_worth))) for id, several in grouped.items())
    return sorted((Entry(one.id, one.mentions, one.event.status in counted) for one in made), key=order)


def order(entry: Entry) -> tuple[Any, ...]:
    """Sorts by date, those without a date last."""
    return entry.start is None, entry.start or dt.date.min, entry.id


def _worth(kept: Kept) -> tuple[Any, ...]:
    """Sorts first what is told as done, by the report itself, with a date, and with most confidence."""
    event = kept.event
    dated = event.date is not None and (event.date.start or event.date.end) is not None
    return event.status != "actual", bool(event.according_to), not dated, -event.confidence, event.id


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
