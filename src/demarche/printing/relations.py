"""Ledgers, partners and agreements as people read them, and as rows of CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from demarche.archive.agreements import Agreement
from demarche.archive.ledger import Entry
from demarche.archive.relations import Partner
from demarche.printing import phrases
from demarche.printing.table import CARDS_BELOW, bare, render
from demarche.records import When

LEDGER = (
    "start", "end", "type", "mode", "actor", "actor_country", "recipient", "recipient_country", "status", "intensity", "counts", "claimed",
    "according_to", "reports", "words", "sentence", "agreements", "id",
)  # fmt: skip
"""The columns of the ledger in CSV."""

PARTNERS = ("partner", "entries", "counted", "mean", "sum", "cooperation", "conflict", "first", "last")
"""The columns of the partners."""

STEPS = ("agreement", "parties", "stage", "start", "end", "status", "claimed", "event", "report", "words", "sentence")
"""The columns of the agreements in CSV: a row is a piece of evidence."""

CLAIMED = "*"
"""Marks what no report tells in its own voice."""

_SENTENCE = 90
"""So many characters of a sentence stand in a table's cell."""


def ledger(entries: Sequence[Entry], width: int | None = None) -> str:
    """The ledger as a table; cards on a narrow terminal; plain lines in a pipe."""
    if width is not None and width < CARDS_BELOW:
        return render(map(_card, entries), width)
    grid = _grid(("date", "type/mode", "who", "whom", "status", "score", "according to", "reports", "words"), width)
    for entry in entries:
        grid.add_row(*map(Text, _cells(entry)))
    return render([grid], width)


def partners(found: Sequence[Partner], width: int | None = None) -> str:
    """The partners as a table."""
    grid = _grid(PARTNERS, width)
    for partner in found:
        row = partner.to_dict()
        grid.add_row(
            *(Text("" if row[name] is None else f"{row[name]:+g}" if isinstance(row[name], float) else phrases.clean(str(row[name]))) for name in PARTNERS)
        )
    return render([grid], width)


def agreements(found: Iterable[Agreement], width: int | None = None) -> str:
    """Each agreement with its steps and their evidence."""
    parts: list[Text] = []
    for agreement in found:
        parts.append(Text(f"{phrases.clean(agreement.title)} · {', '.join(map(phrases.clean, agreement.parties))} · {agreement.state}", style="bold"))
        for step in agreement.steps:
            day = phrases.when(When(step.start, step.end)) or "no date"
            planned = " (planned)" if step.status == "future" else ""
            parts.append(Text(f"  {day:<22}  {step.stage}{planned}{CLAIMED if step.claimed else ''}"))
            for one in step.evidence:
                told = phrases.sources(one.kept.event.according_to)
                who = f", according to {told}" if told else ""
                name = phrases.clean(one.kept.report.name or one.kept.report.id)
                parts.append(Text(f"    “{phrases.clean(one.words.text)}” in {name}{who}: {phrases.clean(one.kept.event.sentence.text)}", style="dim"))
        parts.append(Text())
    return render(parts, width)


def ledger_rows(entries: Iterable[Entry]) -> Iterator[dict[str, object]]:
    """The rows of the ledger in CSV; several parties are parted by "; "."""
    for entry in entries:
        event, row = entry.event, entry.to_dict()
        sides = {}
        for side, parties in (("actor", event.actor), ("recipient", event.recipient)):
            sides[side] = "; ".join(party.name or party.span.text for party in parties)
            sides[f"{side}_country"] = "; ".join(party.country or "" for party in parties)
        yield row | sides | {"according_to": phrases.sources(entry.sources), "agreements": "; ".join(entry.steps)}


def step_rows(found: Iterable[Agreement]) -> Iterator[dict[str, object]]:
    """The rows of the agreements in CSV."""
    for agreement in found:
        for step in agreement.steps:
            row = step.to_dict() | {"agreement": agreement.title, "parties": "; ".join(agreement.parties)}
            yield from (row | {"event": one.kept.event.id, "report": one.kept.report.name or one.kept.report.id, "words": one.words.text,
                               "sentence": one.kept.event.sentence.text} for one in step.evidence)  # fmt: skip


def write_csv(columns: Sequence[str], rows: Iterable[dict[str, object]], out: TextIO) -> None:
    """Write rows of CSV below their head."""
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: str(value).lower() if isinstance(value, bool) else value for name, value in row.items()})


def _grid(columns: Sequence[str], width: int | None) -> Table:
    grid = bare(width)
    for column in columns:
        right = column in ("score", "reports", "entries", "counted", "mean", "sum", "cooperation", "conflict")
        whole = width is None or right or column in ("date", "type/mode", "status", "first", "last")
        ratio = None if whole else 2 if column == "words" else 1
        grid.add_column(column, justify="right" if right else "left", no_wrap=whole, overflow="fold", ratio=ratio)
    return grid


def _cells(entry: Entry) -> tuple[str, ...]:
    event = entry.event
    status = event.status + (CLAIMED if entry.claimed else "")
    steps = f" [{phrases.clean('; '.join(entry.steps))}]" if entry.steps else ""
    score = f"{event.intensity:+g}" if entry.counts else f"({event.intensity:+g})"
    return (
        phrases.when(event.date), phrases.kind(event), phrases.parties(event.actor), phrases.parties(event.recipient), status, score,
        "; ".join(phrases.party(source.party) for source in entry.sources), str(entry.reports), f"{_around(entry)}{steps}",
    )  # fmt: skip


def _value(value: object) -> str:
    return "" if value is None else f"{value:+g}" if isinstance(value, float) else phrases.clean(str(value))


def _around(entry: Entry) -> str:
    """The sentence, or what stands around the anchor when it is long."""
    event = entry.event
    text, at = event.sentence.text, event.anchor.start - event.sentence.start
    if len(text) <= _SENTENCE or not 0 <= at < len(text):
        return phrases.clean(text if len(text) <= _SENTENCE else event.anchor.text)
    start = max(0, min(at - _SENTENCE // 3, len(text) - _SENTENCE))
    cut = phrases.clean(text[start : start + _SENTENCE])
    return f"{'…' if start else ''}{cut}{'…' if start + _SENTENCE < len(text) else ''}"


def _card(entry: Entry) -> Padding:
    date, kind, who, whom, status, score, source, reports, words = _cells(entry)
    text = Text.assemble((date or "no date", "dim"), "  ", (kind, "bold"), f"  {status}  {score}\n", f"{who or '?'}{' → ' + whom if whom else ''}\n")
    if source:
        text.append(f"according to {source}\n")
    text.append(f"“{words}”", "italic")
    text.append(f"  {reports} report{'s' if reports != '1' else ''}", "dim")
    return Padding(text, (0, 0, 1, 2))
