"""What the language room hands on: a report's words, sentences, trees, names, time expressions and attributions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from demarche.language.lines import flowing
from demarche.records import Span


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word (UD). `head` is the index of another word of the report, or -1 at the root of a sentence."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    sentence: int

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words `[first, end)` with a label: a sentence, a name, a time expression, a source, a cue."""

    first: int
    end: int
    label: str = ""

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self.first <= index < self.end

    def __len__(self) -> int:
        return self.end - self.first


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or thoughts: who (`source`), by which words (`cue`), and what (`content`), as chunks of words."""

    source: Chunk | None
    cue: Chunk | None
    content: Chunk


@dataclass(frozen=True)
class Parse:
    """A report's text with everything the language model read in it. Offsets are code points of `text`."""

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Chunk, ...]
    names: tuple[Chunk, ...] = ()
    timexes: tuple[Chunk, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    paragraphs: tuple[int, ...] = field(default=())  # paragraph number of each sentence
    states: NDArray[np.floating] | None = field(default=None, compare=False, repr=False)  # what the encoder made of each word [N, 384]

    @cached_property
    def flowing(self) -> str:
        """The text, of the same length, without the line breaks inside its paragraphs."""
        return flowing(self.text)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word the indices of its dependents, in order."""
        below: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                below[word.head].append(word.index)
        return tuple(map(tuple, below))

    def subtree(self, index: int) -> list[int]:
        """The indices of a word and all it governs, in order."""
        found, todo = [], [index]
        while todo:
            found.append(at := todo.pop())
            todo.extend(self.children[at])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[Word]:
        """The words above `index`, nearest first."""
        while (index := self.words[index].head) >= 0:
            yield self.words[index]

    def dependents(self, index: int, *deprels: str) -> Iterator[Word]:
        """The dependents of `index`, those with one of `deprels` (subtypes count: "obl" takes "obl:agent") when any are given."""
        for child in self.children[index]:
            word = self.words[child]
            if not deprels or word.deprel in deprels or word.deprel.partition(":")[0] in deprels:
                yield word

    def span(self, first: int, end: int) -> Span:
        """The characters from word `first` up to word `end`, exclusive."""
        return Span.of(self.text, self.words[first].start, self.words[end - 1].end)

    def chunk_span(self, chunk: Chunk) -> Span:
        return self.span(chunk.first, chunk.end)

    def sentence_of(self, index: int) -> Chunk:
        return self.sentences[self.words[index].sentence]
