from __future__ import annotations

from pathlib import Path

import pytest

from evaluation import floors

PINNED = {"names": {"f1": 0.7}, "coding": {"found_f1": 0.5}}


def test_a_value_below_its_floor_is_named() -> None:
    broken = floors.breaches(PINNED, {"names": {"f1": 0.65}, "coding": {"found_f1": 0.5}})
    assert [str(breach) for breach in broken] == ["names f1: 0.6500, below its floor 0.7000"]


def test_a_number_that_is_gone_is_a_breach_unless_its_data_is_missing() -> None:
    assert [str(breach) for breach in floors.breaches(PINNED, {"coding": {"found_f1": 1}})] == ["names f1: missing, below its floor 0.7000"]
    assert floors.breaches(PINNED, {"coding": {"found_f1": 1}}, skipped=["names"]) == []


def test_floors_rise_by_themselves_and_sink_only_on_purpose() -> None:
    results = {"names": {"f1": 0.8}, "coding": {"found_f1": 0.4, "predicted": 12.0}}
    assert floors.updated(PINNED, results) == {"names": {"f1": pytest.approx(0.797)}, "coding": {"found_f1": 0.5}}
    assert floors.updated(PINNED, results, lower=True)["coding"] == {"found_f1": pytest.approx(0.4 - floors.MARGINS["coding"])}


def test_what_is_not_better_when_higher_gets_no_floor() -> None:
    assert floors.updated({}, {"coding": dict.fromkeys(floors.UNPINNED, 3.0), "relations": {}}) == {}


def test_files_come_back(tmp_path: Path) -> None:
    assert floors.load(tmp_path / "floors.json") == {}
    floors.save(PINNED, tmp_path / "floors.json")
    assert floors.load(tmp_path / "floors.json") == PINNED
