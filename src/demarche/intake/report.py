"""A file or stream that is one report: plain text or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from demarche.intake import page, plain, streams
from demarche.intake.document import MAX_BYTES, Document, IntakeError
from demarche.intake.place import Place


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The one document in `source`."""
    data = whole(source, place.where)
    html = place.where.lower().removesuffix(".gz").endswith((".html", ".htm"))
    yield document(data, place.where, place.name, html)


def document(data: bytes, where: str, name: str, html: bool) -> Document:
    """The document in `data`: HTML when it begins so, or is said to be and has any tag."""
    if page.looks_like_html(data) or (html and not _text_with_no_tag(data)):
        return page.document(data, where, name)
    return plain.document(data, where, name)


def whole(source: BinaryIO, where: str) -> bytes:
    """All bytes of `source`; IntakeError when they are more than one report can have."""
    data = streams.whole(source, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise IntakeError(where, f"larger than {MAX_BYTES // 1_000_000} MB", "split it into one file a report")
    return data


def _text_with_no_tag(data: bytes) -> bool:
    return bool(data.strip()) and b"<" not in data and b"\x00" not in data
