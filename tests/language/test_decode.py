"""Decoding: exact trees, legal tags."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.language.decode import Tags, inside_phrases, sentence_starts, tree
from demarche.language.parse import Chunk


def is_tree(heads):
    if sum(h == -1 for h in heads) != 1:
        return False
    for start in range(len(heads)):
        seen, at = set(), start
        while at != -1:
            if at in seen:
                return False
            seen.add(at)
            at = heads[at]
    return True


def best_by_force(scores):
    n = len(scores)
    choices = [h for h in product(range(-1, n), repeat=n) if all(h[i] != i for i in range(n)) and is_tree(h)]
    return max(choices, key=lambda h: sum(scores[i, h[i] + 1] for i in range(n)))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_tree_is_the_best_of_all_trees(n, seed):
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)) * 3
    found = tree(scores)
    assert is_tree(found)
    force = best_by_force(scores)
    assert sum(scores[i, h + 1] for i, h in enumerate(found)) == pytest.approx(sum(scores[i, h + 1] for i, h in enumerate(force)))


def test_a_long_sentence_gets_one_root():
    scores = np.random.default_rng(3).normal(size=(60, 61))
    assert is_tree(tree(scores))


def test_inside_never_follows_outside():
    tags = Tags(["O", "B-Person", "I-Person", "B-Location", "I-Location"])
    scores = np.array([[5, 0, 4.9, 0, 0], [0, 0, 5, 0, 0], [0, 0, 0, 0, 5.0], [5, 0, 0, 0, 0]])
    for chunk in tags.chunks(scores):
        assert chunk.label in ("Person", "Location")
    assert tags.chunks(np.array([[0, 3, 0, 0, 0], [0, 0, 3, 0, 0], [3, 0, 0, 0, 0.0]])) == [Chunk(0, 2, "Person")]


def test_an_open_start_may_continue():
    scores = np.array([[0, 0, 5], [0, 0, 5], [5, 0, 0.0]])
    assert Tags(["O", "B", "I"], open_start=True).chunks(scores) == [Chunk(0, 2, "I")]
    assert all(chunk.label != "I" for chunk in Tags(["O", "B", "I"]).chunks(scores))


def test_paragraphs_begin_sentences():
    none = np.array([[5, 0], [5, 0], [5, 0.0]])
    assert sentence_starts(none, [2, 1, 2]) == [0, 2]


def test_a_content_does_not_end_inside_a_phrase():
    heads, relations = [-1, 3, 3, 0], ["root", "case", "amod", "obl"]  # "left | in | late | June"
    assert inside_phrases(heads, relations) == [False, True, True, False]
    tags = Tags(["O", "B", "I"])
    scores = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 2.0], [1.0, 0.0, 0.0], [0.5, 0.0, 0.0]])
    assert [(c.first, c.end) for c in tags.chunks(scores)] == [(0, 2)]
    assert [(c.first, c.end) for c in tags.chunks(scores, inside_phrases(heads, relations))] == [(0, 4)]
