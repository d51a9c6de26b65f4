"""Web archives (WARC): the pages that were fetched well, each through the same reader as a page on disk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from demarche.intake import page, plain, streams, web
from demarche.intake.document import MAX_BYTES, Document, IntakeError
from demarche.intake.place import Place

_PAGES = ("text/html", "application/xhtml+xml")


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The articles of the pages in a web archive. Requests, pictures, redirects and the like are passed over; they hold no report."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records, number, found = iter(ArchiveIterator(source)), 0, False
    while True:
        number += 1
        where, _ = place.row("record", number)
        try:
            record = next(records, None)
            document = _document(record, where) if record else None
        except (ArchiveLoadFailed, EOFError, ValueError, OSError, LookupError) as error:
            told = " ".join(str(error).split())[:200] or type(error).__name__
            raise IntakeError(where, f"damaged web archive: {told}", "fetch or copy the file again; records behind it are not read") from None
        if record is None:
            break
        if document is not None:
            found = True
            yield document
    if not found:
        raise IntakeError(place.where, "a web archive with no pages in it", "give one that holds the answers of the servers")


def _document(record: Any, where: str) -> Document | IntakeError | None:  # noqa: ANN401  # warcio has no types
    kind = _kind(record)
    if kind is None:
        return None
    data = streams.whole(record.content_stream(), MAX_BYTES + 1)
    try:
        if len(data) > MAX_BYTES:
            raise IntakeError(where, f"larger than {MAX_BYTES // 1_000_000} MB", "it is not one article; leave it out")
        url = record.rec_headers.get_header("WARC-Target-URI") or None
        name = web.name_of(url) if url else where
        if kind == "text/plain" and not page.looks_like_html(data):
            text = plain.document(data, where, name)
            return Document(where, name, text.text, url=url or text.url)
        return page.document(data, where, name, url)
    except IntakeError as error:
        return error


def _kind(record: Any) -> str | None:  # noqa: ANN401
    """The media type of a record that holds a page or a text, else None."""
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() != "200":
            return None
        kind = headers.get_header("Content-Type") or ""
    elif record.rec_type in ("resource", "conversion"):
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    kind = kind.partition(";")[0].strip().lower()
    return kind if kind in (*_PAGES, "text/plain") else None
