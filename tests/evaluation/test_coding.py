from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from demarche.records import Report
from evaluation import cli, coding
from tests import samples

SCORER = """
def accepted(gold):
    return {gold["type"]}

def gold_spans(text, gold):
    return [(text.index(words), text.index(words) + len(words)) for words in gold.get("words", [])]

def match(text, golds, preds):
    n = min(len(golds), len(preds))
    return {i: i for i in range(n)}, {i: i for i in range(n)}

def score(golds, preds, texts, details=False):
    if details:
        print("MISS something")
    return {"found": (0.25, 0.5, 1 / 3), "status": 0.75, "counts": {"predicted": sum(map(len, preds.values())), "core": 3}}
"""


class FakeReader:
    """Finds the sample's events in every text."""

    def __init__(self) -> None:
        self.published: list[str | None] = []

    def read(self, text: str, *, published: str | None = None) -> Report:
        self.published.append(published)
        return samples.report()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    gold, articles = tmp_path / "gold" / "dev", tmp_path / "articles"
    gold.mkdir(parents=True)
    articles.mkdir()
    (gold.parent / "score.py").write_text(SCORER, encoding="utf-8")
    for name, published in (("a", "2024-05-14"), ("b", None)):
        events = [{"type": "SANCTION"}, {"type": "AGREE"}, {"type": "AGREE"}]
        (gold / f"{name}.json").write_text(json.dumps({"id": name, "events": events} | ({"published": published} if published else {})))
        (articles / f"{name}.txt").write_text(samples.TEXT, encoding="utf-8")
    return gold, articles


def test_the_scorer_s_numbers_become_flat_and_calibration_is_added(folders: tuple[Path, Path]) -> None:
    reader = FakeReader()
    outcome = coding.evaluate(*folders, reader=reader)
    assert reader.published == ["2024-05-14", None]
    expected = {"found_p": 0.25, "found_r": 0.5, "found_f1": 1 / 3, "status": 0.75, "predicted": 4, "core": 3, "calibration_right": 0.5}
    assert expected.items() <= outcome.scores.items()
    assert outcome.details == "MISS something\n"
    assert str(outcome.by_type["SANCTION"]) == "P 1.000  R 1.000  (2 predicted, 2 gold)"
    assert str(outcome.by_type["AGREE"]) == "P 0.000  R 0.000  (0 predicted, 4 gold)"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([["canceled"], ["threatened"]], 1.0),
        ([["canceled", "had threatened sanctions"], []], 2.0),
        ([["canceled a pact"], ["pact", "canceled"]], 0.5),
        ([["spoke"], []], 0.0),
    ],
)
def test_events_for_each_happening_that_is_found(folders: tuple[Path, Path], words: list[list[str]], expected: float) -> None:
    path = folders[0] / "b.json"
    path.write_text(json.dumps({"id": "b", "events": [{"type": "SANCTION", "words": one} for one in words]}), encoding="utf-8")
    assert coding.measure(*folders, reader=FakeReader(), only=["b"])["duplicates"] == expected


def test_one_article_alone(folders: tuple[Path, Path]) -> None:
    assert coding.measure(*folders, reader=FakeReader(), only=["b"])["predicted"] == 2
    with pytest.raises(FileNotFoundError, match="no gold files"):
        coding.measure(*folders, reader=FakeReader(), only=["z"])


def test_the_command_prints_one_object_and_writes_predictions(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(coding, "Reader", FakeReader)
    out = tmp_path / "predictions.jsonl"
    assert cli.main(["coding", *map(str, folders), "--json", "--details", "--predictions", str(out)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["found_r"] == 0.5
    assert "MISS something" in printed.err
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["a", "b"]


def test_no_scorer_beside_the_gold(folders: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "dev"
    shutil.copytree(folders[0], other)
    with pytest.raises(FileNotFoundError, match="the scorer lies beside the gold folder"):
        coding.measure(other, folders[1], reader=FakeReader())


def test_gold_as_its_own_prediction_is_all_right(shared: Path) -> None:
    gold = shared / "gold" / "train"
    known, scorer = coding.load(gold, shared / "gold" / "articles"), coding.scorer(gold)
    found: dict[str, list[dict[str, Any]]] = {
        name: [event | {"confidence": 1.0} for event in scorer.as_predictions({"events": events}, known.texts[name])] for name, events in known.gold.items()
    }
    scores = coding.judge(scorer, known, found).scores
    assert scores["found_f1"] == scores["type_f1"] == scores["status"] == scores["date_exact"] == 1
    assert scores["calibration_error"] == 0
