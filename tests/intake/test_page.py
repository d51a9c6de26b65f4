from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.intake import IntakeError
from demarche.intake.page import document, looks_like_html
from tests.intake.pages import DATED, PARAGRAPHS, page


def test_article_title_date_and_outlet_are_found() -> None:
    made = document(page(DATED), "a.html", "a")
    assert all(paragraph in made.text for paragraph in PARAGRAPHS)
    assert "Home" not in made.text and "rights" not in made.text
    assert (made.title, made.published, made.published_from, made.outlet) == ("Ruto yields", dt.date(2024, 6, 26), "page", "The Paper")


def test_paragraphs_are_set_apart_by_blank_lines() -> None:
    assert "\n\n".join(PARAGRAPHS) in document(page(), "a.html", "a").text


def test_a_page_without_a_date_has_none() -> None:
    made = document(page(), "a.html", "a")
    assert (made.published, made.published_from) == (None, None)


def test_a_date_in_the_running_text_is_not_the_publication_date() -> None:
    body = "".join(f"<p>{paragraph} He had promised it on 3 March 2021.</p>" for paragraph in PARAGRAPHS)
    assert document(page(body=body), "a.html", "a").published is None


def test_the_first_publication_counts_not_the_last_change() -> None:
    changed = '<meta property="article:modified_time" content="2024-06-29T09:00:00+03:00">'
    assert document(page(changed + DATED), "a.html", "a").published == dt.date(2024, 6, 26)


def test_the_canonical_address_is_kept_and_the_given_one_wins() -> None:
    data = page('<link rel="canonical" href="https://paper.example/ruto">')
    assert document(data, "a.html", "a").url == "https://paper.example/ruto"
    assert document(data, "a.html", "a", "https://mirror.example/1").url == "https://mirror.example/1"


def test_utf16_and_old_encodings_are_read_as_the_page_declares() -> None:
    text = page().decode()
    assert PARAGRAPHS[0] in document(text.encode("utf-16"), "a.html", "a").text
    latin = text.replace("utf-8", "iso-8859-1").replace("Opposition", "Opposición").encode("latin-1")
    assert "Opposición" in document(latin, "a.html", "a").text


@pytest.mark.parametrize(
    "data",
    [
        b"<html><head><title>x</title></head><body></body></html>",
        b"<html><body><nav><a href=/>Home</a><a href=/b>About us</a></nav><form><input></form></body></html>",
        b"<html><body><p>Please enable JavaScript and cookies in your browser to continue to the site. It will take a moment only.</p></body></html>",
        b"<html><body><ul>" + b"<li><a href=/x>Some headline here about things</a></li>" * 20 + b"</ul></body></html>",
        b"<!doctype html>",
    ],
    ids=["empty", "menu", "notice", "links", "nothing"],
)
def test_a_page_with_no_article_is_refused(data: bytes) -> None:
    with pytest.raises(IntakeError, match="no article found") as caught:
        document(data, "a.html", "a")
    assert ".txt" in caught.value.remedy


def test_one_short_sentence_is_an_article() -> None:
    sentence = "Niger cancelled its military accord with the United States on Saturday, 16 March 2024."
    assert document(f"<html><body><p>{sentence}</p></body></html>".encode(), "a.html", "a").text == sentence


@pytest.mark.parametrize(("data", "problem"), [(b" \n", "empty file"), (b"\x00\x01<html>", "binary file")])
def test_empty_and_binary_pages_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(IntakeError, match=problem):
        document(data, "a.html", "a")


@given(st.binary(max_size=400))
def test_broken_pages_raise_nothing_but_an_intake_error(tail: bytes) -> None:
    try:
        assert document(b"<html><p>" + tail, "a.html", "a").text
    except IntakeError as error:
        assert error.remedy


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><p>", True),
        (b"\xef\xbb\xbf \n<HTML>", True),
        (b'<?xml version="1.0"?>\n<!-- saved -->\n<html xmlns="x">', True),
        ("<html>".encode("utf-16"), True),
        (b"The <html> tag was criticised.", False),
        (b"<htmlish>", False),
        (b"", False),
    ],
)
def test_html_is_told_by_how_it_begins(data: bytes, expected: bool) -> None:
    assert looks_like_html(data) is expected
