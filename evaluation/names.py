"""Names against the worldwide corpus: exact span and type.

Each file holds a token and its tag a line (BIO in the second column; names nested in another, in further columns, are not scored), an
empty line between paragraphs, and the article's address as its first paragraph, which is not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from demarche.language.parse import Parse
from evaluation import analyser
from evaluation.counting import Tally
from evaluation.messages import progress

Name = tuple[int, int, str]  # tokens [first, end) and type


@dataclass(frozen=True)
class Article:
    """The text built from the tokens, the tokens' characters in it, and the gold names."""

    text: str
    offsets: tuple[tuple[int, int], ...]
    names: frozenset[Name]


def measure(folder: Path, model: analyser.Analyser | None = None) -> dict[str, float]:
    """Micro-averaged over all files `*.tsv` of the folder; also F1 by type."""
    model = model or analyser.default()
    total, by_type = Tally(), defaultdict[str, Tally](Tally)
    for path in progress(sorted(folder.glob("*.tsv")), "names"):
        article = read(path)
        found = found_names(article, model.analyse(article.text)) if article.text else set()
        total.compare(article.names, found)
        for label in {label for _, _, label in article.names | found}:
            by_type[label].compare(_only(article.names, label), _only(found, label))
    scores = {"f1": total.f1, "p": total.precision, "r": total.recall}
    return scores | {f"f1_{label}": by_type[label].f1 for label in sorted(by_type)}


def _only(names: frozenset[Name] | set[Name], label: str) -> set[Name]:
    return {name for name in names if name[2] == label}


def read(path: Path) -> Article:
    """Tokens joined by blanks, paragraphs on lines of their own."""
    text, offsets, tags = "", [], []
    for paragraph in _paragraphs(path):
        for number, (token, tag) in enumerate(paragraph):
            text += " " if number else "\n\n" if text else ""
            offsets.append((len(text), len(text) + len(token)))
            tags.append(tag)
            text += token
    return Article(text, tuple(offsets), frozenset(bio(tags)))


def _paragraphs(path: Path) -> Iterator[list[tuple[str, str]]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")]
    paragraphs: list[list[tuple[str, str]]] = [[]]
    for columns in lines:
        if columns[0].strip():
            paragraphs[-1].append((columns[0].strip(), columns[1] if len(columns) > 1 else "O"))
        elif paragraphs[-1]:
            paragraphs.append([])
    filled = [paragraph for paragraph in paragraphs if paragraph]
    address = bool(filled) and filled[0][0][0].startswith(("http://", "https://"))
    yield from filled[address:]


def bio(tags: Sequence[str]) -> Iterator[Name]:
    """The spans of BIO tags; a stray I- begins a span."""
    first, label = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            yield first, i, label
            label = ""
        if not label and tag != "O":
            first, label = i, tag[2:]


def found_names(article: Article, parse: Parse) -> set[Name]:
    """The predicted names as spans of the file's tokens: those they share characters with."""
    found = set()
    for chunk in parse.names:
        span = parse.chunk_span(chunk)
        inside = [i for i, (start, end) in enumerate(article.offsets) if max(start, span.start) < min(end, span.end)]
        if inside:
            found.add((inside[0], inside[-1] + 1, chunk.label))
    return found
