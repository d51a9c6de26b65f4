"""Spans as spaCy and Prodigy take them: one report a line, spans with character offsets and labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from demarche.archive.exports.annotations import Annotated, marks, reports
from demarche.archive.exports.cells import sound
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept

COLUMNS = ("text", "spans", "meta")
"""The keys of a line."""


def rows(report: Annotated) -> Iterator[dict[str, Any]]:
    """The one line of a report."""
    spans = [
        {"start": span.start, "end": span.end, "label": label, "role": role, "event": event.id, "status": event.status, "mode": event.mode}
        for event in report.events
        for role, label, span in marks(event)
    ]
    yield {"text": report.text, "spans": spans, "meta": report.about}


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the lines to a text stream; the counts."""
    tally = Tally()
    for report in reports(kept):
        for row in rows(report):
            out.write(sound(json.dumps(row, ensure_ascii=False)) + "\n")
            tally.rows += 1
        tally.events += len(report.events)
    return tally
