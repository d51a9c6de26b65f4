from __future__ import annotations

from demarche.archive.steps import STAGES, Evidence, Step, steps
from demarche.records import Report
from tests.archive import sketches


def lived(*reports: Report) -> tuple[Step, ...]:
    """The steps of one agreement whose events have anchors that are stages."""
    return steps([(one.event.anchor.text, Evidence(one, one.event.anchor)) for one in sketches.kept(*reports)])


def test_two_reports_of_one_step_are_evidence_of_one_step() -> None:
    text = "Niger signed and cancelled the pact."
    story = sketches.report(text, "cancelled: SANCTION NER > USA 2024-03-16", "signed: SUPPORT NER > USA 2012")
    other = sketches.report(text, "cancelled: SANCTION NER > USA 2024-03-16 by USA", name="b")
    assert [(step.stage, step.reports, step.claimed) for step in lived(story, other)] == [("signed", 1, False), ("cancelled", 2, False)]
    assert [step.claimed for step in lived(other)] == [True]


def test_steps_of_one_stage_on_other_days_are_two() -> None:
    text = "Niger suspended the pact, and suspended it again."
    story = sketches.report(text, "suspended: SANCTION NER > USA 2023-08-01")
    again = sketches.report(text, "suspended: SANCTION NER > USA 2023-11-01", name="b")
    assert [str(step.start) for step in lived(again, story)] == ["2023-08-01", "2023-11-01"]


def test_a_step_without_a_date_stands_before_later_stages() -> None:
    text = "Peru signed, suspended and cancelled the accord."
    story = sketches.report(text, "cancelled: SANCTION PER > CHL 2023-06-02", "suspended: SANCTION PER > CHL", "signed: SUPPORT PER+CHL > -")
    assert [(step.stage, str(step.start)) for step in lived(story)] == [("signed", "None"), ("suspended", "None"), ("cancelled", "2023-06-02")]
    assert all(step.stage in STAGES for step in lived(story))
