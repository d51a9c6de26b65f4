from __future__ import annotations

from pathlib import Path

import pytest

from demarche.language.parse import Parse
from evaluation import parse
from tests.evaluation.fakes import FakeModel, parse_of

SAMPLE = """\
# newdoc id = one
# newpar
# text = Guards didn't fire.
1	Guards	guard	NOUN	_	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	_	_	1	dep:odd	_	_
3	n't	not	PART	_	_	1	advmod	_	_
4	fire	fire	NOUN	_	_	0	root	_	SpaceAfter=No
5	.	.	PUNCT	_	_	4	punct	_	_

# text = Peace
1	Peace	peace	NOUN	_	_	0	root	_	_
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sample.conllu"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_tags_and_trees_on_gold_words(path: Path) -> None:
    model = FakeModel()
    scores = parse.measure([path], model)
    assert scores["upos"] == pytest.approx(3 / 6)  # Guards, fire, Peace
    assert scores["uas"] == pytest.approx(3 / 6)  # did, n't, Peace
    assert scores["las"] == pytest.approx(2 / 6)  # a subtype does not count
    assert model.glued == [[False, False, True, False, True], [False]]


def raw(text: str) -> Parse:
    """The right words and sentences, and one wrong head: n't under did."""
    assert text == "Guards didn't fire. Peace"
    offsets = [(0, 6), (7, 10), (10, 13), (14, 18), (18, 19), (20, 25)]
    return parse_of(text, offsets, [3, 0, 1, -1, 3, -1], [(0, 5), (5, 6)])


def test_raw_text_is_scored_over_characters(path: Path) -> None:
    scores = parse.measure([path], FakeModel(raw))
    assert scores["raw_words_f1"] == scores["raw_sents_f1"] == 1
    assert scores["raw_las"] == pytest.approx(3 / 6)  # did, and both roots


def test_words_cut_at_blanks_miss_the_contraction_and_the_full_stop(path: Path) -> None:
    scores = parse.measure([path], FakeModel())
    assert scores["raw_words_f1"] == pytest.approx(2 * 2 / (6 + 4))  # Guards, Peace
    assert scores["raw_sents_f1"] == 0


def test_the_model_must_return_the_words_it_was_given(path: Path) -> None:
    model = FakeModel()
    model.tag = lambda sentences, glued=None: parse_of("one two")
    with pytest.raises(ValueError, match="6 words were given to the model, 2 came back"):
        parse.measure([path], model)
