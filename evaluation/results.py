"""Results shown: a table on the terminal, a JSON file, a page of the documentation."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.table import Table

Results = dict[str, dict[str, float]]
Floors = dict[str, dict[str, float]]

ROOT = Path(__file__).parent.parent
JSON_PATH = Path(__file__).with_name("results.json")
PAGE_PATH = ROOT / "docs" / "results.md"
_COUNTS = ("predicted", "core", "matched_with_type")
_INTRODUCTION = """# Results

Written by `python -m evaluation --write`. Development parts only; what each number means is told in [evaluation](evaluation.md).
All are shares between 0 and 1 except counts of events; a floor is the value below which the checks fail.
"""


def shown(number: str, value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if number in _COUNTS else f"{value:.3f}"


def print_table(results: Results, floors: Floors) -> None:
    """The results on stdout."""
    table = Table("measure", "number", "value", "floor", title="demarche evaluation")
    for measure, numbers in results.items():
        for i, row in enumerate(_rows(measure, numbers, floors)):
            table.add_row("" if i else measure, *row, end_section=i == max(len(numbers) - 1, 0))
    Console().print(table)


def _rows(measure: str, numbers: dict[str, float], floors: Floors) -> list[tuple[str, str, str]]:
    pinned = floors.get(measure, {})
    return [(number, shown(number, value), shown(number, pinned.get(number))) for number, value in numbers.items()] or [("not built yet", "", "")]


def write(results: Results, floors: Floors, json_path: Path = JSON_PATH, page_path: Path = PAGE_PATH) -> None:
    """Write the JSON file and the page; numbers of measures that were not run stay as they are."""
    known: Results = json.loads(json_path.read_text(encoding="utf-8")) if json_path.is_file() else {}
    merged = known | {measure: {number: round(value, 4) for number, value in numbers.items()} for measure, numbers in results.items()}
    json_path.write_text(json.dumps(merged, indent=1) + "\n", encoding="utf-8")
    page_path.parent.mkdir(exist_ok=True)
    page_path.write_text(page(merged, floors), encoding="utf-8")


def page(results: Results, floors: Floors) -> str:
    """The results as markdown."""
    lines = [_INTRODUCTION, "| measure | number | value | floor |", "|---|---|---:|---:|"]
    for measure, numbers in results.items():
        lines += [f"| {measure} | {number} | {value} | {floor} |" for number, value, floor in _rows(measure, numbers, floors)]
    return "\n".join(lines) + "\n"
