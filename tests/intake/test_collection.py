from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from demarche.intake import IntakeError, collection, formats, gather, load, sources
from demarche.intake.collection import documents
from demarche.intake.place import KINDS, NEVER_PACKED, kind_of
from tests.intake.collections import GERMAN, KENYA, NIGER, ends, found
from tests.intake.pages import page


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    files = {
        "b.txt": NIGER, "a/x.html": page().decode(), "a/n.jsonl": json.dumps({"text": KENYA}), "z.csv": f'text\n"{NIGER}"\n', "notes.md": "no",
        ".hidden.txt": "no", ".git/d.txt": "no", "de.txt": GERMAN,
    }  # fmt: skip
    for name, text in files.items():
        tmp_path.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_stands_for_all_it_holds_sorted(tree: Path) -> None:
    made, errors = found(tree)
    assert [one.where.removeprefix(str(tree)) for one in made] == ["/a/n.jsonl:line 1", "/a/x.html", "/b.txt", "/z.csv:row 2"]
    assert (ends(errors), "German" in errors[0].problem) == (["de.txt"], True)
    assert [str(one) for one in found(tree)[0]] == [str(one) for one in made]


def test_patterns_are_sorted_and_reach_any_depth(tree: Path) -> None:
    assert ends(found(f"{tree}/**/*.[jt]*")[0]) == ["n.jsonl:line 1", "b.txt"]
    assert ends(found(f"{tree}/*.csv")[0]) == ["z.csv:row 2"]
    assert "no file fits the pattern" in found(f"{tree}/*.xyz")[1][0].problem


def test_a_file_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text(NIGER)
    assert len(found(path)[0]) == 1


def test_what_cannot_be_read_is_one_error_and_the_rest_goes_on(tree: Path) -> None:
    tree.joinpath("empty").mkdir()
    made, errors = found(tree / "gone.csv", tree / "empty", "a\0b", "ftp://a.example/x", tree / "b.txt")
    assert ends(made) == ["b.txt"]
    assert ["no such file" in errors[0].problem, "no reports in it" in errors[1].problem, len(errors)] == [True, True, 4]
    assert all(kind in errors[1].remedy for kind in KINDS)


def test_single_reports_packed_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(NIGER.encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(KENYA.encode())))
    assert [(one.name, one.text) for one in found(path, "-")[0]] == [("a", NIGER), ("stdin", KENYA)]


def test_a_report_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MAX_CHARACTERS", 50)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": NIGER}) + "\n" + json.dumps({"text": NIGER[:40]}))
    made, errors = found(path)
    assert (len(made), ends(errors)) == (1, ["a.jsonl:line 1"])


def test_whatever_goes_wrong_in_one_file_costs_no_other(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr("demarche.intake.table.read", broken)
    made, errors = found(tree)
    assert len(made) == 3
    assert "RuntimeError: odd" in str(errors[-1])


def test_a_large_collection_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number in range(3000):
            file.write(json.dumps({"text": f"{number} {os.urandom(2000).hex()} {NIGER}"}).encode() + b"\n")
    read = formats.read
    with open(path, "rb") as source:
        place = collection.Place.of(str(path), collection.Fields(), False, True)
        tracemalloc.start()
        count = sum(1 for _ in read(source, place))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert count == 3000
    assert peak < 3_000_000  # of 13 MB


def test_nothing_is_opened_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    given = documents([str(path)])
    path.write_text(NIGER)
    assert not isinstance(next(given), IntakeError)


def test_every_kind_has_a_reader_and_its_packed_form() -> None:
    for suffix, kind in KINDS.items():
        assert callable(formats._reader(kind))
        assert kind_of(f"a{suffix.upper()}.GZ") == ((None if kind in NEVER_PACKED else kind), True)


def test_read_takes_the_rows_of_a_collection_that_is_named(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    items = list(gather([str(tree / "z.csv"), str(tree / "a/n.jsonl"), str(tree)]))
    assert [(item.name, item.file and Path(item.file).name) for item in items[:3]] == [("z:2", "z.csv"), ("n:1", "n.jsonl"), ("x", None)]
    assert [load(item).text for item in items[:2]] == [NIGER, KENYA]
    assert ends(list(map(load, items[:1]))) == ["z.csv:row 2"]
    monkeypatch.setattr(sources, "MAX_LISTED", 1)
    tree.joinpath("z.csv").write_text("text\n" + f'"{NIGER}"\n' * 3)
    items = list(gather([str(tree / "z.csv")]))
    assert [bool(item.error) for item in items] == [False, True]
