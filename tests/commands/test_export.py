"""`demarche export` on a small archive."""

from __future__ import annotations

import csv
import inspect
import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from demarche.archive import Archive
from demarche.archive.exports import FORMATS
from demarche.archive.kept import Carrier
from demarche.archive.versions import Version
from demarche.archive.writing import keep, number
from demarche.commands import export as module
from demarche.records import Report
from tests import samples

app = typer.Typer(rich_markup_mode=None)
module.register(app)
app.callback()(lambda: None)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, whose events do not come report by report when sorted by date."""
    path = tmp_path_factory.mktemp("archive") / "study.demarche"
    with Archive.open(path, create=True) as archive:
        version = number(archive, Version("1", "w", "c", "a", "p"))
        for name in ("one", "two"):
            keep(archive, report(name), version, Carrier("folder", name))
    return path


def report(name: str) -> Report:
    plain = replace(samples.report(), id=name)
    return replace(
        plain, text=samples.TEXT + f"\n\nReport {name}.", events=tuple(replace(event, id=f"{name}{event.id}", report=name) for event in plain.events)
    )


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


@pytest.mark.parametrize("form", [name for name, form in FORMATS.items() if form.target == "text"])
def test_every_text_form_is_written_to_a_file_or_standard_output(form: str, study: Path, tmp_path: Path) -> None:
    file = tmp_path / "out"
    assert run(study, "--format", form, "--output", file).exit_code == 0
    assert file.read_text(encoding="utf-8") == run(study, "--format", form).stdout
    assert file.read_text(encoding="utf-8")


def test_the_forms_are_those_that_there_are() -> None:
    assert [form.value for form in module.Form] == list(FORMATS)


def test_parquet_and_brat_need_a_place(study: Path, tmp_path: Path) -> None:
    for form in ("parquet", "brat"):
        assert "--output" in run(study, "--format", form).output
    folder = tmp_path / "new" / "brat"
    assert run(study, "--format", "brat", "--output", folder).exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["annotation.conf", "one.ann", "one.txt", "two.ann", "two.txt"]
    assert "not empty" in run(study, "--format", "brat", "--output", folder).output
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    assert run(study, "--format", "parquet", "--output", tmp_path / "events.parquet").exit_code == 0
    assert parquet.read_table(tmp_path / "events.parquet").num_rows == 4


def test_the_archive_is_never_written_over(study: Path) -> None:
    before = study.read_bytes()
    for form in ("csv", "parquet", "brat"):
        assert run(study, "--format", form, "--output", study).exit_code == 2
    assert study.read_bytes() == before


def test_filters_choose(study: Path) -> None:
    result = run(study, "--format", "jsonl", "--type", "SANCTION", "--actor", "NER", "--with", "USA")
    assert [json.loads(line)["type"] for line in result.stdout.splitlines()] == ["SANCTION"] * 2
    assert "2 events written" in result.stderr
    assert len(run(study, "--format", "jsonl", "--limit", "1").stdout.splitlines()) == 1


def test_filters_choose_in_the_forms_that_go_by_report(study: Path) -> None:
    lines = run(study, "--format", "spacy", "--type", "THREATEN").stdout.splitlines()
    assert [{span["label"] for span in json.loads(line)["spans"]} for line in lines] == [{"THREATEN"}] * 2
    every = [json.loads(line) for line in run(study, "--format", "spacy").stdout.splitlines()]
    assert [line["meta"]["report"] for line in every] == ["one", "two"]
    assert [span["event"] for span in every[0]["spans"] if span["role"] == "Anchor"] == ["one1111aaaa1111aaaa", "one2222bbbb2222bbbb"]


def test_what_is_left_out_is_told(study: Path) -> None:
    result = run(study, "--format", "acled")
    assert result.exit_code == 0
    assert "0 events written" in result.stderr
    assert "4 left out: events that are neither violence nor protest" in result.stderr


def test_gdelt_knows_the_texts(study: Path) -> None:
    rows = list(csv.DictReader(run(study, "--format", "gdelt", "--header").stdout.splitlines(), delimiter="\t"))
    assert {row["IsRootEvent"] for row in rows} == {"0"}


def test_a_header_can_be_left_out(study: Path) -> None:
    assert run(study, "--format", "csv").stdout.splitlines()[1:] == run(study, "--format", "csv", "--no-header").stdout.splitlines()


def test_what_cannot_be_asked_is_one_line(study: Path, tmp_path: Path) -> None:
    result = run(study, "--format", "csv", "--type", "PARTY")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("--type 'PARTY'")
    assert run(study, "--format", "spacy", "--since", "soon").exit_code == 2
    assert "no such archive" in run(tmp_path / "none", "--format", "csv").stderr


def test_export_has_the_filters_of_events() -> None:
    from demarche.commands.events import events

    asked = {name for name in inspect.signature(events).parameters if name not in ("archive", "form", "output_file")}
    assert asked == {name for name in inspect.signature(module.export).parameters if name not in ("archive", "form", "output_file", "safe", "header")}
