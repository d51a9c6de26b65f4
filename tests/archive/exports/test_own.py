"""The forms without a foreign schema: plain CSV, JSON Lines and Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace

import pytest

from demarche.archive.exports import FORMATS, ExportError
from demarche.archive.exports import parquet as module
from demarche.archive.kept import Kept
from demarche.printing import rows
from tests import samples
from tests.archive.exports.kept import HEAD, canceled, kept, threatened, written


def test_csv_begins_as_that_of_read() -> None:
    (row,) = csv.DictReader(io.StringIO(written("csv", [canceled()])[0]))
    assert FORMATS["csv"].columns[: len(rows.COLUMNS)] == rows.COLUMNS
    read = rows.row("niger", samples.report(), canceled().event)
    assert {name: row[name] for name in read if name not in ("report", "url")} == {
        name: "" if value is None else str(value) for name, value in read.items() if name not in ("report", "url")
    }
    assert (row["publisher"], row["story"], row["carriers"], row["happening"]) == ("The Daily", HEAD.id, "1", "h1")


def test_json_lines_hold_everything_but_the_text() -> None:
    text, _ = written("jsonl", [canceled(), threatened()])
    assert [Kept.from_dict(json.loads(line)) for line in text.splitlines()] == [replace(one, text=None) for one in (canceled(), threatened())]


def test_parquet_has_typed_columns() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    tally = FORMATS["parquet"].write([canceled(), threatened()], out)
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert tally.rows == table.num_rows == 2
    assert tuple(table.column_names) == FORMATS["parquet"].columns
    types = {name: str(table.schema.field(name).type) for name in ("date_start", "intensity", "killed_low", "event", "carriers")}
    assert types == {"date_start": "date32[day]", "intensity": "double", "killed_low": "int64", "event": "string", "carriers": "int32"}
    assert pyarrow.types.is_list(table.schema.field("actor").type)
    first, second = table.to_pylist()
    assert (first["date_start"], first["killed_low"], first["killed_high"], first["place_lat"]) == (samples.canceled("r").date.start, 12, None, 13.51)  # type: ignore[union-attr]
    assert first["actor"][0] | {"role": None} == canceled().event.actor[0].to_dict()
    assert first["according_to"][0]["cue"] == "said"
    assert (second["actor"], second["date_start"], second["contexts"]) == ([], None, [])


def test_parquet_is_written_in_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    monkeypatch.setattr(module, "BATCH", 2)
    out = io.BytesIO()
    FORMATS["parquet"].write([canceled()] * 5, out)
    file = parquet.ParquetFile(io.BytesIO(out.getvalue()))
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [2, 2, 1]


def test_parquet_without_events_and_with_halves_of_characters() -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    for events, title in (([], None), ([kept(canceled().event, replace(HEAD, title="a\ud800"))], "a\ufffd")):
        out = io.BytesIO()
        FORMATS["parquet"].write(events, out)
        table = parquet.read_table(io.BytesIO(out.getvalue()))
        assert [row["title"] for row in table.to_pylist()] == ([title] if title else [])


def test_without_pyarrow_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r'pip install "demarche\[parquet\]"'):
        FORMATS["parquet"].write([], io.BytesIO())
