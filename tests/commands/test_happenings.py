from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche import many
from demarche.archive import Archive
from demarche.archive.linking import up_to_date
from demarche.cli import app
from tests.archive import studies
from tests.archive.tellings import AGAIN, BLAST, LATER, MORE, PACT, keep, report


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.demarche"
    with Archive.open(path, create=True) as archive:
        keep(archive, *map(report, (BLAST, AGAIN, MORE, LATER, PACT)))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["happenings", *map(str, arguments)])


def test_a_list_of_happenings_is_made_when_it_is_first_asked_for(study: Path) -> None:
    result = run(study)
    assert result.exit_code == 0 and result.stderr == ""
    head, *rows = result.stdout.splitlines()
    assert head.split()[:7] == ["date", "actor", "type", "recipient", "place", "status", "carriers"] and len(rows) == 3
    blast = next(row for row in rows if "Baghdad" in row)
    assert blast.split()[-1] == report(BLAST).events[0].id and " 3 " in blast and "killed" in blast
    with Archive.open(study) as archive:
        assert up_to_date(archive)
    assert run(study).stdout == result.stdout


def test_one_happening_is_shown_whole(study: Path) -> None:
    result = run(study, report(AGAIN).events[0].id)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].endswith("3 independent reports, 3 reports, 3 mentions")
    assert "killed: 12 (2); disputed: 19 (1)" in lines
    assert "according to IRQ/COP (1 independent report): asserts; actual; killed 12" in lines
    assert sum(line.startswith("2023-03-04  ") for line in lines) == 3


def test_filters_and_forms(study: Path) -> None:
    assert [one["fields"]["place"]["value"] for one in json.loads(run(study, "--country", "KEN", "--format", "json").stdout)] == ["Nairobi, KEN"]
    (line,) = run(study, "--min-carriers", 2, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["carriers"] == 3
    assert len(run(study, "--limit", 1).stdout.splitlines()) == 2
    target = study.with_name("out.json")
    assert run(study, "--format", "json", "--output", target).stdout == "" and len(json.loads(target.read_text())) == 3
    assert run(study, "--type", "AID").stderr == "no happenings found\n"


def test_what_cannot_be_asked_is_one_line(study: Path) -> None:
    for arguments, words in (
        ((study, "zz"), "whose id begins with 'zz'"),
        ((study, "--type", "WALK"), "--type 'WALK'"),
        ((study.with_name("no"),), "no such archive"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2 and words in result.stderr and result.stderr.count("\n") == 1


def test_coding_finds_happenings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_reader", studies.Rules)
    path, study = tmp_path / "report.txt", tmp_path / "study.demarche"
    path.write_text(studies.story(1), encoding="utf-8")
    result = CliRunner().invoke(app, ["code", str(path), "--archive", str(study), "--processes", "1"])
    assert result.exit_code == 0, result.output
    with Archive.open(study) as archive:
        assert up_to_date(archive) and archive.db.execute("SELECT mentions FROM happenings").fetchall() == [(1,)]
