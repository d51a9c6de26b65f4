"""Which reader reads which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO, TypeAlias

from demarche.intake import feed, streams
from demarche.intake.document import Document, IntakeError
from demarche.intake.place import Place

Found: TypeAlias = Document | IntakeError
Reader: TypeAlias = Callable[[BinaryIO, Place], Iterator[Found]]

_READERS = {
    "report": "report.read", "lines": "jsonl.read_lines", "json": "jsonl.read", "table": "table.read", "parquet": "parquet.read", "warc": "warc.read",
    "feed": "feed.read", "zip": "zipped.read",
}  # fmt: skip
_MAGIC = ((b"PK\x03\x04", "zip"), (b"PAR1", "parquet"), (b"WARC/", "warc"))

HEAD_BYTES = 8192
"""So much of a file tells its kind."""


def read(source: BinaryIO, place: Place) -> Iterator[Found]:
    """The documents in `source`, whatever its kind; what ends the file early is the last IntakeError."""
    try:
        if place.packed:
            source, place = streams.gunzip(source, place.where), replace(place, packed=False)
        yield from _reader(place.kind)(source, place)
    except IntakeError as error:
        yield error
    except Exception as error:  # one file must never cost the others
        told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        yield IntakeError(place.where, f"reading failed: {told}", "please report this together with the file")


def told_by(head: bytes) -> str | None:
    """The kind of file that begins with `head`, or None."""
    if feed.looks_like_feed(head):
        return "feed"
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def _reader(kind: str) -> Reader:
    module, _, function = _READERS[kind].partition(".")
    found: Reader = getattr(import_module(f"demarche.intake.{module}"), function)
    return found
