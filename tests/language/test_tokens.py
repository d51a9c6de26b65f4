"""Words of raw text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.language.tokens import words


def cut(text):
    return [text[a:b] for a, b in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They didn't sign.", ["They", "did", "n't", "sign", "."]),
        ("the minister's aide", ["the", "minister", "'s", "aide"]),
        ("the minister’s aide", ["the", "minister", "’s", "aide"]),
        ("U.S. troops left.", ["U.S.", "troops", "left", "."]),
        ("Mr. Okello met Gen. Diallo", ["Mr.", "Okello", "met", "Gen.", "Diallo"]),
        ("a two-day visit", ["a", "two", "-", "day", "visit"]),
        ("$1,200 or 5%", ["$", "1,200", "or", "5", "%"]),
        ("at 10:30am", ["at", "10:30", "am"]),
        ("CAIRO - 26 July 2022: talks", ["CAIRO", "-", "26", "July", "2022", ":", "talks"]),
        ("They said no.", ["They", "said", "no", "."]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
        ("“We cannot”", ["“", "We", "can", "not", "”"]),
    ],
)
def test_conventions(text, expected):
    assert cut(text) == expected


@given(st.text(max_size=200))
def test_nothing_visible_is_lost(text):
    spans = list(words(text))
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(i in covered or text[i].isspace() or not text[i].isprintable() for i in range(len(text)))
