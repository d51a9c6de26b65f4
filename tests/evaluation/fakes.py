"""A language model that knows nothing but blanks, and one that answers with parses made beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from demarche.language.parse import Attribution, Chunk, Parse, Word


def parse_of(
    text: str,
    offsets: Sequence[tuple[int, int]] | None = None,
    heads: Sequence[int] | None = None,
    sentences: Sequence[tuple[int, int]] | None = None,
    names: Sequence[Chunk] = (),
    attributions: Sequence[Attribution] = (),
) -> Parse:
    """A parse of `text`: words between blanks unless given, each sentence's words under its first."""
    offsets = offsets or [found.span() for found in re.finditer(r"\S+", text)]
    chunks = [Chunk(*pair) for pair in sentences or [(0, len(offsets))]]
    words = []
    for number, chunk in enumerate(chunks):
        for i in range(chunk.first, chunk.end):
            start, end = offsets[i]
            head = heads[i] if heads else -1 if i == chunk.first else chunk.first
            words.append(Word(i, start, end, text[start:end], text[start:end], "NOUN", "NN", head, "root" if head < 0 else "dep", number))
    return Parse(text, tuple(words), tuple(chunks), tuple(names), (), tuple(attributions))


class FakeModel:
    """Answers with `read(text)`, or with words between blanks."""

    def __init__(self, read: Callable[[str], Parse] = parse_of) -> None:
        self.analyse = read
        self.glued: list[list[bool]] = []

    def tag(self, sentences: Sequence[Sequence[str]], glued: Sequence[Sequence[bool]] | None = None) -> Parse:
        self.glued = [list(flags) for flags in glued or []]
        ends = [sum(map(len, sentences[: i + 1])) for i in range(len(sentences))]
        spans = list(zip([0, *ends], ends, strict=False))
        return parse_of(" ".join(word for sentence in sentences for word in sentence), sentences=spans)


def chunk(parse: Parse, words: str, label: str = "") -> Chunk:
    """The words of `parse` that cover the first `words` of its text."""
    start = parse.text.index(words)
    inside = [word.index for word in parse.words if max(word.start, start) < min(word.end, start + len(words))]
    return Chunk(inside[0], inside[-1] + 1, label)
