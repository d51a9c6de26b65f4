from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from demarche.archive import open_archive
from demarche.archive.corrections import CorrectionError
from demarche.archive.review import decisions
from demarche.cli import app
from demarche.commands.review import typed
from tests.archive import sketches
from tests.archive.test_review import EVENT, LINES, TEXT


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return sketches.archive(tmp_path / "study.demarche", [sketches.report(TEXT, *LINES, name="niger")])


def run(*arguments: object, keys: str = "", verb: str = "review") -> Result:
    return CliRunner().invoke(app, [verb, *map(str, arguments)], input=keys)


def decided(study: Path) -> list[tuple[str, str, str, tuple[str, ...]]]:
    with open_archive(study) as archive:
        return [(one.anchor.text, one.verdict, one.reviewer, one.changed) for one in decisions(archive)]


def test_a_sitting_is_left_and_gone_on_with(study: Path) -> None:
    result = run(study, "--reviewer", "Ana", keys="a\nq\n")
    assert result.exit_code == 0 and "3 events to decide" in result.stdout and "[anchor: canceled]" in result.stdout and "1 accepted" in result.stdout
    result = run(study, "--reviewer", "Ben", keys="r\n")  # the input ends: as q
    assert "2 events to decide" in result.stdout and "[anchor: canceled]" not in result.stdout and "Event 2 of 3" in result.stdout
    assert decided(study) == [("canceled", "accept", "Ana", ()), ("accused", "reject", "Ben", ())]
    assert "1 event to decide" in run(study, keys="s\n").stdout
    run(study, "--reviewer", "Ana", keys="a\n")
    assert run(study, keys="").stdout == "Nothing decided.\n"


def test_an_event_is_corrected_field_by_field(study: Path) -> None:
    keys = "c\ntype\nWAR\ntype\nreject\ns\nfuture\nactor\nThe junta = NER/MIL\ndate\n2024-03..2024-04\nplace\nNiamey, NER\nx\n\nq\n"
    result = run(study, "--reviewer", "Ana", "--type", "ACCUSE", keys=keys)
    assert "type 'WAR': not known" in result.stdout and "no field 'x'" in result.stdout and "1 corrected" in result.stdout
    assert decided(study) == [("accused", "correct", "Ana", ("type", "mode", "status", "actor", "date", "place"))]
    (row,) = [json.loads(line) for line in run(study, "--reviewed", "--type", "REJECT", "--format", "jsonl", verb="events").stdout.splitlines()]
    assert row["actor"][0]["text"] == "The junta" and row["date"]["end"] == "2024-04-30" and row["place"]["name"] == "Niamey" and row["status"] == "future"
    assert run(study, "--type", "REJECT", "--format", "jsonl", verb="events").stdout == ""
    exported = run(study, "--reviewed", "--format", "spacy", verb="export").stdout
    assert '"REJECT"' in exported and '"ACCUSE"' not in exported


def test_a_correction_of_nothing_decides_nothing(study: Path) -> None:
    assert "Nothing decided." in run(study, keys="c\n\nq\n").stdout and decided(study) == []


def test_a_decision_is_taken_back(study: Path) -> None:
    result = run(study, "--reviewer", "Ana", keys="r\nu\na\nq\n")
    assert result.stdout.count("[anchor: canceled]") == 2 and "1 accepted" in result.stdout and "rejected" not in result.stdout.splitlines()[-1]
    assert decided(study) == [("canceled", "accept", "Ana", ())]


def test_decided_events_are_shown_again_as_they_were_decided(study: Path) -> None:
    run(study, "--reviewer", "Ana", "--type", "ACCUSE", keys="c\nstatus\nfuture\n\n")
    result = run(study, "--reviewer", "Ben", "--again", "--type", "ACCUSE", keys="a\n")
    assert "decided before: correct by Ana" in result.stdout and "ACCUSE/disapprove · future" in result.stdout
    assert decided(study) == [("accused", "correct", "Ben", ("status",))]


def test_an_unknown_key_is_answered_with_the_keys(study: Path) -> None:
    assert run(study, keys="?\nq\n").stdout.count("a accept, c correct, r reject") == 2


def test_decisions_go_out_to_a_file_and_in_from_one(study: Path, tmp_path: Path) -> None:
    run(study, "--reviewer", "Ana", keys="a\nr\n")
    result = run(study, "--export", tmp_path / "d.jsonl")
    assert result.exit_code == 0 and result.stderr == "2 decided events of 1 reports written\n"
    (tmp_path / "b").mkdir()
    other = sketches.archive(tmp_path / "b" / "study.demarche", [sketches.report(TEXT, *LINES, name="niger")])
    assert run(other, "--decisions", tmp_path / "d.jsonl", "--reviewer", "Ben").stdout == "2 kept\n"
    assert run(other, "--decisions", tmp_path / "d.jsonl", "--reviewer", "Ben").stdout == "2 known before\n"
    assert decided(other) == decided(study)
    (tmp_path / "bad.jsonl").write_text('{"report": "niger"}\n', encoding="utf-8")
    result = run(other, "--decisions", tmp_path / "bad.jsonl", "--reviewer", "Ben")
    assert result.exit_code == 1 and "bad.jsonl:1: decision None is not known" in result.stderr and result.stdout == "1 refused\n"
    (tmp_path / "latin.jsonl").write_bytes(b"\xe9\n")
    for path, told in ((tmp_path / "none.jsonl", "No such file"), (tmp_path / "latin.jsonl", "not UTF-8 text")):
        result = run(other, "--decisions", path)
        assert result.exit_code == 2 and told in result.stderr and "Traceback" not in result.stderr
    assert run(study, "--export", study).exit_code == 2


def test_somebody_must_decide_and_a_question_must_make_sense(study: Path) -> None:
    assert run(study, "--reviewer", " ").exit_code == 2
    result = run(study, "--actor", "XYZ")
    assert result.exit_code == 2 and "--actor 'XYZ'" in result.stderr


TYPED: list[tuple[str, str, Any]] = [
    ("mode", "-", None), ("mode", "expel", "expel"), ("type", "AID", "AID"), ("actor", "-", []), ("date", "-", None), ("place", "-", None),
    ("date", "2024-03", {"start": "2024-03-01", "end": "2024-03-31"}), ("date", "2024-03-16..", {"start": "2024-03-16", "end": None}),
    ("date", "..2024", {"start": None, "end": "2024-12-31"}), ("date", "2023..2024-01", {"start": "2023-01-01", "end": "2024-01-31"}),
    ("place", "Niamey, NER", {"text": "Niamey", "name": "Niamey", "country": "NER"}),
    ("place", "Niamey", {"text": "Niamey", "name": "Niamey", "country": None}),
    ("place", "there = Niamey, NER", {"text": "there", "name": "Niamey", "country": "NER"}),
    ("actor", "FRA", [{"text": "N", "country": "FRA", "sector": None}]), ("actor", "/MIL", [{"text": "N", "country": None, "sector": "MIL"}]),
    ("actor", "a = b = NER/MIL; France = FRA", [{"text": "a = b", "country": "NER", "sector": "MIL"}, {"text": "France", "country": "FRA", "sector": None}]),
    ("actor", "N", [{"text": "N", "country": "NER", "sector": "GOV"}]), ("recipient", "the people", [{"text": "the people", "country": None, "sector": None}]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "said", "meant"), TYPED)
def test_what_is_typed_is_understood(field: str, said: str, meant: object) -> None:
    assert typed(field, said, EVENT) == meant


@pytest.mark.parametrize(("field", "said"), [("date", "soon"), ("actor", "the junta = Niger"), ("actor", "the junta = ")])
def test_what_is_typed_wrong_is_told(field: str, said: str) -> None:
    with pytest.raises(CorrectionError):
        typed(field, said, EVENT)
