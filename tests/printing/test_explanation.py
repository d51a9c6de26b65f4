from __future__ import annotations

import re
from dataclasses import replace

from demarche.printing.explanation import Mark, bracketed, explain, marks_of
from demarche.records import Span
from tests import samples


def test_the_sentence_shows_each_span_in_brackets() -> None:
    shown = explain(samples.report(), 1)
    assert (
        "[actor: The ruling military regime in Niger] [anchor: canceled] a [also: pact] with [recipient: the United States] on [date: March 16th], "
        "[source: the junta] [cue: said] in [place: Niamey]." in shown
    )
    assert "\x1b" not in shown


def test_every_field_has_its_words_and_its_reason() -> None:
    rows = {line.split("  ")[0]: line for line in explain(samples.report(), 1).splitlines()}
    for field, words, reason in (
        ("type", "“canceled” at 93", "codebook cancel+pact; mode: event model (0.91)"),
        ("status", "actual", "past tense"),
        ("actor", "Niger's junta [NER MIL] (NER-MIL)", "subject"),
        ("recipient", "“the United States” at", "object of with"),
        ("date", "“March 16th” at", "event model (0.80), rule past-day-of-year"),
        ("place", "“Niamey” at", "gazetteer"),
        ("according to", "“the junta” at", "said in the same clause"),
        ("magnitude", "at least 12 killed", ""),
        ("confidence", "0.88", ""),
    ):
        assert words in rows[field] and reason in rows[field]


def test_the_rule_of_a_date_is_named_once_with_or_without_a_reason() -> None:
    report = samples.report()
    assert explain(report, 1).count("past-day-of-year") == 1
    bare = replace(report, events=(replace(report.events[0], why={}),))
    assert explain(bare, 1).count("rule past-day-of-year") == 1


def test_what_is_not_known_is_said_to_be_not_stated() -> None:
    rows = {line.split("  ")[0]: line for line in explain(samples.report(), 2).splitlines()}
    assert all("not stated" in rows[field] for field in ("actor", "recipient", "date", "place"))
    assert "the report itself" in rows["according to"]


def test_words_outside_the_sentence_are_shown_where_they_stand() -> None:
    assert re.search(r"killed at \d+: … .*threatened sanctions\. \[At least 12\] people were killed", explain(samples.report(), 1))


def test_reasons_nobody_expected_are_shown_too() -> None:
    report = samples.report()
    odd = replace(report, events=(replace(report.events[0], why={"merge": "same day and parties"}),))
    assert re.search(r"^merge +same day and parties$", explain(odd, 1), re.MULTILINE)


def test_nested_and_crossing_spans_are_all_shown() -> None:
    sentence = Span(10, 16, "abcdef")
    marks = [Mark("x", Span(10, 13, "abc")), Mark("y", Span(11, 12, "b")), Mark("z", Span(12, 15, "cde")), Mark("w", Span(8, 11, "__a"))]
    assert bracketed(sentence, marks).plain.strip() == "[x: [w: a][y: b][z: c]de]f"


def test_marks_are_all_spans_but_the_sentence() -> None:
    event = samples.canceled("r")
    assert sorted(mark.span for mark in marks_of(event)) == sorted(span for span in event.spans() if span != event.sentence)


def test_a_terminal_gets_colours_and_a_legend() -> None:
    shown = explain(samples.report(), 1, 100)
    assert "\x1b[" in shown
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert "[actor:" not in plain and "anchor" in plain
    assert max(map(len, plain.splitlines())) <= 100
