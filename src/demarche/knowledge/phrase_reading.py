"""A party phrase read: its words, and the countries, bodies and groups among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Self

from demarche.knowledge.actors import Actors
from demarche.knowledge.countries import Countries, Known
from demarche.knowledge.entities import Entity
from demarche.knowledge.phrases import Hit, Token, tokens, words
from demarche.knowledge.sectors import PLACEHOLDER, TAIL, roles, singular
from demarche.knowledge.tables import wordlist

# After these a country or body is whom the party deals with, not whom it belongs to.
_TOWARDS = wordlist("towards")
# "Turkish-backed", "anti-China", "ethnic Albanians", "the embassy in Cairo", "India's neighbours": the country named is another's.
_BACKED = wordlist("joined to another country")
_PREFIXES = wordlist("prefixes of another country")
_MISSIONS = wordlist("missions abroad")
_OTHERS = wordlist("others than the country named")
_MIXED = wordlist("nationalities of descendants")

_SMALL_WORDS = 4  # words without a letter in an acronym that may stand among those it abbreviates


class Piece(NamedTuple):
    """Words `[first, end)` that name a country or an entity."""

    first: int
    end: int
    country: str | None
    entity: Entity | None
    kind: str


@dataclass(frozen=True)
class Reading:
    """A phrase with its words and the pieces known among them, left to right."""

    text: str
    found: Sequence[Token]
    pieces: Sequence[Piece]

    @classmethod
    def of(cls, text: str, actors: Actors, country: str | None) -> Self:
        """Read `text`; `country` settles ambiguous names."""
        found = tokens(text)
        states = list(Countries.load().hits(text, found))
        inner = next((hit.value.code for hit in states if hit.value.code), None)
        entities = list(actors.entities(text, found, inner if inner and country is None else country))
        entities = [hit for hit in entities if not _abbreviates_another(text, found, hit)]
        states = [hit for hit in states if not _surname(actors, text, found, hit)]
        states = [hit for hit in states if not any(_overlap(hit, entity) and _stronger(entity, hit) for entity in entities)]
        entities = [entity for entity in entities if not any(_overlap(hit, entity) for hit in states)]
        pieces = [Piece(e.first, e.end, e.value.country, e.value, "entity") for e in entities]
        pieces += [Piece(hit.first, hit.end, _code(hit.value, country), None, hit.value.kind) for hit in states]
        return cls(text, found, sorted(pieces, key=lambda piece: piece.first))

    def gap(self, i: int) -> str:
        """What stands in the text before word `i`."""
        return self.text[self.found[i - 1].end if i else 0 : self.found[i].start]

    def cut(self, first: int, end: int) -> str:
        """The text of words `[first, end)`."""
        return self.text[self.found[first].start : self.found[end - 1].end] if end > first else ""

    @cached_property
    def lower(self) -> tuple[str, ...]:
        return tuple(token.text.lower() for token in self.found)

    @cached_property
    def named(self) -> frozenset[int]:
        """The words in pieces."""
        return frozenset(i for piece in self.pieces for i in range(piece.first, piece.end))

    @cached_property
    def titled(self) -> frozenset[int]:
        """The words in roles of the table, the pieces and what may be an adjective apart."""
        plain = ["" if i in self.named else singular(word) for i, word in enumerate(self.lower)]
        return frozenset(i for hit in roles().find(plain) if hit.value.strength != TAIL for i in range(hit.first, hit.end))

    @cached_property
    def plain(self) -> list[str]:
        """The words in lower case with the marks between them, entities as "@SECTOR" and countries as "@"."""
        words: list[str] = []
        inside = {i: piece for piece in self.pieces for i in range(piece.first, piece.end)}
        for i, word in enumerate(self.lower):
            piece = inside.get(i)
            if piece is None or i == piece.first:
                words.extend(mark for mark in self.gap(i) if mark in ",;:–—(" and i)
                words.append(word if piece is None else PLACEHOLDER + _sector(piece))
        return words

    def own(self) -> Iterator[Piece]:
        """The countries and entities that the party may belong to."""
        return (piece for piece in self.pieces if not self._towards(piece))

    def _towards(self, piece: Piece) -> bool:
        """Whether a piece is at the other end of a relation: by the words before it, up to the last comma, or by what it is joined to."""
        if self._joined_to_another(piece):
            return True
        for i in range(piece.first - 1, -1, -1):
            if "," in self.gap(i + 1):
                return False
            if self.lower[i] in _TOWARDS or (self.lower[i] in ("in", "at") and _MISSIONS & set(self.lower[:i])):
                return i > 0
        return False

    def _joined_to_another(self, piece: Piece) -> bool:
        """Whether the words beside a country tell that somebody else is meant ("Turkish-backed", "anti-China", "Cuban-Americans")."""
        before = self.lower[piece.first - 1] if piece.first else ""
        after = self.lower[piece.end] if piece.end < len(self.found) else ""
        if (before in _PREFIXES and "-" in self.gap(piece.first)) or (piece.kind in ("adjective", "demonym") and before == "ethnic"):
            return True
        if after and "-" in self.gap(piece.end):
            return after in _BACKED or (piece.kind == "adjective" and after in _MIXED)
        possessed = after == "s"
        if possessed and piece.end + 1 < len(self.found):
            after = self.lower[piece.end + 1]
        return possessed and after in _OTHERS


def _abbreviates_another(text: str, found: Sequence[Token], hit: Hit[Entity]) -> bool:
    """Whether an acronym in brackets stands for the words before it and these are not the entity's: "the National Police Agency (NPA)"."""
    acronym = found[hit.first]
    bracketed = text[acronym.start - 1 : acronym.start] == "(" and text[acronym.end : acronym.end + 1] == ")"
    if hit.end - hit.first > 1 or not acronym.text.isupper() or not bracketed:
        return False
    before = [token.text for token in found[max(0, hit.first - len(acronym.text) - _SMALL_WORDS) : hit.first]]
    if not _spells(acronym.text, before):
        return False
    known = {word.lower() for word in words(hit.value.name)}
    return 2 * len(known & {word.lower() for word in before}) < len(known)


def _spells(acronym: str, before: Sequence[str]) -> bool:
    """Whether capitalised words, the last of them just before the acronym, have its letters as initials in their order."""
    left = acronym
    for word in reversed(before):
        if left and word[:1].upper() == left[-1]:
            left = left[:-1]
        elif word[:1].isupper():
            break
    return len(left) <= 1 and len(acronym) > 1


def _surname(actors: Actors, text: str, found: Sequence[Token], hit: Hit[Known]) -> bool:
    """Whether a country's name is somebody's surname: "Ricardo Lagos"."""
    if hit.end - hit.first > 1 or hit.first == 0 or text[found[hit.first - 1].end : found[hit.first].start] != " ":
        return False
    last = hit.end == len(found) or text[found[hit.end - 1].end : found[hit.end].start] != " " or not found[hit.end].text[:1].isupper()
    return last and hit.value.kind != "ambiguous" and actors.is_given_name(found[hit.first - 1].text)


def _overlap(left: Hit[Known], right: Hit[Entity]) -> bool:
    return left.first < right.end and right.first < left.end


def _stronger(entity: Hit[Entity], state: Hit[Known]) -> bool:
    """Whether an entity's name is to be read rather than a country's at the same words ("US Army", "the Kremlin")."""
    return state.value.kind in ("metonym", "ambiguous") or entity.end - entity.first >= state.end - state.first


def _code(known: Known, country: str | None) -> str | None:
    return known.code or (country if country in known.candidates else known.usual)


def _sector(piece: Piece) -> str:
    return piece.entity.sector or "" if piece.entity else ""
