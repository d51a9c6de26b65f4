"""The events of an archive as a table for people; `archive.exports` has the forms for programs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TextIO

from demarche.archive.kept import Kept
from demarche.printing.table import answers

PAGE = 500
"""So many events make one table, whose columns are as wide as they need; more are written as further tables."""


def table(found: Iterable[Kept], out: TextIO, width: int | None = None) -> int:
    """Write tables, `width` columns wide on a terminal, with the name of each event's report; how many events."""
    count, rest = 0, iter(found)
    while page := list(islice(rest, PAGE)):
        out.write(answers([(kept.event, kept.report.name or kept.report.id) for kept in page], count + 1, width))
        count += len(page)
    return count
