from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.intake import table
from demarche.intake.fields import Fields
from demarche.intake.place import Place
from tests.intake.collections import GERMAN, KENYA, NIGER, ends, found


def rows(data: bytes, name: str = "t.csv") -> list[object]:
    return [cells for _, cells in table._rows(io.BytesIO(data), Place(name, "t"))]


@pytest.mark.parametrize(
    ("name", "delimiter", "encoding", "end"),
    [
        ("t.csv", ",", "utf-8", "\n"), ("t.csv", ";", "utf-8-sig", "\r\n"), ("t.csv", "\t", "utf-8", "\n"), ("t.csv", "|", "utf-8", "\r"),
        ("t.tsv", "\t", "utf-16", "\r\n"), ("t.tab", "\t", "utf-8", "\n"), ("t.csv.gz", ",", "utf-8", "\n"),
    ],
)  # fmt: skip
def test_dialects_and_encodings(tmp_path: Path, name: str, delimiter: str, encoding: str, end: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([["title", "body", "date"], ['Of "this", that; and | more', NIGER, "2024-03-16"], ["b", f"{KENYA}\n\n{KENYA}", ""]])
    data = out.getvalue().encode(encoding)
    tmp_path.joinpath(name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    made, errors = found(tmp_path / name)
    assert not errors
    assert [one.text for one in made] == [NIGER, f"{KENYA}\n\n{KENYA}"]
    assert ends(made) == [f"{name}:row 2", f"{name}:row 3"]
    assert [str(one.published) for one in made] == ["2024-03-16", "None"]


def test_quotes_escaped_by_a_backslash() -> None:
    assert rows(b'a,b\n"say \\"no\\" now",2\n') == [["a", "b"], ['say "no" now', "2"]]
    assert rows(b'a,b\n"C:\\","x ""y"""\n') == [["a", "b"], ["C:\\", 'x "y"']]


def test_huge_fields_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text,id\n" + f'"{(NIGER + " ") * 4000}",big\n')
    made, errors = found(path)
    assert ([one.name for one in made], errors) == (["big"], [])
    assert len(made[0].text) > 400_000


def test_each_bad_row_is_refused_and_the_good_ones_beside_are_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    good, other = f'"{NIGER}",a\n'.encode(), f'"{KENYA}",b,,\n'.encode()
    path.write_bytes(
        b"text,title\n" + good + b"short\n" + b'"broken quote,x\n' + other + b"a,b,c\n" + b"caf\xe9,x\n" + f'"{GERMAN}",g\n'.encode() + b"\n" + good
    )
    made, errors = found(path)
    assert [one.text for one in made] == [NIGER, KENYA, NIGER]
    assert ends(errors) == [f"t.csv:row {number}" for number in (3, 4, 6, 7, 8)]
    assert "1 cells under 2 columns" in errors[0].problem
    assert "not UTF-8" in errors[3].problem
    assert "German" in errors[4].problem


@pytest.mark.parametrize("quote", ['"', ""])
def test_a_quote_that_never_closes_costs_only_its_line(tmp_path: Path, quote: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'id,text\n1,"never closed\n2,{quote}{NIGER}{quote}\n3,{quote}{KENYA}{quote}\n'.replace(", ", " "), encoding="utf-8")
    made, errors = found(path)
    assert [one.name for one in made] == ["2", "3"]
    assert ends(errors) == ["t.csv:row 2"]


def test_a_row_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_BYTES", 2000)
    path = tmp_path / "t.csv"
    path.write_text("text\n" + "word " * 1000 + "\n" + NIGER.replace(",", "") + "\n")
    made, errors = found(path)
    assert (len(made), ends(errors)) == (1, ["t.csv:row 2"])


@pytest.mark.parametrize(("data", "problem"), [(b"", "empty"), (b"a,b\n1,2\n", "the columns are a, b"), (b"c," * 6000 + b"\n", "6,001 columns")])
def test_a_table_without_reports_is_one_error(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    made, errors = found(path)
    assert (made, len(errors)) == ([], 1)
    assert problem in str(errors[0])


def test_columns_are_named_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'words,when\n"{NIGER}",03/04/2024\n')
    made, errors = found(path, fields=Fields(text="words"))
    assert (len(made), errors) == (1, [])
    made, errors = found(path, fields=Fields(text="words", date="when", order="dmy"))
    assert str(made[0].published) == "2024-04-03"
    assert "two ways" in found(path, fields=Fields(text="words", date="when"))[1][0].problem


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text("ab,;\"'\n\r\t x", max_size=12), st.text("ab,;\"'\n x", max_size=12)), min_size=1, max_size=8))
def test_what_the_standard_writer_writes_is_read_back(cells: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("one", "two"), *cells])
    assert rows(out.getvalue().encode()) == [["one", "two"], *map(list, cells)]


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    list(rows(b"a,b\n" + data))


def test_repairs_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_REPAIRS", 3)
    assert len(rows(b"a,b\n" + b'1,"x\n2,2\n' * 50)) < 110
