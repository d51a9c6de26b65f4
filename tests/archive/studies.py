"""Small studies for tests of the archive: a stand-in reader that codes by rule, and documents for it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from demarche import many
from demarche.archive import Archive
from demarche.archive.collecting import Collecting, Step
from demarche.intake.document import Document, IntakeError
from demarche.records import Event, Party, Report, Source, Span, When, Where, fingerprint
from tests import samples

_WORD = re.compile(r"\b(accused|praised)\b")


class Rules:
    """Finds an event at every "accused" and "praised"; "break" breaks it."""

    def __init__(self, files: many.Files = many.NO_FILES) -> None:
        self.files = files

    def read(self, text: str, title: str | None = None, published: dt.date | None = None, url: str | None = None, source: str | None = None) -> Report:
        if "break" in text:
            raise ValueError("broken")
        id = fingerprint(text, source or url or "")
        events = tuple(accused(id, text, found.start(), found.end()) for found in _WORD.finditer(text))
        return Report(id, text, title, published, "given" if published else None, url, source, events)


def accused(report: str, text: str, start: int, end: int) -> Event:
    """The event of a word."""
    word = Span.of(text, start, end)
    kind = {"accused": "ACCUSE", "praised": "SUPPORT"}[word.text]
    return Event(
        id=fingerprint(report, start, kind), report=report, type=kind, mode=None, contexts=(), quad="verbal-conf", intensity=-2.0, status="actual",
        anchor=word, also=(), sentence=word, actor=(), recipient=(), date=None, place=None, according_to=(), magnitude=None, confidence=0.75, why={},
    )  # fmt: skip


def documents(count: int, start: int = 0) -> list[Document]:
    """Documents of different texts and one event each."""
    return [Document(f"news.csv:row {i}", f"news:{i}", story(i), f"Story {i}", dt.date(2024, 1, 1 + i % 28), "given") for i in range(start, start + count)]


def story(number: int) -> str:
    """A text like no other."""
    others = " ".join(f"{word}{number}" for word in ("envoys", "talks", "harbour", "treaty", "grain", "council", "border", "railway", "court", "bridge"))
    return f"The minister of town {number} accused the mayor on Monday over {others}."


def coded(archive: Archive, found: Iterable[Document | IntakeError], files: many.Files = many.NO_FILES) -> list[Step]:
    """Code into the archive with this process alone."""
    return list(Collecting(archive, files, processes=1).code(found))


def stopping(found: Iterable[Document], after: int) -> Iterator[Document]:
    """Documents that end in an accident."""
    for number, document in enumerate(found):
        if number == after:
            raise RuntimeError("accident")
        yield document


def made(path: Path) -> Path:
    """An archive with the hand-made report of `samples`, and one of events that differ in what questions ask for."""
    from demarche.archive import writing
    from demarche.archive.kept import Carrier
    from demarche.archive.versions import Version

    with Archive.open(path, create=True) as archive:
        version = writing.number(archive, Version("1", "1", "1", "1", "1"))
        writing.keep(archive, samples.report(), version, Carrier("niger.txt", "niger", "The Paper"))
        writing.keep(archive, various(), version, Carrier("various.txt", "various"))
    return path


VARIOUS = "Moscow met Kyiv. Rebels hit Agadez. Police held students. The drone base at Agadez closed, the Red Cross said."


def various() -> Report:
    """The report of `VARIOUS`."""
    id = fingerprint(VARIOUS, "")

    def at(words: str) -> Span:
        return Span.of(VARIOUS, VARIOUS.index(words), VARIOUS.index(words) + len(words))

    def one(number: int, type: str, words: str, **known: object) -> Event:
        nothing: dict[str, object] = {"mode": None, "actor": (), "recipient": (), "date": None, "place": None, "according_to": (), "confidence": 0.9}
        return Event(
            id=f"{number}" * 16, report=id, type=type, contexts=(), quad="verbal-coop", also=(), intensity=1.0, anchor=at(words), sentence=at(words),
            magnitude=None, why={}, **{"status": "actual"} | nothing | known,
        )  # type: ignore[arg-type]  # fmt: skip

    agadez = Where(at("Agadez"), "Agadez", "NER", "Agadez", 16.97, 7.99, 2448083, "town")
    russia, ukraine = Party(at("Moscow"), None, "RUS", None), Party(at("Kyiv"), None, "UKR", None)
    cross = Party(at("the Red Cross"), "Red Cross", "IGO", "NGO", None, "igo:red-cross")
    year, open_end = (When(dt.date(2023, 1, 1), dt.date(2023, 12, 31)), When(dt.date(2024, 6, 1), None))
    return Report(id, VARIOUS, "Around the world", dt.date(2024, 7, 1), "given", "https://example.org/various", "The Gazette", (
        one(3, "CONSULT", "met", actor=(russia, ukraine), date=year),
        one(4, "ASSAULT", "hit", mode="firearms", actor=(Party(at("Rebels"), "Desert Front", None, "REB", None, "user:desert-front"),), place=agadez,
            date=When(dt.date(2024, 2, 1), dt.date(2024, 2, 1)), status="negated"),
        one(5, "COERCE", "held", actor=(Party(at("Police"), None, "KEN", "COP"),), recipient=(Party(at("students"), None, "KEN", "EDU"),),
            date=open_end, confidence=0.5, place=Where(at("Agadez"), "Niger", "NER", None, 17.0, 8.0, None, "country")),
        one(6, "RETREAT", "closed", actor=(Party(at("drone base"), None, "USA", "MIL"),), place=agadez, according_to=(Source(cross, at("said")),)),
    ))  # fmt: skip
