"""The words of agreements: those that name them, those that tell their stages, and those that may stand around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from demarche.knowledge.tables import read
from demarche.records import Span

_TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


@dataclass(frozen=True)
class Cue:
    """What tells a stage: the words that must follow, whether the agreement is its object, and the types of event that may stand there (all when empty)."""

    stage: str
    follows: tuple[tuple[str, ...], ...]
    frame: str
    types: frozenset[str]


@dataclass(frozen=True)
class Table:
    """The nouns by their class, the cues by their first word, and lists of other words by name."""

    nouns: dict[str, frozenset[str]]
    cues: dict[str, list[Cue]]
    words: dict[str, frozenset[str]]


class Token(NamedTuple):
    """A word or sign and where it stands in the text."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.lower()


def tokens_of(sentence: Span) -> list[Token]:
    """The words and signs of a sentence, where they stand in the text."""
    return [Token(m.start() + sentence.start, m.end() + sentence.start, m.group()) for m in _TOKEN.finditer(sentence.text)]


def nouns() -> tuple[str, ...]:
    """The words that name agreements."""
    return tuple(sorted(word for words in table().nouns.values() for word in words))


@cache
def table() -> Table:
    """The words of `tables/agreements.csv`."""
    rows = list(read("agreements"))
    cues: dict[str, list[Cue]] = {}
    for row in rows:
        if row["list"] == "stage":
            follows = tuple(tuple(part.split()) for part in row["follows"].split("|") if part)
            for word in row["words"].split():
                cues.setdefault(word, []).append(Cue(row["name"], follows, row["frame"], frozenset(row["types"].split())))
    lists = {kind: {row["name"]: frozenset(row["words"].split()) for row in rows if row["list"] == kind} for kind in ("noun", "word")}
    return Table(lists["noun"], cues, lists["word"])


def class_of(token: Token) -> str | None:
    """The class of a noun that names agreements; None of another word."""
    return next((name for name, words in table().nouns.items() if token.low in words), None)


def is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word names an agreement: not as a part of another thing ("agreement talks", "treaty allies")."""
    if class_of(tokens[at]) is None:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return True
    return class_of(following) is None and following.low not in table().words["compound"]  # of "ceasefire agreement" the last word


def phrase(tokens: Sequence[Token], noun: int, least: int) -> int:
    """Where the words that name an agreement begin, its article included."""
    word, first = table().words, noun
    while first > least:
        before = tokens[first - 1]
        if before.low in word["determiner"]:
            return first - 1
        if not modifies(before) or before.low in table().cues:
            return first
        first -= 1
    return first


def modifies(token: Token) -> bool:
    """Whether a word may stand in a name before its noun: neither a sign nor one that links clauses and phrases."""
    word = table().words
    if not token.text[0].isalnum():
        return token.text in "“”\"'‘’"
    return not any(token.low in word[name] for name in ("linking", "breaker", "auxiliary", "adverb", "determiner")) and token.low not in ("and", "or", "to")


def passable(between: Sequence[Token]) -> bool:
    """Whether words between a stage and an agreement are only days, adverbs, those it is made with, or the part in it that is meant."""
    word, linked = table().words, False
    for token in between:
        if token.low in ("in", "on", "with", "at"):
            linked = True
        elif token.low in word["adverb"] or token.text in "“”\"'‘’," or token.low in word["part"] or token.low in word["determiner"] or token.low == "and":
            continue
        elif not (linked and (token.low in word["date"] or token.text[0].isdigit() or token.text[0].isupper())):
            return False
    return True


def breaks(token: Token) -> bool:
    """Whether a word or sign ends what is said of an agreement."""
    return token.low in table().words["breaker"] or token.text in ".;:?!"
