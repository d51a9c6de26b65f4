"""Time expressions against TimeML and MEANTIME annotations, scored as TempEval-3 scores them.

strict_f1: same span. relaxed_f1: overlapping spans, one to one. value_f1: overlapping spans with the same value attribute.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from demarche.language.interval import Interval
from demarche.language.timex_reading import read


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotated or found time expression."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    text: str
    published: Interval | None
    marks: tuple[Mark, ...]


def documents(folder: Path) -> Iterator[Document]:
    """All TimeML (.tml, .xml) and MEANTIME (.xml with tokens) documents below a folder."""
    for path in sorted([*folder.rglob("*.tml"), *folder.rglob("*.xml")]):
        root = ET.parse(path).getroot()
        if root.find("TEXT") is not None:
            yield timeml(path.name, root)
        elif root.find("token") is not None:
            yield meantime(path.name, root)


def timeml(name: str, root: ET.Element) -> Document:
    pieces: list[str] = []
    marks: list[Mark] = []
    body = root.find("TEXT")
    assert body is not None
    _walk(body, pieces, marks)
    created = next((mark.get("value") for mark in root.iter("TIMEX3") if mark.get("functionInDocument") == "CREATION_TIME"), None)
    return Document(name, "".join(pieces), _day(created), tuple(marks))


def _walk(element: ET.Element, pieces: list[str], marks: list[Mark]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, marks)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3":
        marks.append(Mark(start, sum(map(len, pieces)), element.get("value") or ""))


ANNOTATED = 6  # MEANTIME annotates the headline and the first five sentences
_CLOSING = set(".,;:!?)%") | {"'s", "''", "n't"}


def meantime(name: str, root: ET.Element) -> Document:
    """The annotated beginning of a document of tokens: blanks between them as a writer would put them, sentences on lines of their own."""
    text, spans, sentence = "", {}, "0"
    for token in root.iter("token"):
        word = token.text or ""
        if int(token.get("sentence") or 0) >= ANNOTATED:
            break
        glued = not text or word in _CLOSING or text.endswith(("(", "$"))
        text += "" if glued and token.get("sentence") == sentence else ("\n\n" if token.get("sentence") != sentence else " ")
        sentence = token.get("sentence") or "0"
        spans[token.get("t_id")] = (len(text), len(text) + len(word))
        text += word
    marks, created = [], None
    for mark in root.iter("TIMEX3"):
        places = [spans[key] for anchor in mark.iter("token_anchor") if (key := anchor.get("t_id")) in spans]
        if mark.get("functionInDocument") == "CREATION_TIME":
            created = mark.get("value")
        if places:
            marks.append(Mark(min(p[0] for p in places), max(p[1] for p in places), mark.get("value") or ""))
    return Document(name, text, _day(created), tuple(marks))


def _day(value: str | None) -> Interval | None:
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)", value or "")
    return Interval.day(dt.date(*map(int, match.groups()))) if match else None


def found(document: Document) -> list[Mark]:
    return [Mark(r.timex.start, r.timex.end, r.value.timex) for r in read(document.text, document.published)]


def pairs(gold: tuple[Mark, ...], guess: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Overlapping marks, one to one, same spans first."""
    taken: set[Mark] = set()
    paired = []
    for mark in sorted(gold, key=lambda g: not any((g.start, g.end) == (h.start, h.end) for h in guess)):
        near = [h for h in guess if h not in taken and h.start < mark.end and mark.start < h.end]
        if near:
            best = min(near, key=lambda h: abs(h.start - mark.start) + abs(h.end - mark.end))
            taken.add(best)
            paired.append((mark, best))
    return paired


def count(document: Document) -> Counter[str]:
    guess = found(document)
    paired = pairs(document.marks, guess)
    return Counter(
        gold=len(document.marks),
        guess=len(guess),
        relaxed=len(paired),
        strict=sum((g.start, g.end) == (h.start, h.end) for g, h in paired),
        value=sum(g.value == h.value for g, h in paired),
    )


def measure(folder: Path | str, half: int | None = None) -> dict[str, float]:
    """F1 over all documents of a folder, or over the half with that number (0 for development, 1 held out)."""
    total: Counter[str] = Counter()
    for document in documents(Path(folder)):
        if half is None or half_of(document.name) == half:
            total.update(count(document))
    return {f"{name}_f1": 2 * total[name] / max(1, total["gold"] + total["guess"]) for name in ("strict", "relaxed", "value")}


def half_of(name: str) -> int:
    return crc32(name.encode()) % 2


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        for part in (None, 0, 1):
            print(argument, part, {name: round(score, 3) for name, score in measure(argument, part).items()})
