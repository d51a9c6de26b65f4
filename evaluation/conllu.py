"""Read CoNLL-U files for scoring: documents, their raw text, and where every gold token lies in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Token:
    """A surface token: its form, the number of syntactic words it holds, and whether a blank follows."""

    form: str
    words: int
    blank_after: bool


@dataclass(frozen=True, slots=True)
class GoldWord:
    """A syntactic word; `head` counts within the sentence, 0 at the root."""

    form: str
    upos: str
    head: int
    deprel: str


@dataclass
class Sentence:
    words: list[GoldWord]
    tokens: list[Token]
    text: str
    begins_paragraph: bool

    @property
    def glued(self) -> list[bool]:
        """For each word whether it follows the one before without a blank."""
        flags, blank = [], True
        for token in self.tokens:
            flags += [not blank] + [True] * (token.words - 1)
            blank = token.blank_after
        return flags


@dataclass
class Document:
    """One document: its sentences, in order."""

    sentences: list[Sentence] = field(default_factory=list)

    @property
    def forms(self) -> list[list[str]]:
        return [[word.form for word in sentence.words] for sentence in self.sentences]

    @property
    def glued(self) -> list[list[bool]]:
        return [sentence.glued for sentence in self.sentences]

    @property
    def text(self) -> str:
        """The raw text: sentences parted by a blank, paragraphs by an empty line."""
        parts: list[str] = []
        for sentence in self.sentences:
            if parts:
                parts.append("\n\n" if sentence.begins_paragraph else " ")
            parts.append(sentence.text)
        return "".join(parts)


def read(path: Path) -> list[Document]:
    """The documents of a file: one for each `# newdoc`, or the whole file where it has none."""
    documents = [Document()]
    for comments, rows in _blocks(path):
        new = any(line.startswith("# newdoc") for line in comments)
        if new and documents[-1].sentences:
            documents.append(Document())
        documents[-1].sentences.append(_sentence(comments, rows))
    return [document for document in documents if document.sentences]


def _blocks(path: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            rows.append(_columns(line, path))
        elif rows:
            yield comments, rows
            comments, rows = [], []


def _columns(line: str, path: Path) -> list[str]:
    columns = line.split("\t")
    if len(columns) != 10:
        raise ValueError(f"{path}: a line of {len(columns)} columns where CoNLL-U has 10: {line[:60]!r}")
    return columns


def _sentence(comments: list[str], rows: list[list[str]]) -> Sentence:
    words = [GoldWord(row[1], row[3], int(row[6]), row[7]) for row in rows if row[0].isdigit()]
    tokens = list(_tokens(rows))
    given = next((line.partition("=")[2].strip() for line in comments if line.startswith("# text =")), "")
    return Sentence(words, tokens, _checked(given, tokens), any(line.startswith("# newpar") for line in comments))


def _tokens(rows: list[list[str]]) -> Iterator[Token]:
    last = 0  # the last word held by a multiword token
    for row in rows:
        blank = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            first, _, end = row[0].partition("-")
            last = int(end)
            yield Token(row[1], last - int(first) + 1, blank)
        elif row[0].isdigit() and int(row[0]) > last:
            yield Token(row[1], 1, blank)


def _checked(text: str, tokens: list[Token]) -> str:
    """The sentence's `# text` where it agrees with the tokens, else the tokens' own text."""
    if solid(text) == "".join(solid(token.form) for token in tokens):
        return text
    return "".join(token.form + " " * token.blank_after for token in tokens).strip()


def solid(text: str) -> str:
    """The text without white space: what the CoNLL 2018 method counts characters in."""
    return "".join(text.split())
