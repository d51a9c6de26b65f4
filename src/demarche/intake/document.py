"""What intake hands on, what it refuses, and the limits it keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MAX_BYTES = 20_000_000
"""The largest file or page taken in. A long article with its markup stays under 1 MB; more is a collection or not text at all."""

MAX_CHARACTERS = 1_000_000
"""The longest text read as one report: a thousand times the usual article, and already minutes of work for the language model."""

MIN_ARTICLE_WORDS = 12
"""Fewer running words than this in an HTML page are its menus or a cookie notice, not an article (one short sentence has about 12)."""

MAX_RATIO = 200
"""The most bytes one compressed byte may become. Text comes to 3 to 10, and lists of like records to 50; bombs live from 1,000."""

RATIO_FREE_BYTES = 10_000_000
"""Up to here the ratio is not looked at: a small file of blanks is no danger."""

MAX_UNPACKED = 50_000_000_000
"""The most bytes one compressed file may become in all. It is streamed, so this only ends what would never end."""

MAX_MEMBERS = 1_000_000
"""The most files in one ZIP archive; its list is held in memory."""

TIMEOUT_SECONDS = 20.0
"""How long a server may keep silent before a URL counts as failed."""

DEADLINE_SECONDS = 60.0
"""How long a page may take to arrive in all."""


class IntakeError(Exception):
    """A report that cannot be taken in: where it is, what is wrong with it, and what to do."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(where, problem, remedy)
        self.where, self.problem, self.remedy = where, problem, remedy

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} ({self.remedy})"


@dataclass(frozen=True, slots=True)
class Document:
    """One report as it came in.

    `where` is the path or URL it came from, with the row inside a collection ("news.csv:row 17"), and `name` the short form of it (a
    file's stem, a row's id); `published_from` is "page" when the page itself gives the date and "given" when a table or a feed does;
    `outlet` is the publisher: the name of the site, or what the table or the feed says.
    """

    where: str
    name: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None
    outlet: str | None = None
