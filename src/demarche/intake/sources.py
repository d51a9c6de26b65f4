"""From the arguments of a command to documents: files, folders, URLs and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from demarche.intake import plain, report, tongue, web
from demarche.intake.document import MAX_BYTES, MAX_CHARACTERS, Document, IntakeError
from demarche.intake.place import kind_of

SUFFIXES = (".txt", ".html", ".htm")
STDIN = "-"

MAX_LISTED = 10_000
"""The most reports of a collection that are listed here, where all of them are held; more are streamed into an archive."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read, by path, URL or "-"; `error` when it is already known that it cannot be.

    A row of a collection comes with its `document` and with the path of its `file`.
    """

    where: str
    error: IntakeError | None = None
    document: Document | None = None
    file: str | None = None

    @property
    def name(self) -> str:
        """The short name of the report: a file's stem, the end of a URL, or "stdin"."""
        if self.document:
            return self.document.name
        if self.where == STDIN:
            return "stdin"
        return web.name_of(self.where) if web.is_url(self.where) else Path(self.where).stem


def gather(arguments: Iterable[str]) -> Iterator[Item]:
    """The items `arguments` stand for, in their order; a folder stands for the reports inside it, sorted by path, a collection for its rows."""
    for argument in arguments:
        if argument != STDIN and not web.is_url(argument) and os.path.isdir(argument):
            yield from _inside(argument)
        elif _is_collection(argument):
            yield from _rows(argument)
        else:
            yield Item(argument)


def load(item: Item) -> Document:
    """The document of `item`, in English and of a size that can be read; IntakeError otherwise."""
    if item.error:
        raise item.error
    if item.document:
        return item.document
    document = web.fetch(item.where) if web.is_url(item.where) else _from_bytes(item)
    if len(document.text) > MAX_CHARACTERS:
        raise IntakeError(item.where, f"{len(document.text):,} characters in one report", "split it into one file a report")
    tongue.check(document.text[plain.split_address(document.text)[1] :], item.where)
    return document


def _is_collection(argument: str) -> bool:
    return not web.is_url(argument) and kind_of(argument) not in ((None, False), (None, True), ("report", False)) and os.path.isfile(argument)


def _rows(path: str) -> Iterator[Item]:
    from demarche.intake.collection import documents

    for number, found in enumerate(documents([path])):
        if number == MAX_LISTED:
            error = IntakeError(path, f"more than {MAX_LISTED:,} reports", "the rest is not read; code it into an archive")
            yield Item(path, error, file=path)
            return
        yield Item(found.where, found, file=path) if isinstance(found, IntakeError) else Item(found.where, document=found, file=path)


def _from_bytes(item: Item) -> Document:
    data = _stdin() if item.where == STDIN else _file(item.where)
    where = "standard input" if item.where == STDIN else item.where
    return report.document(data, where, item.name, item.where.lower().endswith((".html", ".htm")))


def _inside(folder: str) -> Iterator[Item]:
    found, refused = [], []
    for parent, folders, files in os.walk(folder, onerror=lambda error: refused.append(error)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.join(parent, name) for name in files if name.lower().endswith(SUFFIXES) and not name.startswith(".")]
    for error in refused:
        yield Item(folder, IntakeError(str(error.filename), f"cannot be opened: {error.strerror}", "check its permissions"))
    if not found and not refused:
        yield Item(folder, IntakeError(folder, "a folder with no reports in it", "give files, or a folder with .txt, .html or .htm files"))
    yield from map(Item, sorted(found))


def _file(where: str) -> bytes:
    try:
        with open(where, "rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise _large(where)
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise IntakeError(where, "no such file", "check the path") from None
    except (OSError, ValueError) as error:
        raise IntakeError(where, f"cannot be read: {getattr(error, 'strerror', None) or error}", "check the path and its permissions") from None
    if len(data) > MAX_BYTES:
        raise _large(where)
    return data


def _stdin() -> bytes:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _large("standard input")
    return data


def _large(where: str) -> IntakeError:
    return IntakeError(where, f"larger than {MAX_BYTES // 1_000_000} MB", "split it into one file a report")
