"""Whether two events tell one happening: a logistic regression over readable features.

Fitted on the mentions of ECB+ and MEANTIME by training/events/fit_happenings.py; the weights are happenings.json.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, exp, log1p, radians, sin, sqrt

from demarche.archive.words import alike, overlap, rarity, stem, terms
from demarche.records import Event, Party, Quantity, When, Where

NEAR_KM = 60.0
"""Places that lie nearer to each other may be told of as one."""
NEAR_DAYS = 1
"""Days told that lie no farther apart may be one: reports differ in time zones, and in the day they count from."""
LEAD = 400
"""So many characters of a report tell what it is about."""
LEAST_BODY = 0.1
"""Reports whose words overlap less than this are about different things (of the pairs of one happening in ECB+ and MEANTIME, 99 in 100 have 0.15)."""
_OPEN = 36_500  # days from the present end of an interval without the other
_PAIRED = ("same_stem", "alike", "sentence")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What is compared of a report: the words of its text and those of its beginning."""

    body: Mapping[str, float]
    lead: Mapping[str, float]

    @classmethod
    def of(cls, title: str | None, text: str) -> Words:
        """The words of a report."""
        body = f"{title}\n{text}" if title and not text.lstrip().startswith(title.strip()) else text
        return cls(terms(body), terms(body.lstrip()[:LEAD]))


@dataclass(frozen=True, slots=True)
class Telling:
    """What is compared of an event: the event, its stems and words, its report's day and words, and its first and last day as ordinals."""

    event: Event
    stems: tuple[str, ...]
    sentence: Mapping[str, float]
    published: dt.date | None
    report: Words
    days: tuple[int, int] | None

    @classmethod
    def of(cls, event: Event, published: dt.date | None, report: Words) -> Telling:
        """The telling of an event in a report of that day and those words."""
        anchors = dict.fromkeys(stem(word.lower()) for span in (event.anchor, *event.also) for word in span.text.split())
        return cls(event, tuple(anchors), terms(event.sentence.text), published, report, _days(event.date))


def sameness(first: Telling, second: Telling) -> float:
    """The probability that two events tell one happening, whichever comes first."""
    if strangers(first, second) or contradictory(first, second):
        return 0.0
    weights = _weights()
    score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in features(first, second).items())
    return 1 / (1 + exp(-score))


def strangers(first: Telling, second: Telling) -> bool:
    """Whether the reports of two events have so few words in common that they need not be compared."""
    return first.report is not second.report and _overlaps(first.report, second.report)[0] < LEAST_BODY


def contradictory(first: Telling, second: Telling) -> bool:
    """Whether two reports tell of different days or towns, whatever else is alike: a second attack is told in the words of the first."""
    if first.event.report == second.event.report:
        return False
    return "place_other" in _places(first.event.place, second.event.place) or "date_other" in _dates(first, second)


@lru_cache(maxsize=100_000)
def _overlaps(first: Words, second: Words) -> tuple[float, float]:
    return overlap(first.body, second.body), overlap(first.lead, second.lead)


def features(first: Telling, second: Telling) -> dict[str, float]:
    """What speaks for and against one happening."""
    a, b = first.event, second.event
    same_report = float(a.report == b.report)
    found = (
        {"same_report": same_report, "sentence": overlap(first.sentence, second.sentence)}
        | _kinds(a, b)
        | _anchors(first, second)
        | _parties("actor", a.actor, b.actor)
        | _parties("recipient", a.recipient, b.recipient)
        | _dates(first, second)
        | _places(a.place, b.place)
        | _counts(a, b)
    )
    body, lead = (1.0, 1.0) if same_report else _overlaps(first.report, second.report)
    for name in _PAIRED:
        found[f"{name}_report"] = found[name] * same_report
        found[f"{name}_body"] = found[name] * body * (1 - same_report)
    return found | {"body": body * (1 - same_report), "lead": lead * (1 - same_report), "root_body": sqrt(body) * (1 - same_report)}


def _kinds(a: Event, b: Event) -> dict[str, float]:
    return {
        "same_type": float(a.type == b.type),
        "same_quad": float(a.quad == b.quad),
        "same_mode": float(a.mode == b.mode and a.mode is not None),
        "other_mode": float(a.type == b.type and None not in (a.mode, b.mode) and a.mode != b.mode),
        "same_status": float(a.status == b.status),
        "denied": float((a.status == "negated") != (b.status == "negated")),
    }


def _anchors(first: Telling, second: Telling) -> dict[str, float]:
    """How alike the words are that tell it; common words ("said") say little."""
    shared = set(first.stems) & set(second.stems)
    rare = max(map(rarity, shared), default=0.0)
    near = 1.0 if shared else max((alike(a, b) for a in first.stems for b in second.stems), default=0.0)
    family = float(bool(shared) or any(_family(a, b) for a in first.stems for b in second.stems))
    return {"same_stem": float(bool(shared)), "rare_stem": rare, "family": family, "alike": max(0.0, near), "very_alike": max(0.0, near) ** 3}


def _family(a: str, b: str) -> bool:
    """Whether two stems look like words of one family: "acquire" and "acquisition", "quake" and "earthquake"."""
    short, long = sorted((a, b), key=len)
    return len(short) > 3 and (a[:5] == b[:5] or long.endswith(short))


def _parties(role: str, first: tuple[Party, ...], second: tuple[Party, ...]) -> dict[str, float]:
    """How two lists of parties agree: in who it is, in country and sector, in country, or not at all."""
    if not first or not second:
        return {f"{role}_open": 1.0}
    if _ids(first) & _ids(second) or _names(first) & _names(second):
        return {f"{role}_same": 1.0}
    if {(p.country, p.sector) for p in first if p.country} & {(p.country, p.sector) for p in second}:
        return {f"{role}_alike": 1.0}
    countries = {p.country for p in first} - {None}, {p.country for p in second} - {None}
    if countries[0] & countries[1]:
        return {f"{role}_related": 1.0}
    return {f"{role}_foreign": 1.0} if all(countries) else {f"{role}_other": 1.0}


def _ids(parties: tuple[Party, ...]) -> set[str]:
    return {party.id for party in parties if party.id}


def _names(parties: tuple[Party, ...]) -> set[str]:
    """The words by which parties can be known again: the last word of each name."""
    return {(party.name or party.span.text).lower().split()[-1] for party in parties if (party.name or party.span.text).split()}


def _dates(first: Telling, second: Telling) -> dict[str, float]:
    """How the days told agree; days of publication are weak evidence where one is not told."""
    published = _apart(_day(first.published), _day(second.published))
    told = {"published_unknown": 1.0} if published is None else {"published_apart": log1p(published) / log1p(365)}
    if first.days is None or second.days is None:
        one = first.days or second.days
        day = first.published if first.days is None else second.published
        gap = _apart(one, _day(day)) if one else None
        return told | {"date_open": 1.0} | ({} if gap is None else {"date_before": float(gap > 30)})
    gap = _apart(first.days, second.days) or 0
    narrow = all(end - start <= NEAR_DAYS for start, end in (first.days, second.days))
    if gap:
        return told | ({"date_near": 1.0} if gap <= NEAR_DAYS else {"date_other": 1.0})
    return told | ({"date_same": 1.0} if narrow else {"date_overlap": 1.0})


def _days(when: When | None) -> tuple[int, int] | None:
    """The first and last day told; an open end is far away."""
    if when is None or (when.start is None and when.end is None):
        return None
    start, end = (day.toordinal() if day else None for day in (when.start, when.end))
    return (start if start is not None else (end or 0) - _OPEN, end if end is not None else (start or 0) + _OPEN)


def _day(day: dt.date | None) -> tuple[int, int] | None:
    return (day.toordinal(), day.toordinal()) if day else None


def _apart(first: tuple[int, int] | None, second: tuple[int, int] | None) -> int | None:
    """The days between two intervals: 0 when they meet, None when one is not known."""
    return None if first is None or second is None else max(0, first[0] - second[1], second[0] - first[1])


def _places(first: Where | None, second: Where | None) -> dict[str, float]:
    if first is None or second is None:
        return {"place_open": 1.0}
    if first.name and first.name == second.name and first.country == second.country:
        return {"place_same": 1.0}
    distance = _distance(first, second)
    if distance is not None and all(place.precision in ("point", "town") for place in (first, second)):
        return {"place_near": 1.0} if distance <= NEAR_KM else {"place_other": 1.0}
    return {"place_foreign": 1.0} if first.country and second.country and first.country != second.country else {"place_within": 1.0}


def _distance(first: Where, second: Where) -> float | None:
    """Kilometres between two places; None when one has no position."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    a, b = radians(first.lat), radians(second.lat)
    part = sin((a - b) / 2) ** 2 + cos(a) * cos(b) * sin(radians(first.lon - second.lon) / 2) ** 2
    return 12_742 * asin(min(1.0, sqrt(part)))


def _counts(a: Event, b: Event) -> dict[str, float]:
    """Whether people killed, injured and taking part are counted alike."""
    if a.magnitude is None or b.magnitude is None:
        return {}
    pairs = [(getattr(a.magnitude, name), getattr(b.magnitude, name)) for name in ("killed", "injured", "size")]
    agree = [_agree(one, two) for one, two in pairs if one and two]
    return {"count_same": float(any(agree)), "count_other": float(not all(agree))} if agree else {}


def _agree(one: Quantity, two: Quantity) -> bool:
    """Whether two counts can be one: they meet, or differ by a tenth as first and later counts do."""
    low, high = max(one.low, two.low), min(one.high or max(one.low, two.low), two.high or max(one.low, two.low))
    return low * 0.9 <= high


@cache
def _weights() -> Mapping[str, float]:
    loaded: Mapping[str, float] = json.loads((files("demarche.archive") / "happenings.json").read_text(encoding="utf-8"))["weights"]
    return loaded
