"""The four forms of `demarche read`: each writer takes reports one by one and writes them to an open text stream."""

from __future__ import annotations

import csv
import json
from types import TracebackType
from typing import Any, Self, TextIO

from demarche.printing import rows
from demarche.records import Report


def as_object(name: str, report: Report) -> dict[str, Any]:
    """The JSON form of a report under its short name: `id` is the name, `report` the report's own id, the rest is `to_dict`."""
    found = report.to_dict()
    return {"id": name, "report": found.pop("id")} | found


class JsonLines:
    """One report a line."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if not isinstance(error, BrokenPipeError):
            self.close()

    def close(self) -> None:
        """Write what must follow the last report."""

    def write(self, name: str, report: Report) -> None:
        self.out.write(json.dumps(as_object(name, report), ensure_ascii=False) + "\n")


class Json(JsonLines):
    """One list of reports, indented."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self.between = "["

    def write(self, name: str, report: Report) -> None:
        self.out.write(f"{self.between}\n{json.dumps(as_object(name, report), ensure_ascii=False, indent=1)}")
        self.between = ","

    def close(self) -> None:
        self.out.write("[]\n" if self.between == "[" else "\n]\n")


class Csv(JsonLines):
    """One row an event, with a header."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self.rows = csv.DictWriter(out, rows.COLUMNS, restval="", lineterminator="\n")

    def __enter__(self) -> Self:
        self.rows.writeheader()
        return self

    def write(self, name: str, report: Report) -> None:
        self.rows.writerows(rows.row(name, report, event) for event in report.events)


class Table(JsonLines):
    """A table a report, `width` columns wide on a terminal; reports without events are left out."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        super().__init__(out)
        self.width = width

    def write(self, name: str, report: Report) -> None:
        if report.events:
            self.out.write(self.shown(name, report))

    def shown(self, name: str, report: Report) -> str:
        """The table of a report that has events."""
        from demarche.printing.table import table

        return table(name, report, self.width)


def writer(form: str, out: TextIO, width: int | None = None) -> JsonLines:
    """The writer of `form`: table, json, jsonl or csv."""
    return Table(out, width) if form == "table" else {"json": Json, "jsonl": JsonLines, "csv": Csv}[form](out)
