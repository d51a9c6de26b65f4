"""Toponym resolution against LGL, GeoVirus and GeoWebNews.

    python -m evaluation.toponyms ../shared/data/places/lgl.xml [--half held-out]

`given_acc161`: share of the gold toponyms with coordinates whose resolved point lies within 161 km (100 miles), the gold spans given.
`end_to_end_f1`: F1 of predicted toponyms, right when the span is exactly a gold span, or overlaps it and the point lies within 161 km.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from demarche.coding.toponym_names import CAPITALS
from demarche.coding.toponym_scene import distances
from demarche.coding.toponyms import default_gazetteer, resolve
from demarche.language.model import LanguageModel
from demarche.records import Where

Finder = Callable[[str], Sequence[tuple[int, int]]]
LIMIT = 161.0
HALVES = ("fit", "held-out")


@dataclass(frozen=True)
class Gold:
    """A toponym of the gold standard; `point` is None where it has no coordinates."""

    start: int
    end: int
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Document:
    """An article with its toponyms."""

    id: str
    text: str
    toponyms: tuple[Gold, ...]

    @property
    def half(self) -> str:
        """Which half the document belongs to, by its id."""
        return HALVES[hashlib.blake2b(self.id.encode(), digest_size=1).digest()[0] % 2]


def documents(path: Path) -> Iterator[Document]:
    """The articles of an LGL, GeoVirus or GeoWebNews file."""
    for number, article in enumerate(ET.parse(path).getroot()):
        text = article.findtext("text") or ""
        name = article.get("docid") or article.get("file") or article.findtext("source") or str(number)
        marks = [*article.iterfind("toponyms/toponym"), *article.iterfind("locations/location")]
        yield Document(name, text, tuple(sorted(filter(None, (_gold(mark, text) for mark in marks)), key=lambda gold: gold.start)))


def measure(path: Path, find: Finder | None = None, half: str | None = None, given_only: bool = False) -> dict[str, float]:
    """The two figures for a file, of one half of its documents when `half` is "fit" or "held-out"."""
    chosen = [document for document in documents(path) if half in (None, document.half)]
    result = {"given_acc161": given_accuracy(chosen)}
    return result if given_only else result | {"end_to_end_f1": end_to_end(chosen, find or language_names)}


def given_accuracy(chosen: Iterable[Document]) -> float:
    """Share of the gold toponyms with coordinates resolved within the limit, their spans given."""
    hits = [
        close(gold, where)
        for document in chosen
        for gold, where in zip(document.toponyms, resolve(document.text, [(gold.start, gold.end) for gold in document.toponyms]), strict=True)
        if gold.point
    ]
    return sum(hits) / max(len(hits), 1)


def end_to_end(chosen: Iterable[Document], find: Finder) -> float:
    """F1 of the toponyms found and resolved."""
    right = predicted = gold = 0
    for document in chosen:
        found = [where for where in resolve(document.text, find(document.text)) if where]
        right += sum(any(_right(one, where) for one in document.toponyms) for where in found)
        predicted, gold = predicted + len(found), gold + len(document.toponyms)
    return 2 * right / max(predicted + gold, 1)


def close(gold: Gold, where: Where | None) -> bool:
    """Whether the resolved point lies within the limit of the gold point."""
    if where is None or gold.point is None or where.lat is None or where.lon is None:
        return False
    return bool(distances(np.array([gold.point, (where.lat, where.lon)]))[0, 1] <= LIMIT)


def language_names(text: str) -> list[tuple[int, int]]:
    """The places the language model finds."""
    parse = _model().analyse(text)
    spans = (parse.chunk_span(chunk) for chunk in parse.names if chunk.label in {"Location", "Facility"})
    return [(span.start, span.end) for span in spans]


@cache
def _model() -> LanguageModel:
    return LanguageModel.load()


def listed_names(text: str) -> list[tuple[int, int]]:
    """A simple stand-in for a name finder: runs of capitalised words that the gazetteer lists."""
    return [match.span() for match in CAPITALS.finditer(text) if any(place.match != "adjective" for place in default_gazetteer().listed(match[0]))]


def _right(gold: Gold, where: Where) -> bool:
    span = where.span
    return (gold.start, gold.end) == (span.start, span.end) or (max(gold.start, span.start) < min(gold.end, span.end) and close(gold, where))


def _gold(mark: ET.Element, text: str) -> Gold | None:
    name = mark.findtext("phrase") or mark.findtext("name") or mark.findtext("extractedName") or ""
    start, end = int(mark.findtext("start") or 0), int(mark.findtext("end") or 0)
    if text[start - 1 : end - 1] == name != text[start:end]:  # GeoVirus counts from one
        start, end = start - 1, end - 1
    point = _point(mark)
    if point is None and mark.find("extractedName") is not None:
        return None  # GeoWebNews also marks words that name no place
    return Gold(start, end, point)


def _point(mark: ET.Element) -> tuple[float, float] | None:
    lat, lon = (mark.findtext(short) or mark.findtext(f"gaztag/{short}") or mark.findtext(long) for short, long in (("lat", "latitude"), ("lon", "longitude")))
    return (float(lat), float(lon)) if lat and lon else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--finder", choices=("language", "listed", "none"), default="language")
    args = parser.parse_args()
    for path in args.files:
        find = {"language": language_names, "listed": listed_names, "none": None}[args.finder]
        print(path.name, json.dumps(measure(path, find, args.half, given_only=args.finder == "none")))


if __name__ == "__main__":
    main()
