"""Plain CSV: one row an event, every field in a column of its own; several parties in one cell, parted by "; "."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from demarche.archive.exports.cells import Row, Table
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.printing import rows as printed

COLUMNS = (*printed.COLUMNS, "publisher", "published_from", "story", "carriers", "happening")
"""The columns of `demarche read --format csv`, and what the archive knows besides."""

TABLE = Table(COLUMNS, tabs=False)


def rows(kept: Kept) -> Iterator[Row]:
    """The one row of an event."""
    report = kept.report
    known = {"publisher": report.publisher, "published_from": report.published_from, "story": report.story, "carriers": report.carriers}
    yield printed.row(report.name or report.id, report.report(), kept.event) | known | {"happening": kept.happening}


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the events to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)
