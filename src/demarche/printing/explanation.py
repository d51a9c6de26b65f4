"""One event explained: its sentence with the spans marked, and for each field the words and the reason behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from demarche.printing import phrases
from demarche.printing.table import bare, render
from demarche.records import Event, Party, Report, Span

_STYLES = {
    "anchor": "bold reverse", "also": "underline", "actor": "green", "recipient": "cyan", "date": "yellow", "place": "magenta",
    "source": "blue", "cue": "blue italic", "killed": "red", "injured": "red", "size": "red",
}  # fmt: skip
_REASONS = {
    "type": ("type", "mode"), "status": ("status",), "actor": ("actor", "parties"), "recipient": ("recipient", "parties"), "date": ("date",),
    "place": ("place",), "according to": ("according_to", "source"), "magnitude": ("magnitude",), "contexts": ("contexts",),
}  # fmt: skip
NOT_STATED = "not stated"
CONTEXT = 40
"""Characters shown on either side of words that stand outside the event's sentence."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span and what it is there for."""

    label: str
    span: Span


def explain(report: Report, number: int, width: int | None = None) -> str:
    """The explanation of event `number` (from 1) of `report`; colours for a terminal `width` columns wide, brackets otherwise."""
    event = report.events[number - 1]
    marks = list(marks_of(event))
    inside = [mark for mark in marks if mark.span.overlaps(event.sentence)]
    outside = [mark for mark in marks if not mark.span.overlaps(event.sentence)]
    sentence = bracketed(event.sentence, inside) if width is None else _coloured(event.sentence, inside)
    parts: list[RenderableType] = [
        Text(f"Event {number} of {len(report.events)} · {phrases.kind(event)} · {event.status} · {event.id}", style="bold"),
        sentence,
    ]
    parts += [_elsewhere(report.text, mark) for mark in outside]
    return render([*parts, Text(), _fields(event, width), Text()], width)


def marks_of(event: Event) -> Iterator[Mark]:
    """The marked spans of `event`: all but the sentence, each with its label."""
    yield Mark("anchor", event.anchor)
    yield from (Mark("also", span) for span in event.also)
    yield from (Mark("actor", party.span) for party in event.actor)
    yield from (Mark("recipient", party.span) for party in event.recipient)
    if event.date and event.date.span:
        yield Mark("date", event.date.span)
    if event.place:
        yield Mark("place", event.place.span)
    for source in event.according_to:
        yield Mark("source", source.party.span)
        if source.cue:
            yield Mark("cue", source.cue)
    yield from (Mark(label, count.span) for label in ("killed", "injured", "size") if (count := getattr(event.magnitude, label, None)))


def bracketed(sentence: Span, marks: list[Mark]) -> Text:
    """The sentence with each mark as `[label: words]`."""
    edges = []
    for mark in marks:
        start, end = max(mark.span.start, sentence.start) - sentence.start, min(mark.span.end, sentence.end) - sentence.start
        edges += [(end, 0, start - end, "]"), (start, 1, start - end, f"[{mark.label}: ")]
    parts, at = [], 0
    for position, *_, bracket in sorted(edges, key=lambda edge: (edge[0], edge[1], edge[2] if edge[1] else -edge[2])):
        parts += [sentence.text[at:position], bracket]
        at = position
    return Text("  " + phrases.clean("".join((*parts, sentence.text[at:]))))


def _coloured(sentence: Span, marks: list[Mark]) -> Text:
    text = Text("  ")
    for offset, character in enumerate(sentence.text, sentence.start):
        style = " ".join(_STYLES[mark.label] for mark in marks if mark.span.start <= offset < mark.span.end)
        text.append(character if character.isprintable() else " ", style=style)
    legend = {mark.label: None for mark in marks}
    return text + Text("\n  ") + Text("  ").join(Text(label, style=_STYLES[label]) for label in legend)


def _elsewhere(text: str, mark: Mark) -> Text:
    before, after = text[max(0, mark.span.start - CONTEXT) : mark.span.start], text[mark.span.end : mark.span.end + CONTEXT]
    line = Text(f"  {mark.label} at {mark.span.start}: … ", style="dim")
    line.append(phrases.clean(before) + " ")
    line.append(f"[{phrases.clean(mark.span.text)}]", style=_STYLES[mark.label])
    return line.append(f" {phrases.clean(after)} …")


def _fields(event: Event, width: int | None) -> Table:
    grid = bare(None)
    for title in ("field", "value", "words", "decided by"):
        grid.add_column(title, no_wrap=width is None, overflow="fold")
    for name, value, words in _rows(event):
        grid.add_row(Text(name, style=_STYLES.get("source" if name == "according to" else name, "")), Text(value), Text(words), Text(_reason(event, name)))
    known = {key for keys in _REASONS.values() for key in keys}
    for key in sorted(set(event.why) - known):
        grid.add_row(Text(key), Text(), Text(), Text(phrases.clean(str(event.why[key]))))
    return grid


def _rows(event: Event) -> Iterator[tuple[str, str, str]]:
    yield "type", phrases.kind(event), _quote([event.anchor])
    yield "status", event.status, ""
    yield from _party_rows("actor", event.actor)
    yield from _party_rows("recipient", event.recipient)
    date, place = event.date, event.place
    yield "date", phrases.when(date) or NOT_STATED, _quote([date.span]) if date else ""
    yield "place", phrases.where(place) or NOT_STATED, _quote([place.span]) if place else ""
    sources = [span for source in event.according_to for span in (source.party.span, source.cue)]
    yield "according to", phrases.sources(event.according_to) or "the report itself", _quote(sources)
    if event.magnitude:
        yield "magnitude", phrases.magnitude(event.magnitude), _quote([mark.span for mark in marks_of(event) if mark.label in ("killed", "injured", "size")])
    if event.contexts:
        yield "contexts", ", ".join(event.contexts), ""
    yield "quad, intensity", f"{event.quad}, {event.intensity:g}", ""
    yield "confidence", f"{event.confidence:.2f}", ""


def _party_rows(label: str, parties: tuple[Party, ...]) -> Iterator[tuple[str, str, str]]:
    for party in parties:
        more = ", ".join(filter(None, (party.role, party.id)))
        yield label, phrases.party(party) + (f" ({phrases.clean(more)})" if more else ""), _quote([party.span])
    if not parties:
        yield label, NOT_STATED, ""


def _reason(event: Event, name: str) -> str:
    found = [("mode: " if key == "mode" else "") + str(event.why[key]) for key in _REASONS.get(name, ()) if event.why.get(key)]
    rule = event.date.rule if name == "date" and event.date else None
    if rule and not any(rule in reason for reason in found):
        found.append(f"rule {rule}")
    return phrases.clean("; ".join(dict.fromkeys(found)))


def _quote(spans: list[Span | None]) -> str:
    return ", ".join(f"“{phrases.clean(span.text)}” at {span.start}" for span in spans if span)
