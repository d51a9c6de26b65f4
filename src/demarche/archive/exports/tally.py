"""What became of the events of an export, and the settings it ran under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from demarche.archive.kept import Kept

_T = TypeVar("_T")


class Settings(NamedTuple):
    """How to write: `safe` keeps spreadsheets from running cells as formulas; `header` writes column names or not, None as the format does."""

    safe: bool = False
    header: bool | None = None


PLAIN = Settings()


class NotHeld(ValueError):
    """An event that the foreign schema has no place for; the text says which kind of event it is, in the plural."""


class ExportError(ValueError):
    """An export that cannot be made: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem, self.remedy = problem, remedy

    def __str__(self) -> str:
        return f"{self.problem} ({self.remedy})"


@dataclass(slots=True)
class Tally:
    """Counts of an export: the events written, their rows, and the events left out by the kind they are of."""

    events: int = 0
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """The counts for people, one kind of event left out a line."""
        written = f"{_count(self.events, 'event')} written" + (f" as {_count(self.rows, 'row')}" if self.rows != self.events else "")
        return [written, *(f"{count:,} left out: {kind}" for kind, count in sorted(self.left_out.items()))]


def written(kept: Iterable[Kept], rows: Callable[[Kept], Iterator[_T]], put: Callable[[_T], object]) -> Tally:
    """`put` the rows of every event as they come; the counts. `rows` raises NotHeld for an event that the format cannot hold."""
    tally = Tally()
    for one in kept:
        try:
            made = list(rows(one))
        except NotHeld as reason:
            tally.left_out[str(reason)] += 1
            continue
        for row in made:
            put(row)
        tally.events += 1
        tally.rows += len(made)
    return tally


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
