"""Archives of hand-made events, told in a line each, for tests of relations, agreements and review."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from demarche.archive import Archive, writing
from demarche.archive.kept import Carrier, Head, Kept
from demarche.archive.versions import Version
from demarche.knowledge.codebook import Codebook
from demarche.records import Event, Party, Report, Source, Span, When, fingerprint

FIRST, SECOND = Version("1", "1", "1", "1", "1"), Version("2", "1", "1", "1", "1")

LINE = re.compile(r"(?P<words>.+?): (?P<type>[A-Z]+)(?:/(?P<mode>[\w-]+))? (?P<actor>\S+) > (?P<recipient>\S+)(?: (?P<date>[\d.-]+))?(?: (?P<more>.+))?")


def report(text: str, *lines: str, name: str = "report") -> Report:
    """A report with events such as "canceled: SANCTION/discontinue NER/GOV > USA 2024-03-16 future by FRA"; "-" is nobody."""
    id = fingerprint(text, name)
    return Report(id, text, name, dt.date(2024, 5, 14), "given", None, name, tuple(event(id, text, line) for line in lines))


def event(report: str, text: str, line: str) -> Event:
    found = LINE.fullmatch(line)
    assert found, line
    kind, mode, more = found["type"], found["mode"], (found["more"] or "").split()
    start = text.index(found["words"])
    anchor = Span.of(text, start, start + len(found["words"]))
    begin, end = text.rfind(".", 0, start) + 1, text.find(".", start)
    begin += len(text[begin:]) - len(text[begin:].lstrip())
    sentence = Span.of(text, begin, len(text) if end < 0 else end + 1)
    said = tuple(Source(party(code, sentence)) for code in more[more.index("by") + 1 :]) if "by" in more else ()
    book = Codebook.load()
    return Event(
        fingerprint(report, anchor.start, anchor.end, kind), report, kind, mode, (), book.quad(kind), book.intensity(kind, mode),
        next((one for one in more if one in ("future", "hypothetical", "negated")), "actual"), anchor, (), sentence,
        parties(found["actor"], sentence), parties(found["recipient"], sentence), when(found["date"]), None, said, None, 0.9, {"type": "by hand"},
    )  # fmt: skip


def parties(codes: str, sentence: Span) -> tuple[Party, ...]:
    return () if codes == "-" else tuple(party(code, sentence) for code in codes.split("+"))


def party(code: str, sentence: Span) -> Party:
    country, _, sector = code.partition("/")
    word = Span(sentence.start, sentence.start + 1, sentence.text[:1])
    return Party(word, None, country, sector or None) if country.isupper() and len(country) == 3 else Party(word, country, None, sector or None)


def when(date: str | None) -> When | None:
    if date is None:
        return None
    first, _, last = date.partition("..")
    if len(first) == 4:
        return When(dt.date(int(first), 1, 1), dt.date(int(first), 12, 31), "year")
    return When(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first), "day")


def kept(*reports: Report) -> list[Kept]:
    return [Kept(one, Head(of.id, of.title, story=of.id, name=of.title), text=of.text) for of in reports for one in of.events]


def archive(path: Path, reports: Iterable[Report], version: Version = FIRST) -> Path:
    """An archive of the reports, coded by a version; further versions may be added to it."""
    with Archive.open(path, create=True) as archive:
        number = writing.number(archive, version)
        for one in reports:
            there = archive.report(one.id) is not None
            writing.recode(archive, one, number, "x") if there else writing.keep(archive, one, number, Carrier(one.title or "", one.title or ""))
    return path
