from __future__ import annotations

import builtins
import datetime as dt
import io
import sys
from pathlib import Path

import pytest

from demarche.intake import Fields, parquet
from tests.intake.collections import GERMAN, KENYA, NIGER, ends, found
from tests.intake.test_zipped import packed

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def table(columns: dict[str, object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_rows_are_read_and_bad_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    day = [dt.datetime(2024, 3, 16, 9), None, None, None]
    path.write_bytes(table({"maintext": [NIGER, None, GERMAN, KENYA], "date_publish": day, "source": [{"name": "BBC"}] * 4, "other": [1, 2, 3, 4]}))
    made, errors = found(path)
    assert [(one.text, str(one.published), one.outlet) for one in made] == [(NIGER, "2024-03-16", "BBC"), (KENYA, "None", "BBC")]
    assert ends(made) == ["t.parquet:row 1", "t.parquet:row 4"]
    assert ends(errors) == ["t.parquet:row 2", "t.parquet:row 3"]


def test_texts_kept_as_bytes_are_decoded_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(table({"text": [NIGER.encode(), b"caf\xe9"]}))
    made, errors = found(path)
    assert ([one.text for one in made], ends(errors)) == ([NIGER], ["t.parquet:row 2"])


def test_columns_are_named_and_missing_ones_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(table({"a": [{"words": NIGER}], "b": ["x"]}))
    assert "the columns are a, b" in str(found(path)[1][0])
    assert [one.text for one in found(path, fields=Fields(text="a.words"))[0]] == [NIGER]


def test_a_table_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"t.parquet": table({"text": [NIGER]})}))
    assert ends(found(path)[0]) == ["a.zip:t.parquet:row 1"]


def test_damage_and_absurd_sizes_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(table({"text": [NIGER] * 50})[:-20])
    assert ["damaged" in error.problem for error in found(path)[1]] == [True]
    path.write_bytes(table({"text": [NIGER]}))
    monkeypatch.setattr(parquet, "MAX_CHUNK", 10)
    assert "row group 0 is larger" in found(path)[1][0].problem


def test_without_pyarrow_the_error_carries_the_install_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    for module in [name for name in sys.modules if name.startswith("pyarrow")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(builtins, "__import__", without)
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1")
    assert found(path)[1][0].remedy == "pip install 'demarche[parquet]'"
