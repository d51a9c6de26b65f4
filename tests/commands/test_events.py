from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche.archive.exports import FORMATS
from demarche.archive.kept import Kept
from demarche.cli import app
from tests.archive import studies


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return studies.made(tmp_path_factory.mktemp("study") / "study.demarche")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["events", *map(str, arguments)])


def test_a_table_is_printed_with_the_report_of_each_event(study: Path) -> None:
    result = run(study)
    assert result.exit_code == 0 and result.stderr == ""
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["#", "date", "actor", "type/mode", "recipient", "place", "status", "according", "to", "words", "report"]
    assert [row.split()[0] for row in rows] == list("123456") and rows[2].split()[-2:] == ["canceled", "niger"]


def test_every_option_reaches_the_question(study: Path) -> None:
    options = {
        "--actor": "USA", "--with": "USA", "--according-to": "NGO", "--sector": "MIL", "--type": "RETREAT", "--status": "actual", "--near": "Agadez,9km",
        "--place": "Agadez", "--country": "NER", "--text": "drone base", "--min-confidence": "0.8", "--version": "1", "--limit": "9",
    }  # fmt: skip
    options.pop("--with")
    found = [json.loads(line) for line in run(study, *(part for pair in options.items() for part in pair), "--format", "jsonl").stdout.splitlines()]
    assert [one["id"][0] for one in found] == ["6"]
    for option, other in (("--actor", "RUS"), ("--according-to", "report"), ("--text", "newspaper"), ("--country", "FRA"), ("--status", "future")):
        result = run(study, *(part for pair in (options | {option: other}).items() for part in pair))
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no events found\n")
    more = ("--actor", "NER", "--with", "USA", "--recipient", "USA", "--mode", "discontinue", "--since", "2024-03", "--until", "2024-03", "--format", "json")
    assert [one["id"][0] for one in json.loads(run(study, *more).stdout)] == ["1"]


def test_an_option_may_be_given_several_times(study: Path) -> None:
    assert len(run(study, "--type", "SANCTION", "--type", "consult", "--format", "jsonl").stdout.splitlines()) == 2


def test_json_and_csv_are_whole(study: Path) -> None:
    kept = [Kept.from_dict(one) for one in json.loads(run(study, "--format", "json").stdout)]
    assert len(kept) == 6 and {one.report.name for one in kept} == {"niger", "various"}
    rows = list(csv.DictReader(io.StringIO(run(study, "--format", "csv").stdout)))
    assert tuple(rows[0]) == FORMATS["csv"].columns and [row["event"] for row in rows] == [one.event.id for one in kept]
    assert json.loads(run(study, "--format", "json", "--actor", "LUX").stdout) == []


def test_output_goes_to_a_file_but_never_over_the_archive(study: Path, tmp_path: Path) -> None:
    assert run(study, "--format", "csv", "--output", tmp_path / "out.csv").exit_code == 0
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 7
    result = run(study, "--output", study)
    assert result.exit_code == 2 and "one of the files to read" in result.stderr
    assert run(study).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--actor", "XYZ"), "--actor 'XYZ': neither a country's code nor a sector"),
        (("--with", "XYZ"), "--with 'XYZ': neither"),
        (("--according-to", "XYZ"), "--according-to 'XYZ': neither"),
        (("--since", "soon"), "--since 'soon': no date"),
        (("--min-confidence", "2"), "--min-confidence"),
    ],
)
def test_a_wrong_question_is_told_with_status_2(study: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(study, *arguments)
    assert result.exit_code == 2 and told in result.stderr and "Traceback" not in result.stderr


def test_no_archive_is_one_line_and_status_2(tmp_path: Path) -> None:
    result = run(tmp_path / "none.demarche")
    assert result.exit_code == 2 and len(result.stderr.splitlines()) == 1 and "no such archive" in result.stderr
    assert not (tmp_path / "none.demarche").exists()


def test_many_events_make_several_tables(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from demarche.printing import answers

    monkeypatch.setattr(answers, "PAGE", 4)
    rows = run(study).stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["#", "1", "2", "3", "4", "#", "5", "6"]


def test_a_narrow_terminal_gets_cards() -> None:
    from demarche.printing.table import answers

    told = re.sub("\x1b[^m]*m", "", answers([(studies.various().events[3], "various")], 7, 60))
    assert "7  no date" in told and "in various" in told
