"""Windows lose no word and stay within limits."""

import numpy as np
import pytest

from demarche.language.model import WEIGHTS, Embeddings
from demarche.language.windows import HARD_LIMIT, LIMIT, Piece, cut, encode, shape


@pytest.fixture(scope="module")
def subwords():
    return Embeddings(WEIGHTS).subwords


@pytest.mark.parametrize("pattern", [["word"], ["word", "word", "."], ["Antidisestablishmentarianism"], ["x" * 500]])
@pytest.mark.parametrize("paragraph", [7, 100, 3000])
def test_every_word_is_in_one_window(subwords, pattern, paragraph):
    pieces = [Piece(pattern[i % len(pattern)], 2 if i % paragraph == 0 else 1) for i in range(2500)]
    windows = cut(pieces, subwords)
    assert [i for a, b in windows for i in range(a, b)] == list(range(len(pieces)))
    assert all(len(encode(pieces[a:b], subwords).ids) <= HARD_LIMIT + 2 + 12 for a, b in windows)


def test_short_paragraphs_share_a_window(subwords):
    pieces = [Piece("word", 2 if i % 10 == 0 else 1) for i in range(60)]
    assert cut(pieces, subwords) == [(0, 60)]
    assert len(cut(pieces * 5, subwords)) >= 300 // LIMIT


@pytest.mark.parametrize(("word", "name"), [("talks", 0), ("Talks", 1), ("UN", 2), ("McCain", 3), ("2012", 4), ("G7", 5), ("-", 6), ("A", 7)])
def test_shapes(word, name):
    assert shape(word) == name


def test_values_of_words_are_spread_over_their_subwords(subwords):
    encoded = encode([Piece("talks", 2), Piece("Antidisestablishmentarianism", 1), Piece("failed", 1)], subwords)
    spread = encoded.spread(np.array([[1.0], [2.0], [3.0]]))[:, 0].tolist()
    assert (spread[0], spread[-1]) == (0, 0)
    assert spread[1:-1] == [1.0] + [2.0] * (len(encoded.ids) - 4) + [3.0] and len(encoded.ids) > 6
