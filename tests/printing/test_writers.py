from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from demarche.printing.rows import COLUMNS, row
from demarche.printing.writers import writer
from demarche.records import Report
from tests import samples


def written(form: str, *reports: Report) -> str:
    out = io.StringIO()
    with writer(form, out) as one:
        for number, report in enumerate(reports):
            one.write(f"r{number}", report)
    return out.getvalue()


def test_json_lines_hold_the_whole_report_under_its_short_name() -> None:
    report = samples.report()
    (line,) = written("jsonl", report).splitlines()
    found = json.loads(line)
    assert found["id"] == "r0"
    assert Report.from_dict(found | {"id": found["report"]}) == report
    assert list(found)[:2] == ["id", "report"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_list(count: int) -> None:
    found = json.loads(written("json", *[samples.report()] * count))
    assert [one["id"] for one in found] == [f"r{number}" for number in range(count)]


def test_text_stays_readable_in_json() -> None:
    report = replace(samples.report(), title="Göteborg – “ja”")
    assert "Göteborg – “ja”" in written("jsonl", report)


def test_csv_has_one_row_an_event_and_a_header_even_without_events() -> None:
    assert written("csv", replace(samples.report(), events=())).strip().split(",") == list(COLUMNS)
    first, second = csv.DictReader(io.StringIO(written("csv", samples.report())))
    assert (first["id"], first["type"], first["date_start"], first["place_lat"], first["killed_low"], first["killed_high"]) == (
        "r0", "SANCTION", "2024-03-16", "13.51", "12", "",
    )  # fmt: skip
    assert (second["actor_text"], second["date_start"], second["place_name"]) == ("", "", "")


def test_several_parties_share_cells_in_step() -> None:
    event = samples.canceled("r")
    event = replace(event, actor=(*event.actor, *event.recipient))
    cells = row("n", samples.report(), event)
    assert (cells["actor_country"], cells["actor_sector"], cells["actor_role"]) == ("NER; USA", "MIL; ", None)


def test_every_cell_has_a_column() -> None:
    assert set(row("n", samples.report(), samples.canceled("r"))) == set(COLUMNS)


def test_a_table_leaves_out_reports_without_events() -> None:
    assert written("table", replace(samples.report(), events=())) == ""
