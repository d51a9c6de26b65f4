"""Read the corpora of ../shared/data into documents of words with the layers each corpus annotates."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from demarche.language.lines import flowing
from demarche.language.tokens import words as segment
from demarche.language.windows import Piece

NAMES = ("Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc")


@dataclass
class Document:
    """Words of one text. Layers not annotated are absent from `layers`; heads are word indices, -1 at a root."""

    id: str
    pieces: list[Piece]
    layers: dict[str, list] = field(default_factory=dict)
    offsets: list[tuple[int, int]] = field(default_factory=list)


def held_out(name: str, one_in: int = 10) -> bool:
    """A stable choice of one document in `one_in`, by name."""
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % one_in == 0


def raw(name: str, text: str) -> Document:
    """Segment raw text; a line break begins a paragraph."""
    pieces, offsets, last, lines = [], [], 0, flowing(text)
    for start, end in segment(lines):
        gap = lines[last:start]
        space = 2 if "\n" in gap or not pieces else int(bool(gap))
        pieces.append(Piece(text[start:end], space))
        offsets.append((start, end))
        last = end
    return Document(name, pieces, {}, offsets)


def conllu(path: Path) -> Iterator[Document]:
    """One document per `newdoc` (or per 10 sentences where a treebank has none)."""
    doc, sentences, paragraph = Document(path.stem, []), 0, True
    _start_tree(doc)
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        if any(line.startswith("# newdoc") for line in lines) or (sentences >= 10 and ("lines" in path.stem or "partut" in path.stem)):
            if doc.pieces:
                yield doc
            doc, sentences, paragraph = Document(path.stem, []), 0, True
            _start_tree(doc)
        paragraph = paragraph or any(line.startswith("# newpar") for line in lines)
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            _add_sentence(doc, rows, paragraph, "ewt" in path.stem or "gum" in path.stem)  # the others have tag sets of their own
            sentences += 1
            paragraph = False
    if doc.pieces:
        yield doc


def _start_tree(doc: Document) -> None:
    doc.layers = {"sentence": [], "upos": [], "xpos": [], "head": [], "deprel": [], "lemma": []}


def _add_sentence(doc: Document, rows: list[list[str]], paragraph: bool, xpos: bool) -> None:
    base, glued, until, begins = len(doc.pieces), False, 0, True
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            until = int(row[0].partition("-")[2])
            after = "SpaceAfter=No" in row[9]
            continue
        inside = int(row[0]) <= until
        doc.pieces.append(Piece(row[1], 2 if begins and paragraph else 0 if glued else 1))
        head = int(row[6])
        doc.layers["sentence"].append(int(begins))
        doc.layers["upos"].append(row[3])
        doc.layers["xpos"].append(row[4] if xpos else None)
        doc.layers["head"].append(base + head - 1 if head else -1)
        doc.layers["deprel"].append(row[7])
        doc.layers["lemma"].append(row[2])
        glued = (int(row[0]) < until or after) if inside else "SpaceAfter=No" in row[9]
        begins = False


def names(folder: Path, articles: Path) -> Iterator[Document]:
    """worldwide TSV files aligned to the raw articles."""
    for path in sorted(folder.glob("*.tsv")):
        text = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        doc = raw(path.stem, text)
        spans, at = [], 0
        for line in path.read_text(encoding="utf-8").splitlines():
            token, tag = [*line.split("\t"), ""][:2]  # a third column holds names nested in this one
            if not token:
                continue
            found = text.find(token, at)
            if found < 0 or found > at + 200:
                continue
            at = found + len(token)
            if tag.startswith("B-"):
                spans.append([found, at, tag[2:]])
            elif tag.startswith("I-") and spans:
                spans[-1][1] = at
        doc.layers["names"] = tag_words(doc, spans)
        yield doc


def inside(doc: Document, start: int, end: int) -> list[int]:
    """The words that overlap the characters `[start, end)`."""
    first = bisect_right(doc.offsets, start, key=lambda offset: offset[1])
    return list(range(first, bisect_left(doc.offsets, end, key=lambda offset: offset[0])))


def tag_words(doc: Document, spans: list) -> list[str]:
    """BIO tags of the words that overlap the spans `(start, end, label)`; the first span to claim a word keeps it."""
    tags = ["O"] * len(doc.pieces)
    for start, end, label in spans:
        words = inside(doc, start, end)
        if words and all(tags[i] == "O" for i in words):
            for i in words:
                tags[i] = ("B-" if i == words[0] else "I-") + label
    return tags


def timeml_text(path: Path) -> tuple[str, list[tuple[int, int, str]]]:
    """The body of <TEXT> of a TimeBank or AQUAINT document, and its TIMEX3 as (start, end, type).

    These newswire texts are wrapped at a fixed width: only an empty line, or an indented one, begins a paragraph.
    """
    spans: list[tuple[int, int, str]] = []
    parts: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        start = sum(map(len, parts))
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        if node.tag == "TIMEX3":
            spans.append((start, sum(map(len, parts)), node.get("type", "")))

    body = ElementTree.fromstring(path.read_text(encoding="utf-8")).find(".//TEXT")
    if body is not None:
        walk(body)
    return re.sub(r"\n(?=[^\s])", " ", "".join(parts)), spans


def polnear(folder: Path) -> Iterator[Document]:
    """PolNeAR: tags of sources, cues and contents, and for each begun span the word its cue begins at."""
    for text_file in sorted((folder / "text").glob("*.txt")):
        path = min((folder / "attributions").glob(f"{text_file.stem}*.ann"), default=None)  # some texts have several annotators: the first
        if path is None:
            continue
        doc = raw(text_file.stem, text_file.read_text(encoding="utf-8"))
        spans, relations = _brat(path)
        _attribution_layers(doc, spans, relations)
        yield doc


def _brat(path: Path) -> tuple[dict[str, tuple[str, list[tuple[int, int]]]], list[list[tuple[str, str]]]]:
    spans, relations = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        columns = line.split("\t")
        if line.startswith("T") and len(columns) > 1:
            kind, _, places = columns[1].partition(" ")
            spans[columns[0]] = (kind, [tuple(map(int, place.split())) for place in places.split(";")])
        elif line.startswith("E") and len(columns) > 1:
            relations.append([(role.rstrip("0123456789"), target) for role, _, target in (part.partition(":") for part in columns[1].split())])
    return spans, relations


def _attribution_layers(doc: Document, spans: dict, relations: list) -> None:
    n = len(doc.pieces)
    layers = {name: ["O"] * n for name in ("source", "cue", "content")}
    links = {name: [-100] * n for name in ("source", "content")}

    def pieces(places: list[tuple[int, int]]) -> list[list[int]]:
        return [found for a, b in places if (found := inside(doc, a, b))]

    def put(layer: str, places: list[tuple[int, int]], cue: int) -> None:
        for piece in pieces(places):
            if any(layers[layer][i] != "O" for i in piece):
                continue
            for i in piece:
                layers[layer][i] = "I" if i != piece[0] else "B"
            if layer in links:
                links[layer][piece[0]] = cue

    size = lambda e: -sum(b - a for role, t in e if role == "Content" and t in spans for a, b in spans[t][1])  # noqa: E731
    for relation in sorted(relations, key=size):
        cues = [t for role, t in relation if role == "Cue" and t in spans]
        first = min((piece[0] for t in cues for piece in pieces(spans[t][1])), default=-1)
        for t in cues:
            put("cue", spans[t][1], -100)
        for role, t in relation:
            if role == "Source" and t in spans:
                put("source", spans[t][1], first)
            elif role == "Content" and t in spans:
                put("content", spans[t][1], first)
    doc.layers |= layers | {f"{name}_link": values for name, values in links.items()}
