"""The records: reports, events, and the spans of text that justify every field.

All records are immutable and convert to and from plain dictionaries (`to_dict`, `from_dict`) without loss. Offsets are Unicode
code points into the stored text, end exclusive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self, TypeVar

_T = TypeVar("_T")

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
STATUSES = ("actual", "future", "hypothetical", "negated")
STANCES = ("asserts", "denies", "alleges", "promises", "demands", "fears")
SECTORS = (
    "GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP", "REB", "CVL", "MED", "EDU", "BUS", "REL", "NGO", "IGO", "CRM", "REF", "LAB",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the report's text: `text[start:end] == span.text`."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """Cut the span `[start, end)` out of `text`; ValueError when it does not lie inside."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} does not lie inside a text of {len(text)} characters")
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        return max(self.start, other.start) < min(self.end, other.end)

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(int(data["start"]), int(data["end"]), str(data["text"]))


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a political role, at the words that name them.

    `country` is an ISO 3166 alpha-3 code (XKX Kosovo, PSE Palestine, TWN Taiwan; "IGO" for international bodies), `sector` one of
    `SECTORS`, `role` the title as the report gives it, `id` a knowledge id; each null where the report does not tell.
    """

    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return self.span.to_dict() | {key: getattr(self, key) for key in ("name", "country", "sector", "role", "id")}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(Span.from_dict(data), *(data.get(key) for key in ("name", "country", "sector", "role", "id")))


@dataclass(frozen=True, slots=True)
class Source:
    """Who in the report asserts an event, with the words of asserting ("said", "according to").

    `stance` is what the cue says of the event, one of `STANCES`, null without a cue or for one of no known stance; `medium` the paper or
    station that carried the words ("told the Post").
    """

    party: Party
    cue: Span | None = None
    stance: str | None = None
    medium: Party | None = None

    def to_dict(self) -> dict[str, Any]:
        more = {"cue": self.cue and self.cue.to_dict(), "stance": self.stance, "medium": self.medium and self.medium.to_dict()}
        return self.party.to_dict() | more

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(Party.from_dict(data), _optional(Span, data.get("cue")), data.get("stance"), _optional(Party, data.get("medium")))


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days; an open end is null. `granularity` is day, week, month, ... ; `timex` the TIMEX3 value; `rule` names what decided."""

    start: dt.date | None
    end: dt.date | None
    granularity: str | None = None
    span: Span | None = None
    timex: str | None = None
    rule: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "start": self.start and self.start.isoformat(),
            "end": self.end and self.end.isoformat(),
            "granularity": self.granularity,
            "span": self.span and self.span.to_dict(),
            "timex": self.timex,
            "rule": self.rule,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            _date(data.get("start")), _date(data.get("end")), data.get("granularity"), _optional(Span, data.get("span")), data.get("timex"), data.get("rule")
        )


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the world. `precision` is point, town, admin1, country or region."""

    span: Span
    name: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    precision: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return self.span.to_dict() | {f.name: getattr(self, f.name) for f in fields(self) if f.name != "span"}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(Span.from_dict(data), **{f.name: data.get(f.name) for f in fields(cls) if f.name != "span"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count of people told as a number or a range; `high` is null when the text says "at least"."""

    low: int
    high: int | None
    span: Span

    def to_dict(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high, "span": self.span.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["low"], data.get("high"), Span.from_dict(data["span"]))


@dataclass(frozen=True, slots=True)
class Magnitude:
    """People killed, injured, and taking part."""

    killed: Quantity | None = None
    injured: Quantity | None = None
    size: Quantity | None = None

    def to_dict(self) -> dict[str, Any]:
        return {f.name: (value := getattr(self, f.name)) and value.to_dict() for f in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(*(_optional(Quantity, data.get(f.name)) for f in fields(cls)))


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when, where, and according to whom: the contract of docs/events.md."""

    id: str
    report: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: str
    intensity: float
    status: str
    anchor: Span
    also: tuple[Span, ...]
    sentence: Span
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    date: When | None
    place: Where | None
    according_to: tuple[Source, ...]
    magnitude: Magnitude | None
    confidence: float
    why: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; the inverse of `from_dict`."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build an event from its JSON form; KeyError names a missing field."""
        return cls(
            **{key: data[key] for key in ("id", "report", "type", "mode", "quad", "intensity", "status", "confidence")},
            contexts=tuple(data["contexts"]),
            anchor=Span.from_dict(data["anchor"]),
            also=tuple(map(Span.from_dict, data["also"])),
            sentence=Span.from_dict(data["sentence"]),
            actor=tuple(map(Party.from_dict, data["actor"])),
            recipient=tuple(map(Party.from_dict, data["recipient"])),
            date=_optional(When, data["date"]),
            place=_optional(Where, data["place"]),
            according_to=tuple(map(Source.from_dict, data["according_to"])),
            magnitude=_optional(Magnitude, data["magnitude"]),
            why=dict(data["why"]),
        )

    def spans(self) -> Iterator[Span]:
        """Every span of the event, each of which satisfies `text[start:end] == span.text`."""
        yield from (self.anchor, *self.also, self.sentence)
        yield from (party.span for party in (*self.actor, *self.recipient))
        for source in self.according_to:
            yield from filter(None, (source.party.span, source.cue, source.medium and source.medium.span))
        if self.date and self.date.span:
            yield self.date.span
        if self.place:
            yield self.place.span
        if self.magnitude:
            yield from (q.span for q in (self.magnitude.killed, self.magnitude.injured, self.magnitude.size) if q)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a side says of one event: with which words (`anchor`), stance, status and medium, and through whom the report has it.

    `event` is the event's id: where one side denies what another says happened, the event that is said to have happened, and both claims
    are `disputed`. `through` is whoever says that the side says so, innermost first.
    """

    event: str
    anchor: Span
    status: str
    stance: str | None = None
    cue: Span | None = None
    medium: Party | None = None
    through: tuple[Party, ...] = ()
    disputed: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        through = tuple(map(Party.from_dict, data.get("through", ())))
        known = (data["status"], data.get("stance"), _optional(Span, data.get("cue")), _optional(Party, data.get("medium")))
        return cls(data["event"], Span.from_dict(data["anchor"]), *known, through, bool(data.get("disputed")))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a report - a country and sector, or a name - under all the names that speak for it, with what it claims."""

    parties: tuple[Party, ...]
    claims: tuple[Claim, ...]

    def to_dict(self) -> dict[str, Any]:
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(tuple(map(Party.from_dict, data["parties"])), tuple(map(Claim.from_dict, data["claims"])))


@dataclass(frozen=True, slots=True)
class Report:
    """One news report: its text as stored, what is known about it, the events coded from it, and what each side claims of them.

    `published_from` says how the publication date is known: given, page, url, dateline or text; null with no date.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    url: str | None = None
    source: str | None = None
    events: tuple[Event, ...] = ()
    claims: tuple[Side, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, text included; the inverse of `from_dict`."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Build a report from its JSON form; KeyError names a missing field."""
        known = {key: data.get(key) for key in ("title", "published_from", "url", "source")}
        events, claims = tuple(map(Event.from_dict, data.get("events", ()))), tuple(map(Side.from_dict, data.get("claims", ())))
        return cls(id=data["id"], text=data["text"], published=_date(data.get("published")), events=events, claims=claims, **known)


def fingerprint(*parts: object) -> str:
    """A stable 16-digit hexadecimal id of `parts` (BLAKE2b of their texts, separated)."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _date(value: str | dt.date | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _optional(cls: type[_T], data: Mapping[str, Any] | None) -> _T | None:
    return None if data is None else cls.from_dict(data)  # type: ignore[attr-defined]


def _plain(value: Any) -> Any:  # noqa: ANN401  # any field of a record
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value
