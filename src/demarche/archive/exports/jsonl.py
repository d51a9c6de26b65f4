"""JSON Lines: the whole record of one event a line, which `Kept.from_dict` reads back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, TextIO

from demarche.archive.exports.cells import sound
from demarche.archive.exports.tally import PLAIN, Settings, Tally, written
from demarche.archive.kept import Kept
from demarche.records import Event

COLUMNS = (*(field.name for field in fields(Event)), "head", "happening")
"""The keys of a line: the fields of an event, the head of its report, and its happening."""


def rows(kept: Kept) -> Iterator[dict[str, Any]]:
    """The one record of an event."""
    yield kept.to_dict()


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the records to a text stream; the counts."""
    return written(kept, rows, lambda row: out.write(sound(json.dumps(row, ensure_ascii=False)) + "\n"))
