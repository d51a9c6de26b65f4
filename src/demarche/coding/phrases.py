"""Phrases: from the word that stands for a party to the words that name it."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.language.parse import Chunk, Parse

_EDGE = {"ADP", "PUNCT", "CCONJ", "SCONJ", "AUX", "PART"}
_OUTSIDE = frozenset(["acl", "conj", "cc", "punct", "parataxis", "advcl", "ccomp", "csubj", "cop", "nsubj", "dep", "orphan", "list", "discourse", "vocative", "mark", "advmod", "aux"])
"""Relations of dependents that are told of a party and do not name it."""


def head(parse: Parse, chunk: Chunk) -> int:
    """The word of a chunk that governs the others: the first whose head lies outside."""
    return next((i for i in range(chunk.first, chunk.end) if parse.words[i].head not in chunk and parse.words[i].upos not in _EDGE), chunk.first)


def phrase(parse: Parse, index: int, anchor: int) -> Chunk:
    """The stretch of words around `index` that name what it stands for, without relative clauses, appositions in commas, other conjuncts, and the anchor."""
    if parse.words[index].xpos == "PRP$":
        return Chunk(index, index + 1)
    words = {index}
    todo = [index]
    while todo:
        for word in parse.dependents(todo.pop()):
            if word.index == anchor or _apart(parse, word.index, index):
                continue
            words.add(word.index)
            todo.append(word.index)
    return _stretch(parse, words, index, anchor)


def _apart(parse: Parse, index: int, top: int) -> bool:
    """Whether a dependent does not belong to the name: clauses, and appositions behind a comma."""
    word = parse.words[index]
    kind = word.deprel.partition(":")[0]
    if kind in _OUTSIDE:
        return word.head == top or kind in ("acl", "advcl", "ccomp", "parataxis")
    return kind == "appos" and index > 0 and parse.words[index - 1].text in (",", "(", "-", "–", "—")


def _stretch(parse: Parse, words: set[int], index: int, anchor: int) -> Chunk:
    """The longest stretch around `index` of words that belong, punctuation between them included, its edges trimmed."""
    first = last = index
    while first - 1 >= 0 and first - 1 != anchor and (first - 1 in words or (parse.words[first - 1].upos in ("PUNCT", "CCONJ") and first - 2 in words)):
        first -= 1
    end = len(parse.words)
    while last + 1 < end and last + 1 != anchor and (last + 1 in words or (parse.words[last + 1].upos in ("PUNCT", "CCONJ") and last + 2 in words)):
        last += 1
    while first < index and parse.words[first].upos in _EDGE:
        first += 1
    while last > index and parse.words[last].upos in _EDGE and parse.words[last].text != ")":
        last -= 1
    return Chunk(first, last + 1)


def conjuncts(parse: Parse, index: int) -> Iterator[int]:
    """The nominal conjuncts of a word, those of its conjuncts too (parsers chain long lists)."""
    for word in parse.dependents(index, "conj"):
        if word.upos in ("NOUN", "PROPN", "PRON"):
            yield word.index
            yield from conjuncts(parse, word.index)
