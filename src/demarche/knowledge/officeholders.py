"""Officeholders: who held which office when, read from the packed table as it is asked for."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from demarche.knowledge import tables
from demarche.knowledge.entities import user_id
from demarche.knowledge.offices import HEADS, TOP
from demarche.knowledge.spellings import parts
from demarche.knowledge.userfile import UserActor

_SECTORS = {"army chief": "MIL", "speaker": "LEG", "chief justice": "JUD", "pope": "REL"}


class Officeholder(NamedTuple):
    """One person's time in one office; an unknown start or end is null. `id` is a Wikidata id where there is one."""

    name: str
    country: str
    office: str
    start: dt.date | None
    end: dt.date | None
    id: str | None
    sector: str | None

    def covers(self, on: dt.date | None) -> bool:
        """Whether the office was held on a day; any day when none is given."""
        return on is None or ((self.start is None or self.start <= on) and (self.end is None or on <= self.end))

    def begun(self, on: dt.date | None) -> bool:
        """Whether the office had been taken by a day."""
        return on is None or self.start is None or self.start <= on

    @property
    def head(self) -> bool:
        """Whether the office is a country's or a body's first."""
        return self.office in HEADS or self.country == "IGO"

    @property
    def top(self) -> bool:
        """Whether the holder may be known by surname alone."""
        return self.head or self.office in TOP


class Row(NamedTuple):
    """A row of the table as text; `names` are the words by which the person is found."""

    country: str
    office: str
    person: str
    start: str
    end: str
    id: str
    names: tuple[str, ...]
    sector: str | None = None

    @classmethod
    def of(cls, line: str) -> Row:
        country, office, person, start, end, id_, own = line.split("\t")
        return cls(country, office, person, start, end, id_, tuple(own.split(" ")))

    @classmethod
    def of_user(cls, actor: UserActor) -> Row:
        start, end = (day.isoformat() if day else "" for day in (actor.start, actor.end))
        return cls(actor.country or "", (actor.role or "").lower(), actor.name, start, end, user_id(actor), parts(actor.name), actor.sector)

    def holder(self) -> Officeholder:
        sector = self.sector or ("IGO" if self.country == "IGO" else _SECTORS.get(self.office, "GOV"))
        return Officeholder(self.person, self.country, self.office, _day(self.start), _day(self.end), self.id or None, sector)


class Tenures:
    """All rows, the user's own first; a line is split only when its country or one of its words is asked for."""

    def __init__(self, user: Iterable[UserActor] = ()) -> None:
        self._own = [Row.of_user(actor) for actor in user if actor.role and actor.country]
        self._lines = tables.packed_lines("officeholders")
        self._countries: dict[str, list[Row]] = {}

    @cached_property
    def _blocks(self) -> dict[str, list[str]]:
        """The lines of each country; the table is sorted."""
        return {country: list(lines) for country, lines in groupby(self._lines, key=_code)}

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """The lines in which each word of a name occurs."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._lines:
            for part in line[line.rindex("\t") + 1 :].split(" "):
                found[part].append(line)
        return found

    def of_country(self, country: str) -> list[Row]:
        if country not in self._countries:
            own = [row for row in self._own if row.country == country]
            self._countries[country] = own + [Row.of(line) for line in self._blocks.get(country, ())]
        return self._countries[country]

    def named(self, part: str) -> list[Row]:
        """The rows with a word in the person's name."""
        return [row for row in self._own if part in row.names] + [Row.of(line) for line in self._by_word.get(part, ())]

    def sharing(self, asked: Sequence[str]) -> list[Row]:
        """The rows that share the rarest known word of a name."""
        known = [part for part in asked if part in self._by_word]
        if known:
            return self.named(min(known, key=lambda part: len(self._by_word[part])))
        return [row for row in self._own if set(asked) & set(row.names)]

    def of_offices(self, offices: frozenset[str]) -> Iterator[Row]:
        """The rows of some offices."""
        return (Row.of(line) for line in self._lines if line.split("\t", 2)[1] in offices)


def _code(line: str) -> str:
    return line[:3]


@lru_cache(maxsize=65536)
def _day(value: str) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
