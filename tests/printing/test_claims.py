from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from demarche.printing.claims import NOBODY, Claims, claims, heading
from demarche.records import Claim, Party, Report, Side, Source, Span
from tests import samples

POST = Party(Span(0, 8, "the Post"), None, None, "MED")
ZEINE = Party(Span(0, 3, "Ali"), "Ali Lamine Zeine", "NER", "GOV")


def told(**changes: object) -> Report:
    report = samples.report()
    claim = replace(Claim(report.events[1].id, samples.span("threatened"), "actual", "asserts", samples.span("told")), **changes)  # type: ignore[arg-type]
    denial = Claim(report.events[0].id, samples.span("canceled"), "negated", "denies", None, POST, (ZEINE,), True)
    junta = report.events[0].according_to[0].party
    return replace(report, claims=(Side((ZEINE, Party(Span(0, 2, "He"))), (claim,)), Side((junta,), (denial,))))


def test_a_pipe_gets_each_side_with_one_plain_line_a_claim() -> None:
    title, zeine, columns, first, junta, _, second, _ = claims("niger", told()).splitlines()
    assert title == "niger · Niger and the US · published 2024-05-14 · 2 events"
    assert (zeine, junta) == ("Ali Lamine Zeine [NER GOV], also as He, says", "the junta [NER MIL] says")
    assert columns.split() == ["#", "stance", "status", "actor", "type/mode", "recipient", "words", "told", "by"]
    assert re.split(r"\s{2,}", first) == ["2", "asserts", "actual", "THREATEN", "told … threatened"]
    assert re.split(r"\s{2,}", second) == [
        "1", "denies (disputed)", "negated", "Niger's junta [NER MIL]", "SANCTION/discontinue", "United States [USA]", "canceled",
        "Ali Lamine Zeine [NER GOV]; in the Post [MED]",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 110, 200])
def test_a_terminal_is_never_overrun(width: int) -> None:
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in claims("niger", told(), width).splitlines()]
    assert max(map(len, plain)) <= width
    assert "disputed" in "".join(plain)


def test_no_escape_sequences_from_the_report() -> None:
    shown = claims("niger", told(anchor=Span(0, 9, "\x1b[31mred\x07")))
    assert "\x1b" not in shown and "\x07" not in shown


def test_the_authors_own_voice() -> None:
    assert NOBODY in claims("niger", samples.report())


def test_reports_without_events_are_left_out() -> None:
    out = io.StringIO()
    with Claims(out) as writer:
        writer.write("none", Report("x", "y"))
        writer.write("niger", told())
    assert out.getvalue() == claims("niger", told())


def test_a_side_of_one_name() -> None:
    assert heading(Side((ZEINE,), ())) == "Ali Lamine Zeine [NER GOV]"
    assert Source(ZEINE).medium is None
