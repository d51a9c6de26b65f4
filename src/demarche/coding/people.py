"""The people of a report: its persons and bodies with everything said of them, filed under their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from demarche.coding.phrases import head
from demarche.knowledge.parties import Profile
from demarche.language.parse import Chunk, Parse, Word

NEAR_SECTORS = frozenset({"GOV", "MIL"})
"""Sectors whose parties ("the Foreign Ministry") rather belong to the country named before them in their paragraph: of those in gold/train
where the two differed when this was chosen (the nearest country, before sentences were told apart), 11 against 4."""
_SUFFIXES = {"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"}
_NO_APPOSITION = ("conj", "nsubj", "obj", "iobj", "obl", "ccomp")
_DESCRIPTION = 12
"""Words that a description in commas after a name may have."""
_TITLED_BACK = 9
"""Words before a name that may belong to its title."""


@dataclass
class Person:
    """One person or body of the report with everything said of them."""

    name: str
    profile: Profile
    mentions: list[Chunk]


class People(Mapping[str, Person]):
    """Persons and bodies by name in lower case; persons by their surname too, and by "first …".

    `describe` tells what a phrase says by itself, `country_before` the country last named before a word."""

    def __init__(self, parse: Parse, describe: Callable[[str], Profile], country_before: Callable[[int], str | None]) -> None:
        self.parse = parse
        self._describe = describe
        self._found: dict[str, Person] = {}
        for chunk in parse.names:
            if chunk.label in ("Person", "Organization"):
                self._file(chunk)
        for person in self._found.values():
            if person.profile.country is None and person.profile.sector in NEAR_SECTORS:  # settled once, where the person is introduced
                person.profile = replace(person.profile, country=country_before(person.mentions[0].first))

    def __getitem__(self, key: str) -> Person:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def bearer(self, chunk: Chunk) -> Person | None:
        """Whom a name stands for: the bearer of the full name, or of the surname when nothing speaks against it."""
        keys = self._keys(chunk)
        person = self.get(keys[0])
        if person is not None or chunk.label != "Person":
            return person
        words = keys[0].split()
        if len(words) == 1:
            return self.get(f"{keys[0]} …")
        person = self.get(words[-1])
        known = self._name(person.name) if person else []
        return person if len(known) == 1 or set(known[:-1]) & set(words[:-1]) else None

    def bears(self, text: str, chunk: Chunk) -> bool:
        """Whether a name in words is that of the person whom a chunk names, by the surname."""
        return self._name(text)[-1] == self._keys(chunk)[1]

    def _file(self, chunk: Chunk) -> None:
        """Add a mention to the person or body that it names, under all its names."""
        text = self.parse.chunk_span(chunk).text
        profile = self._describe(self._introduction(chunk) if chunk.label == "Person" else text)
        person = self.bearer(chunk)
        if person is None:
            person = Person(text, profile, [chunk])
        else:
            person.mentions.append(chunk)
            person.profile = filled(person.profile, profile)
            person.name = max(person.name, text, key=len)
        for key in self._keys(chunk):
            self._found.setdefault(key, person)

    def _keys(self, chunk: Chunk) -> list[str]:
        """What a name is filed under, the whole of it first."""
        text = self.parse.chunk_span(chunk).text
        if chunk.label != "Person":
            return [text.lower().removeprefix("the ")]
        words = self._name(text)
        return [" ".join(words), words[-1], f"{words[0]} …"]

    def _name(self, text: str) -> list[str]:
        """The words of a person's name without title, possessive and suffix, in lower case."""
        words = [word for word in (self._describe(text).name or text).lower().split() if word[0].isalnum()]
        bare = [word.removesuffix("'s").removesuffix("’s") for word in words if word not in _SUFFIXES]
        return bare or [text.lower()]

    @cached_property
    def _persons(self) -> dict[int, Chunk]:
        """The person's name that each word belongs to."""
        return {i: chunk for chunk in self.parse.names if chunk.label == "Person" for i in range(chunk.first, chunk.end)}

    def _introduction(self, chunk: Chunk) -> str:
        """A person's name with the title before it and the description in commas after it."""
        title = self.parse.span(self._title(chunk), chunk.end).text
        after = self._description(chunk)
        return f"{title}, {self.parse.chunk_span(after).text}" if after else title

    def _title(self, chunk: Chunk) -> int:
        """The first word of the title before a name; by the tree where it joins the two ("the president of Niger, Ilan Dero")."""
        words = self.parse.words
        top = head(self.parse, chunk)
        while words[top].deprel.partition(":")[0] in ("flat", "appos", "compound") and 0 <= words[top].head < chunk.first:
            top = words[top].head
        phrase = set(self.parse.subtree(top))
        joined = chunk.first - 1 in phrase
        first, least = chunk.first, max(self.parse.sentence_of(chunk.first).first, chunk.first - _TITLED_BACK)
        while first > least and first - 1 not in self._persons and (first - 1 in phrase if joined else True):
            if not _titular(words[first - 1]) and not (joined and words[first - 1].text == ","):
                break
            first -= 1
        while first < chunk.first and words[first].upos in ("ADP", "DET", "CCONJ", "PUNCT"):
            first += 1
        return first

    def _description(self, chunk: Chunk) -> Chunk | None:
        """The description in commas after a name; no clause, no further person, no other party of the sentence."""
        words, end = self.parse.words, self.parse.sentence_of(chunk.first).end
        if chunk.end >= end or words[chunk.end].text != ",":
            return None
        last = first = chunk.end + 1
        while last < end and not _closes(words[last]):
            last += 1
        inside = words[first:last]
        if not 0 < len(inside) <= _DESCRIPTION or inside[0].upos not in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
            return None
        if any(word.upos in ("VERB", "AUX") or word.index in self._persons for word in inside):
            return None
        found = Chunk(first, last)
        return None if words[head(self.parse, found)].deprel.startswith(_NO_APPOSITION) else found


def filled(first: Profile, second: Profile) -> Profile:
    """`first` with its gaps filled from `second`."""
    return Profile(first.country or second.country, first.sector or second.sector, first.role or second.role, first.name or second.name, first.id or second.id)


def _titular(word: Word) -> bool:
    """Whether a word before a name may belong to a title."""
    return word.upos in ("PROPN", "NOUN", "ADJ") or word.lower in ("of", "for", "and", "the", "-", "&", "’s", "'s", ".")


def _closes(word: Word) -> bool:
    """Whether a word ends a description: punctuation other than a hyphen, or a relative pronoun."""
    return (word.upos == "PUNCT" and word.text not in ("-", "–")) or word.lower in ("who", "whose", "which")
