"""Countries: their names, adjectives, inhabitants, capitals, seats of power, historic states and regions, found in text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Self

from demarche.knowledge import tables
from demarche.knowledge.phrases import Hit, Lexicon, Token, joined, split, tokens, words
from demarche.knowledge.tables import wordlist

KINDS = {
    "names": "name",
    "adjectives": "adjective",
    "demonyms": "demonym",
    "capitals": "capital",
    "metonyms": "metonym",
    "historic": "historic",
    "regions": "region",
}
# Country names that are also given names, and what may follow them when the country is meant.
_GIVEN = wordlist("countries that are given names")
_FOLLOWS = wordlist("follows a country")
_PARTICLES = wordlist("before a surname")
# In headings set in capitals, words after which "US" is the pronoun.
_BEFORE_PRONOUN = wordlist("before the pronoun US")


class Mention(NamedTuple):
    """A country in a text: offsets, code, and by which kind of name; an ambiguous name such as "Korea" has no code, and `usual` is what it mostly means."""

    start: int
    end: int
    code: str | None
    kind: str
    candidates: tuple[str, ...] = ()
    usual: str | None = None

    def settled(self, named: Collection[str]) -> str | None:
        """The country meant where a text also names the countries `named`: the one candidate among them, else the usual one."""
        inside = [code for code in self.candidates if code in named]
        return self.code or (inside[0] if len(inside) == 1 else self.usual)


@dataclass(frozen=True, slots=True)
class Country:
    """One state or territory with everything it is called."""

    code: str
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    metonyms: tuple[str, ...]
    historic: tuple[str, ...]
    regions: tuple[str, ...]

    @classmethod
    def of(cls, row: dict[str, str]) -> Self:
        return cls(row["code"], row["name"], *(tuple(split(row[column])) for column in KINDS))


class Known(NamedTuple):
    """What a form stands for. Ambiguous forms have no code and may have candidates, one of them `usual`."""

    code: str | None
    kind: str
    candidates: tuple[str, ...] = ()
    usual: str | None = None


class Countries:
    """All countries, and a scanner for them."""

    def __init__(self, countries: Sequence[Country], ambiguous: Sequence[tuple[str, tuple[str, ...], str | None]] = ()) -> None:
        self._by_code = {country.code: country for country in countries}
        self._lexicon: Lexicon[Known] = Lexicon()
        for form, candidates, usual in ambiguous:
            self._lexicon.add(words(form), Known(None, "ambiguous", candidates, usual))
        for country in countries:
            if country.code != "IGO":
                self._lexicon.add(words(country.name), Known(country.code, "name"))
        for column, kind in KINDS.items():
            for country in countries:
                for form in getattr(country, column):
                    self._lexicon.add(words(form), Known(country.code, kind))

    @classmethod
    @cache
    def load(cls) -> Countries:
        """The package's countries, read once."""
        ambiguous = [(row["form"], tuple(split(row["candidates"])), row["usual"] or None) for row in tables.read("ambiguous")]
        return Countries([Country.of(row) for row in tables.read("countries")], ambiguous)

    def __getitem__(self, code: str) -> Country:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Country]:
        return iter(self._by_code.values())

    def match(self, sequence: Sequence[str]) -> Mention | None:
        """The country that the words as a whole name ("South", "Korea"); offsets count characters of the words joined by blanks."""
        text = " ".join(sequence)
        found = next(iter(self.mentions(text)), None)
        return found if found is not None and (found.start, found.end) == (0, len(text)) else None

    def mentions(self, text: str, found: Sequence[Token] | None = None) -> Iterator[Mention]:
        """All country mentions in `text` from left to right, the ambiguous included (code null)."""
        found = tokens(text) if found is None else found
        for hit in self.hits(text, found):
            known = hit.value
            yield Mention(found[hit.first].start, _end(text, found, hit), known.code, known.kind, known.candidates, known.usual)

    def hits(self, text: str, found: Sequence[Token]) -> Iterator[Hit[Known]]:
        """As `mentions`, in numbers of words."""
        return (hit for hit in self._lexicon.find_in(text, found) if hit.value.kind == "ambiguous" or not _is_other(text, found, hit))


def find_countries(text: str) -> list[tuple[int, int, str, str]]:
    """The countries named in `text` as (start, end, code, kind), left to right; names of other things ("Indian Ocean", "Korea") are left out."""
    return [(m.start, m.end, m.code, m.kind) for m in Countries.load().mentions(text) if m.code is not None]


def _end(text: str, found: Sequence[Token], hit: Hit[Known]) -> int:
    """Where a hit ends; the full stop of "U.S." belongs to it."""
    end = found[hit.end - 1].end
    dotted = hit.end - hit.first > 1 and len(found[hit.end - 1].text) == 1 and text[end - 2 : end - 1] == "."
    return end + 1 if dotted and text[end : end + 1] == "." else end


def _is_other(text: str, found: Sequence[Token], hit: Hit[Known]) -> bool:
    """Whether a country's name is here part of a person's name or the pronoun in capitals."""
    first = found[hit.first]
    before = found[hit.first - 1] if hit.first and joined(text, found[hit.first - 1], first) else None
    if first.text == "US" and hit.end - hit.first == 1:
        return before is not None and before.text in _BEFORE_PRONOUN
    if hit.end - hit.first > 1:
        return False
    if before is not None and before.text in _PARTICLES:
        return True
    return first.text in _GIVEN and _name_follows(text, found, hit.end)


def _name_follows(text: str, found: Sequence[Token], at: int) -> bool:
    """Whether the next word looks like a surname."""
    if at >= len(found) or text[found[at - 1].end : found[at].start] != " ":
        return False
    word = found[at].text
    return word[:1].isupper() and word[1:].islower() and word not in _FOLLOWS
