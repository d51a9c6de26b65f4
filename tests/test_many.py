from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pytest

from demarche import many
from demarche.intake import Item, gather
from demarche.records import Report
from tests import samples
from tests.intake.pages import DATED, page


class Recorder:
    """A reader that keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []

    def read(self, text: str, **known: object) -> Report:
        self.asked.append(known)
        if "break" in text:
            raise ValueError("two\nlines")
        return samples.report()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder()
    monkeypatch.setattr(many, "_reader", lambda files: made)
    return made


class Parrot:
    """A reader that finds nothing, whatever process it is in."""

    def __init__(self, files: many.Files = many.NO_FILES) -> None:
        self.files = files

    def read(self, text: str, published: dt.date | None = None, **known: object) -> Report:
        return Report(text[:20], text, published=published)


def use_parrot() -> None:
    many._reader = Parrot  # type: ignore[assignment]


def test_what_the_page_says_is_handed_on(tmp_path: Path, reader: Recorder) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(DATED))
    outcome = many.read_one(Item(str(path)))
    assert reader.asked == [{"title": "Ruto yields", "published": dt.date(2024, 6, 26), "url": None, "source": "The Paper"}]
    assert outcome.report is not None and outcome.report.published_from == "page"


def test_a_given_date_wins_over_the_page_s(tmp_path: Path, reader: Recorder) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(DATED))
    outcome = many.read_one(Item(str(path)), dt.date(2020, 1, 1))
    assert reader.asked[0]["published"] == dt.date(2020, 1, 1)
    assert outcome.report is not None and outcome.report.published_from == "given"


def test_a_crash_in_one_report_is_one_line_and_costs_no_other(tmp_path: Path, reader: Recorder) -> None:
    for name, text in (("a", "They break the talks off, the minister said."), ("b", "The talks go on, the minister said.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    first, second = many.read_all(list(gather([str(tmp_path)])))
    assert first.report is None and first.error == f"{tmp_path}/a.txt: reading failed: ValueError: two lines (please report this together with the file)"
    assert second.report is not None and second.name == "b"


def test_a_pool_gives_the_same_outcomes_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "dacb":
        (tmp_path / f"{name}.txt").write_text(f"Niger told {name.upper()} on Monday that the talks were over.", encoding="utf-8")
    monkeypatch.setattr(many, "_reader", Parrot)
    monkeypatch.setattr(many, "_start_worker", use_parrot)
    items = [*gather([str(tmp_path)]), Item("-"), Item(str(tmp_path / "none.txt"))]
    stdin = b"The minister left the talks on Monday."
    outcomes = []
    for processes in (1, 2):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        outcomes.append(list(many.read_all(items, dt.date(2024, 5, 14), processes)))
    assert outcomes[0] == outcomes[1]
    assert [outcome.name for outcome in outcomes[0]] == ["a", "b", "c", "d", "stdin", "none"]
    assert all(outcome.report.published == dt.date(2024, 5, 14) for outcome in outcomes[0] if outcome.report)
    assert [outcome.report is None for outcome in outcomes[0]] == [False] * 5 + [True]


@pytest.mark.parametrize(("count", "alone"), [(1, True), (many.ALONE_BELOW - 1, True), (many.ALONE_BELOW, False)])
def test_few_reports_are_read_by_one_process(count: int, alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many.os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert many.default_processes(count) == (1 if alone else 3)
