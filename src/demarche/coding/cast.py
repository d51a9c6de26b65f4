"""The cast of a report: who its names, pronouns and descriptions stand for.

A phrase is first described by itself (knowledge room); what it leaves open is filled from other mentions of the same person or
body, from what a pronoun refers to, and, for the state's own organs, from the country that the report is about.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from demarche.coding.belonging import COUNTRY_NOUNS, Asked, Belonging, Hint
from demarche.coding.people import People, Person, filled
from demarche.coding.phrases import head
from demarche.knowledge.countries import Countries
from demarche.knowledge.domains import outlet_countries
from demarche.knowledge.parties import Profile, describe
from demarche.language.parse import Chunk, Parse, Word

_SINGULAR = {"he", "him", "his", "she", "her", "himself", "herself", "hers"}
_GROUP = {"they", "them", "their", "themselves", "it", "its", "itself", "theirs"}
_SPEAKER = {"i", "me", "my", "we", "us", "our", "ours", "mine", "myself", "ourselves"}
_REFLEXIVE = ("self", "selves")
_BODY_NOUN = {
    "army", "military", "police", "force", "ministry", "group", "party", "court", "parliament", "council", "union", "junta", "regime", "committee",
    "commission", "agency", "organization", "organisation", "alliance", "bloc", "coalition", "movement", "opposition", "administration", "cabinet",
    "company", "embassy", "senate",
}  # fmt: skip


class Cast:
    """Who is who in one report. `day` dates office-holders; `url` and `towns` (where the places named begin, and their countries) help to tell the home
    country; `actors` is a file of the user's."""

    def __init__(self, parse: Parse, day: dt.date | None = None, url: str | None = None, towns: Iterable[Hint] = (), actors: Path | None = None) -> None:
        self.parse, self.day, self.url = parse, day, url
        self._actors = actors
        self.belonging = Belonging(parse, self.countries, towns, outlet_countries(url) if url else (), self._known())
        self._described: dict[str, Profile] = {}
        self._asked: list[Chunk] = []

    def describe(self, text: str) -> Profile:
        """What a phrase tells by itself, remembered."""
        key = " ".join(text.split())
        if key not in self._described:
            self._described[key] = describe(key, self.day, country=self.home, user_file=self._actors)
        return self._described[key]

    @cached_property
    def countries(self) -> tuple[tuple[int, int, str, str], ...]:
        """Every country mention of the report, outside the names of persons: (start, end, code, kind)."""
        persons = [(self.parse.words[n.first].start, self.parse.words[n.end - 1].end) for n in self.parse.names if n.label == "Person"]
        found = [m for m in Countries.load().mentions(self.parse.text) if not any(start < m.end and m.start < end for start, end in persons)]
        named = {m.code for m in found if m.code}
        settled = ((m.start, m.end, m.settled(named), m.kind) for m in found)
        return tuple((start, end, code, kind) for start, end, code, kind in settled if code and code != "IGO")

    def _known(self) -> Iterator[Hint]:
        """Where the report names a person or body known by the name alone, and of which country they are; names with a country in them count as that."""
        found: dict[str, str | None] = {}
        for name in self.parse.names:
            span = self.parse.chunk_span(name)
            if name.label in ("Person", "Organization") and not any(start < span.end and span.start < end for start, end, _, _ in self.countries):
                if span.text not in found:  # news repeats its names
                    found[span.text] = describe(" ".join(span.text.split()), self.day, user_file=self._actors).country
                country = found[span.text]
                if country and country != "IGO":
                    yield span.start, country

    @property
    def home(self) -> str | None:
        """The country the report is mostly about, or null when it names none."""
        return self.belonging.home

    @cached_property
    def people(self) -> People:
        """The persons and bodies of the report."""
        return People(self.parse, self.describe, self._country_before)

    def profile(self, chunk: Chunk) -> tuple[Profile, str]:
        """Who the words of a chunk stand for, and what decided."""
        top = head(self.parse, chunk)
        word = self.parse.words[top]
        if len(chunk) <= 2 and word.lower in _SINGULAR | _GROUP | _SPEAKER and word.upos == "PRON":
            referent = self.referent(top)
            return (referent, "pronoun followed back") if referent else (Profile(), "pronoun without a referent")
        own, how = self.describe(self.parse.chunk_span(chunk).text), "its own words"
        merged = self._completed(chunk, top, own)
        if merged != own:
            own, how = merged, "another mention of the same name"
        if own.country is None:
            country, reason = self._country_of(chunk, top, own)
            if country:
                own, how = replace(own, country=country), reason
        return own, how

    def _completed(self, chunk: Chunk, top: int, own: Profile) -> Profile:
        """A profile completed by the other mentions of the name in it; of a name that only qualifies it ("Dero's followers") by the country alone."""
        inside = [n for n in self.parse.names if chunk.first <= n.first and n.end <= chunk.end and n.label in ("Person", "Organization")]
        for name in sorted(inside, key=lambda name: not self._carries(name, top)):
            person = self.people.bearer(name)
            if person is not None and self._carries(name, top):
                return filled(own, person.profile) if own.country is None or own.sector is None else own
            if person is not None:
                return self._qualified(own, person, name)
        last = self.parse.words[chunk.end - 1]
        person = self.people.get(last.lower) if last.upos == "PROPN" else None
        return filled(own, person.profile) if person and self._carries(Chunk(last.index, chunk.end), top) else own

    def _qualified(self, own: Profile, person: Person, name: Chunk) -> Profile:
        """The profile of those whom a name only qualifies: of its country, but not its bearer."""
        country = None if person.profile.country == "IGO" else person.profile.country
        bearer = name.label == "Person" and own.name is not None and self.people.bears(own.name, name)
        return replace(own, country=own.country or country, name=None if bearer else own.name, id=None if bearer else own.id)

    def _carries(self, name: Chunk, top: int) -> bool:
        """Whether a name is what its phrase is about: its head, or joined to the head as title and name are."""
        word = self.parse.words[head(self.parse, name)]
        return top in name or (word.head == top and word.deprel.partition(":")[0] in ("flat", "appos"))

    def _country_of(self, chunk: Chunk, top: int, own: Profile) -> tuple[str | None, str]:
        """The country of a phrase that names none."""
        for i in range(chunk.first, chunk.end):
            word = self.parse.words[i]
            if word.xpos == "PRP$" and word.index != top:
                referent = self.referent(i)
                if referent and referent.country and referent.country != "IGO":
                    return referent.country, "its possessor followed back"
        speaker = self.speaker(top)
        return self.choose(Asked(chunk, top, own, speaker.country if speaker else None, self.mentions(chunk, top)))

    def mentions(self, chunk: Chunk, top: int) -> tuple[int, ...]:
        """The governing words of all mentions of the name that a phrase carries."""
        inside = (n for n in self.parse.names if chunk.first <= n.first and n.end <= chunk.end and n.label in ("Person", "Organization"))
        bearer = next((self.people.bearer(name) for name in inside if self._carries(name, top)), None)
        return tuple(head(self.parse, mention) for mention in bearer.mentions) if bearer else ()

    def choose(self, asked: Asked) -> tuple[str | None, str]:
        """The country of a party whose words name none, and what decided."""
        country, probability = self.belonging.choose(asked)
        return country, f"of the countries the report names the likeliest ({probability:.2f})"

    def _country_before(self, index: int) -> str | None:
        """The latest country named before a word in its sentence, else the first one named in the nearest sentence before, in its paragraph."""
        number = self.parse.words[index].sentence
        paragraph = self.parse.paragraphs[number]
        for at in range(number, bisect_left(self.parse.paragraphs, paragraph) - 1, -1):
            sentence = self.parse.sentences[at]
            begin = self.parse.words[sentence.first].start
            end = self.parse.words[index if at == number else sentence.end - 1].start
            named = [code for start, _, code, _ in self.countries if begin <= start < end]
            if named:
                return named[-1 if at == number else 0]
        return None

    def referent(self, index: int) -> Profile | None:
        """Who a pronoun stands for: the speaker for "we" in a quotation, else the subject of its sentence or the latest name that fits."""
        word = self.parse.words[index]
        if word.lower in _SPEAKER:
            return self.speaker(index)
        for chunk in self._antecedents(word):
            profile, _ = self.profile(chunk)
            if profile.country or profile.sector:
                return profile
        return None

    def _antecedents(self, word: Word) -> Iterator[Chunk]:
        """What a pronoun of the third person may stand for, likeliest first."""
        singular = word.lower in _SINGULAR
        for subject in self._subjects(word):
            if self._agrees(word, subject):
                yield self._phrase(subject)
        wanted = ("Person",) if singular else ("Organization", "NORP", "Location")
        barred = self._acting(word)
        yield from (chunk for chunk, kind in self._before(word.index) if kind in wanted and chunk.first not in barred)

    def _acting(self, pronoun: Word) -> frozenset[int]:
        """The words of the subject of an object's own clause, whom it does not mean: "Ruto and Mwangi congratulated him"."""
        if pronoun.head < 0 or not pronoun.deprel.startswith(("obj", "iobj", "obl")) or pronoun.lower.endswith(_REFLEXIVE):
            return frozenset()
        return frozenset(i for subject in self.parse.dependents(pronoun.head, "nsubj") for i in self.parse.subtree(subject.index))

    def _subjects(self, pronoun: Word) -> Iterator[Word]:
        """The subjects that govern a pronoun, nearest first: "the army said it", "the army freed its captives", but not "the army freed them"."""
        reflexive = pronoun.xpos == "PRP$" or pronoun.lower.endswith(_REFLEXIVE)
        own_clause = not reflexive and not pronoun.deprel.startswith("nsubj")
        for above in self.parse.ancestors(pronoun.index):
            subjects = [w for w in self.parse.dependents(above.index, "nsubj") if w.index < pronoun.index and pronoun.index not in self.parse.subtree(w.index)]
            if subjects and not own_clause:
                yield subjects[0]
            own_clause = own_clause and not subjects

    def _agrees(self, pronoun: Word, subject: Word) -> bool:
        """Whether a subject may be meant by a pronoun: a person for "he", a body or a country for "it", a body or several for "they"."""
        label = next((c.label for c in self.parse.names if subject.index in c), None)
        body = label in ("Organization", "NORP", "Location") or subject.lemma.lower() in _BODY_NOUN | COUNTRY_NOUNS
        plural = subject.xpos in ("NNS", "NNPS")
        if subject.upos == "PRON":
            return subject.lower in (_SINGULAR if pronoun.lower in _SINGULAR else _GROUP)
        if pronoun.lower in _SINGULAR:
            return not body and not plural
        return body or (plural and pronoun.lower.startswith("the"))

    def _phrase(self, word: Word) -> Chunk:
        """A noun with what belongs to it, without clauses and descriptions behind."""
        aside = {i for w in self.parse.dependents(word.index, "acl", "appos", "parataxis", "conj", "punct") for i in self.parse.subtree(w.index)}
        inside = [i for i in self.parse.subtree(word.index) if i not in aside]
        first = last = word.index
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return Chunk(first, last + 1)

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
        """Whose words a word stands in: the source of the narrowest quotation around it, or the speaker before when that names none."""
        inside = [a for a in self.parse.attributions if index in a.content]
        if not inside:
            return None
        source = min(inside, key=lambda a: (a.source is None, len(a.content))).source or self._spoke_before(index)
        if source is None or index in source or source in self._asked:
            return None
        self._asked.append(source)  # sources may lie in each other's quotations
        try:
            return self.profile(source)[0]
        finally:
            self._asked.pop()

    def _spoke_before(self, index: int) -> Chunk | None:
        """The latest source named before a word, in its own sentence or the two before."""
        sentence = self.parse.words[index].sentence
        sources = [a.source for a in self.parse.attributions if a.source and a.source.first < index]
        return max((s for s in sources if self.parse.words[s.first].sentence >= sentence - 2), key=lambda s: s.first, default=None)
