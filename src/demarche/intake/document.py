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

    `where` is the path or URL it came from and `name` the short form of it (a file's stem); `published_from` is "page" when the page
    itself gives the date; `outlet` is the site's name where a page gives one.
    """

    where: str
    name: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None
    outlet: str | None = None
