"""GDELT 2.0 Mentions: 16 columns parted by tabs, without column names, one row for every mention of every row of the Events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO
from urllib.parse import urlsplit

from demarche.archive.exports import codes
from demarche.archive.exports.cells import Cell, Row, Table
from demarche.archive.exports.gdelt import stamp
from demarche.archive.exports.happened import as_happened, dyads
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Head, Kept

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
    "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

TABLE = Table(COLUMNS, header=False)
WEB, CITATION = 1, 2
NO_OFFSET = -1


def rows(kept: Kept) -> Iterator[Row]:
    """A row for the anchor and for each further mention, of every pair; NotHeld as in the Events."""
    event = as_happened(kept.event)
    codes.cameo(event)
    common = _document(kept) | {"InRawText": 1, "Confidence": _percent(event.confidence)}
    for dyad in dyads(event):
        offsets: dict[str, Cell] = {
            "Actor1CharOffset": dyad.actor.span.start if dyad.actor else NO_OFFSET,
            "Actor2CharOffset": dyad.recipient.span.start if dyad.recipient else NO_OFFSET,
        }
        yield common | offsets | {"GLOBALEVENTID": dyad.number, "ActionCharOffset": event.anchor.start}
        for span in event.also:
            unknown: dict[str, Cell] = {"Actor1CharOffset": NO_OFFSET, "Actor2CharOffset": NO_OFFSET}
            yield common | unknown | {"GLOBALEVENTID": dyad.number, "ActionCharOffset": span.start}


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the mentions to a text stream; the counts."""
    return TABLE.write(kept, rows, out, settings)


def _document(kept: Kept) -> dict[str, Cell]:
    report = kept.report
    return {
        "EventTimeDate": stamp(report.published),
        "MentionTimeDate": stamp(report.published),
        "MentionType": WEB if report.url else CITATION,
        "MentionSourceName": _site(report.url) or report.publisher,
        "MentionIdentifier": report.url or _citation(report),
        "MentionDocLen": len(kept.text) if kept.text is not None else None,
    }


def _citation(report: Head) -> str:
    return ", ".join(filter(None, (report.publisher, report.title, report.published.isoformat() if report.published else None))) or report.id


def _site(url: str | None) -> str | None:
    """The site of an address without "www."; None when it is no address."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _percent(confidence: float) -> int:
    """Confidence in GDELT's steps of ten per cent, from 10 to 100."""
    return min(100, max(10, round(confidence * 10) * 10))
