"""The table of a report's events: one line an event when piped, wrapped columns or short cards on a terminal."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from demarche.printing import phrases
from demarche.records import Event, Report

COLUMNS = ("date", "actor", "type/mode", "recipient", "place", "status", "according to", "words")
WHOLE = ("date", "type/mode", "status")
"""Columns whose cells are never broken; the others share what is left of a terminal's width."""

CARDS_BELOW = 110
"""A terminal with fewer columns gets cards: the whole columns take 55, and names need some eleven columns each."""

PIPED_WIDTH = 10_000
_HUES = {"verbal-coop": "cyan", "material-coop": "green", "verbal-conf": "yellow", "material-conf": "red"}


def table(name: str, report: Report, width: int | None = None) -> str:
    """The events of `report` for a terminal `width` columns wide; plain, unwrapped text when there is no terminal."""
    parts = [Text(phrases.heading(name, report), style="bold")]
    body: Iterable[RenderableType] = (
        (_grid(report.events, width),) if width is None or width >= CARDS_BELOW else map(_card, range(1, len(report.events) + 1), report.events)
    )
    return render([*parts, *(body if report.events else ()), Text()], width)


def answers(found: Sequence[tuple[Event, str]], first: int = 1, width: int | None = None) -> str:
    """Events with the names of their reports, numbered from `first`, as `table` has those of one report."""
    if width is None or width >= CARDS_BELOW:
        return render([_grid([event for event, _ in found], width, first, [name for _, name in found])], width)
    return render((_card(number, event, name) for number, (event, name) in enumerate(found, first)), width)


def render(parts: Iterable[RenderableType], width: int | None) -> str:
    """What rich makes of `parts`: with colours for a terminal, plain and unwrapped for a pipe."""
    buffer = io.StringIO()
    console = Console(
        file=buffer, width=width or PIPED_WIDTH, force_terminal=width is not None, no_color=None if width else True, highlight=False, legacy_windows=False
    )
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text) and width is None)
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n")) if width is None else buffer.getvalue()


def cells(event: Event) -> tuple[str, ...]:
    """The table's cells for `event`, in the order of `COLUMNS`."""
    return (
        phrases.when(event.date),
        phrases.parties(event.actor),
        phrases.kind(event),
        phrases.parties(event.recipient),
        phrases.where(event.place),
        event.status,
        phrases.sources(event.according_to),
        phrases.clean(event.anchor.text),
    )


def bare(width: int | None) -> Table:
    """A table without lines, which still has no columns."""
    return Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2 if width is None else 1, 0, 0))


def numbered(columns: Iterable[str], never_broken: Collection[str], width: int | None) -> Table:
    """A table of numbered rows; the columns that may be broken share what the others leave of a terminal's width."""
    grid = bare(width)
    grid.add_column("#", style="dim", justify="right")
    for column in columns:
        whole = width is None or column in never_broken
        grid.add_column(column, no_wrap=whole, overflow="fold", ratio=None if whole else 1)
    return grid


def _grid(events: Sequence[Event], width: int | None, start: int = 1, names: Sequence[str] | None = None) -> Table:
    grid = numbered(COLUMNS if names is None else (*COLUMNS, "report"), WHOLE, width)
    for number, event in enumerate(events):
        first, actor, kind, *rest = cells(event)
        day = first if width is None else first.replace("..", "..\n")
        report = [] if names is None else [phrases.clean(names[number])]
        grid.add_row(str(start + number), Text(day), Text(actor), Text(kind, style=_HUES.get(event.quad, "")), *map(Text, [*rest, *report]))
    return grid


def _card(number: int, event: Event, report: str = "") -> Padding:
    date, actor, kind, recipient, place, status, source, words = cells(event)
    text = Text.assemble(
        (f"{number}  {date or 'no date'}", "dim"), "  ", (kind, f"bold {_HUES.get(event.quad, '')}"), f"  {status}  ", (f"“{words}”", "italic"), "\n"
    )
    text.append(" → ".join((actor or "?", recipient)) if recipient else actor or "?")
    for label, value in (("at", place), ("according to", source), ("in", phrases.clean(report))):
        if value:
            text.append(f"\n{label} ", style="dim")
            text.append(value)
    return Padding(text, (0, 0, 0, 2))
