"""What holds for every format: columns, streaming, awkward text, and files that standard readers take."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.archive.exports import FORMATS, PLAIN, NotHeld, Settings, Tally
from demarche.archive.exports.cells import FORMULA, Table
from demarche.archive.kept import Kept
from demarche.records import Party, Span
from tests import samples
from tests.archive.exports import columns
from tests.archive.exports.kept import HEAD, assault, canceled, kept, threatened, written

DOCS = Path(__file__).parents[3] / "docs" / "exports.md"
LISTS = {
    "polecat": (columns.POLECAT, 40),
    "icews": (columns.ICEWS, 20),
    "gdelt": (columns.GDELT, 61),
    "gdelt-mentions": (columns.MENTIONS, 16),
    "acled": (columns.ACLED, 31),
}
TABS = ["polecat", "icews", "gdelt", "gdelt-mentions"]
TABLES = [*TABS, "acled", "csv"]
LINES = ["plover", "jsonl", "spacy"]
# Every kind of character that breaks tables, and beginnings that spreadsheets run.
AWKWARD = st.text(st.one_of(st.sampled_from("\t\n\r\0\"';,|\\=+-@ \u2028\u0085\u202e"), st.characters(), st.just("\ud800")), min_size=1, max_size=30)


def delimiter(form: str) -> str:
    return "\t" if form in TABS else ","


@pytest.mark.parametrize("form", LISTS)
def test_columns_are_exactly_the_published_ones(form: str) -> None:
    listed, count = LISTS[form]
    assert list(FORMATS[form].columns) == listed
    assert len(listed) == count


@pytest.mark.parametrize("form", TABLES)
def test_the_header_is_the_columns(form: str) -> None:
    text, tally = written(form, [], Settings(header=True))
    assert next(csv.reader(io.StringIO(text), delimiter=delimiter(form))) == list(FORMATS[form].columns)
    assert (tally.events, tally.rows) == (0, 0)


def test_only_gdelt_has_no_header_unless_told_so() -> None:
    assert [form for form in TABLES if written(form, [])[0] == ""] == ["gdelt", "gdelt-mentions"]
    assert all(written(form, [], Settings(header=False))[0] == "" for form in TABLES)


@pytest.mark.parametrize("form", [*TABLES, "jsonl", "plover"])
def test_events_are_written_as_they_come(form: str) -> None:
    out, seen = io.StringIO(), []

    def stream() -> Iterator[Kept]:
        for _ in range(3):
            seen.append(out.tell())
            yield assault("firearms")

    FORMATS[form].write(stream(), out)
    assert seen[0] <= seen[1] < seen[2]


@pytest.mark.parametrize("form", TABLES)
def test_a_database_takes_the_table(form: str) -> None:
    text, tally = written(form, [assault("firearms"), assault("drone", recipient="MIL")], Settings(header=True))
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(form))
    db = sqlite3.connect(":memory:")
    names = ", ".join(f'"{name}"' for name in head)
    db.execute(f"CREATE TABLE exported ({names})")
    db.executemany(f"INSERT INTO exported VALUES ({', '.join('?' * len(head))})", rows)
    assert db.execute("SELECT count(*) FROM exported").fetchone() == (tally.rows,)
    assert [column[1] for column in db.execute("PRAGMA table_info(exported)")] == list(FORMATS[form].columns)


@pytest.mark.parametrize("form", LINES)
def test_every_line_is_json_with_the_documented_keys(form: str) -> None:
    text, _ = written(form, [canceled(), threatened()])
    for line in text.splitlines():
        assert tuple(json.loads(line)) == FORMATS[form].columns


def awkward(words: str) -> Kept:
    """An event that has `words` in every text that comes from outside."""
    span = Span(0, len(words), words)
    party = Party(span, words, "NER", "MIL", words, words)
    event = replace(
        samples.canceled(HEAD.id), type="ASSAULT", mode="drone", anchor=span, also=(), sentence=span, actor=(party,), recipient=(party,), according_to=()
    )
    place = replace(event.place, span=span, name=words, admin1=words) if event.place else None
    return kept(replace(event, place=place), replace(HEAD, title=words, publisher=words, url=words, name=words), words)


@given(AWKWARD)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", TABLES)
def test_awkward_text_breaks_no_table(form: str, words: str) -> None:
    for safe in (False, True):
        text, tally = written(form, [awkward(words)] * 2, Settings(safe=safe, header=True))
        width = len(FORMATS[form].columns)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(form)))
        assert [len(row) for row in rows] == [width] * (1 + tally.rows)
        if form in TABS:  # the same to readers that know no quoting and to those that split lines
            assert [line.split("\t") for line in text.splitlines()] == rows
            assert not set(text) & set("\0\r\u2028\u0085\u202e")
        assert not safe or not any(FORMULA.match(cell) and not number(cell) for row in rows for cell in row)


def number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


@given(AWKWARD)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("form", [*LINES, "label-studio"])
def test_awkward_text_breaks_no_json(form: str, words: str) -> None:
    text, _ = written(form, [awkward(words)])
    json.loads(text)
    assert form == "label-studio" or text.count("\n") == 1


def test_a_formula_is_left_alone_unless_safe_and_a_negative_number_always() -> None:
    event = canceled(anchor=Span(0, 11, "=cmd|'/C x'"), intensity=-6.5)
    plain, safe = (next(csv.DictReader(io.StringIO(written("csv", [event], Settings(safe=safe))[0]))) for safe in (False, True))
    assert (plain["anchor"], safe["anchor"]) == ("=cmd|'/C x'", "'=cmd|'/C x'")
    assert plain["intensity"] == safe["intensity"] == "-6.5"


def test_lone_surrogates_become_replacement_characters_in_step() -> None:
    text, _ = written("jsonl", [awkward("a\ud800b")])
    assert json.loads(text)["anchor"]["text"] == "a\ufffdb"


def test_a_row_with_a_strange_column_is_refused() -> None:
    with pytest.raises(KeyError, match="b"):
        Table(("a",)).cells({"b": 1})


def test_what_is_left_out_is_counted_by_kind() -> None:
    text, tally = written("polecat", [canceled(), canceled(status="negated"), canceled(status="hypothetical"), canceled(status="negated")])
    assert tally.lines() == ["1 event written", "1 left out: hypothetical events", "2 left out: negated events"]
    assert len(text.splitlines()) == 2


def test_counts_tell_rows_where_they_differ() -> None:
    assert Tally(1, 2).lines() == ["1 event written as 2 rows"]
    assert Tally(1200, 1200).lines() == ["1,200 events written"]


@pytest.mark.parametrize("form", FORMATS)
def test_every_column_is_documented(form: str) -> None:
    section = re.split(r"^## ", DOCS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (text,) = [part for part in section if part.startswith(f"`{form}`")]
    missing = [name for name in FORMATS[form].columns if f"`{name}`" not in text and not family(name, text)]
    assert not missing


def family(name: str, text: str) -> bool:
    """Whether a column is documented with its like: `Actor1Geo_*` or `actor_name`, `actor_...` of both sides."""
    return any(re.fullmatch(pattern.replace("*", ".*"), name) for pattern in re.findall(r"`([A-Za-z0-9_ *]+\*[A-Za-z0-9_ *]*)`", text))


def test_the_module_of_every_format_has_the_same_shape() -> None:
    for form in FORMATS.values():
        module: Any = form._module()
        assert module.COLUMNS and callable(module.rows) and callable(module.write)
    assert Settings() == PLAIN
    assert issubclass(NotHeld, ValueError)
