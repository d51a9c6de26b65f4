from __future__ import annotations

import io
import os
import pickle
import sys
from pathlib import Path

import pytest

from demarche.intake import IntakeError, Item, gather, load, sources
from tests.intake.pages import PARAGRAPHS, page

SENTENCE = "Niger cancelled its military accord with the United States on Saturday, the junta said."


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "deep/er/c.HTM", "notes.md", ".hidden.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page() if name.lower().endswith(("html", "htm")) else SENTENCE.encode())
    return tmp_path


def test_a_folder_stands_for_its_reports_sorted(tree: Path) -> None:
    found = [os.path.relpath(item.where, tree) for item in gather([str(tree)])]
    assert found == ["a.html", "b.txt", os.path.join("deep", "er", "c.HTM")]


def test_arguments_keep_their_order_and_may_mix(tree: Path) -> None:
    found = [item.where for item in gather(["https://a.example/x", str(tree / "notes.md"), "-", "nowhere.txt"])]
    assert found == ["https://a.example/x", str(tree / "notes.md"), "-", "nowhere.txt"]


def test_names_are_stems(tree: Path) -> None:
    assert [Item(where).name for where in ("a/b.c.txt", "-", "https://a.example/x.html")] == ["b.c", "stdin", "x"]


def test_text_and_html_are_told_by_content(tree: Path) -> None:
    odd = tree / "page.txt"
    odd.write_bytes(page())
    assert load(Item(str(odd))).title == "Ruto yields"
    bare = tree / "bare.html"
    bare.write_text(SENTENCE, encoding="utf-8")
    assert load(Item(str(bare))).text == SENTENCE
    fragment = tree / "fragment.html"
    fragment.write_text(f"<p>{PARAGRAPHS[0]}</p>", encoding="utf-8")
    assert load(Item(str(fragment))).text == PARAGRAPHS[0]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SENTENCE.encode())))
    made = load(Item("-"))
    assert (made.where, made.name, made.text) == ("standard input", "stdin", SENTENCE)


def test_an_empty_folder_is_an_error_of_its_own(tmp_path: Path) -> None:
    (item,) = gather([str(tmp_path)])
    with pytest.raises(IntakeError, match="a folder with no reports in it") as caught:
        load(item)
    assert ".txt, .html or .htm" in caught.value.remedy


def test_a_missing_file_and_a_path_that_cannot_be_one(tmp_path: Path) -> None:
    for where, problem in ((str(tmp_path / "gone.txt"), "no such file"), ("x" * 5000, "cannot be read"), ("a\0b", "cannot be read")):
        (item,) = gather([where])
        with pytest.raises(IntakeError, match=problem):
            load(item)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    monkeypatch.setattr(sources.os, "fstat", lambda _: os.stat_result([0] * 6 + [50_000_000] + [0] * 3))
    with pytest.raises(IntakeError, match="larger than 20 MB") as caught:
        load(Item(str(path)))
    assert "split" in caught.value.remedy


def test_what_tells_no_size_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 80)
    monkeypatch.setattr(sources.os, "fstat", lambda _: os.stat_result([0] * 10))
    path = tmp_path / "endless.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(IntakeError, match="larger than"):
        load(Item(str(path)))


def test_a_text_longer_than_any_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_CHARACTERS", 50)
    path = tmp_path / "long.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(IntakeError, match="characters in one report"):
        load(Item(str(path)))


def test_the_language_is_judged_without_the_address_line(tmp_path: Path) -> None:
    path = tmp_path / "de.txt"
    path.write_text(
        "https://english.example/the-president-announced-the-withdrawal\nDer Präsident hat am Montag den Abzug der Truppen angekündigt.", encoding="utf-8"
    )
    with pytest.raises(IntakeError, match="German"):
        load(Item(str(path)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_given_as_a_file_is_read(tmp_path: Path) -> None:
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(SENTENCE, encoding="utf-8"))
    writer.start()
    assert load(Item(str(pipe))).text == SENTENCE
    writer.join()


def test_items_and_errors_travel_between_processes() -> None:
    item = Item("a", IntakeError("a", "b", "c"))
    again = pickle.loads(pickle.dumps(item))
    assert (again.where, str(again.error)) == ("a", "a: b (c)")
