"""The kept events in the forms that others read: one module a format, each with `COLUMNS`, `rows` and `write`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, NamedTuple

from demarche.archive.exports.tally import PLAIN, ExportError, NotHeld, Settings, Tally
from demarche.archive.kept import Kept

__all__ = ["FORMATS", "PLAIN", "ExportError", "Format", "NotHeld", "Settings", "Tally"]


class Format(NamedTuple):
    """A format: what it is, its module, and what it is written to: a "text" stream in UTF-8, a "binary" stream, or a "folder" (a path).

    `by_report` formats take the events report by report, with the texts; `texts` formats say more when the texts are there.
    """

    about: str
    module: str
    target: str = "text"
    by_report: bool = False
    texts: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns or fields, in their order."""
        return tuple(self._module().COLUMNS)

    def write(self, kept: Iterable[Kept], out: Any, settings: Settings = PLAIN) -> Tally:  # noqa: ANN401  # a stream or a path, as `target` says
        """Write the events to `out` one by one; the counts. ExportError says why it cannot be."""
        tally: Tally = self._module().write(kept, out, settings)
        return tally

    def _module(self) -> Any:  # noqa: ANN401  # a module
        return import_module(f"{__name__}.{self.module}")


FORMATS = {
    "csv": Format("plain CSV, one row an event", "flat"),
    "jsonl": Format("JSON Lines, the whole record of an event a line", "jsonl"),
    "parquet": Format("Parquet with typed columns", "parquet", "binary"),
    "plover": Format("PLOVER JSON records, one a line", "plover"),
    "polecat": Format("POLECAT, 40 columns", "polecat"),
    "icews": Format("ICEWS, 20 columns", "icews"),
    "gdelt": Format("GDELT 2.0 Events, 61 columns", "gdelt", texts=True),
    "gdelt-mentions": Format("GDELT 2.0 Mentions, 16 columns", "gdelt_mentions", texts=True),
    "acled": Format("ACLED-like, 31 columns: violence and protest only", "acled"),
    "brat": Format("brat: a folder with the text and the annotation of every report", "brat", "folder", by_report=True),
    "label-studio": Format("Label Studio: JSON tasks with predictions", "label_studio", by_report=True),
    "spacy": Format("spans as spaCy and Prodigy take them, one report a line", "spacy", by_report=True),
}
"""The formats by name."""
