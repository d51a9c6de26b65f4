from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation import cli, floors, results, suite

GIVEN = {"first": {"f1": 0.5}, "second": {}}


def entry(scores: dict[str, float]) -> suite.Entry:
    return suite.Entry(("there",), lambda _: scores)


def broken(_: Path) -> dict[str, float]:
    raise ZeroDivisionError("by nothing")


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shared folder with one thing in it, and measures that need no model."""
    (tmp_path / "shared" / "there").mkdir(parents=True)
    known = {
        "first": entry({"f1": 0.5}),
        "second": entry({}),
        "absent": suite.Entry(("gone",), lambda _: {"f1": 1.0}),
        "broken": suite.Entry(("there",), broken),
    }
    monkeypatch.setattr(suite, "ENTRIES", known)
    monkeypatch.setattr(floors, "PATH", tmp_path / "floors.json")
    monkeypatch.setattr(floors.load, "__defaults__", (tmp_path / "floors.json",))
    monkeypatch.setattr(floors.save, "__defaults__", (tmp_path / "floors.json",))
    return tmp_path / "shared"


def test_missing_data_is_skipped_and_a_failure_loses_nothing_else(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = suite.run(shared)
    assert (outcome.results, outcome.skipped, outcome.failed) == (GIVEN, ["absent"], ["broken"])
    said = capsys.readouterr().err
    assert "absent: skipped" in said
    assert "broken: failed, ZeroDivisionError: by nothing" in said


def test_the_mean_of_the_treebanks_stands_beside_them() -> None:
    outcome = suite.with_mean(suite.Outcome({"parse_ewt": {"las": 0.8}, "parse_gum": {"las": 0.9}, "names": {}}))
    assert list(outcome.results) == ["parse_ewt", "parse_gum", "parse_mean", "names"]
    assert outcome.results["parse_mean"] == {"las": pytest.approx(0.85)}


def test_a_stage_that_is_not_built_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def unbuilt(_: str) -> None:
        raise ModuleNotFoundError("No module named 'demarche.coding.relations'", name="demarche.coding.relations")

    monkeypatch.setattr("evaluation.relations.import_module", unbuilt)
    path = tmp_path / "pairs.tsv"
    path.write_text("sentence\tsource\ttarget\tgold_root\n", encoding="utf-8")
    assert cli.main(["relations", str(path), "--json"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "{}\n"
    assert "relations: not built yet" in printed.err


def test_a_missing_library_is_not_taken_for_a_missing_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'numpy'", name="numpy")

    monkeypatch.setattr(suite, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        suite.call("names", Path())


def test_floors_are_pinned_checked_and_broken(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["--shared", str(shared), "--only", "first", "--json"]
    assert cli.main([*run, "--update-floors"]) == 0
    assert floors.load() == {"first": {"f1": pytest.approx(0.497)}}
    assert cli.main([*run, "--check-floors"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == {"first.f1": 0.5}
    floors.save({"first": {"f1": 0.6}, "second": {"f1": 0.6}})
    assert cli.main([*run, "--check-floors"]) == 1
    said = capsys.readouterr().err
    assert "floor: first f1: 0.5000, below its floor 0.6000" in said
    assert "second" not in said


def test_the_table(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--shared", str(shared), "--only", "first", "second"]) == 0
    printed = capsys.readouterr().out
    assert "0.500" in printed
    assert "not built yet" in printed


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["names", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_results_are_written_and_what_was_not_run_stays(tmp_path: Path) -> None:
    paths = (tmp_path / "results.json", tmp_path / "docs" / "results.md")
    results.write({"first": {"f1": 0.5}, "coding": {"predicted": 12}}, {}, *paths)
    results.write({"first": {"f1": 0.61234}}, {"first": {"f1": 0.6}}, *paths)
    assert json.loads(paths[0].read_text(encoding="utf-8")) == {"first": {"f1": 0.6123}, "coding": {"predicted": 12}}
    page = paths[1].read_text(encoding="utf-8")
    assert "| first | f1 | 0.612 | 0.600 |" in page
    assert "| coding | predicted | 12 |  |" in page
