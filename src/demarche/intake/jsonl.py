"""JSON Lines, and JSON files with a list of reports, one report, or several one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from demarche.intake import streams
from demarche.intake.document import MAX_BYTES, Document, IntakeError
from demarche.intake.fields import Fields, holds_text
from demarche.intake.place import Place

_SIGN = re.compile(rb'["{}\[\]]')
_END = re.compile(rb'["\\]')
_GAP = re.compile(rb"[\s,]*")


def read_lines(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of JSON Lines, one object a line; a line that makes none is an IntakeError."""
    for number, line in enumerate(streams.lines(streams.utf8(source, place.where)), 1):
        if line is None or line.strip():
            yield _made(line, *place.row("line", number), place.fields)


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of a JSON file: the objects of its list, its objects one after the other, or the list inside its one object."""
    for number, value in enumerate(_values(streams.utf8(source, place.where), place.where), 1):
        inner = _inner(value) if number == 1 and value else None
        if inner is None:
            yield _made(value, *place.row("item", number), place.fields)
        else:
            yield from (_of(row, *place.row("item", index), place.fields) for index, row in enumerate(inner, 1))


def _made(line: bytes | None, where: str, name: str, fields: Fields) -> Document | IntakeError:
    try:
        return _of(_parsed(line, where), where, name, fields)
    except IntakeError as error:
        return error


def _of(row: object, where: str, name: str, fields: Fields) -> Document | IntakeError:
    try:
        if not isinstance(row, dict):
            raise IntakeError(where, "not an object with fields", 'write each report as {"text": "...", "date": "2024-03-16"}')
        return fields.among(row, where).document(row, where, name)
    except IntakeError as error:
        return error


def _parsed(line: bytes | None, where: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    if line is None:
        raise IntakeError(where, f"larger than {MAX_BYTES // 1_000_000} MB", "split it into one row a report")
    try:
        return json.loads(streams.decoded(line, where))
    except json.JSONDecodeError as error:
        raise IntakeError(where, f"not JSON: {error.msg} at character {error.pos}", "repair or remove it") from None
    except (ValueError, RecursionError):
        raise IntakeError(where, "not JSON: too deep, or a number too large", "repair or remove it") from None


def _inner(line: bytes) -> list[Any] | None:
    """The list inside the one object of a file, as services answer: {"status": "ok", "articles": [...]}."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    lists = [member for member in value.values() if isinstance(member, list) and member and all(isinstance(row, dict) for row in member)]
    return lists[0] if len(lists) == 1 and not any(isinstance(member, str) and holds_text(key) for key, member in value.items()) else None


def _values(source: BinaryIO, where: str) -> Iterator[bytes | None]:
    """The values of the outermost list, or of the top level when that is no list, each uncut; None for one larger than may be."""
    head = b""
    while not head:
        if not (chunk := source.read(streams.BLOCK)):
            raise IntakeError(where, "empty file", "give a file with reports")
        head = chunk.lstrip()
    cutter = _Cutter(where, listed=head.startswith(b"["))
    yield from cutter.cut(head[1:] if cutter.listed else head)
    while chunk := source.read(streams.BLOCK):
        yield from cutter.cut(chunk)
    cutter.finish()


class _Cutter:
    """Cuts a stream of JSON into its values by counting brackets outside of strings."""

    def __init__(self, where: str, listed: bool) -> None:
        self.listed = listed
        self._where, self._closed = where, False
        self._depth, self._quoted, self._escaped = 0, False, False
        self._parts: list[bytes] = []
        self._size = 0

    def cut(self, chunk: bytes) -> Iterator[bytes | None]:
        at = begin = 0
        while at < len(chunk):
            if self._depth == 0:
                begin = at = _matched_to(_GAP, chunk, at)
                if at == len(chunk):
                    break
                if chunk[at : at + 1] not in (b"{", b"["):
                    at = begin = self._between(chunk, at)
                    continue
                at, self._depth = at + 1, 1
            at = self._string(chunk, at) if self._quoted else self._brackets(chunk, at)
            if self._depth == 0:
                self._keep(chunk[begin:at])
                yield self._taken()
        if self._depth:
            self._keep(chunk[begin:])

    def finish(self) -> None:
        if self._depth or (self.listed and not self._closed):
            raise IntakeError(self._where, "the file ends inside its list or inside a report", "fetch or write the file again")

    def _string(self, chunk: bytes, at: int) -> int:
        if self._escaped:
            self._escaped = False
            return at + 1
        found = _END.search(chunk, at)
        if found is None:
            return len(chunk)
        self._escaped, self._quoted = found[0] == b"\\", found[0] != b'"'
        return found.end()

    def _brackets(self, chunk: bytes, at: int) -> int:
        found = _SIGN.search(chunk, at)
        if found is None:
            return len(chunk)
        if found[0] == b'"':
            self._quoted = True
        else:
            self._depth += 1 if found[0] in b"{[" else -1
        return found.end()

    def _between(self, chunk: bytes, at: int) -> int:
        """Past what stands between two values: the end of the list, or something that should not be there."""
        if self.listed and not self._closed and chunk[at : at + 1] == b"]":
            self._closed = True
            return at + 1
        raise IntakeError(self._where, "something that is no object stands between the reports", 'write it as [{"text": "..."}, ...], or as JSON Lines')

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size <= MAX_BYTES:
            self._parts.append(part)
        else:
            self._parts = []

    def _taken(self) -> bytes | None:
        value = b"".join(self._parts) if self._size <= MAX_BYTES else None
        self._parts, self._size = [], 0
        return value


def _matched_to(pattern: re.Pattern[bytes], chunk: bytes, at: int) -> int:
    found = pattern.match(chunk, at)
    return found.end() if found else at
