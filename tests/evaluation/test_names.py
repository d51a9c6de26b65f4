from __future__ import annotations

from pathlib import Path

import pytest

from demarche.language.parse import Parse
from evaluation import names
from tests.evaluation.fakes import FakeModel, chunk, parse_of

SAMPLE = """\
https://news.example/1?a\tO
&\tO

Amina\tB-Person
Diallo\tI-Person
left\tO
Mali-based\tB-NORP
Sahel\tB-Organization\tB-Location
Watch\tI-Organization

Bamako\tI-Location
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.tsv").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "empty.tsv").write_text("", encoding="utf-8")
    return tmp_path


def test_the_text_leaves_out_the_address(folder: Path) -> None:
    article = names.read(folder / "one.tsv")
    assert article.text == "Amina Diallo left Mali-based Sahel Watch\n\nBamako"
    assert sorted(article.names) == [(0, 2, "Person"), (3, 4, "NORP"), (4, 6, "Organization"), (6, 7, "Location")]


def test_bio_tags() -> None:
    assert list(names.bio(["B-A", "I-A", "B-A", "I-B", "O", "I-A"])) == [(0, 2, "A"), (2, 3, "A"), (3, 4, "B"), (5, 6, "A")]


def found(text: str) -> Parse:
    """The person; Mali, cut finer than the file's tokens; the organisation one word short; Bamako as an organisation."""
    cut = [(0, 5), (6, 12), (13, 17), (18, 22), (22, 23), (23, 28), (29, 34), (35, 40), (42, 48)]
    plain = parse_of(text, cut)
    wanted = [("Amina Diallo", "Person"), ("Mali", "NORP"), ("Watch", "Organization"), ("Bamako", "Organization")]
    return parse_of(text, cut, names=[chunk(plain, words, label) for words, label in wanted])


def test_exact_span_and_type(folder: Path) -> None:
    scores = names.measure(folder, FakeModel(found))
    assert scores["f1"] == scores["p"] == scores["r"] == 0.5
    assert scores["f1_NORP"] == 1
    assert scores["f1_Organization"] == 0
