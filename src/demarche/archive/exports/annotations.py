"""Events as marked spans of their report's text, for the tools in which people annotate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from demarche.archive.exports.cells import sound
from demarche.archive.exports.tally import ExportError
from demarche.archive.kept import Head, Kept
from demarche.records import Event, Span

if TYPE_CHECKING:
    from demarche.archive.queries import Question
    from demarche.archive.store import Archive

ROLES = ("Actor", "Recipient", "Date", "Place", "Source", "Cue", "Killed", "Injured", "Size")
"""The labels of the spans beside the anchor, which is labelled with the event's type."""


class Mark(NamedTuple):
    """A span of an event: its role in it, and its label. The anchor has the role "Anchor", further mentions "Mention"."""

    role: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report with its text and the events to be shown in it."""

    head: Head
    text: str
    events: tuple[Event, ...]

    @property
    def about(self) -> dict[str, str | None]:
        """The report's id, title, address and day, in JSON form."""
        head = self.head
        return {"report": head.id, "title": head.title, "url": head.url, "published": head.published.isoformat() if head.published else None}


def reports(kept: Iterable[Kept]) -> Iterator[Annotated]:
    """The reports of `kept`, whose events must come report by report and with the text. ExportError otherwise."""
    seen = set[str]()
    for id, group in groupby(kept, lambda one: one.report.id):
        found = list(group)
        if id in seen:
            raise ExportError(f"events of report {id} come in several places", "ask for the events in the order of their reports")
        if found[0].text is None:
            raise ExportError(f"the text of report {id} is not there", "ask for the events together with their text")
        seen.add(id)
        yield Annotated(found[0].report, sound(found[0].text), tuple(one.event for one in found))


def marks(event: Event) -> Iterator[Mark]:
    """Every span of an event with its role; the sentence is left out."""
    yield Mark("Anchor", event.type, event.anchor)
    yield from (Mark("Mention", event.type, span) for span in event.also)
    yield from (Mark("Actor", "Actor", party.span) for party in event.actor)
    yield from (Mark("Recipient", "Recipient", party.span) for party in event.recipient)
    if event.date and event.date.span:
        yield Mark("Date", "Date", event.date.span)
    if event.place:
        yield Mark("Place", "Place", event.place.span)
    for source in event.according_to:
        yield Mark("Source", "Source", source.party.span)
        if source.cue:
            yield Mark("Cue", "Cue", source.cue)
    if event.magnitude:
        counts = (event.magnitude.killed, event.magnitude.injured, event.magnitude.size)
        yield from (Mark(role, role, count.span) for role, count in zip(ROLES[-3:], counts, strict=True) if count)


def by_report(archive: Archive, question: Question) -> Iterator[Kept]:
    """The events that `question` asks for, report by report, with the texts, each report's in the order of its text.

    Held in memory are the ids only. QuestionError names what cannot be asked.
    """
    found = archive.events(replace(question, texts=False))
    return _by_report(archive, found, question)


def _by_report(archive: Archive, found: Iterable[Kept], question: Question) -> Iterator[Kept]:
    wanted: dict[str, set[str]] = {}
    for one in found:
        wanted.setdefault(one.report.id, set()).add(one.event.id)
    for report, ids in wanted.items():
        events = archive.events(report=report, version=question.version, reviewed=question.reviewed, texts=True)
        yield from sorted((one for one in events if one.event.id in ids), key=lambda one: one.event.anchor)
