"""RSS and Atom feeds, and OPML lists of them: each entry a report, from what the feed itself carries or from the page it links to."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any, BinaryIO
from urllib.parse import urljoin

from demarche.intake import dates, plain, report, web
from demarche.intake.document import MIN_ARTICLE_WORDS, Document, IntakeError
from demarche.intake.fields import Fields
from demarche.intake.place import Place, stem

MAX_FEEDS = 1_000
"""The most feeds in one list."""

ACCEPT = "application/rss+xml, application/atom+xml, application/xml, text/xml"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|rdf|feed|opml)\b", re.IGNORECASE)
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>\[]*>\s*)*", re.IGNORECASE | re.DOTALL)
_BLOCKS = (
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "table", "tr", "section", "article", "figure",
    "figcaption", "header", "footer", "hr", "dt", "dd",
)  # fmt: skip
_UNREAD = ("script", "style", "iframe", "noscript", "template", "svg", "form")
_log = logging.getLogger(__name__)


def looks_like_feed(data: bytes) -> bool:
    """Whether `data` begins the way a feed or an OPML list does."""
    return _root(data) is not None


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of the entries of a feed in a file, or of the feeds of an OPML list.

    Pages are fetched when `place.fetch` says so; the feeds of a list also when the user gave the list itself.
    """
    data = report.whole(source, place.where)
    root = _root(data)
    if root is None:
        raise IntakeError(place.where, "no RSS or Atom feed and no OPML list", "give a feed, or save its reports as JSON Lines")
    if root != b"opml":
        yield from _entries(data, place, None)
    elif place.fetch or place.given:
        yield from _listed(data, place, None)
    else:
        raise IntakeError(place.where, "a list of feeds, which would have to be fetched", "give the list itself, or allow to fetch")


def read_url(answer: web.Answer, url: str, fields: Fields) -> Iterator[Document | IntakeError]:
    """The documents of the entries of a feed, or of the feeds of a list, that came from `url`; pages are fetched where only a summary is there."""
    place = Place(url, stem(web.name_of(url)), "feed", fields=fields, fetch=True, given=True)
    yield from (_listed if _root(answer.data) == b"opml" else _entries)(answer.data, place, answer.url)


def _root(data: bytes) -> bytes | None:
    head = data[:8000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "ignore").encode()
    opening = _OPENING.match(head)
    found = _ROOT.match(head, opening.end() if opening else 0)
    return found[1].lower() if found else None


def _listed(data: bytes, place: Place, base: str | None) -> Iterator[Document | IntakeError]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        tree = None
    outlines = [] if tree is None else tree.iter("{*}outline")
    urls = list(dict.fromkeys(url.strip() for outline in outlines for key, url in outline.attrib.items() if key.lower() == "xmlurl" and url.strip()))
    if not urls:
        raise IntakeError(place.where, "a list with no feeds in it", "give an OPML file whose outlines have an xmlUrl")
    if len(urls) > MAX_FEEDS:
        yield IntakeError(place.where, f"{len(urls):,} feeds in one list", f"only the first {MAX_FEEDS:,} are read; split it")
    for url in urls[:MAX_FEEDS]:
        try:
            answer = web.download(url, base, ACCEPT)
            if _root(answer.data) in (None, b"opml"):
                raise IntakeError(url, "no RSS or Atom feed", "correct its address in the list")
            within = Place(url, stem(web.name_of(url)), "feed", fields=place.fields, fetch=True)
            yield from _entries(answer.data, within, answer.url)
        except IntakeError as error:
            yield error


def _entries(data: bytes, place: Place, base: str | None) -> Iterator[Document | IntakeError]:
    import feedparser

    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        problem = "a feed that cannot be read" if parsed.bozo else "a feed with no entries"
        raise IntakeError(place.where, problem, "fetch it again")
    publisher = " ".join(str(parsed.feed.get("title") or "").split()) or None
    for number, entry in enumerate(parsed.entries, 1):
        where, name = place.row("entry", number)
        if base is not None and (key := entry.get("id") or entry.get("link")):  # a feed on the net moves on: its numbers name nothing for long
            where = f"{place.where}:{' '.join(str(key).split())[:500]}"
        try:
            yield _document(entry, replace(place, where=where, name=name), publisher, base)
        except IntakeError as error:
            yield error


def _document(entry: Any, place: Place, publisher: str | None, base: str | None) -> Document:  # noqa: ANN401  # feedparser has no types
    link = urljoin(base or "", str(entry.get("link") or "")) or None
    link = link if link and link.lower().startswith(("http://", "https://")) else None
    name = link and web.name_of(link)
    place = replace(place, name=name or place.name)
    body, full = _body(entry)
    title = _text(str(entry.get("title") or ""))
    if not full and link and place.fetch:
        found = _fetched(link, base, place)
    else:
        if len(body.split()) < MIN_ARTICLE_WORDS:
            remedy = "allow to fetch the pages it links to" if link else "leave it out"
            raise IntakeError(place.where, "no text in the feed itself", remedy)
        found = Document(place.where, place.name, plain.cleaned(body, place.where))
    day = _day(entry, place)
    published, how = (day, "given") if day else (found.published, found.published_from)
    outlet = str(entry.get("source", {}).get("title") or "").strip() or found.outlet or publisher
    return replace(found, where=place.where, title=title or found.title, published=published, published_from=how, url=found.url or link, outlet=outlet)


def _fetched(link: str, base: str | None, place: Place) -> Document:
    try:
        return web.document(web.download(link, base), link)
    except IntakeError as error:
        raise IntakeError(place.where, f"{error.where}: {error.problem}", error.remedy) from None


def _body(entry: Any) -> tuple[str, bool]:  # noqa: ANN401
    """The longest text an entry carries, and whether it stands where the whole text stands."""
    contents = [_text(str(part.get("value") or "")) for part in entry.get("content", ())]
    best = max(contents, key=len, default="")
    summary = _text(str(entry.get("summary") or ""))
    return (best, True) if best and len(best) >= len(summary) else (summary, False)


def _text(markup: str) -> str:
    """The text of a piece of HTML or plain text, its blocks set apart by blank lines."""
    from lxml import etree, html

    if "<" not in markup:
        return _paragraphs(unescape(markup).splitlines())
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(tree, *_UNREAD, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    blocks = list(tree.iterdescendants(*_BLOCKS))
    for element in blocks:
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    lines = "".join(tree.itertext()).split("\n") if blocks else [tree.text_content()]
    return _paragraphs(lines)


def _paragraphs(lines: list[str]) -> str:
    return "\n\n".join(line for part in lines if (line := " ".join(part.split())))


def _day(entry: Any, place: Place) -> Any:  # noqa: ANN401
    written = entry.get("published") or entry.get("created") or entry.get("updated")
    try:
        return dates.parse(written, place.fields.order)
    except dates.DateError as error:
        _log.warning("%s: %s; the entry is read without it", place.where, error)
        return None
