from __future__ import annotations

from random import Random

import pytest

from demarche.archive.groups import components, grouped


def test_the_likeliest_join_first_and_the_mean_decides() -> None:
    pairs = {(1, 2): 900, (2, 3): 800, (1, 3): 100}
    assert grouped([1, 2, 3], pairs, 0.5) == [[1, 2], [3]]
    assert grouped([1, 2, 3], pairs, 0.45) == [[1, 2, 3]]


def test_a_missing_pair_counts_as_nothing() -> None:
    assert grouped(range(4), {(0, 1): 900, (2, 3): 900, (1, 2): 900}, 0.5) == [[0, 1], [2, 3]]
    assert grouped(range(4), {(0, 1): 900, (2, 3): 900, (1, 2): 900, (0, 2): 900, (1, 3): 700}, 0.5) == [[0, 1, 2, 3]]


def test_those_that_are_held_apart_never_join() -> None:
    pairs = {(1, 2): 990, (2, 3): 900, (1, 3): 900}
    assert grouped([1, 2, 3], pairs, 0.5, {1: "a", 2: "a", 3: "b"}.get) == [[1, 3], [2]]


def test_single_members_stay_alone() -> None:
    assert grouped([3, 1], {}, 0.5) == [[1], [3]]
    assert grouped([], {}, 0.5) == []


@pytest.mark.parametrize("seed", range(10))
def test_neither_order_nor_parts_matter(seed: int) -> None:
    chance = Random(seed)
    members = list(range(14))
    pairs = {(a, b): chance.choice((300, 500, 700, 900)) for a in members for b in members if a < b and chance.random() < 0.2}
    whole = grouped(members, pairs, 0.5)
    mixed = list(pairs.items())
    chance.shuffle(mixed)
    assert grouped(reversed(members), dict(mixed), 0.5) == whole
    parts = components(members, [pair for pair, value in mixed if value >= 500])
    assert sorted(group for part in parts for group in grouped(part, pairs, 0.5)) == whole


def test_components() -> None:
    assert components([5, 1, 2, 3, 4], [(3, 4), (4, 5), (1, 2)]) == [[1, 2], [3, 4, 5]]
