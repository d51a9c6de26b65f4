from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche.archive.relations import Relation
from demarche.archive.steps import STAGES
from demarche.cli import app
from demarche.printing import relations as printed
from tests.archive import sketches
from tests.archive.test_relations import LINES, PACT, TEXT


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pact = sketches.report(PACT, "canceled: SANCTION/discontinue NER/GOV > - 2024-03-16", "signed: SUPPORT USA > - 2012", name="niger")
    return sketches.archive(tmp_path_factory.mktemp("study") / "study.demarche", [sketches.report(TEXT, *LINES, name="andes"), pact])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["relations", *map(str, arguments)])


def test_the_ledger_and_its_chart_are_printed(study: Path) -> None:
    result = run(study, "PER", "CHL")
    assert result.exit_code == 0 and result.stderr == "" and "\x1b" not in result.stdout
    table, chart = result.stdout.split("\n\n")
    head, *rows, marks = table.splitlines()
    assert head.split() == ["date", "type/mode", "who", "whom", "status", "score", "according", "to", "reports", "words"]
    assert [row.split()[0] for row in rows] == ["2021", "2023-01-05", "2023-03-02..2023-03-09", "2023-04-01", "SANCTION/discontinue"]
    assert "actual*" in rows[4] and "[BOL]" in rows[4] and "(-5.5)" in rows[3] and marks.startswith("* claimed")
    assert chart.startswith("Intensity by month: cooperation above, conflict below the line (4 count, mean -3.00, sum -12.0; 2 not dated to the month)")
    assert "┼" in chart and max(map(len, chart.splitlines()[1:])) <= 80
    assert "2021" in run(study, "PER", "CHL", "--by", "year").stdout.splitlines()[-3]


def test_agreements_are_printed_with_their_evidence(study: Path) -> None:
    lines = run(study, "NER", "USA", "--agreements").stdout.splitlines()
    assert lines[0] == "2012 military pact · NER, USA · cancelled"
    assert [line.split() for line in lines[1:] if line.split() and line.split()[-1] in STAGES] == [["2012", "signed"], ["2024-03-16", "cancelled"]]
    assert any("“canceled” in niger: The junta in Niamey" in line for line in lines)
    assert run(study, "PER", "CHL", "--agreements").stderr == "no agreements found\n"
    assert run(study, "NER", "--agreements").stdout.splitlines() == lines


def test_partners_are_ranked(study: Path) -> None:
    rows = [line.split() for line in run(study, "PER").stdout.splitlines()]
    assert tuple(rows[0]) == printed.PARTNERS and rows[1] == ["CHL", "5", "4", "-3", "-12", "+5", "-17", "2021-01-01", "2023-04-01"]
    data = json.loads(run(study, "PER", "--format", "json").stdout)
    table = list(csv.DictReader(io.StringIO(run(study, "PER", "--format", "csv").stdout)))
    assert [row["partner"] for row in data] == [row["partner"] for row in table] == [row[0] for row in rows[1:]]


def test_json_and_csv_are_whole(study: Path) -> None:
    data = json.loads(run(study, "NER", "USA", "--format", "json").stdout)
    assert data["between"] == ["NER", "USA"] and data["agreements"][0]["state"] == "cancelled"
    assert [entry["agreements"] for entry in data["ledger"]] == [["2012 military pact: signed"], ["2012 military pact: cancelled"]]
    assert data["intensity"]["by"] == "month" and data["intensity"]["left_out"] == 1
    rows = list(csv.DictReader(io.StringIO(run(study, "PER", "CHL", "--format", "csv").stdout)))
    assert tuple(rows[0]) == printed.LEDGER and [row["counts"] for row in rows] == ["true", "true", "true", "false", "true"]
    assert rows[0]["actor_country"] == "PER; CHL"
    steps = list(csv.DictReader(io.StringIO(run(study, "NER", "USA", "--agreements", "--format", "csv").stdout)))
    assert tuple(steps[0]) == printed.STEPS and [(row["stage"], row["words"]) for row in steps] == [("signed", "signed"), ("cancelled", "canceled")]


def test_filters_reach_the_question(study: Path) -> None:
    assert len(json.loads(run(study, "PER", "CHL", "--type", "SUPPORT", "--since", "2023", "--format", "json").stdout)["ledger"]) == 1
    assert len(json.loads(run(study, "PER", "CHL", "--status", "future", "--format", "json").stdout)["ledger"]) == 1
    result = run(study, "PER", "CHL", "--until", "1999")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no events found\n")


def test_the_plot_goes_to_a_file_of_a_known_kind(study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    assert run(study, "PER", "CHL", "--plot", one).exit_code == run(study, "PER", "CHL", "--plot", two).exit_code == 0
    assert one.read_bytes() == two.read_bytes() and b"PER and CHL" in one.read_bytes()
    assert run(study, "PER", "--plot", one).exit_code == 0 and b"PER and others" in one.read_bytes()
    result = run(study, "PER", "CHL", "--plot", tmp_path / "plot.pdf")
    assert result.exit_code == 2 and "neither .svg nor .png" in result.stderr
    assert run(study, "PER", "CHL", "--plot", tmp_path / "none" / "plot.svg").exit_code == 2
    monkeypatch.setitem(__import__("sys").modules, "cairosvg", None)
    result = run(study, "PER", "CHL", "--plot", tmp_path / "plot.png")
    assert result.exit_code == 2 and 'pip install "demarche[plot]"' in result.stderr and not (tmp_path / "plot.png").exists()


def test_a_wrong_question_is_told_with_status_2(study: Path, tmp_path: Path) -> None:
    result = run(study, "XYZ", "CHL")
    assert result.exit_code == 2 and result.stderr.startswith("WHO 'XYZ': neither a country's code nor a sector")
    assert "--since 'soon'" in run(study, "PER", "CHL", "--since", "soon").stderr
    assert run(study, "PER", "CHL", "--output", study).exit_code == 2
    assert "no such archive" in run(tmp_path / "none.demarche", "PER").stderr


def test_a_narrow_terminal_gets_cards_and_a_wide_one_a_table(study: Path) -> None:
    from demarche import open_archive

    with open_archive(study) as archive:
        found: Relation = archive.relations("PER", "CHL")
    for width in (60, 160):
        told = printed.ledger(found.entries, width)
        assert "praised" in told and ("→" in told) is (width == 60)
