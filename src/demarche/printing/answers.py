"""The four forms of `demarche events`: each writer takes events one by one and writes them to an open text stream."""

from __future__ import annotations

import csv
import json
from types import TracebackType
from typing import Self, TextIO

from demarche.archive.kept import Kept
from demarche.printing import rows

COLUMNS = (*rows.COLUMNS, "publisher", "carriers", "story", "happening")
"""The columns of the CSV form: those of `demarche read`, and what the archive knows besides."""

PAGE = 500
"""So many events make one table, whose columns are as wide as they need; more are written as further tables."""


def row(kept: Kept) -> dict[str, object]:
    """The cells of an event by column; None where nothing is known."""
    head = kept.report
    known = {"publisher": head.publisher, "carriers": head.carriers, "story": head.story, "happening": kept.happening}
    return rows.row(head.name or head.id, head.report(), kept.event) | known


class JsonLines:
    """One event a line."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not isinstance(error, BrokenPipeError):
            self.close()

    def close(self) -> None:
        """Write what must follow the last event."""

    def write(self, kept: Kept) -> None:
        self.out.write(json.dumps(kept.to_dict(), ensure_ascii=False) + "\n")


class Json(JsonLines):
    """One list of events, indented."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self.between = "["

    def write(self, kept: Kept) -> None:
        self.out.write(f"{self.between}\n{json.dumps(kept.to_dict(), ensure_ascii=False, indent=1)}")
        self.between = ","

    def close(self) -> None:
        self.out.write("[]\n" if self.between == "[" else "\n]\n")


class Csv(JsonLines):
    """One row an event, with a header."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self.rows = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")

    def __enter__(self) -> Self:
        self.rows.writeheader()
        return self

    def write(self, kept: Kept) -> None:
        self.rows.writerow(row(kept))


class Table(JsonLines):
    """A table, `width` columns wide on a terminal, with the report of each event."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        super().__init__(out)
        self.width, self.waiting, self.first = width, list[Kept](), 1

    def write(self, kept: Kept) -> None:
        self.waiting.append(kept)
        if len(self.waiting) == PAGE:
            self.close()

    def close(self) -> None:
        from demarche.printing.table import answers

        if self.waiting:
            self.out.write(answers([(kept.event, kept.report.name or kept.report.id) for kept in self.waiting], self.first, self.width))
            self.first += len(self.waiting)
            self.waiting.clear()


def writer(form: str, out: TextIO, width: int | None = None) -> JsonLines:
    """The writer of `form`: table, json, jsonl or csv."""
    return Table(out, width) if form == "table" else {"json": Json, "jsonl": JsonLines, "csv": Csv}[form](out)
