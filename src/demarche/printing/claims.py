"""The claims of a report: what each side says of which events, one line a claim when piped, wrapped columns on a terminal."""

from __future__ import annotations

from typing import TextIO

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from demarche.printing import phrases
from demarche.printing.table import render
from demarche.printing.writers import JsonLines
from demarche.records import Claim, Event, Report, Side

COLUMNS = ("stance", "status", "actor", "type/mode", "recipient", "words", "told by")
WHOLE = ("stance", "status", "type/mode")
"""Columns whose cells are never broken; the others share what is left of a terminal's width."""
NOBODY = "No side claims anything: all is told in the author's own voice."


class Claims(JsonLines):
    """The sides of a report with their claims, `width` columns wide on a terminal; reports without events are left out."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        super().__init__(out)
        self.width = width

    def write(self, name: str, report: Report) -> None:
        if report.events:
            self.out.write(claims(name, report, self.width))


def claims(name: str, report: Report, width: int | None = None) -> str:
    """What each side of `report` says, for a terminal `width` columns wide; plain, unwrapped text when there is no terminal."""
    parts: list[RenderableType] = [Text(phrases.heading(name, report), style="bold")]
    for side in report.claims:
        parts += [Text(f"{heading(side)} says", style="bold"), _grid(report, side, width)]
    if not report.claims:
        parts.append(Text(NOBODY))
    return render([*parts, Text()], width)


def heading(side: Side) -> str:
    """A side by its first name, with country and sector, and the other names that speak for it: `Ali Zeine [NER GOV], also as the premier`."""
    first, *others = side.parties
    others_named = ", ".join(phrases.clean(party.name or party.span.text) for party in others)
    return phrases.party(first) + (f", also as {others_named}," if others_named else "")


def cells(event: Event, claim: Claim) -> tuple[str, ...]:
    """The cells for `claim` of `event`, in the order of `COLUMNS`."""
    words = [claim.cue and claim.cue.text, claim.anchor.text]
    stance = " ".join(filter(None, (claim.stance, "(disputed)" if claim.disputed else None)))
    carried = [f"in {phrases.party(claim.medium)}"] if claim.medium else []
    return (
        stance,
        claim.status,
        phrases.parties(event.actor),
        phrases.kind(event),
        phrases.parties(event.recipient),
        " … ".join(phrases.clean(text) for text in words if text),
        "; ".join([*map(phrases.party, claim.through), *carried]),
    )


def _grid(report: Report, side: Side, width: int | None) -> Table:
    numbers = {event.id: number for number, event in enumerate(report.events, 1)}
    grid = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2 if width is None else 1, 0, 0))
    grid.add_column("#", style="dim", justify="right")
    for column in COLUMNS:
        whole = width is None or column in WHOLE
        grid.add_column(column, no_wrap=whole, overflow="fold", ratio=None if whole else 1)
    for claim in side.claims:
        number = numbers[claim.event]
        style = "bold red" if claim.disputed else ""
        first, *rest = cells(report.events[number - 1], claim)
        grid.add_row(str(number), Text(first, style=style), *map(Text, rest))
    return grid
