"""Corrections of an event: fields as people annotate them, words of the report with the occurrence meant, made into the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from demarche.records import SECTORS, STATUSES, TYPES, Event, Party, Span, When, Where

FIELDS = ("type", "mode", "status", "actor", "recipient", "date", "place")
"""The fields that people decide on."""


class CorrectionError(ValueError):
    """A correction that cannot be: which field, its value, what is wrong with it, and what to do."""

    def __init__(self, field: str, value: object, problem: str, remedy: str) -> None:
        super().__init__(f"{field} {value!r}: {problem} ({remedy})")
        self.field, self.value, self.problem, self.remedy = field, value, problem, remedy


def corrected(event: Event, text: str, fields: Mapping[str, Any]) -> Event:
    """The event with `fields` in the form of the annotation (see `annotation`), found in the report's `text`. CorrectionError names a field that cannot be.

    The score and quad class follow type and mode. A party or place at the same words with the same codes keeps what else is known of it.
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise CorrectionError(unknown[0], fields[unknown[0]], "no field that can be corrected", f"use {', '.join(FIELDS)}")
    new = _of_kind(event, fields)
    if "status" in fields:
        new = replace(new, status=_one_of("status", fields["status"], STATUSES))
    if "actor" in fields:
        new = replace(new, actor=_parties("actor", fields["actor"], event, text))
    if "recipient" in fields:
        new = replace(new, recipient=_parties("recipient", fields["recipient"], event, text))
    if "date" in fields:
        new = replace(new, date=_when(fields["date"], event.date))
    if "place" in fields:
        new = replace(new, place=_where(fields["place"], event, text))
    return new


def changed(old: Event, new: Event) -> tuple[str, ...]:
    """The names of the fields in which two forms of an event differ, in the order of `FIELDS`."""
    return tuple(name for name in FIELDS if _compared(old, name) != _compared(new, name))


def _compared(event: Event, name: str) -> object:
    """What of a field is decided on: of parties, days and places not what follows from the rest."""
    value = getattr(event, name)
    if isinstance(value, tuple):
        return [(party.span.start, party.span.end, party.country, party.sector) for party in value]
    if isinstance(value, When):
        return value.start, value.end
    return (value.span.start, value.span.end, value.name, value.country) if isinstance(value, Where) else value


def annotation(event: Event, text: str) -> dict[str, Any]:
    """The event in the form of the annotation: each span as its words and, where they stand in `text` more than once, `n`, which of the times it is."""
    date, place = event.date, event.place
    return {
        "id": event.id, "anchor": _words(event.anchor, text), "also": [_words(span, text) for span in event.also],
        "type": event.type, "type_alt": [], "mode": event.mode, "status": event.status,
        "actor": [_codes(party, text) for party in event.actor], "recipient": [_codes(party, text) for party in event.recipient],
        "date": {"start": date.start and date.start.isoformat(), "end": date.end and date.end.isoformat()} if date else None,
        "place": _words(place.span, text) | {"country": place.country, "name": place.name} if place else None,
        "according_to": [_codes(source.party, text) for source in event.according_to],
    }  # fmt: skip


def span_of(field: str, words: Any, text: str, near: Span | None = None) -> Span:  # noqa: ANN401  # from a file
    """The span of `{"text": ..., "n": ...}` in `text`; without `n` the occurrence inside or nearest to `near`, else the first. CorrectionError without one."""
    said = words.get("text") if isinstance(words, Mapping) else None
    if not isinstance(said, str) or not said:
        raise CorrectionError(field, words, "no words", 'give {"text": "words of the report", "n": 1}')
    starts = occurrences(text, said)
    number = words.get("n")
    if number is not None:
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= len(starts):
            raise CorrectionError(field, said, f"not {number} times in the report", f"it is there {len(starts)} times")
        return Span.of(text, starts[number - 1], starts[number - 1] + len(said))
    if not starts:
        raise CorrectionError(field, said, "not in the report", "give words exactly as they stand there")
    start = min(starts, key=lambda at: (max(near.start - at, at + len(said) - near.end, 0), at)) if near else starts[0]
    return Span.of(text, start, start + len(said))


def occurrences(text: str, words: str) -> list[int]:
    """Where `words` begin in `text`, each time, also where they overlap."""
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def _of_kind(event: Event, fields: Mapping[str, Any]) -> Event:
    """The event with the type and mode of `fields`; a new type without a mode has none."""
    if "type" not in fields and "mode" not in fields:
        return event
    from demarche.knowledge.codebook import Codebook

    codebook = Codebook.load()
    kind = _one_of("type", fields.get("type", event.type), (*TYPES, *({event.type} - set(TYPES))), str.upper)
    mode = fields.get("mode", event.mode if kind == event.type else None)
    known = tuple(codebook.types[kind].modes) if kind in codebook.types else ()
    if mode is not None and (kind, mode) != (event.type, event.mode):
        mode = _one_of(f"mode of {kind}", mode, known, str.lower)
    if (kind, mode) == (event.type, event.mode) or kind not in codebook.types:
        return replace(event, mode=mode)
    return replace(event, type=kind, mode=mode, quad=codebook.quad(kind), intensity=codebook.intensity(kind, mode))


def _one_of(field: str, value: Any, known: Sequence[str], form: Any = str) -> str:  # noqa: ANN401  # from a file
    said: str = form(value) if isinstance(value, str) else ""
    if said not in known:
        raise CorrectionError(field, value, "not known", f"use one of {', '.join(known)}" if known else "it has none")
    return said


def _parties(field: str, said: Any, event: Event, text: str) -> tuple[Party, ...]:  # noqa: ANN401
    if not isinstance(said, list):
        raise CorrectionError(field, said, "no list", "give a list of parties, [] for none")
    return tuple(_party(field, one, event, text) for one in said)


def _party(field: str, said: Any, event: Event, text: str) -> Party:  # noqa: ANN401
    span = span_of(field, said, text, event.sentence)
    country, sector = (said.get(name) or None for name in ("country", "sector"))
    if country is not None:
        country = _country(field, country)
    if sector is not None:
        sector = _one_of(f"{field} sector", sector, SECTORS, str.upper)
    known = next((party for party in (*event.actor, *event.recipient) if party.span == span), None)
    if known and (known.country, known.sector) == (country, sector):
        return known
    # With another country the words name somebody else; with another sector alone it is still the same one.
    return replace(known, sector=sector) if known and known.country == country else Party(span, None, country, sector)


def _country(field: str, said: Any) -> str:  # noqa: ANN401
    from demarche.archive.whoever import code_of

    code = "IGO" if isinstance(said, str) and said.upper() == "IGO" else code_of(said) if isinstance(said, str) else None
    if code is None:
        raise CorrectionError(f"{field} country", said, "no country", 'give its ISO code such as NER, its English name, or "IGO"')
    return code


def _when(said: Any, old: When | None) -> When | None:  # noqa: ANN401
    if said is None:
        return None
    try:
        start, end = (dt.date.fromisoformat(day) if day else None for day in (said["start"], said["end"]))
    except (TypeError, KeyError, ValueError):
        raise CorrectionError("date", said, "no interval of days", 'give {"start": "2024-03-16", "end": "2024-03-16"}, null for an open end') from None
    if start and end and start > end:
        raise CorrectionError("date", said, "the end is before the start", "give a later end")
    if old and (old.start, old.end) == (start, end):
        return old
    return When(start, end, "day" if start and start == end else None, None, None, "review") if start or end else None


def _where(said: Any, event: Event, text: str) -> Where | None:  # noqa: ANN401
    if said is None:
        return None
    span = span_of("place", said, text, event.sentence)
    name, country = said.get("name") or said["text"], said.get("country")
    code = _country("place", country) if country else None
    old = event.place
    if old and (old.span, old.name, old.country) == (span, name, code):
        return old
    return _located(span, name, code)


def _located(span: Span, name: str, code: str | None) -> Where:
    """The largest place of that name in the country, as the gazetteer knows it; without coordinates when it knows none."""
    from demarche.coding.toponyms import country_place, default_gazetteer
    from demarche.knowledge.countries import Countries

    if code and code in Countries.load() and Countries.load()[code].name.lower() == name.lower():
        return country_place(code, span) or Where(span, name, code)
    found = [place for place in default_gazetteer().listed(name) if code in (None, place.country)]
    best = max(found, key=lambda place: place.population, default=None)
    if best is None:
        return Where(span, name, code)
    return Where(span, best.name or name, best.country, best.admin1, best.lat, best.lon, best.geonames_id, best.precision)


def _words(span: Span, text: str) -> dict[str, Any]:
    starts = occurrences(text, span.text)
    return {"text": span.text, "n": starts.index(span.start) + 1} if span.start in starts else {"text": span.text}


def _codes(party: Party, text: str) -> dict[str, Any]:
    return _words(party.span, text) | {"country": party.country, "sector": party.sector}
