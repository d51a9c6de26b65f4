"""The progress bar on a terminal's standard error, and lines written above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn


def bar(label: str, *columns: str | ProgressColumn) -> Progress:
    """A bar that goes away at its end: the label, how many of how many, and `columns`, or else the time that remains."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    shown = (label, BarColumn(), MofNCompleteColumn(), *(columns or [TimeRemainingColumn()]))
    return Progress(*shown, console=Console(stderr=True), transient=True, redirect_stdout=False)


def above(shown: Progress, line: str) -> None:
    """Write a line, as it is, above a bar."""
    shown.console.print(line, markup=False, highlight=False, soft_wrap=True)
