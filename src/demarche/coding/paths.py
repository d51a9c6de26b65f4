"""Paths: how a word stands to an anchor in the dependency tree."""

from __future__ import annotations

from collections.abc import Mapping

from demarche.language.parse import Parse, Word

_CLIMB = ("xcomp", "conj", "advcl", "acl", "ccomp", "parataxis", "obj", "obl", "nmod", "compound", "appos", "nsubj")
_SIDES = ("nsubj", "obj", "iobj", "obl", "nmod")

FAR = 4
"""Sentences from which on all are equally far."""


def path(parse: Parse, anchor: int, word: int) -> str:
    """How a word stands to an anchor: its relation below it, beside it (under a word above), above it, or only near it."""
    words = parse.words
    apart = words[word].sentence - words[anchor].sentence
    if apart:
        return f"sentence before:{min(-apart, FAR)}" if apart < 0 else f"sentence after:{min(apart, FAR)}"
    if words[word].head == anchor:
        return _named(parse, words[word])
    if words[anchor].head == word:
        return f"above:{words[anchor].deprel.partition(':')[0]}"
    first, at = words[anchor].deprel.partition(":")[0], words[anchor]
    for _ in range(3):
        if at.head < 0 or at.deprel.partition(":")[0] not in _CLIMB:
            break
        at = words[at.head]
        if words[word].head == at.index and words[word].deprel.partition(":")[0] in _SIDES:
            return f"beside:{first}:{_named(parse, words[word])}"
    if words[words[word].head].head == anchor and words[word].head >= 0:
        return f"below:{_named(parse, words[words[word].head])}:{words[word].deprel.partition(':')[0]}"
    return "before" if word < anchor else "after"


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
