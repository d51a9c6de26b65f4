"""What comes out of an archive: an event with the head of its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from demarche.records import Event, Report


@dataclass(frozen=True, slots=True)
class Carrier:
    """One place that a report's text came from: `input` is the file or address, `name` the short name or row inside it."""

    input: str
    name: str
    publisher: str | None = None
    url: str | None = None
    published: dt.date | None = None

    def to_dict(self) -> dict[str, Any]:
        return _plain(self)


@dataclass(frozen=True, slots=True)
class Head:
    """A report without its text and events.

    `story` is the id of the first report with nearly the same text (the report's own when it is independent), `carriers` in how many
    places the text was found, `words` its length, and `name` the short name of the first place.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    story: str = ""
    carriers: int = 1
    words: int = 0
    name: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; the inverse of `from_dict`."""
        return _plain(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build a head from its JSON form; KeyError names a missing id."""
        known = {f.name: data[f.name] for f in fields(cls) if f.name in data and f.name not in ("id", "published")}
        return cls(data["id"], published=day(data.get("published")), **known)

    def report(self, text: str = "", events: tuple[Event, ...] = ()) -> Report:
        """The report of this head, with what it lacks."""
        return Report(self.id, text, self.title, self.published, self.published_from, self.url, self.publisher, events)


@dataclass(frozen=True, slots=True)
class Kept:
    """An event of an archive: with its report's head, the happening it tells of, and the report's text where that was asked for."""

    event: Event
    report: Head
    happening: str | None = None
    text: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the event's own fields, with `head` and `happening`; the text is left out. The inverse of `from_dict`."""
        return self.event.to_dict() | {"head": self.report.to_dict(), "happening": self.happening}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build from the JSON form; KeyError names a missing field."""
        return cls(Event.from_dict(data), Head.from_dict(data["head"]), data.get("happening"))


def day(value: str | None) -> dt.date | None:
    """The date of an ISO string; None of nothing."""
    return dt.date.fromisoformat(value) if value else None


def _plain(record: Carrier | Head) -> dict[str, Any]:
    values = {f.name: getattr(record, f.name) for f in fields(record)}
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in values.items()}
