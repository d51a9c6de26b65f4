from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.intake import jsonl, streams
from demarche.intake.jsonl import _Cutter
from tests.intake.collections import GERMAN, KENYA, NIGER, ends, found

ROWS = [{"text": NIGER, "date": "2024-03-16"}, {"text": KENYA, "title": 'A "quoted" \\ title {['}]


def lines(*rows: object) -> bytes:
    return b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)


@pytest.mark.parametrize("name", ["n.jsonl", "n.ndjson", "n.jsonl.gz", "n.NDJSON.GZ"])
def test_json_lines_packed_or_not(tmp_path: Path, name: str) -> None:
    data = b"\xef\xbb\xbf" + lines(*ROWS).replace(b"\n", b"\r\n\r\n")
    tmp_path.joinpath(name).write_bytes(gzip.compress(data) if name.lower().endswith("gz") else data)
    made, errors = found(tmp_path / name)
    assert not errors
    assert [one.text for one in made] == [NIGER, KENYA]
    assert ends(made) == [f"{name}:line 1", f"{name}:line 3"]
    assert [one.name for one in made] == ["n:1", "n:3"]


def test_each_bad_line_is_refused_and_the_good_ones_beside_are_read(tmp_path: Path) -> None:
    bad = [b"{broken\n", b"[1]\n", b'{"text": "caf\xe9"}\n', b'{"body_of": "x"}\n', b'{"text": ' + b"[" * 200_000 + b"\n", b'{"text": 1' + b"0" * 5000 + b"}\n"]
    path = tmp_path / "n.jsonl"
    path.write_bytes(lines(ROWS[0], *bad, {"text": GERMAN}, {"text": "a\ud800"}, ROWS[1]))
    made, errors = found(path)
    assert [one.text for one in made] == [NIGER, KENYA]
    assert ends(errors) == [f"n.jsonl:line {number}" for number in range(2, 10)]
    told = " | ".join(error.problem for error in errors)
    for problem in ("not JSON", "not an object", "not UTF-8", "no column", "too deep", "German", "lone surrogate"):
        assert problem in told


def test_a_line_too_long_is_passed_over_in_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams.lines, "__defaults__", (1000,))
    path = tmp_path / "n.jsonl"
    path.write_bytes(lines(ROWS[0], {"text": "word " * 60_000}, ROWS[1]))
    made, errors = found(path)
    assert (len(made), ends(errors)) == (2, ["n.jsonl:line 2"])
    assert "larger than" in errors[0].problem


@pytest.mark.parametrize(
    "text",
    [json.dumps(ROWS), json.dumps(ROWS, indent=2), "".join(json.dumps(row, indent=1) for row in ROWS), json.dumps({"status": "ok", "articles": ROWS})],
)
def test_json_files_in_all_their_shapes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "n.json"
    for data in (text.encode(), text.encode("utf-16")):
        path.write_bytes(data)
        made, errors = found(path)
        assert not errors
        assert [(one.where.rpartition("/")[2], one.text) for one in made] == [("n.json:item 1", NIGER), ("n.json:item 2", KENYA)]


def test_one_report_with_a_list_of_links_is_one_report(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    path.write_text(json.dumps({"maintext": NIGER, "images": [{"url": "a"}]}))
    assert [one.text for one in found(path)[0]] == [NIGER]


@pytest.mark.parametrize(
    ("data", "problem", "read"),
    [(b"", "empty", 0), (b'[{"text": "x', "ends inside", 0), (lines(ROWS[0]) + b"oops", "no object", 1), (b"[1, 2]", "no object", 0), (b"[]", None, 0)],
)
def test_a_broken_json_file_gives_what_stands_before_the_break(tmp_path: Path, data: bytes, problem: str | None, read: int) -> None:
    path = tmp_path / "n.json"
    path.write_bytes(data)
    made, errors = found(path)
    assert len(made) == read
    assert [True for error in errors if problem and problem in error.problem] == ([True] if problem else [])


VALUES = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.lists(st.dictionaries(st.text(), VALUES), max_size=5), st.booleans(), st.booleans(), st.integers(1, 9))
def test_a_list_is_cut_into_its_values_wherever_the_blocks_end(rows: list[dict[str, object]], ascii_only: bool, listed: bool, step: int) -> None:
    text = json.dumps(rows, ensure_ascii=ascii_only)[1:] if listed else " ".join(json.dumps(row, ensure_ascii=ascii_only) for row in rows)
    data, cutter = text.encode("utf-8", "surrogatepass"), _Cutter("n", listed)
    values = [value for at in range(0, len(data), step) for value in cutter.cut(data[at : at + step])]
    cutter.finish()
    assert [json.loads((value or b"").decode("utf-8", "surrogatepass")) for value in values] == rows


def test_too_large_a_value_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 100)
    cutter = _Cutter("n", False)
    assert list(cutter.cut(b'{"a": "' + b"x" * 90)) == []
    assert list(cutter.cut(b"x" * 90)) == []
    assert cutter._parts == []
    assert list(cutter.cut(b'x"} {"b": 1}')) == [None, b'{"b": 1}']
