"""Where a collection lies, of which kind it is, and how it is to be read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Self

from demarche.intake.fields import Fields

KINDS = {
    ".txt": "report", ".html": "report", ".htm": "report", ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "table", ".tsv": "table",
    ".tab": "table", ".parquet": "parquet", ".warc": "warc", ".rss": "feed", ".atom": "feed", ".xml": "feed", ".opml": "feed", ".zip": "zip",
}  # fmt: skip
"""What a file holds by its suffix; behind each, ".gz" may follow."""

NEVER_PACKED = ("parquet", "zip")
"""Kinds that are read from both ends, and packed already: not read from gzip."""


@dataclass(frozen=True, slots=True)
class Place:
    """One file or stream: `where` as it is shown ("a.zip:inner/b.csv"), `name` the short form its reports are named after.

    `given` tells whether the user named the file itself, or it was met in a folder or an archive. `inside` counts the archives around
    it. `fetch` allows to fetch what a feed only links to.
    """

    where: str
    name: str
    kind: str = "report"
    packed: bool = False
    fields: Fields = field(default_factory=Fields)
    fetch: bool = False
    given: bool = False
    inside: int = 0

    @classmethod
    def of(cls, path: str, fields: Fields, fetch: bool, given: bool) -> Self:
        """The place of the file at `path`, named after its stem."""
        kind, packed = kind_of(path)
        return cls(path, stem(PurePosixPath(path.replace("\\", "/")).name), kind or "report", packed, fields, fetch, given)

    def within(self, member: str) -> Place:
        """The place of the file `member` of this archive."""
        kind, packed = kind_of(member)
        return replace(self, where=f"{self.where}:{member}", name=stem(member), kind=kind or "report", packed=packed, given=False, inside=self.inside + 1)

    def row(self, unit: str, number: int) -> tuple[str, str]:
        """Where and name of a row: ("news.csv:row 17", "news:17")."""
        return f"{self.where}:{unit} {number}", f"{self.name}:{number}"


def kind_of(path: str) -> tuple[str | None, bool]:
    """The kind of file that the suffix of `path` tells, None where it tells none, and whether gzip is around it."""
    low = path.lower()
    packed = low.endswith(".gz")
    kind = KINDS.get(PurePosixPath(low.removesuffix(".gz")).suffix)
    return (kind, packed) if not (packed and kind in NEVER_PACKED) else (None, packed)


def stem(name: str) -> str:
    """`name` without the suffix that tells its kind and without ".gz"."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    cut = len(PurePosixPath(bare).suffix)
    return (bare[:-cut] if cut else bare) or name
