"""Phrases: from the word that stands for a party to the words that name it."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.language.parse import Chunk, Parse

_EDGE = {"ADP", "PUNCT", "CCONJ", "SCONJ", "AUX", "PART"}
_CLAUSES = frozenset(["acl", "advcl", "ccomp", "parataxis"])
"""Relations of dependents that belong to no name at any depth."""
_OUTSIDE = _CLAUSES | {"conj", "cc", "punct", "csubj", "cop", "nsubj", "dep", "orphan", "list", "discourse", "vocative", "mark", "advmod", "aux", "case"}
"""Relations of dependents that are told of a party and do not name it."""
_MARKS = frozenset([",", "(", "-", "–", "—"])


def head(parse: Parse, chunk: Chunk) -> int:
    """The word of a chunk that governs the others: the first whose head lies outside."""
    return next((i for i in range(chunk.first, chunk.end) if parse.words[i].head not in chunk and parse.words[i].upos not in _EDGE), chunk.first)


def phrase(parse: Parse, index: int, anchor: int) -> Chunk:
    """The stretch of words around `index` that name what it stands for, without clauses, descriptions in commas, other conjuncts, and the anchor."""
    if parse.words[index].xpos == "PRP$":
        return Chunk(index, index + 1)
    name = next((range(c.first, c.end) for c in parse.names if index in c and c.label in ("Person", "Organization")), range(0))
    words = {index, *name} - {anchor}
    todo = [index]
    while todo:
        for word in parse.dependents(todo.pop()):
            if word.index == anchor or _apart(parse, word.index, index):
                continue
            words.add(word.index)
            todo.append(word.index)
    return _stretch(parse, words, index, anchor)


def _apart(parse: Parse, index: int, top: int) -> bool:
    """Whether a dependent does not belong to the name: clauses, and descriptions behind a comma."""
    word = parse.words[index]
    kind = word.deprel.partition(":")[0]
    if kind in _OUTSIDE:
        return word.head == top or kind in _CLAUSES
    return kind in ("appos", "nmod") and index > word.head and _set_off(parse, index) and not _names(parse, index)


def _set_off(parse: Parse, index: int) -> bool:
    """Whether a comma, dash or bracket parts a word with all it governs from its head; a short form in brackets ("Bank (CAF)") is not set off."""
    words = parse.words
    first = min(i for i in parse.subtree(index) if i > words[index].head)
    marks = {words[first].text, words[first - 1].text} & _MARKS
    short = words[index].upos == "PROPN" and [word.text for word in words[index - 1 : index + 2 : 2]] == ["(", ")"]
    return bool(marks) and not short


def _names(parse: Parse, index: int) -> bool:
    """Whether an apposition is the name of the person whom its head describes ("the minister, Ilan Dero")."""
    persons = {i for chunk in parse.names if chunk.label == "Person" for i in range(chunk.first, chunk.end)}
    return index in persons and parse.words[index].deprel == "appos" and parse.words[index].head not in persons


def _stretch(parse: Parse, words: set[int], index: int, anchor: int) -> Chunk:
    """The longest stretch around `index` of words that belong, punctuation between them included, its edges trimmed."""
    first = last = index
    while first - 1 >= 0 and first - 1 != anchor and (first - 1 in words or (parse.words[first - 1].upos in ("PUNCT", "CCONJ") and first - 2 in words)):
        first -= 1
    end = len(parse.words)
    while last + 1 < end and last + 1 != anchor and (last + 1 in words or (parse.words[last + 1].upos in ("PUNCT", "CCONJ") and last + 2 in words)):
        last += 1
    while first < index and parse.words[first].upos in _EDGE and parse.words[first + 1].lower not in ("least", "most"):
        first += 1
    while last > index and parse.words[last].upos in _EDGE:
        last -= 1
    closes = last > first and parse.words[last - 1].text == "(" and last + 1 < end and parse.words[last + 1].text == ")"
    return Chunk(first, last + 2 if closes else last + 1)


def conjuncts(parse: Parse, index: int) -> Iterator[int]:
    """The nominal conjuncts of a word, those of its conjuncts too (parsers chain long lists)."""
    for word in parse.dependents(index, "conj"):
        if word.upos in ("NOUN", "PROPN", "PRON", "ADJ"):
            yield word.index
            yield from conjuncts(parse, word.index)
