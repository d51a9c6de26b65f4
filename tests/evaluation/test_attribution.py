from __future__ import annotations

from pathlib import Path

import pytest

from demarche.language.parse import Attribution, Parse
from evaluation import attribution
from tests.evaluation.fakes import FakeModel, chunk, parse_of

TEXT = "“We leave,” the minister said, “and soon.” It will rain, reports say. Nobody knows."


def note(key: str, kind: str, *pieces: str) -> str:
    places = ";".join(f"{TEXT.index(piece)} {TEXT.index(piece) + len(piece)}" for piece in pieces)
    return f"{key}\t{kind} {places}\t{' '.join(pieces)}\n"


NOTES = "".join(
    [
        note("T1", "Source", "the minister"),
        note("T2", "Cue", "said"),
        note("T3", "Content", "“We leave,”", "“and soon.”"),
        note("T4", "Attribution", "said"),
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n",
        note("T5", "Cue", "say"),
        note("T6", "Content", "It will rain"),
        "E2\tAttribution-no-source:T5 Cue:T5 Content:T6\n",
        note("T7", "Discuss", "Nobody"),
    ]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a_story.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "text" / "a_story_unread.txt").write_text("No notes.", encoding="utf-8")
    (tmp_path / "attributions" / "a_story_1111.ann").write_text(NOTES, encoding="utf-8")
    (tmp_path / "attributions" / "a_story_2222.ann").write_text("T1\tCue 0 1\tx\nE1\tCue:T1\n", encoding="utf-8")
    return tmp_path


def found(text: str) -> Parse:
    """All of the first attribution, its content in two; the second with a source that is too much, its content short by a word."""
    plain = parse_of(text)
    minister, said, reports, say = (chunk(plain, words) for words in ("the minister", "said,", "reports", "say."))
    contents = [chunk(plain, words) for words in ("“We leave,”", "“and soon.”", "will rain,")]
    sources = [minister, minister, reports]
    return parse_of(text, attributions=[Attribution(*parts) for parts in zip(sources, [said, said, say], contents, strict=True)])


def test_the_first_annotator_is_taken(folder: Path) -> None:
    assert [note.name for _, note in attribution.pairs(folder)] == ["a_story_1111.ann"]


def test_scores(folder: Path) -> None:
    scores = attribution.measure(folder, FakeModel(found))
    assert scores == {"source_f1": pytest.approx(2 / 3), "cue_f1": 1, "content_f1": 0.5, "source_of_content": 0.5}


def test_nothing_found(folder: Path) -> None:
    assert set(attribution.measure(folder, FakeModel()).values()) == {0}


def test_ends_are_trimmed_and_neighbours_joined() -> None:
    assert attribution.trimmed("“We leave”, and go.", [(0, 10), (10, 15), (15, 19)]) == ((1, 18),)
    assert attribution.trimmed("one two three", [(8, 13), (0, 4)]) == ((0, 3), (8, 13))
    assert attribution.trimmed("...", [(0, 3)]) == ()


def test_the_nearest_of_several_contents_is_compared() -> None:
    gold = attribution.Said((), (), ((10, 20),))
    wide, near = (attribution.Said((), (), (pieces,)) for pieces in ((0, 90), (10, 18)))
    assert attribution.closest(gold, [wide, near]) is near
    assert attribution.closest(gold, [attribution.Said((), (), ((0, 14),))]) is None
