from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import relations

HEADER = "\tsentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_penta\tgold_root\n"
ROWS = [
    ('"Enough", Iran told Iraq.', '"Enough", <s>Iran</s> told <t>Iraq</t>.', "Iran", "Iraq", "3", "REJECT"),
    ("Chad freed two men.", "<s>Chad </s>freed two men.", "Chad", "a recipient", "2", "YIELD"),
    ("Peru met Chile.", "<s>Peru</s> met <t>Chile</t>.", "Peru", "Chile", "1", "CONSULT"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.tsv"
    path.write_text(HEADER + "".join("\t".join((str(i), str(i), *row)) + "\n" for i, row in enumerate(ROWS)), encoding="utf-8")
    return path


def test_pairs_are_placed_in_the_plain_sentence(path: Path) -> None:
    first, second, _ = relations.read(path)
    assert [first.sentence[slice(*place)] for place in (first.source, first.target)] == ["Iran", "Iraq"]
    assert second.sentence == "Chad freed two men."
    assert (second.source, second.target) == ((0, 4), relations.NOWHERE)


def test_nested_and_repeated_marks() -> None:
    assert relations.unmark("<s><t>Iraqi</t> men</s> of <t>Iraq</t>") == ("Iraqi men of Iraq", {"s": (0, 9), "t": (0, 5)})


def test_scores(path: Path) -> None:
    answers = iter(["REJECT", "RETREAT", "ACCUSE"])
    scores = relations.measure(path, lambda *_: next(answers))
    assert scores["root_micro_f1"] == pytest.approx(2 / 3)
    assert scores["root_macro_f1"] == pytest.approx(2 / 3)  # a root the gold lacks is no class of its own
    assert scores["quad_macro_f1"] == pytest.approx((2 / 3 + 1 + 0) / 3)


def test_the_quad_comes_from_the_root_where_the_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "short.tsv"
    path.write_text("sentence\tsource\ttarget\tgold_root\nPeru hit Chile.\tPeru\tChile\tASSAULT\n", encoding="utf-8")
    assert relations.read(path) == [relations.Pair("Peru hit Chile.", (0, 4), (9, 14), "ASSAULT", "4")]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.tsv"
    path.write_text("sentence\tsource\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column gold_root, target"):
        relations.read(path)
