from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from demarche.intake import IntakeError, web
from tests.intake.pages import DATED, PARAGRAPHS, Quiet, page, served

REPORT = b"https://paper.example/first\n\nNiger cancelled its accord with the United States on Saturday, the junta said."


class Site(Quiet):
    def do_GET(self) -> None:
        kind, body, status = "text/html; charset=utf-8", page(DATED), 200
        path = self.path
        if path == "/missing":
            status = 404
        elif path == "/report.txt":
            kind, body = "text/plain; charset=utf-8", REPORT
        elif path == "/picture":
            kind, body = "image/png", b"\x89PNG"
        elif path == "/large":
            body = b"<html>" + b"x" * 3000
        elif path == "/slow":
            time.sleep(1.5)
        elif path == "/moved":
            return self.redirect("/article.html")
        elif path == "/loop":
            return self.redirect("/loop")
        elif path == "/file":
            return self.redirect("file:///etc/hostname")
        elif path == "/ftp":
            return self.redirect("ftp://127.0.0.1/a")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.end_headers()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Site) as address:
        yield address


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def test_a_page_is_fetched_with_its_date(site: str) -> None:
    made = web.fetch(f"{site}/article.html?x=1")
    assert PARAGRAPHS[0] in made.text
    assert (made.name, made.url, str(made.published)) == ("article", f"{site}/article.html?x=1", "2024-06-26")


def test_a_redirect_is_followed_and_the_final_address_kept(site: str) -> None:
    made = web.fetch(f"{site}/moved")
    assert (made.where, made.url) == (f"{site}/moved", f"{site}/article.html")


def test_plain_text_is_taken_whole(site: str) -> None:
    made = web.fetch(f"{site}/report.txt")
    assert (made.name, made.text) == ("report", REPORT.decode())


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/missing", "the server answers 404"),
        ("/picture", "not a page but image/png"),
        ("/loop", "the server answers 302"),
        ("/file", "not allowed"),
        ("/ftp", "ftp addresses are not read"),
    ],
)
def test_what_is_no_article_is_refused(site: str, path: str, problem: str) -> None:
    with pytest.raises(IntakeError, match=problem) as caught:
        web.fetch(site + path)
    assert caught.value.remedy


def test_a_silent_server_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(IntakeError, match="takes too long"):
        web.fetch(f"{site}/slow")


def test_too_large_a_page_is_not_read_to_its_end(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 2000)
    with pytest.raises(IntakeError, match="larger than"):
        web.fetch(f"{site}/large")


def test_a_closed_port_is_one_line() -> None:
    with pytest.raises(IntakeError, match="cannot be reached: Connection refused") as caught:
        web.fetch("http://127.0.0.1:9/")
    assert "browser" in caught.value.remedy


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("ftp://example.org/a", "ftp addresses are not read"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("http://", "not a valid address"),
        ("https://exa mple.org/", "not a valid address"),
        ("http://[::1/", "not a valid address"),
        ("http://example.org:port/", "not a valid address"),
        ("https://user:secret@example.org/a", "user name"),
    ],
)
def test_strange_addresses_are_refused_without_a_request(url: str, problem: str) -> None:
    with pytest.raises(IntakeError, match=problem) as caught:
        web.fetch(url)
    assert "secret" not in str(caught.value)


def test_a_public_page_may_not_redirect_into_a_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    from urllib.request import Request

    addresses = {"public.example": "93.184.216.34", "inside.example": "10.0.0.7"}
    monkeypatch.setattr(web.socket, "getaddrinfo", lambda host, port: [(0, 0, 0, "", (addresses[host], 0))])
    step = web._Redirects().redirect_request
    with pytest.raises(IntakeError, match="private network"):
        step(Request("http://public.example/"), None, 302, "", {}, "http://inside.example/")  # type: ignore[arg-type]
    assert step(Request("http://inside.example/"), None, 302, "", {}, "http://inside.example/b") is not None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("argument", "expected"), [("https://a.b/c", True), ("ftp://a", True), ("a/b.txt", False), ("C://x", False), ("-", False), ("://x", False)]
)
def test_urls_are_told_from_paths(argument: str, expected: bool) -> None:
    assert web.is_url(argument) is expected


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/world/coup-in-niger.html", "coup-in-niger"),
        ("https://a.example/2024/05/14/", "14"),
        ("https://a.example/", "a.example"),
        ("https://a.example/caf%C3%A9?x=1", "café"),
        ("https://a.example/v1.2-notes", "v1.2-notes"),
    ],
)
def test_a_url_gives_a_short_name(url: str, name: str) -> None:
    assert web.name_of(url) == name
