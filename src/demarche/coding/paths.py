"""Paths: how a word stands to an anchor in the dependency tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from demarche.language.parse import Parse, Word

_CLIMB = ("xcomp", "conj", "advcl", "acl", "ccomp", "parataxis", "obj", "obl", "nmod", "compound", "appos", "nsubj")
_SIDES = ("nsubj", "obj", "iobj", "obl", "nmod")

FAR = 4
"""Sentences from which on all are equally far."""


def path(parse: Parse, anchor: int, word: int) -> str:
    """How a word stands to an anchor: its relation below it, beside it (under a word above), above it, or only near it."""
    words = parse.words
    own, top = words[word], words[anchor]
    if own.sentence != top.sentence:
        return elsewhere(own.sentence - top.sentence)
    if own.head == anchor:
        return _named(parse, own)
    if top.head == word:
        return f"above:{_kind(top)}"
    if _kind(own) in _SIDES and own.head in _climbed(parse, top):
        return f"beside:{_kind(top)}:{_named(parse, own)}"
    if own.head >= 0 and words[own.head].head == anchor:
        return f"below:{_named(parse, words[own.head])}:{_kind(own)}"
    return "before" if word < anchor else "after"


def elsewhere(apart: int) -> str:
    """How the words of another sentence stand to an anchor, that many sentences after the anchor's (before it when negative)."""
    return f"sentence before:{min(-apart, FAR)}" if apart < 0 else f"sentence after:{min(apart, FAR)}"


def _climbed(parse: Parse, word: Word) -> Iterator[int]:
    """The three words above a word, as far as its relations are such as lead from one happening to another."""
    for _ in range(3):
        if word.head < 0 or _kind(word) not in _CLIMB:
            return
        word = parse.words[word.head]
        yield word.index


def _kind(word: Word) -> str:
    """A word's relation without its subtype."""
    return word.deprel.partition(":")[0]


def _named(parse: Parse, word: Word) -> str:
    """A dependent's relation, with its preposition where it has one ("obl:with")."""
    if word.deprel in ("obl", "nmod"):
        case = next((w.lower for w in parse.dependents(word.index, "case")), "")
        return f"{word.deprel}:{case}"
    return word.deprel


def path_index(known: Mapping[str, int], name: str) -> int:
    """The number of a path among those `known`, by its shorter forms where it is rare itself ("obl:amid" as "obl"); 0 for all others."""
    while name not in known and ":" in name:
        name = name.rpartition(":")[0]
    return known.get(name, 0)
