"""Pinned floors: the numbers below which a measure must not fall. They rise by themselves and sink only on purpose."""

from __future__ import annotations

import json
import math
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

Table = dict[str, dict[str, float]]

PATH = Path(__file__).with_name("floors.json")
MARGIN = 0.003  # what a floor leaves below the number measured: int8 arithmetic differs a little from one processor to the next
MARGINS = {"coding": 0.02, "coding_niger": 0.1}
"""Larger margins where few things are counted: one event of 180, or of 15, more or less must not stop anybody."""
UNPINNED = (
    "duplicates",
    "calibration_error",
    "calibration_confidence",
    "calibration_right",
    "predicted",
    "core",
    "matched_with_type",
)  # not better when higher
FIGURES = 1e3


@dataclass(frozen=True)
class Breach:
    """A number below its floor; `value` is null where the measure gave no number at all."""

    measure: str
    number: str
    value: float | None
    floor: float

    def __str__(self) -> str:
        value = "missing" if self.value is None else f"{self.value:.4f}"
        return f"{self.measure} {self.number}: {value}, below its floor {self.floor:.4f}"


def load(path: Path = PATH) -> Table:
    """The floors of a file; none where there is no file."""
    table: Table = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return table


def save(floors: Table, path: Path = PATH) -> None:
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def breaches(floors: Table, results: Table, skipped: Container[str] = ()) -> list[Breach]:
    """Every pinned number that is below its floor, or that its measure no longer gives; measures in `skipped` are not asked."""
    return [
        Breach(measure, number, value, floor)
        for measure, numbers in floors.items()
        if measure not in skipped
        for number, floor in numbers.items()
        if (value := results.get(measure, {}).get(number)) is None or value < floor
    ]


def updated(floors: Table, results: Table, lower: bool = False) -> Table:
    """The floors raised to just below the results; with `lower`, lowered to there as well."""
    raised = {measure: dict(numbers) for measure, numbers in floors.items()}
    for measure, numbers in results.items():
        old = raised.setdefault(measure, {})
        old |= {number: new for number, new in _floors(numbers, MARGINS.get(measure, MARGIN)).items() if lower or new > old.get(number, -1)}
    return {measure: numbers for measure, numbers in raised.items() if numbers}


def _floors(numbers: Mapping[str, float], margin: float) -> dict[str, float]:
    return {number: _below(value, margin) for number, value in numbers.items() if number not in UNPINNED and not number.startswith("f1_")}


def _below(value: float, margin: float) -> float:
    return max(0.0, math.floor((value - margin) * FIGURES) / FIGURES)
