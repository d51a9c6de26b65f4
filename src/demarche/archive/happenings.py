"""Happenings: what several reports tell of one thing that happened, what they agree on, and who says what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from demarche.archive.clause import Clause, all_of
from demarche.archive.kept import Head, Kept
from demarche.archive.queries import Question, answers
from demarche.archive.store import Archive
from demarche.records import Event, Party, Quantity, When, Where

REPORT = "report"
"""The side of a claim that the report makes itself."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, as text, and how many independent reports give it; `reports` are their ids."""

    value: str
    carriers: int
    reports: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"value": self.value, "carriers": self.carriers, "reports": list(self.reports)}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a happening: the value that most independent reports give, and the others that do not go together with it."""

    name: str
    chosen: Value
    others: tuple[Value, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether reports give values that cannot both be true."""
        return bool(self.others)

    def to_dict(self) -> dict[str, Any]:
        return self.chosen.to_dict() | {"others": [other.to_dict() for other in self.others]}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one side says of a happening: who it is, in how many independent reports, with which stances and statuses, and which events tell it."""

    side: str
    carriers: int
    stances: tuple[str, ...]
    statuses: tuple[str, ...]
    counts: tuple[str, ...]
    events: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {f.name: list(value) if isinstance(value := getattr(self, f.name), tuple) else value for f in fields(self)}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: its mentions by the day they were published, and what they tell together.

    `carriers` counts independent reports: a text in ten papers, and texts that are nearly the same, count once.
    """

    id: str
    mentions: tuple[Kept, ...]
    carriers: int
    fields: tuple[Field, ...]
    claims: tuple[Claim, ...]

    @classmethod
    def of(cls, id: str, mentions: Iterable[Kept]) -> Happening:
        """The happening that these events tell."""
        ordered = tuple(sorted(mentions, key=_published))
        told = (_field(name, get, agree, ordered) for name, get, agree in _FIELDS)
        stories = {_story(one) for one in ordered}
        return cls(id, ordered, len(stories), tuple(field for field in told if field), tuple(_claims(ordered)))

    @property
    def first(self) -> Head:
        """The report that told it first."""
        return self.mentions[0].report

    @property
    def reports(self) -> int:
        """How many reports tell it, independent or not."""
        return len({one.report.id for one in self.mentions})

    @property
    def disputed(self) -> tuple[str, ...]:
        """The names of the fields on which reports differ."""
        return tuple(field.name for field in self.fields if field.disputed)

    def value(self, name: str) -> str | None:
        """The value of a field that most reports give; None when none gives it."""
        return next((field.chosen.value for field in self.fields if field.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: mentions by their event, report and words."""
        mentions = [
            {"event": one.event.id, "report": one.report.id, "published": one.report.published and one.report.published.isoformat(),
             "publisher": one.report.publisher, "url": one.report.url, "anchor": one.event.anchor.to_dict(), "sentence": one.event.sentence.text}
            for one in self.mentions
        ]  # fmt: skip
        return {
            "id": self.id, "first": self.first.id, "carriers": self.carriers, "reports": self.reports, "disputed": list(self.disputed),
            "fields": {field.name: field.to_dict() for field in self.fields}, "claims": [claim.to_dict() for claim in self.claims], "mentions": mentions,
        }  # fmt: skip


def happening(archive: Archive, id: str) -> Happening | None:
    """The happening with that id or the one id that begins so, or that an event with that id tells; None when there is none."""
    like = id.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = archive.db.execute("SELECT id FROM happenings WHERE id LIKE ? ESCAPE '\\' LIMIT 2", (like,)).fetchall()
    if len(rows) != 1:
        told = "SELECT DISTINCT h.happening FROM events e JOIN happening_events h ON h.event = e.key WHERE e.id = ?"
        rows = archive.db.execute(told, (id,)).fetchall()
    return _whole(archive, rows[0][0]) if len(rows) == 1 else None


def happenings(archive: Archive, question: Question | None = None, carriers: int = 1, limit: int | None = None) -> Iterator[Happening]:
    """The happenings of which an event holds to `question` and that so many independent `carriers` tell at least, in the order of their first such event.

    QuestionError names what cannot be asked.
    """
    from demarche.archive.queries import keys

    question = question or Question()
    enough = Clause("e.key IN (SELECT event FROM happening_events JOIN happenings ON id = happening WHERE carriers >= ?)", (carriers,))
    whole = all_of(*question.clauses(archive), enough)
    seen = set[str]()
    for (key,) in keys(archive, whole):
        (id,) = archive.db.execute("SELECT happening FROM happening_events WHERE event = ?", (key,)).fetchone()
        if limit is not None and len(seen) >= limit:
            return
        if id not in seen:
            seen.add(id)
            yield _whole(archive, id)


def _whole(archive: Archive, id: str) -> Happening:
    members = Clause("e.key IN (SELECT event FROM happening_events WHERE happening = ?)", (id,))
    return Happening.of(id, answers(archive, Question(), members))


def _published(one: Kept) -> tuple[dt.date, str, int]:
    return one.report.published or dt.date.max, one.report.id, one.event.anchor.start


def _story(one: Kept) -> str:
    return one.report.story or one.report.id


def _field(name: str, get: Callable[[Event], Any], agree: Callable[[Any, Any], bool], mentions: tuple[Kept, ...]) -> Field | None:
    """A field by vote: each independent report has one voice for each value that it gives."""
    given = [(value, one) for one in mentions if (value := get(one.event)) is not None]
    if not given:
        return None
    values = {_text(value): value for value, _ in given}
    voices = {text: [one for value, one in given if _text(value) == text] for text in values}
    counted = {text: Value(text, len(set(map(_story, ones))), tuple(dict.fromkeys(one.report.id for one in ones))) for text, ones in voices.items()}
    support = {text: sum(counted[other].carriers for other in values if agree(values[text], values[other])) for text in values}
    order = list(values)
    best = max(order, key=lambda text: (counted[text].carriers, support[text], -_breadth(values[text]), -order.index(text)))
    others = sorted((text for text in order if not agree(values[best], values[text])), key=lambda text: (-counted[text].carriers, order.index(text)))
    return Field(name, counted[best], tuple(counted[text] for text in others))


def _claims(mentions: tuple[Kept, ...]) -> Iterator[Claim]:
    """What each side says, the report's own words first."""
    sides: dict[str, list[tuple[Kept, str | None]]] = {}
    for one in mentions:
        if not one.event.according_to:
            sides.setdefault(REPORT, []).append((one, None))
        for source in one.event.according_to:
            sides.setdefault(side_of(source.party), []).append((one, source.stance))
    for side, told in sorted(sides.items(), key=lambda item: item[0] != REPORT):
        events = [one.event for one, _ in told]
        yield Claim(
            side, len({_story(one) for one, _ in told}), tuple(dict.fromkeys(stance for _, stance in told if stance)),
            tuple(dict.fromkeys(event.status for event in events)), tuple(dict.fromkeys(count for event in events for count in _counts(event))),
            tuple(dict.fromkeys(event.id for event in events)),
        )  # fmt: skip


def side_of(party: Party) -> str:
    """The side that a party speaks for: its country and sector, else its name, else its words."""
    return "/".join(filter(None, (party.country, party.sector))) or party.name or party.span.text


def _counts(event: Event) -> Iterator[str]:
    for name in ("killed", "injured", "size"):
        if event.magnitude and (count := getattr(event.magnitude, name)):
            yield f"{name} {_text(count)}"


def _parties(parties: tuple[Party, ...]) -> tuple[str, ...] | None:
    return tuple(sorted({side_of(party) for party in parties})) or None


def _text(value: Any) -> str:  # noqa: ANN401  # any field of an event
    if isinstance(value, When):
        start, end = (day.isoformat() if day else "" for day in (value.start, value.end))
        return start if start == end else f"{start}..{end}"
    if isinstance(value, Where):
        return ", ".join(filter(None, (value.name or value.span.text, value.country)))
    if isinstance(value, Quantity):
        return f"{value.low}+" if value.high is None else str(value.low) if value.low == value.high else f"{value.low}-{value.high}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _breadth(value: Any) -> int:  # noqa: ANN401
    """How little a value says: of two that go together the narrower one is shown."""
    if isinstance(value, When):
        return (value.end - value.start).days if value.start and value.end else 1_000_000
    if isinstance(value, Where):
        return ("point", "town", "admin1", "country", "region", None).index(value.precision)
    return 0


def _same_parties(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two lists can be of the same parties: they share one, or its country."""
    return bool({one.split("/")[0] for one in a} & {one.split("/")[0] for one in b})


def _same_days(a: When, b: When) -> bool:
    after = a.start and b.end and a.start > b.end
    before = a.end and b.start and a.end < b.start
    return not (after or before)


def _same_place(a: Where, b: Where) -> bool:
    """Whether one place can be the other, or lie in it."""
    if a.country and b.country and a.country != b.country:
        return False
    wide = any(place.precision in ("admin1", "country", "region", None) for place in (a, b))
    return wide or a.name == b.name


def _same_count(a: Quantity, b: Quantity) -> bool:
    return (a.high is None or b.low <= a.high) and (b.high is None or a.low <= b.high)


def _size(name: str) -> Callable[[Event], Quantity | None]:
    return lambda event: getattr(event.magnitude, name) if event.magnitude else None


def _equal(a: object, b: object) -> bool:
    return a == b


_FIELDS: tuple[tuple[str, Callable[[Event], Any], Callable[[Any, Any], bool]], ...] = (
    ("type", lambda event: event.type, _equal),
    ("mode", lambda event: event.mode, _equal),
    ("status", lambda event: event.status, _equal),
    ("actor", lambda event: _parties(event.actor), _same_parties),
    ("recipient", lambda event: _parties(event.recipient), _same_parties),
    ("date", lambda event: event.date if event.date and (event.date.start or event.date.end) else None, _same_days),
    ("place", lambda event: event.place, _same_place),
    ("killed", _size("killed"), _same_count),
    ("injured", _size("injured"), _same_count),
    ("size", _size("size"), _same_count),
)
