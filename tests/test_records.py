from __future__ import annotations

import datetime as dt
import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.records import (
    SECTORS,
    STANCES,
    STATUSES,
    TYPES,
    Claim,
    Event,
    Magnitude,
    Party,
    Quantity,
    Report,
    Side,
    Source,
    Span,
    When,
    Where,
    fingerprint,
)
from tests import samples

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.none() | words
days = st.none() | st.dates()
spans = st.builds(lambda start, text: Span(start, start + len(text), text), st.integers(0, 9999), words.filter(bool))
parties = st.builds(Party, spans, names, names, st.sampled_from([None, *SECTORS]), names, names)
stances = st.sampled_from([None, *STANCES])
sources = st.builds(Source, parties, st.none() | spans, stances, st.none() | parties)
claims = st.builds(
    Claim, words, spans, st.sampled_from(STATUSES), stances, st.none() | spans, st.none() | parties, st.lists(parties, max_size=2).map(tuple), st.booleans()
)
sides = st.builds(Side, st.lists(parties, max_size=2).map(tuple), st.lists(claims, max_size=2).map(tuple))
counts = st.builds(Quantity, st.integers(0, 10**6), st.none() | st.integers(0, 10**6), spans)
numbers = st.floats(-180, 180)
events = st.builds(
    Event,
    id=words,
    report=words,
    type=st.sampled_from(TYPES),
    mode=names,
    contexts=st.lists(words, max_size=2).map(tuple),
    quad=words,
    intensity=numbers,
    status=st.sampled_from(STATUSES),
    anchor=spans,
    also=st.lists(spans, max_size=2).map(tuple),
    sentence=spans,
    actor=st.lists(parties, max_size=2).map(tuple),
    recipient=st.lists(parties, max_size=2).map(tuple),
    date=st.none() | st.builds(When, days, days, names, st.none() | spans, names, names),
    place=st.none() | st.builds(Where, spans, names, names, names, st.none() | numbers, st.none() | numbers, st.none() | st.integers(1, 10**8), names),
    according_to=st.lists(sources, max_size=2).map(tuple),
    magnitude=st.none() | st.builds(Magnitude, *[st.none() | counts] * 3),
    confidence=st.floats(0, 1),
    why=st.dictionaries(words, words, max_size=2),
)
reports = st.builds(Report, words, words, names, days, names, names, names, st.lists(events, max_size=2).map(tuple), st.lists(sides, max_size=2).map(tuple))


@given(reports)
def test_reports_survive_json(report: Report) -> None:
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


@given(events)
def test_events_survive_json(event: Event) -> None:
    assert Event.from_dict(json.loads(json.dumps(event.to_dict()))) == event


@pytest.mark.parametrize(
    "record",
    [
        samples.span("canceled"),
        *(getattr(samples.canceled("r"), field) for field in ("date", "place", "magnitude")),
        samples.canceled("r").actor[0],
        samples.canceled("r").according_to[0],
        Quantity(3, None, samples.span("12")),
    ],
    ids=lambda record: type(record).__name__,
)
def test_each_record_survives_alone_and_cannot_be_changed(record: Any) -> None:
    assert type(record).from_dict(record.to_dict()) == record
    with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
        record.start = 0


def test_the_json_form_has_the_fields_of_the_contract() -> None:
    event = samples.canceled("r").to_dict()
    assert list(event) == [
        "id", "report", "type", "mode", "contexts", "quad", "intensity", "status", "anchor", "also", "sentence",
        "actor", "recipient", "date", "place", "according_to", "magnitude", "confidence", "why",
    ]  # fmt: skip
    assert event["actor"][0] == {
        "start": 57, "end": 92, "text": "The ruling military regime in Niger", "name": "Niger's junta",
        "country": "NER", "sector": "MIL", "role": None, "id": "NER-MIL",
    }  # fmt: skip
    assert event["date"]["start"] == event["date"]["end"] == "2024-03-16"


def test_spans_lists_every_span_and_each_covers_its_words() -> None:
    report = samples.report()
    found = list(report.events[0].spans())
    assert all(report.text[span.start : span.end] == span.text for span in found)
    assert {span.text for span in found} >= {"canceled", "pact", "the United States", "March 16th", "Niamey", "the junta", "said", "At least 12"}


@given(st.text(), st.integers(-3, 30), st.integers(-3, 30))
def test_a_span_lies_inside_its_text_or_is_refused(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end).text == text[start:end]
    else:
        with pytest.raises(ValueError, match="does not lie inside"):
            Span.of(text, start, end)


def test_spans_overlap_only_when_they_share_a_character() -> None:
    assert Span(0, 3, "abc").overlaps(Span(2, 4, "cd"))
    assert not Span(0, 3, "abc").overlaps(Span(3, 5, "de"))


def test_a_missing_field_is_named() -> None:
    data = samples.canceled("r").to_dict()
    del data["anchor"]
    with pytest.raises(KeyError, match="anchor"):
        Event.from_dict(data)


def test_fingerprints_are_stable_and_keep_parts_apart() -> None:
    assert fingerprint("a", "b") == fingerprint("a", "b") != fingerprint("ab", "")
    assert fingerprint("report", 12) == "c1c71d9b7ec3af22"


def test_a_report_without_events_or_date_is_whole() -> None:
    bare = replace(samples.report(), events=(), published=None)
    assert Report.from_dict(bare.to_dict()) == bare
    assert Report.from_dict({"id": "x", "text": "y"}) == Report("x", "y", published=None)
    assert dt.date.fromisoformat(samples.report().to_dict()["published"]) == samples.PUBLISHED
