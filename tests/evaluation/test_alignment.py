from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.alignment import Aligned, align, common


def word(start: int, end: int, form: str = "w", multi: bool = False) -> Aligned:
    return Aligned(start, end, form, -1, "root", multi)


def test_words_match_when_they_cover_the_same_characters() -> None:
    gold = [word(0, 2), word(2, 5), word(5, 9)]
    found = [word(0, 2), word(2, 3), word(3, 5), word(5, 9)]
    assert align(gold, found) == {0: 0, 3: 2}


def test_a_multiword_token_split_by_us_matches_its_words() -> None:
    gold = [word(0, 4, "They"), word(4, 10, "did", True), word(4, 10, "n't", True), word(10, 12, "go")]
    found = [word(0, 4, "They"), word(4, 7, "did"), word(7, 10, "n't"), word(10, 12, "go")]
    assert align(gold, found) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_a_multiword_token_left_whole_matches_nothing() -> None:
    gold = [word(0, 6, "did", True), word(0, 6, "n't", True), word(6, 8, "go")]
    assert align(gold, [word(0, 6, "didn't"), word(6, 8, "go")]) == {1: 2}


def test_a_word_that_reaches_into_a_multiword_token_matches_nothing() -> None:
    gold = [word(0, 2, "ab"), word(2, 6, "cd", True), word(2, 6, "ef", True), word(6, 7, "g")]
    assert align(gold, [word(0, 3, "abc"), word(3, 4, "d"), word(4, 6, "ef"), word(6, 7, "g")]) == {2: 2, 3: 3}


def test_a_longest_common_subsequence() -> None:
    assert common("abcbd", "acbbd") in ([(0, 0), (1, 2), (3, 3), (4, 4)], [(0, 0), (2, 1), (3, 2), (4, 4)], [(0, 0), (2, 1), (3, 3), (4, 4)])
    assert common("ab", "cd") == []


@st.composite
def cuts(draw: st.DrawFn) -> list[Aligned]:
    ends = sorted(draw(st.sets(st.integers(1, 29))) | {30})
    return [word(start, end) for start, end in zip([0, *ends], ends, strict=False)]


@given(cuts(), cuts())
def test_without_multiword_tokens_exactly_the_equal_spans_match(gold: list[Aligned], found: list[Aligned]) -> None:
    spans = {(one.start, one.end): i for i, one in enumerate(gold)}
    assert align(gold, found) == {j: spans[one.start, one.end] for j, one in enumerate(found) if (one.start, one.end) in spans}
