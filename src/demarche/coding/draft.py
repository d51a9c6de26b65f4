"""A draft: one event on its way through the stages, and the page: the report it is coded from."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from demarche.coding.cast import Cast
from demarche.coding.reading import Reading
from demarche.knowledge.codebook import Codebook
from demarche.language.interval import Interval
from demarche.language.parse import Chunk, Parse
from demarche.language.timex_reading import Reading as Time
from demarche.records import Magnitude, Party, Source, When, Where


@dataclass
class Draft:
    """One event being coded. Stages fill it in order; `why` says for each field what decided."""

    word: int
    probability: float
    type: str = ""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: str = "actual"
    anchor: Chunk = field(default_factory=lambda: Chunk(0, 0))
    also: list[Chunk] = field(default_factory=list)
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    date: When | None = None
    dated: float = 0.0  # the probability of the date's expression
    place: Where | None = None
    according_to: tuple[Source, ...] = ()
    magnitude: Magnitude | None = None
    why: dict[str, str] = field(default_factory=dict)
    tellings: list[Draft] = field(default_factory=list)  # the other mentions of the same happening, each as it was drafted
    disputes: Draft | None = None  # the draft that others assert and this one denies


@dataclass(frozen=True)
class Page:
    """Everything the stages know of one report. `toponyms` are resolved together; `published` is the day or interval of publication, if known."""

    parse: Parse
    reading: Reading
    codebook: Codebook
    cast: Cast
    times: tuple[Time, ...]
    toponyms: tuple[tuple[Chunk, Where], ...] = ()
    published: Interval | None = None

    @property
    def day(self) -> dt.date | None:
        """The day that facts about office-holders are looked up for."""
        return None if self.published is None else self.published.end or self.published.start

    def words(self, start: int, end: int) -> Chunk | None:
        """The words that overlap the characters `[start, end)`."""
        first = bisect_right(self.parse.words, start, key=lambda word: word.end)
        last = bisect_left(self.parse.words, end, key=lambda word: word.start)
        return Chunk(first, last) if first < last else None
