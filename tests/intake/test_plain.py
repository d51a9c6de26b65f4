from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.intake import IntakeError
from demarche.intake.plain import decode, document, split_address

TEXT = "Zażalenie: the minister – “angry” – left Göteborg.\n"


@pytest.mark.parametrize(
    ("data", "case"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8 with mark"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16 little"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16 big"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32"),
        (TEXT.replace("\n", "\r\n").encode(), "windows line ends"),
        (TEXT.replace("\n", "\r").encode(), "old mac line ends"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_says_how_it_is_encoded_is_read(data: bytes, case: str) -> None:
    assert decode(data, case) == TEXT


@pytest.mark.parametrize(
    ("data", "problem", "remedy"),
    [
        (b"", "empty file", "text of a report"),
        (b" \r\n\t ", "empty file", "text of a report"),
        ("São Tomé recalled its envoy, officials said.".encode("latin-1"), r"not UTF-8 text \(byte 1 ", "iconv -f windows-1252 -t utf-8 'my file.txt'"),
        ("The minister left on Monday.".encode("utf-16-le"), "UTF-16 without a byte-order mark", "utf-16le"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "a binary file", "plain text or HTML"),
        (bytes(range(256)) * 4, "a binary file", "plain text or HTML"),
        (b"\x01\x02\x03\x04 abc" * 20, "a binary file", "plain text or HTML"),
        (b"%PDF-1.7 text", "a PDF file", "plain text or HTML"),
        (b"PK\x03\x04 rest", "office document", "plain text or HTML"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not UTF-16 text", "UTF-8"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, problem: str, remedy: str) -> None:
    with pytest.raises(IntakeError, match=problem) as caught:
        decode(data, "my file.txt")
    assert caught.value.where == "my file.txt"
    assert remedy in caught.value.remedy
    assert "\n" not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip).filter(lambda text: text[0] != "\ufeff"))
def test_utf8_comes_back_exactly(text: str) -> None:
    if not text.encode().startswith((b"%PDF-", b"{\\rtf")):
        assert decode(text.encode(), "x") == text


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_an_intake_error(data: bytes) -> None:
    try:
        assert decode(data, "x")
    except IntakeError as error:
        assert error.problem
        assert error.remedy


@pytest.mark.parametrize(
    ("text", "url", "rest"),
    [
        ("https://example.org/a\n\nBody.", "https://example.org/a", "Body."),
        ("\ufeffhttp://example.org/a  \nBody.", "http://example.org/a", "Body."),
        ("\nhttps://example.org/a\n  Body.", "https://example.org/a", "Body."),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG", ""),
        ("https://example.org/a tells how it began.\nBody.", None, "https://example.org/a tells how it began.\nBody."),
        ("See\nhttps://example.org/a\n", None, "See\nhttps://example.org/a\n"),
        ("", None, ""),
    ],
)
def test_only_a_first_line_that_is_nothing_but_a_url_is_the_address(text: str, url: str | None, rest: str) -> None:
    found, body = split_address(text)
    assert (found, text[body:]) == (url, rest)


def test_the_text_keeps_its_address_line() -> None:
    made = document(b"https://example.org/a\r\n\r\nBody.", "x.txt", "x")
    assert (made.url, made.text) == ("https://example.org/a", "https://example.org/a\n\nBody.")


def test_an_address_alone_is_not_a_report() -> None:
    with pytest.raises(IntakeError, match="only an address"):
        document(b"https://example.org/a\n\n", "x.txt", "x")
