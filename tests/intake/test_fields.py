from __future__ import annotations

import datetime as dt

import pytest

from demarche.intake import Fields, IntakeError
from demarche.intake.fields import GUESSES
from tests.intake.collections import NIGER
from tests.intake.pages import DATED, PARAGRAPHS, page


def made(row: dict[str, object], fields: Fields | None = None):
    return (fields or Fields()).among(row, "t:row 1").document(row, "t:row 1", "t:1")


@pytest.mark.parametrize(("field", "guess"), [(field, guess) for field, guesses in GUESSES.items() for guess in guesses])
def test_every_guessed_name_is_taken_whatever_its_signs(field: str, guess: str) -> None:
    columns = Fields().among([f"{guess.title()}_ ", *([] if field == "text" else ["body"])], "t")
    assert columns.fields[field] == f"{guess.title()}_ "


def test_a_row_becomes_a_document() -> None:
    row = {"Headline": " Niger\n cancels ", "article_text": NIGER, "Pub Date": "16 March 2024", "Link": "https://p.example/a", "Source": "BBC", "ID": 7}
    found = made(row)
    assert (found.where, found.name, found.text, found.title) == ("t:row 1", "7", NIGER, "Niger cancels")
    assert (found.published, found.published_from, found.url, found.outlet) == (dt.date(2024, 3, 16), "given", "https://p.example/a", "BBC")


def test_the_best_name_wins_and_the_user_over_it() -> None:
    row = {"content": "no", "text": NIGER, "title": "a", "date": "2024-03-16", "seendate": "2020-01-01"}
    assert made(row).text == NIGER
    assert made(row, Fields(text="content")).text == "no"
    assert made(row, Fields(date="seendate", title="")) == made({"text": NIGER, "date": "2020-01-01"})


def test_a_dot_leads_into_an_object_and_an_object_has_a_name() -> None:
    row = {"a": {"b": {"text": NIGER}}, "source": {"id": None, "name": "BBC"}, "links": {"web": "https://p.example/a"}}
    found = made(row, Fields(text="a.b.text", url="links.web"))
    assert (found.text, found.outlet, found.url) == (NIGER, "BBC", "https://p.example/a")


def test_no_column_for_the_text_lists_those_there() -> None:
    with pytest.raises(IntakeError, match=r"no column is known to hold the text .*text=COLUMN; the columns are snippet, when") as caught:
        Fields().among(["snippet", "when"], "t.csv")
    assert caught.value.where == "t.csv"
    with pytest.raises(IntakeError, match=r"no column 'body' for the text .*snippet"):
        Fields(text="body").among(["snippet"], "t.csv")
    with pytest.raises(IntakeError, match="and 70 more"):
        Fields().among([f"c{number}" for number in range(100)], "t.csv")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"text": ""}, "no text in the column 'text'"),
        ({"text": None}, "no text"),
        ({"text": " \n"}, "no text"),
        ({"text": ["a"]}, "not text but list"),
        ({"text": 5}, "not text but int"),
        ({"text": "a\ud800b"}, "lone surrogate"),
        ({"text": "a\x00\x01\x02b"}, "binary"),
        ({"text": NIGER, "title": "x" * 3000}, "3,000 characters in the column 'title'"),
        ({"text": NIGER, "date": "03/04/2024"}, "two ways"),
        ({"text": NIGER, "date": "soon"}, "cannot be read"),
    ],
)
def test_a_bad_row_is_refused_by_name(row: dict[str, object], problem: str) -> None:
    with pytest.raises(IntakeError, match=problem) as caught:
        made(row)
    assert caught.value.where == "t:row 1"
    assert caught.value.remedy


def test_a_page_in_a_cell_is_read_as_a_page() -> None:
    found = made({"html": page(DATED).decode(), "url": "https://p.example/a"})
    assert found.text.endswith("\n\n".join(PARAGRAPHS))
    assert (found.title, str(found.published), found.published_from) == ("Ruto yields", "2024-06-26", "page")
    assert made({"text": page().decode()}).text == found.text


def test_line_ends_become_newlines() -> None:
    assert made({"text": "a\r\nb\rc"}).text == "a\nb\nc"


def test_settings_name_fields() -> None:
    assert Fields.of(["text=full text", "order=dmy", "id="]) == Fields(text="full text", order="dmy", id="")
    for wrong in ("body", "words=a", "order=ymd"):
        with pytest.raises(ValueError, match="write"):
            Fields.of([wrong])
