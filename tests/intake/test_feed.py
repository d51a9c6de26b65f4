from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demarche.intake import IntakeError, feed, web
from tests.intake.collections import KENYA, NIGER, ends, found
from tests.intake.pages import DATED, PARAGRAPHS, Quiet, page, served
from tests.intake.test_zipped import packed

ASKED: list[str] = []


def rss(root: str = "https://p.example", more: str = "") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!-- a feed --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The  Paper</title>
<item><title>Accord &amp; base</title><link>{root}/niger.html</link><pubDate>Sat, 16 Mar 2024 10:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{NIGER}</p><script>alert(1)</script><p>A <b>second</b> part<br>and a third.</p>]]></content:encoded></item>
<item><title>Ruto yields</title><link>{root}/article.html</link><pubDate>03/04/2024</pubDate><description>He withdrew the bill.</description></item>{more}
</channel></rss>"""


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title><entry><id>tag:a,1</id><title>Bill</title><link href="https://p.example/k"/>
<published>2024-06-26T18:00:00+03:00</published><content type="text">{KENYA}</content></entry></feed>"""


class Site(Quiet):
    def do_GET(self) -> None:
        ASKED.append(self.path)
        root = f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[attr-defined]
        pages = {
            "/feed": rss(root).encode(), "/article.html": page(DATED), "/atom.xml": ATOM.encode(),
            "/list.opml": opml(f"{root}/atom.xml", f"{root}/article.html"), "/loop.opml": opml(f"{root}/loop.opml"),
        }  # fmt: skip
        body = pages.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html" if self.path.endswith("html") else "application/rss+xml")
        self.end_headers()
        self.wfile.write(body or b"")


def opml(*urls: str) -> bytes:
    inner = "".join(f'<outline text="group"><outline type="rss" xmlUrl="{url}"/></outline>' for url in urls)
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>{inner}</body></opml>'.encode()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Site) as address:
        yield address


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    ASKED.clear()


@pytest.mark.parametrize("name", ["f.rss", "f.xml", "f.atom", "download"])
def test_a_feed_in_a_file_is_read_without_the_net(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "download", None)
    path = tmp_path / name
    path.write_text(rss(), encoding="utf-8")
    made, errors = found(path)
    assert [one.text for one in made] == [f"{NIGER}\n\nA second part\n\nand a third."]
    (one,) = made
    assert (one.name, one.title, one.url, one.outlet) == ("niger", "Accord & base", "https://p.example/niger.html", "The Paper")
    assert (str(one.published), one.published_from) == ("2024-03-16", "given")
    assert (ends(made), ends(errors)) == ([f"{name}:entry 1"], [f"{name}:entry 2"])
    assert "no text in the feed itself (allow to fetch" in str(errors[0])


def test_atom_with_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.atom"
    path.write_text(ATOM, encoding="utf-8")
    (one,) = found(path)[0]
    assert (one.text, one.title, str(one.published), one.outlet, one.url) == (KENYA, "Bill", "2024-06-26", "Agency", "https://p.example/k")


def test_the_page_is_fetched_where_allowed_and_only_a_summary_is_there(tmp_path: Path, site: str) -> None:
    path = tmp_path / "f.rss"
    path.write_text(rss(site), encoding="utf-8")
    made, errors = found(path, fetch=True)
    assert not errors
    assert ASKED == ["/article.html"]
    assert made[1].text.endswith("\n\n".join(PARAGRAPHS))
    assert (str(made[1].published), made[1].published_from) == ("2024-06-26", "page")  # 03/04/2024 tells no day


def test_a_feed_by_its_address(site: str) -> None:
    made, errors = found(f"{site}/feed")
    assert not errors
    assert [one.name for one in made] == ["niger", "article"]
    assert [one.where for one in made] == [f"{site}/feed:{site}/niger.html", f"{site}/feed:{site}/article.html"]


def test_a_page_that_cannot_be_had_is_refused_by_its_entry(tmp_path: Path, site: str) -> None:
    path = tmp_path / "f.rss"
    path.write_text(rss(site, f"<item><title>x</title><link>{site}/gone</link><description>y</description></item>"), encoding="utf-8")
    made, errors = found(path, fetch=True)
    assert (len(made), ends(errors)) == (2, ["f.rss:entry 3"])
    assert "answers 404" in errors[0].problem


def test_a_list_of_feeds_is_fetched_when_it_is_named(tmp_path: Path, site: str) -> None:
    path = tmp_path / "list.opml"
    path.write_bytes(opml(f"{site}/atom.xml", f"{site}/article.html", "file:///etc/passwd", f"{site}/loop.opml"))
    made, errors = found(path)
    assert [one.text for one in made] == [KENYA]
    assert [error.problem for error in errors] == ["no RSS or Atom feed", "file addresses are not read", "no RSS or Atom feed"]
    ASKED.clear()
    assert ["would have to be fetched" in error.problem for error in found(tmp_path)[1]] == [True]
    tmp_path.joinpath("a.zip").write_bytes(packed({"list.opml": path.read_bytes()}))
    assert ["would have to be fetched" in error.problem for error in found(tmp_path / "a.zip")[1]] == [True]
    assert ASKED == []
    assert [one.text for one in found(tmp_path, fetch=True)[0]] == [KENYA, KENYA]


def test_a_list_by_its_address(site: str) -> None:
    made, errors = found(f"{site}/list.opml")
    assert ([one.text for one in made], len(errors)) == ([KENYA], 1)


def test_a_public_feed_may_not_name_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "_private", lambda url: "127.0.0.1" in url)
    with pytest.raises(IntakeError, match="private network"):
        web.download("http://127.0.0.1:9/a", base="https://public.example/feed")


def test_more_feeds_than_allowed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MAX_FEEDS", 1)
    path = tmp_path / "list.opml"
    path.write_bytes(opml("file:///a", "file:///b"))
    assert [error.problem for error in found(path)[1]] == ["2 feeds in one list", "file addresses are not read"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no RSS or Atom feed"),
        (b"<config><a/></config>", "no RSS or Atom feed"),
        (b"<rss><channel></channel></rss>", "no entries"),
        (b"<opml><body/></opml>", "no feeds in it"),
        (b"<opml", "no feeds in it"),
    ],
)
def test_what_is_no_feed_is_one_error(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "f.xml"
    path.write_bytes(data)
    made, errors = found(path)
    assert (made, [problem in str(error) for error in errors]) == ([], [True])


def test_entities_neither_swell_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("hidden word")
    swell = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for inner in (f'<!ENTITY x SYSTEM "file://{secret}">', f'<!ENTITY l0 "laugh">{swell}<!ENTITY x "&l9;">'):
        path = tmp_path / "f.rss"
        path.write_text(f"<!DOCTYPE rss [{inner}]>" + rss(more=f"<item><title>t</title><description>&x; {NIGER}</description></item>")[39:], encoding="utf-8")
        made, _ = found(path)
        assert all("hidden" not in one.text and len(one.text) < 1000 for one in made)
        path = tmp_path / "f.opml"
        path.write_text(f'<!DOCTYPE opml [{inner}]><opml><body><outline xmlUrl="file:&x;"/></body></opml>', encoding="utf-8")
        assert all(len(str(error)) < 1000 and "hidden" not in str(error) for error in found(path)[1])
        path.unlink()
