from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from evaluation import chains

GOLD = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2, "g": 2, "h": 3}
FOUND = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "y", "f": "z", "g": "z", "h": "w"}


def test_the_same_clusters_are_perfect() -> None:
    scores = chains.scores(GOLD, {one: -cluster for one, cluster in GOLD.items()})
    assert all(value == 1.0 for value in scores.values())


def test_muc_counts_links() -> None:
    precision, recall = chains.muc(GOLD, FOUND)
    assert recall == pytest.approx((1 + 2) / (2 + 3))  # {a b c} lies in 2 of ours, {d e f g} in 2
    assert precision == pytest.approx((1 + 1 + 1) / (1 + 2 + 1))  # of ours {c d e} alone is cut


def test_b_cubed_is_the_mean_over_mentions() -> None:
    precision, recall = chains.b_cubed(GOLD, FOUND)
    assert precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3 + 1 + 1 + 1) / 8)
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 2 / 4 + 2 / 4 + 2 / 4 + 2 / 4 + 1) / 8)


def test_ceaf_matches_clusters_one_to_one() -> None:
    precision, recall = chains.ceaf_e(GOLD, FOUND)
    total = 4 / 5 + 4 / 6 + 1  # {a b} with 1, {f g} with 2 (0.667; {c d e} has 0.571), {h} with 3
    assert precision == pytest.approx(total / 4) and recall == pytest.approx(total / 3)


def test_all_in_one_and_all_apart() -> None:
    one, apart = dict.fromkeys(GOLD, 0), {mention: mention for mention in GOLD}
    assert chains.muc(GOLD, one)[1] == 1.0 and chains.b_cubed(GOLD, one)[1] == 1.0
    assert chains.muc(GOLD, apart) == (0.0, 0.0) and chains.b_cubed(GOLD, apart)[0] == 1.0
    assert chains.b_cubed(GOLD, one)[0] == pytest.approx((9 + 16 + 1) / 64)


def test_the_score_is_the_mean_of_three() -> None:
    scores = chains.scores(GOLD, FOUND)
    assert scores["conll_f1"] == pytest.approx((scores["muc_f1"] + scores["b3_f1"] + scores["ceafe_f1"]) / 3)


def test_other_mentions_are_refused() -> None:
    with pytest.raises(ValueError, match="same mentions"):
        chains.scores(GOLD, {"a": 1})


@pytest.mark.parametrize("seed", range(20))
def test_the_best_match_is_the_best_of_all(seed: int) -> None:
    chance = Random(seed)
    rows, columns = chance.randint(1, 5), chance.randint(1, 5)
    matrix = [[round(chance.random(), 2) for _ in range(columns)] for _ in range(rows)]
    wide = matrix if rows <= columns else [list(column) for column in zip(*matrix, strict=True)]
    best = max(sum(wide[i][at] for i, at in enumerate(order)) for order in permutations(range(len(wide[0])), len(wide)))
    assert chains.best_match(matrix) == pytest.approx(best)
