"""The claims of a report: what each side says of which events, one line a claim when piped, wrapped columns on a terminal."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from demarche.printing import phrases, writers
from demarche.printing.table import numbered, render
from demarche.records import Claim, Event, Report, Side

COLUMNS = ("stance", "status", "actor", "type/mode", "recipient", "words", "told by")
WHOLE = ("stance", "status", "type/mode")
"""Columns whose cells are never broken; the others share what is left of a terminal's width."""
NOBODY = "No side claims anything: all is told in the author's own voice."


class Claims(writers.Table):
    """The sides of a report with their claims, `width` columns wide on a terminal; reports without events are left out."""

    def shown(self, name: str, report: Report) -> str:
        """The claims of a report that has events."""
        return claims(name, report, self.width)


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
    grid = numbered(COLUMNS, WHOLE, width)
    for claim in side.claims:
        number = numbers[claim.event]
        style = "bold red" if claim.disputed else ""
        first, *rest = cells(report.events[number - 1], claim)
        grid.add_row(str(number), Text(first, style=style), *map(Text, rest))
    return grid
