"""The cast of a report: who its names, pronouns and descriptions stand for.

A phrase is first described by itself (knowledge room); what it leaves open is filled from other mentions of the same person or
body, from what a pronoun refers to, and, for the state's own organs, from the country that the report is about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from demarche.coding.runs import head
from demarche.knowledge.countries import find_countries
from demarche.knowledge.domains import outlet_countries
from demarche.knowledge.parties import Profile, describe
from demarche.language.parse import Chunk, Parse, Word

ABROAD_SECTORS = frozenset({"REF", "IGO", "REB"})
"""Sectors whose parties are not taken to be of the country the report is about when nothing tells theirs: of all other parties in
gold/train whose own words name no country, 85 in 100 are."""
KIND_WEIGHTS = {"name": 1.0, "adjective": 1.0, "demonym": 1.0, "capital": 1.0, "metonym": 0.7, "historic": 0.5, "region": 0.8}
URL_WEIGHT = 1.5
"""What the report's address counts, in mentions, for the country of its national domain or of a name inside it."""
TOWN_WEIGHT = 0.8
"""What a place inside a country counts, in mentions of the country."""
_MANY_STATES = re.compile(r"\b(?:countries|nations|states|neighbou?rs|(?:international|world|global) community|the world|partners|allies)$", re.I)
_SINGULAR = {"he", "him", "his", "she", "her", "himself", "herself", "hers"}
_GROUP = {"they", "them", "their", "themselves", "it", "its", "itself", "theirs"}
_SPEAKER = {"i", "me", "my", "we", "us", "our", "ours", "mine", "myself", "ourselves"}
_COUNTRY_NOUN = {"country", "nation", "state", "homeland", "territory", "soil", "land", "kingdom", "republic", "capital", "people", "government"}
_APPOSITION = re.compile(r"^\s*,\s*(?P<what>[^,.;:“”\"()]{3,80}?)\s*(?:,|\.|;|who\b|$)")
_TITLED_BACK = 9
"""Words before a name that may belong to its title."""


@dataclass
class Person:
    """One person or body of the report with everything said of them."""

    name: str
    profile: Profile
    mentions: list[Chunk]


class Cast:
    """Who is who in one report. `day` dates office-holders; `url` and `towns` (countries of the places named) help to tell the home country;
    `actors` is a file of the user's."""

    def __init__(self, parse: Parse, day: dt.date | None = None, url: str | None = None, towns: Iterable[str] = (), actors: Path | None = None) -> None:
        self.parse, self.day, self.url = parse, day, url
        self._towns = tuple(towns)
        self._actors = actors
        self._described: dict[str, Profile] = {}

    def describe(self, text: str) -> Profile:
        """What a phrase tells by itself, remembered."""
        key = " ".join(text.split())
        if key not in self._described:
            self._described[key] = describe(key, self.day, country=self.home, user_file=self._actors)
        return self._described[key]

    @cached_property
    def countries(self) -> tuple[tuple[int, int, str, str], ...]:
        """Every country mention of the report: (start, end, code, kind)."""
        return tuple(found for found in find_countries(self.parse.text) if found[2] != "IGO")

    @cached_property
    def home(self) -> str | None:
        """The country the report is mostly about, or null when none stands out."""
        counts: Counter[str] = Counter()
        for start, _, code, kind in self.countries:
            counts[code] += KIND_WEIGHTS.get(kind, 0.5) * (1.5 if start < 600 else 1.0)  # type: ignore[assignment]
        for code in self._towns:
            counts[code] += TOWN_WEIGHT  # type: ignore[assignment]
        for code in outlet_countries(self.url) if self.url else ():
            counts[code] += URL_WEIGHT  # type: ignore[assignment]
        ranked = counts.most_common(1)
        return ranked[0][0] if ranked else None

    @cached_property
    def people(self) -> dict[str, Person]:
        """Persons and bodies by the last word of their names, lowercase."""
        found: dict[str, Person] = {}
        for chunk in self.parse.names:
            if chunk.label not in ("Person", "Organization"):
                continue
            key = self._key(chunk)
            profile = self.describe(self._introduction(chunk)) if chunk.label == "Person" else self.describe(self.parse.chunk_span(chunk).text)
            known = found.get(key)
            if known is None:
                found[key] = Person(self.parse.chunk_span(chunk).text, profile, [chunk])
            else:
                known.mentions.append(chunk)
                known.profile = filled(known.profile, profile)
                if len(self.parse.chunk_span(chunk).text) > len(known.name):
                    known.name = self.parse.chunk_span(chunk).text
        return found

    def _key(self, chunk: Chunk) -> str:
        last = chunk.end - 1
        while last > chunk.first and not self.parse.words[last].text[0].isalnum():
            last -= 1
        if chunk.label == "Person":
            return self.parse.words[last].lower
        return self.parse.chunk_span(chunk).text.lower().removeprefix("the ")

    def _introduction(self, chunk: Chunk) -> str:
        """A person's name with the title before it and the description in commas after it."""
        words, sentence = self.parse.words, self.parse.sentence_of(chunk.first)
        first = chunk.first
        while first > max(sentence.first, chunk.first - _TITLED_BACK) and _titular(words[first - 1]):
            first -= 1
        while first < chunk.first and words[first].upos in ("ADP", "DET", "CCONJ"):
            first += 1
        title = self.parse.span(first, chunk.end).text
        rest = self.parse.text[words[chunk.end - 1].end : words[sentence.end - 1].end]
        after = _APPOSITION.match(rest)
        if after and len(after["what"].split()) <= 12 and not re.match(r"(?:and|but|while|after|as|in|on|at|said|who)\b", after["what"]):
            return f"{title}, {after['what']}"
        return title

    def profile(self, chunk: Chunk) -> tuple[Profile, str]:
        """Who the words of a chunk stand for, and what decided."""
        top = head(self.parse, chunk)
        word = self.parse.words[top]
        if len(chunk) <= 2 and word.lower in _SINGULAR | _GROUP | _SPEAKER and word.upos == "PRON":
            referent = self.referent(top)
            return (referent, "pronoun followed back") if referent else (Profile(), "pronoun without a referent")
        own, how = self.describe(self.parse.chunk_span(chunk).text), "its own words"
        person = self._person_in(chunk)
        if person is not None and (own.country is None or own.sector is None):
            merged = filled(own, person.profile)
            if merged != own:
                own, how = merged, "another mention of the same name"
        if own.country is None:
            country, reason = self._country_of(chunk, top, own)
            if country:
                own, how = replace(own, country=country), reason
        return own, how

    def _person_in(self, chunk: Chunk) -> Person | None:
        for name in self.parse.names:
            if name.label in ("Person", "Organization") and name.first in chunk and name.end <= chunk.end:
                found = self.people.get(self._key(name))
                if found:
                    return found
        return self.people.get(self.parse.words[chunk.end - 1].lower) if self.parse.words[chunk.end - 1].upos == "PROPN" else None

    def _country_of(self, chunk: Chunk, top: int, own: Profile) -> tuple[str | None, str]:
        """The country of a phrase that names none."""
        for i in range(chunk.first, chunk.end):
            word = self.parse.words[i]
            if word.xpos == "PRP$" and word.index != top:
                referent = self.referent(i)
                if referent and referent.country and referent.country != "IGO":
                    return referent.country, "its possessor followed back"
        word = self.parse.words[top]
        if _MANY_STATES.search(self.parse.chunk_span(chunk).text):
            return None, ""
        if word.lemma in _COUNTRY_NOUN and self.home:
            return self.home, "the country the report is about"
        if own.sector not in ABROAD_SECTORS and not _is_named_group(own):
            near = self._nearest_country(top)
            if near:
                return near, "the country the report is about"
        return None, ""

    def _nearest_country(self, index: int) -> str | None:
        return self.home

    def referent(self, index: int) -> Profile | None:
        """Who a pronoun stands for: the speaker for "we" in a quotation, else the latest person or body that fits."""
        word = self.parse.words[index]
        if word.lower in _SPEAKER:
            return self.speaker(index)
        for chunk, kind in self._before(index):
            if word.lower in _SINGULAR and kind == "Person":
                person = self.people.get(self._key(chunk))
                return person.profile if person else None
            if word.lower in _GROUP and kind in ("Organization", "NORP", "Location"):
                profile = self.describe(self.parse.chunk_span(chunk).text)
                if profile.country or profile.sector:
                    return profile
        return None

    def _before(self, index: int) -> Iterator[tuple[Chunk, str]]:
        """Names before a word, latest first; subjects of the sentences before are preferred to what stands nearer."""
        sentence = self.parse.words[index].sentence
        names = [c for c in self.parse.names if c.first < index and self.parse.words[c.first].sentence >= sentence - 3]
        ranked = sorted(names, key=lambda c: (-self.parse.words[c.first].sentence, not self._is_subject(c), -c.first))
        for chunk in ranked:
            yield chunk, chunk.label

    def _is_subject(self, chunk: Chunk) -> bool:
        top = self.parse.words[head(self.parse, chunk)]
        while top.deprel in ("flat", "appos", "compound", "nmod", "conj") and top.head >= 0:
            top = self.parse.words[top.head]
        return top.deprel.startswith("nsubj")

    def speaker(self, index: int) -> Profile | None:
        """Whose words a word stands in."""
        inside = [a for a in self.parse.attributions if index in a.content and a.source]
        if not inside:
            return None
        source = min(inside, key=lambda a: len(a.content)).source
        if source is None or index in source:
            return None
        return self.profile(source)[0]


def filled(first: Profile, second: Profile) -> Profile:
    """`first` with its gaps filled from `second`."""
    return Profile(first.country or second.country, first.sector or second.sector, first.role or second.role, first.name or second.name, first.id or second.id)


def _titular(word: Word) -> bool:
    """Whether a word before a name may belong to a title."""
    return word.upos in ("PROPN", "NOUN", "ADJ") or word.lower in ("of", "for", "and", "the", "-", "&", "’s", "'s", ".")


def _is_named_group(profile: Profile) -> bool:
    return profile.id is not None
