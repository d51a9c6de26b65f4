from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from demarche.intake import warc
from tests.intake.collections import GERMAN, NIGER, ends, found
from tests.intake.pages import DATED, PARAGRAPHS, page


def archive(*answers: tuple[str, str, bytes, str], packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for url, kind, body, status in answers:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    text = writer.create_warc_record("https://p.example/text", "conversion", payload=io.BytesIO(NIGER.encode()), warc_content_type="text/plain")
    writer.write_record(text)
    return out.getvalue()


ANSWERS = (
    ("https://p.example/ruto.html", "text/html; charset=utf-8", page(DATED), "200 OK"),
    ("https://p.example/moved", "text/html", page(), "301 Moved"),
    ("https://p.example/logo.png", "image/png", b"\x89PNG", "200 OK"),
    ("https://p.example/empty", "text/html", b"<html><body>Menu</body></html>", "200 OK"),
    ("https://p.example/de", "text/html", page(body=f"<p>{GERMAN}</p><p>{GERMAN}</p>"), "200 OK"),
)


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False)])
def test_pages_are_read_and_what_is_no_page_is_passed_over(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / name
    path.write_bytes(archive(*ANSWERS, packed=packed))
    made, errors = found(path)
    assert ends(made) == [f"{name}:record 2", f"{name}:record 7"]
    assert made[0].text.endswith("\n\n".join(PARAGRAPHS))
    assert (made[0].name, made[0].url, str(made[0].published)) == ("ruto", "https://p.example/ruto.html", "2024-06-26")
    assert (made[1].text, made[1].url) == (NIGER, "https://p.example/text")
    assert [error.where.rpartition(":")[2] for error in errors] == ["record 5", "record 6"]
    assert "German" in errors[1].problem


def test_a_page_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_BYTES", 400)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive(ANSWERS[0]))
    made, errors = found(path)
    assert (len(made), len(errors)) == (1, 1)
    assert "larger than" in errors[0].problem


def test_a_packed_page_cannot_be_a_bomb(tmp_path: Path) -> None:
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], protocol="HTTP/1.1")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record("https://p.example/b", "response", payload=io.BytesIO(gzip.compress(b"<html>" + b" " * 30_000_000)), http_headers=headers)
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue())
    assert ["larger than" in error.problem for error in found(path)[1]] == [True]


def test_damage_ends_the_file_but_not_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive(ANSWERS[0])[:-40])
    made, errors = found(path)
    assert (len(made), len(errors)) == (1, 1)
    path.write_bytes(b"WARC/1.0\r\nnonsense")
    assert len(found(path)[1]) == 1
    path.write_bytes(gzip.compress(b"something else altogether\r\n\r\n"))
    assert len(found(path)[1]) == 1
