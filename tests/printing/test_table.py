from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from demarche.printing import phrases
from demarche.printing.table import CARDS_BELOW, table
from demarche.records import Event, Party, Span, When
from tests import samples


def lines(width: int | None, **changes: object) -> list[str]:
    report = samples.report()
    events = (replace(report.events[0], **changes), report.events[1])
    return table("niger", replace(report, events=events), width).splitlines()


def test_a_pipe_gets_one_plain_line_an_event_with_every_column() -> None:
    heading, columns, first, second, _ = lines(None)
    assert heading == "niger · Niger and the US · published 2024-05-14 · 2 events"
    assert columns.split() == ["#", "date", "actor", "type/mode", "recipient", "place", "status", "according", "to", "words"]
    assert re.split(r"\s{2,}", first) == [
        "1", "2024-03-16", "Niger's junta [NER MIL]", "SANCTION/discontinue",
        "United States [USA]", "Niamey [NER]", "actual", "the junta [NER MIL]", "canceled",
    ]  # fmt: skip
    assert second.split() == ["2", "THREATEN", "actual", "threatened"]


def test_nothing_is_cut_in_a_pipe_however_long() -> None:
    words = "the " + "very " * 400 + "long name"
    assert words in "\n".join(lines(None, actor=(Party(Span(0, len(words), words)),)))


def test_a_pipe_gets_no_escape_sequences_even_from_the_report() -> None:
    shown = "\n".join(lines(None, anchor=Span(0, 9, "\x1b[31mred\x07"), recipient=(Party(Span(0, 3, "[b]x[/b]")),)))
    assert "\x1b" not in shown and "\x07" not in shown
    assert "[b]x[/b]" in shown


@pytest.mark.parametrize("width", [40, 80, CARDS_BELOW, 160, 240])
def test_a_terminal_is_never_overrun_and_nothing_is_lost(width: int) -> None:
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in lines(width)]
    assert max(map(len, plain)) <= width
    together = re.sub(r"\W+", "", "".join(plain))
    for words in ("20240316", "SANCTIONdiscontinue", "THREATEN", "canceled", "threatened"):
        assert words in together


def test_a_narrow_terminal_gets_cards_and_a_wide_one_columns() -> None:
    assert "according to the junta" in re.sub(r"\x1b\[[\d;]*m", "", "\n".join(lines(80)))
    assert "recipient" in "\n".join(lines(160)) and "recipient" not in "\n".join(lines(80))


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2024-03-16", "2024-03-16", "2024-03-16"),
        ("2024-04-11", "2024-04-20", "2024-04-11..2024-04-20"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2012-01-01", "2012-12-31", "2012"),
        ("9999-12-01", "9999-12-31", "9999-12-01..9999-12-31"),
        (None, "2024-03-16", "..2024-03-16"),
        ("2024-03-16", None, "2024-03-16.."),
        (None, None, ""),
    ],
)
def test_intervals_are_as_short_as_they_go(start: str | None, end: str | None, shown: str) -> None:
    day = dt.date.fromisoformat
    assert phrases.when(When(start and day(start), end and day(end))) == shown


def test_magnitudes_read_as_counts() -> None:
    event: Event = samples.canceled("r")
    assert phrases.magnitude(event.magnitude) == "at least 12 killed"
    assert phrases.magnitude(None) == ""
