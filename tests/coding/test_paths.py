import pytest

from demarche.coding.paths import path, path_index
from tests.coding.pages import at, parse

REPORT = (
    "Niger/PROPN/nsubj/2 expelled/VERB/root envoys/NOUN/obj/2 from/ADP/case/5 France/PROPN/obl/2",
    "It/PRON/nsubj/2 rained/VERB/root",
    "Soldiers/NOUN/nsubj/2 left/VERB/root Agadez/PROPN/obj/2",
)


@pytest.mark.parametrize(
    ("anchor", "word", "name"),
    [
        ("expelled", "Niger", "nsubj"),
        ("expelled", "France", "obl:from"),
        ("expelled", "from", "below:obl:from:case"),
        ("envoys", "expelled", "above:obj"),
        ("expelled", "rained", "sentence after:1"),
        ("left", "Niger", "sentence before:2"),
    ],
)
def test_how_a_word_stands_to_an_anchor(anchor, word, name):
    read = parse(*REPORT)
    assert path(read, at(read, anchor).first, at(read, word).first) == name


def test_distant_sentences_are_equally_far():
    read = parse(*REPORT, *["It/PRON/nsubj/2 snowed/VERB/root"] * 4)
    assert path(read, len(read.words) - 1, 0) == "sentence before:4"


def test_a_rare_path_counts_as_its_shorter_form():
    known = {"": 0, "obl": 1, "obl:from": 2}
    assert [path_index(known, name) for name in ("obl:from", "obl:amid", "vocative")] == [2, 1, 0]
