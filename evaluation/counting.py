"""Precision, recall and F1 from counts."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """How many were right, predicted, and in the gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, right: int, predicted: int, gold: int) -> None:
        self.right += right
        self.predicted += predicted
        self.gold += gold

    def compare(self, gold: Set[object], predicted: Set[object]) -> None:
        """Count two sets whose equal members match."""
        self.add(len(gold & predicted), len(predicted), len(gold))

    @property
    def precision(self) -> float:
        return ratio(self.right, self.predicted)

    @property
    def recall(self) -> float:
        return ratio(self.right, self.gold)

    @property
    def f1(self) -> float:
        return ratio(2 * self.right, self.predicted + self.gold)


def ratio(part: float, whole: float) -> float:
    """`part / whole`, and 0 of nothing."""
    return part / whole if whole else 0.0
