"""HTML pages: the article's text, its title and its date."""

from __future__ import annotations

import datetime as dt
import logging
import re
from typing import Any

from demarche.intake.document import MIN_ARTICLE_WORDS, Document, IntakeError

_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_RUNNING = re.compile(r"[.!?…][\"'”’»)\]]*\s*$|[.!?]\s")
_NOTICE = re.compile(r"\b(?:java ?script|cookies?|ad ?blocker|captcha|your browser|log in|sign in)\b", re.IGNORECASE)
EARLIEST, LATEST = "1980-01-01", "2100-01-01"
"""Publication dates outside are misread. Fixed ends, so that a page gives the same date on every day it is read."""


def looks_like_html(data: bytes) -> bool:
    """Whether `data` begins the way an HTML page does."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data[:4000].decode("utf-16", "ignore").encode()
    return _HTML.match(data[:4000]) is not None


def document(data: bytes, where: str, name: str, url: str | None = None) -> Document:
    """The article in the HTML page `data`; paragraphs are set apart by blank lines. IntakeError when there is none."""
    if not data.strip(b"\x00 \t\r\n"):
        raise IntakeError(where, "empty file", "give a page with an article")
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise IntakeError(where, "a binary file, not HTML", "give plain text or HTML")
    found = _extract(data if looks_like_html(data) else b"<html><body>" + data + b"</body></html>", url)
    text = _paragraphs(found.text if found else None)
    if found is None or not _has_article(text):
        raise IntakeError(where, "no article found in the page", "save the article's own page, or put its text into a .txt file")
    day = _published(data)
    return Document(where, name, text, found.title or None, day, "page" if day else None, url or found.url or None, found.sitename or None)


def _extract(data: bytes, url: str | None) -> Any:  # noqa: ANN401
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.bare_extraction(data, url=url, with_metadata=True, include_comments=False, include_tables=True)
    except (ValueError, AssertionError, RecursionError, LookupError):  # what lxml lets through on broken pages
        return None


def _paragraphs(text: str | None) -> str:
    return "\n\n".join(line.strip() for line in (text or "").splitlines() if line.strip())


def _has_article(text: str) -> bool:
    lines = [line for line in text.split("\n\n") if _RUNNING.search(line)]
    words = sum(len(line.split()) for line in lines if not (_NOTICE.search(line) and len(line) < 300))
    return words >= MIN_ARTICLE_WORDS or _without_spaces(lines)


def _without_spaces(lines: list[str]) -> bool:
    """Scripts that do not part words: left to the language check, which says what is wrong."""
    return sum(len(line) for line in lines) > 100 and not any(" " in line.strip() for line in lines)


def _published(data: bytes) -> dt.date | None:
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(data, extensive_search=False, original_date=True, min_date=EARLIEST, max_date=LATEST)
        return dt.date.fromisoformat(found) if found else None
    except (ValueError, TypeError, RecursionError, LookupError):
        return None
