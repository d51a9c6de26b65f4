"""CSV and TSV: the dialect told from the head, rows read one by one, a broken quote confined to its own line."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO

from demarche.intake import streams
from demarche.intake.document import MAX_BYTES, Document, IntakeError
from demarche.intake.place import Place

_DELIMITERS = (",", "\t", ";", "|")
_HEAD_LINES = 20
_ESCAPED = re.compile(r'\\"(?!\s*(?:[,;\t|\r\n]|\Z))')
_DOUBLED = re.compile(r'[^,;\t|\r\n"]""|""[^,;\t|\r\n"]')
MAX_COLUMNS = 5_000
MAX_REPAIRS = 1_000
"""So often are the lines that a broken quote swallowed read again; each time costs up to one row of the largest size."""


class _TooLarge(Exception):
    """A row longer than may be."""


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of a table with a head; a row that makes none is an IntakeError. Rows count from 1, the head being row 1."""
    rows = _rows(streams.utf8(source, place.where), place)
    head = next(rows, None)
    if head is None:
        raise IntakeError(place.where, "empty file", "give a table with a head and rows")
    _, names = head
    if isinstance(names, IntakeError):
        raise names
    columns = place.fields.among(names, place.where)
    for number, cells in rows:
        where, name = place.row("row", number)
        try:
            if isinstance(cells, IntakeError):
                raise cells
            yield columns.document(_paired(names, cells, where), where, name)
        except IntakeError as error:
            yield error


def _paired(names: list[str], cells: list[str], where: str) -> dict[str, str]:
    surplus = cells[len(names) :]
    if len(cells) < len(names) or any(surplus):
        raise IntakeError(where, f"{len(cells)} cells under {len(names)} columns", "check the quotes and delimiters of the row")
    return dict(zip(names, cells, strict=False))


def _rows(source: BinaryIO, place: Place) -> Iterator[tuple[int, list[str] | IntakeError]]:
    """The rows that are not empty, numbered; an IntakeError stands for one that cannot be read."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    feed = _Feed(streams.lines(source))
    dialect = _dialect(feed.head(), place)
    reader, number, width, repairs = csv.reader(feed, strict=True, **dialect), 0, 0, 0
    while True:
        feed.taken.clear()
        feed.size = 0
        number += 1
        try:
            cells: list[str] | IntakeError = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError, _TooLarge) as error:
            cells = _refused(error, place.row("row", number)[0])
        broken = isinstance(cells, IntakeError) or (width and len(cells) != width)
        if broken and len(feed.taken) > 1 and repairs < MAX_REPAIRS:
            repairs += 1
            feed.give_back()
        if number == 1 and not isinstance(cells, IntakeError):
            width = len(cells)
            if width > MAX_COLUMNS:
                cells = IntakeError(place.where, f"{width:,} columns", "give a table with a head and one report a row")
        if cells:
            yield number, cells


def _refused(error: Exception, where: str) -> IntakeError:
    if isinstance(error, _TooLarge):
        return IntakeError(where, f"larger than {MAX_BYTES // 1_000_000} MB", "check its quotes, or split it")
    if isinstance(error, UnicodeError):
        return IntakeError(where, "not UTF-8 text", "save the table as UTF-8")
    return IntakeError(where, f"malformed: {error}", "check the quotes and delimiters of the row")


class _Feed:
    """The lines of a table as text, remembering those of the row being read so that they can be given back."""

    def __init__(self, source: Iterator[bytes | None]) -> None:
        self._source, self._back = source, deque[bytes | None]()
        self.taken: list[bytes | None] = []
        self.size = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self.taken.append(line)
        self.size += len(line or b"")
        if line is None or self.size > MAX_BYTES:
            raise _TooLarge
        return line.decode("utf-8")

    def head(self) -> str:
        """The first lines, which stay to be read."""
        while len(self._back) < _HEAD_LINES and (line := next(self._source, b"")) != b"":
            self._back.append(line)
        return b"".join(line[:100_000] for line in self._back if line).decode("utf-8", "replace")

    def give_back(self) -> None:
        """All lines of this row but its first."""
        self._back.extendleft(reversed(self.taken[1:]))


def _dialect(head: str, place: Place) -> dict[str, Any]:
    """How the table is written, told from its first lines: the delimiter that makes most columns of the first."""
    escaped = _ESCAPED.search(head) is not None and _DOUBLED.search(head) is None
    options: dict[str, Any] = {"escapechar": "\\", "doublequote": False} if escaped else {}
    if place.where.lower().removesuffix(".gz").endswith((".tsv", ".tab")):
        return options | {"delimiter": "\t"}
    widths = {delimiter: _width(head, delimiter) for delimiter in _DELIMITERS}
    return options | {"delimiter": max(_DELIMITERS, key=lambda delimiter: widths[delimiter])}


def _width(head: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader(head.splitlines(keepends=True), delimiter=delimiter), []))
    except csv.Error:
        return 0
