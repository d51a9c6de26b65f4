"""Cells of a table, and tables of text written row by row.

Reports are untrusted: their text may hold tabs, line ends, NUL, lone surrogates, or a formula for a spreadsheet.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO, TypeAlias

from demarche.archive.exports.tally import Settings, Tally, written
from demarche.archive.kept import Kept
from demarche.printing.phrases import clean

Cell: TypeAlias = str | int | float | dt.date | None
Row: TypeAlias = Mapping[str, Cell]

UNENCODABLE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no encoding can write."""
FORMULA = re.compile(r"^\s*[=+\-@]|^[\t\r\n]")
"""How a cell begins that a spreadsheet would run."""
REPLACEMENT = "\ufffd"


def sound(text: str) -> str:
    """`text` with what cannot be encoded replaced, character by character: offsets stay right."""
    return UNENCODABLE.sub(REPLACEMENT, text)


def line(text: str) -> str:
    """`text` on one line, for formats without quoting: tabs, line ends and control characters become blanks.

    A cell that begins with a straight double quote gets single quotes instead: readers with and without rules of quoting see the same.
    """
    flat = clean(sound(text))
    return flat.replace('"', "'") if flat.startswith('"') else flat


def quoted(text: str) -> str:
    """`text` for formats with quoting: line ends are kept, as line feeds; NUL is replaced."""
    return sound(text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", REPLACEMENT)


def joined(values: Iterable[str | None], missing: str) -> str | None:
    """Several values in one cell parted by "; ", in step with each other, so `missing` stands for none; None when all are missing."""
    found = [value.replace(";", ",") if value else None for value in values]
    return "; ".join(value or missing for value in found) if any(found) else None


def number(value: float) -> str:
    """A number as its shortest text without an exponent: `13.51`, `-5.0`."""
    return repr(float(value)) if abs(value) >= 1e-4 or value == 0 else f"{value:.8f}"


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of text table: its columns in order, what stands for nothing, and whether cells are parted by tabs or are CSV.

    Tab tables have no quoting. `header` says whether the format has column names in its first row.
    """

    columns: Sequence[str]
    missing: str = ""
    tabs: bool = True
    header: bool = True

    def write(self, kept: Iterable[Kept], rows: Callable[[Kept], Iterator[Row]], out: TextIO, settings: Settings) -> Tally:
        """Write the rows of every event as they come. `rows` raises NotHeld for an event that the format cannot hold."""
        put = self._put(out)
        if self.header if settings.header is None else settings.header:
            put(list(self.columns))
        return written(kept, rows, lambda row: put(self.cells(row, settings.safe)))

    def cells(self, row: Row, safe: bool = False) -> list[str]:
        """The texts of a row, in the order of the columns; KeyError names a column that the table lacks."""
        if strange := row.keys() - set(self.columns):
            raise KeyError(*strange)
        return [self._text(row.get(column), safe) for column in self.columns]

    def _text(self, value: Cell, safe: bool) -> str:
        if value is None:
            return self.missing
        if isinstance(value, str):
            text = line(value) if self.tabs else quoted(value)
            return ("'" + text if safe and FORMULA.match(text) else text) or self.missing
        return number(value) if isinstance(value, float) else str(value)

    def _put(self, out: TextIO) -> Callable[[list[str]], object]:
        if self.tabs:
            return lambda cells: out.write("\t".join(cells) + "\n")
        return csv.writer(out, lineterminator="\n").writerow
