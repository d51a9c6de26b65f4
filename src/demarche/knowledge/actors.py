"""Actors: who held which office when, and the bodies and groups that act.

String similarity only proposes; country, role and date decide. A surname alone is enough only with a country, or when it names one
head of state or government or foreign minister and few other people.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from demarche.knowledge import tables
from demarche.knowledge.offices import HEADS, TOP, office_of, same_office
from demarche.knowledge.phrases import Hit, Lexicon, Token, fold, split, words
from demarche.knowledge.tables import wordlist
from demarche.knowledge.userfile import UserActor, read_actors

ALIKE = 0.88  # Jaro-Winkler from which two spellings may be one name ("Zein", "Zeine"; "Madbouli", "Madbouly"), read off the train parties
REVIEWED, LISTED, LOCAL = 2, 1, 0  # how sure an entity's name is: by itself, unless several share it, only with its country
RARE = 6  # a surname borne by more officeholders than this names nobody without a country ("Kim", "Khan", "Diallo")
RARE_HEAD = 12  # the same for a head of state or government in office ("Yoon")
RARE_UNDATED = 2  # the same without a date, or for somebody no longer in office
RARE_GIVEN = 3  # the same for a token that is not the surname ("Samia", "Lula")
REMEMBERED = dt.timedelta(days=15 * 365)  # how long a former head is still known by surname alone

_SURNAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "VNM", "KHM", "SGP", "MAC"})
_PARTICLES = wordlist("name particles")
_SECTORS = {"army chief": "MIL", "speaker": "LEG", "chief justice": "JUD", "pope": "REL"}
_COMMON = wordlist("acronyms that are words")
_PART = re.compile(r"[^a-z0-9]+")


class Officeholder(NamedTuple):
    """One person's time in one office; an unknown start or end is null. `id` is a Wikidata id where there is one."""

    name: str
    country: str
    office: str
    start: dt.date | None
    end: dt.date | None
    id: str | None
    sector: str | None

    def covers(self, on: dt.date | None) -> bool:
        """Whether the office was held on a day; any day when none is given."""
        return on is None or ((self.start is None or self.start <= on) and (self.end is None or on <= self.end))

    def begun(self, on: dt.date | None) -> bool:
        """Whether the office had been taken by a day."""
        return on is None or self.start is None or self.start <= on


@dataclass(frozen=True, slots=True)
class Entity:
    """A body or group: an organisation, armed group, party, court, parliament, agency, newspaper, company."""

    name: str
    country: str | None
    sector: str | None
    id: str


class _Row(NamedTuple):
    country: str
    office: str
    person: str
    start: str
    end: str
    id: str
    words: str
    sector: str | None = None

    @classmethod
    def of(cls, line: str) -> _Row:
        country, office, person, start, end, id_, own = line.split("\t")
        return cls(country, office, person, start, end, id_, own)


class Actors:
    """Officeholders and entities, the user's own first."""

    def __init__(self, rows: Sequence[_Row], lines: Sequence[str], entities: Iterable[tuple[Entity, Sequence[str], int]]) -> None:
        self._own, self._lines = rows, lines
        self._country_rows: dict[str, list[_Row]] = {}
        self._forms: dict[tuple[str, ...], list[tuple[Entity, int]]] = defaultdict(list)
        for entity, forms, sure in entities:
            for form in (entity.name, *forms):
                self._forms[_bare(form)].append((entity, sure))

    @classmethod
    @cache
    def load(cls, user_file: Path | None = None) -> Actors:
        """The package's actors and those of a user's CSV or YAML file, read once; `UserFileError` names a bad field."""
        user = read_actors(user_file) if user_file else ()
        own = [_user_row(actor) for actor in user if actor.role and actor.country]
        return cls(own, tables.packed_lines("officeholders"), [*map(_user_entity, user), *_table_entities()])

    @cached_property
    def _lexicon(self) -> Lexicon[tuple[tuple[Entity, int], ...]]:
        lexicon: Lexicon[tuple[tuple[Entity, int], ...]] = Lexicon()
        for form, known in self._forms.items():
            lexicon.add(form, tuple(known))
        return lexicon

    @cached_property
    def _blocks(self) -> dict[str, list[str]]:
        """The lines of each country; the table is sorted."""
        return {country: list(lines) for country, lines in groupby(self._lines, key=_code)}

    def _of_country(self, country: str) -> list[_Row]:
        if country not in self._country_rows:
            own = [row for row in self._own if row.country == country]
            self._country_rows[country] = own + [_Row.of(line) for line in self._blocks.get(country, ())]
        return self._country_rows[country]

    @cached_property
    def _by_token(self) -> dict[str, list[str]]:
        """The lines in which each word of a name occurs."""
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._lines:
            for part in line[line.rindex("\t") + 1 :].split(" "):
                found[part].append(line)
        return found

    def _named(self, part: str) -> list[_Row]:
        """The rows with a word in the person's name."""
        return [row for row in self._own if part in row.words.split(" ")] + [_Row.of(line) for line in self._by_token.get(part, ())]

    def entity(self, text: str, country: str | None = None) -> Entity | None:
        """The body or group that `text` as a whole names, by name or acronym; `country` settles names used in several."""
        known = self._forms.get(_bare(text))
        return _settle(known, country) if known else None

    def entities(self, text: str, found: Sequence[Token], country: str | None = None) -> Iterator[Hit[Entity]]:
        """The bodies and groups named in the words `found` of `text`."""
        for hit in self._lexicon.find_in(text, found):
            entity = _settle(hit.value, country)
            if entity is not None and not _shouted(found, hit):
                yield Hit(hit.first, hit.end, entity)

    def holder(self, country: str, office: str, on: dt.date | None = None) -> Officeholder | None:
        """Who held an office on a day (the latest known when no day is given)."""
        rows = [_officeholder(row) for row in self._of_country(country) if same_office(office, row.office)]
        covering = [row for row in rows if row.covers(on)]
        return max(covering, key=lambda row: (_exact(office, row), row.start or dt.date.min), default=None)

    def lookup(self, name: str, country: str | None = None, role: str | None = None, on: dt.date | None = None) -> Officeholder | None:
        """The officeholder that a name means, as far as country, role and date bear it out."""
        asked = parts(name)
        if not asked:
            return None
        rows = self._of_country(country) if country else self._candidates(asked)
        found = [holder for row in rows if (holder := self._judge(asked, row, country, role, on))]
        if not found and not country and len(asked) > 1 and office_of(role or "") in TOP:
            found = self._serving(asked, role, on)
        found = _without_doubles(found)
        if len(asked) == 1 and not role and not _one_person(found):
            found = self._by_rank(found, on)
        return max(found, key=lambda holder: _rank(asked, holder, role, on), default=None)

    def _serving(self, asked: Sequence[str], role: str | None, on: dt.date | None) -> list[Officeholder]:
        """Who serves in a top office on the day under a name spelt like the one asked; nobody when two do."""
        lines = [line for line in self._lines if line.split("\t", 2)[1] in TOP and on is not None]
        rows = [row for row in map(_Row.of, lines) if same_office(role, row.office) and _may_be(asked, tuple(row.words.split(" ")))]
        found = [holder for row in rows if (holder := _officeholder(row)).covers(on)]
        return found if _one_person(found) else []

    def _candidates(self, asked: Sequence[str]) -> list[_Row]:
        """The rows that share the rarest known word of the name."""
        known = [part for part in asked if part in self._by_token]
        if known:
            return self._named(min(known, key=lambda part: len(self._by_token[part])))
        return [row for row in self._own if set(asked) & set(row.words.split(" "))]

    def _judge(self, asked: Sequence[str], row: _Row, country: str | None, role: str | None, on: dt.date | None) -> Officeholder | None:
        """The officeholder of `row` when name, country, role and date together are evidence enough."""
        own = tuple(row.words.split(" "))
        if not _may_be(asked, own):
            return None
        holder = _officeholder(row)
        if not holder.begun(on):
            return None
        fits_role, fits_date = same_office(role, row.office), holder.covers(on)
        if len(asked) == 1:
            return holder if self._surname_is_enough(asked[0], holder, own, country, fits_role, on) else None
        known = row.office in HEADS and _recent(holder, on) and set(asked) <= set(own)
        if _contained(asked, own):
            exact = set(asked) <= set(own) or len(asked) == len(own)
            return holder if country or (exact and (fits_role or len(asked) == len(own) or (_top(holder) and fits_date) or known)) else None
        return holder if country and fits_role and fits_date else None

    def _surname_is_enough(self, part: str, holder: Officeholder, own: Sequence[str], country: str | None, fits_role: bool, on: dt.date | None) -> bool:
        surname = part == own[0 if holder.country in _SURNAME_FIRST else -1] or len(own) == 1
        if part not in own:
            return bool(country) and fits_role and holder.covers(on)
        if country:
            return (fits_role and holder.covers(on)) or ((surname or holder.office in HEADS) and _recent(holder, on))
        if not _top(holder) or not (holder.covers(on) or (holder.office in HEADS and _recent(holder, on))):
            return False
        return len({row.words for row in self._named(part)}) <= _limit(surname, holder, on)

    @staticmethod
    def _by_rank(found: list[Officeholder], on: dt.date | None) -> list[Officeholder]:
        """Those in office of several people with one surname, heads before others; nobody when that leaves two."""
        for eminent in (_head, _top):
            for serving in (True, False):
                kept = [holder for holder in found if eminent(holder) and (holder.covers(on) or not serving)]
                if kept:
                    return _latest(kept)
        return []


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a person's name, folded, without particles and titles of respect."""
    found = tuple(part for part in _PART.split(fold(name).lower()) if part)
    kept = tuple(part for part in found if part not in _PARTICLES and len(part) > 1)
    return kept or found


def _may_be(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the strings alone propose the person: the last word asked has its like in the name, and so has most of the rest."""
    if not any(_like(asked[-1], part) for part in own):
        return False
    return 2 * sum(any(_like(word, part) for part in own) for word in asked) > len(asked)


def _contained(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether every word asked has its like in the name, or the other way round."""
    few, many = (asked, own) if len(asked) <= len(own) else (own, asked)
    return len(few) > 1 and all(any(_like(word, part) for part in many) for word in few)


def _like(left: str, right: str) -> bool:
    return left == right or (left[:1] == right[:1] and min(len(left), len(right)) > 3 and bool(JaroWinkler.similarity(left, right) >= ALIKE))


def _recent(holder: Officeholder, on: dt.date | None) -> bool:
    return on is None or holder.end is None or on - holder.end <= REMEMBERED


def _latest(found: list[Officeholder]) -> list[Officeholder]:
    """The rows of the person who held office last; nobody when another held one within the same years."""
    last = max(found, key=lambda holder: holder.end or dt.date.max)
    others = [holder for holder in found if not _one_person([holder, last])]
    if any(not (last.start and holder.end and last.start - holder.end > REMEMBERED) for holder in others):
        return []
    return [holder for holder in found if holder not in others]


def _without_doubles(found: list[Officeholder]) -> list[Officeholder]:
    """The rows without effective leaders where a country's head of the same name is among them under another form of it."""
    heads = {holder.country for holder in found if holder.office in HEADS and holder.office != "leader"}
    return [holder for holder in found if holder.office != "leader" or holder.country not in heads]


def _one_person(found: Sequence[Officeholder]) -> bool:
    """Whether the rows can all be of one person: one country, and names that contain each other."""
    longest = max((set(parts(holder.name)) for holder in found), key=len, default=set())
    return len({holder.country for holder in found}) <= 1 and all(set(parts(holder.name)) <= longest for holder in found)


def _head(holder: Officeholder) -> bool:
    """Whether the office is a country's or a body's first."""
    return holder.office in HEADS or holder.country == "IGO"


def _top(holder: Officeholder) -> bool:
    """Whether the holder may be known by surname alone."""
    return _head(holder) or holder.office in TOP


def _limit(surname: bool, holder: Officeholder, on: dt.date | None) -> int:
    """How many officeholders may share the word that alone is to name one."""
    if not surname:
        return RARE_GIVEN if holder.office in HEADS and on is not None and holder.covers(on) else 0
    if on is None or not holder.covers(on):
        return RARE_UNDATED
    return RARE_HEAD if _head(holder) else RARE


def _exact(office: str, holder: Officeholder) -> bool:
    return holder.office != "leader" and same_office(office, holder.office)


def _rank(asked: Sequence[str], holder: Officeholder, role: str | None, on: dt.date | None) -> tuple[object, ...]:
    own = parts(holder.name)
    shared = len(set(asked) & set(own))
    return (
        same_office(role, holder.office) and holder.covers(on), shared, holder.covers(on), same_office(role, holder.office), holder.office in HEADS,
        holder.office != "leader", bool(holder.id), holder.start or dt.date.min, holder.name,
    )  # fmt: skip


def _settle(known: Sequence[tuple[Entity, int]], country: str | None) -> Entity | None:
    """One entity of those that share a name: the country's own, a reviewed one, the only one, or what all have in common."""
    own = next((entity for entity, _ in known if country and entity.country == country), None)
    if own is not None:
        return own
    free = [entity for entity, sure in known if sure != LOCAL]
    if not free or known[0][1] == REVIEWED:
        return free[0] if free else None
    first = free[0]
    if len({(entity.country, entity.sector) for entity in free}) == 1:
        return first
    return Entity(first.name, None, first.sector, first.id) if len({entity.sector for entity in free}) == 1 else None


def _shouted(found: Sequence[Token], hit: Hit[tuple[tuple[Entity, int], ...]]) -> bool:
    """Whether a short acronym stands among words in capitals, where it may be a common word ("WHO IS NEXT")."""
    if hit.end - hit.first > 1 or len(found[hit.first].text) > 4:
        return False
    around = [found[i].text for i in (hit.first - 1, hit.end) if 0 <= i < len(found)]
    return any(word.isalpha() and word.isupper() and len(word) > 4 for word in around)


def _bare(form: str) -> tuple[str, ...]:
    found = words(form)
    return found[1:] if len(found) > 1 and found[0] in ("the", "The") else found


def _officeholder(row: _Row) -> Officeholder:
    sector = row.sector or ("IGO" if row.country == "IGO" else _SECTORS.get(row.office, "GOV"))
    return Officeholder(row.person, row.country, row.office, _day(row.start), _day(row.end), row.id or None, sector)


@lru_cache(maxsize=65536)
def _day(value: str) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _table_entities() -> Iterator[tuple[Entity, Sequence[str], int]]:
    for name, sure in (("groups", REVIEWED), ("bodies", REVIEWED), ("local", LOCAL), ("factbook_groups", LISTED)):
        for row in tables.read(name):
            forms = [form for form in split(row["aliases"]) if sure != LISTED or (form.isupper() and form not in _COMMON)]
            if sure != LISTED or " " in row["name"]:
                yield Entity(row["name"], row["country"] or None, row["sector"], _slug(row["name"], row["country"])), forms, sure


def _user_entity(actor: UserActor) -> tuple[Entity, Sequence[str], int]:
    return Entity(actor.name, actor.country, actor.sector, f"user:{_slug(actor.name, '')}"), actor.aliases, REVIEWED


def _user_row(actor: UserActor) -> _Row:
    start, end = (day.isoformat() if day else "" for day in (actor.start, actor.end))
    own = " ".join(parts(actor.name))
    return _Row(actor.country or "", (actor.role or "").lower(), actor.name, start, end, f"user:{_slug(actor.name, '')}", own, actor.sector)


def _code(line: str) -> str:
    return line[:3]


def _slug(name: str, country: str) -> str:
    plain = "-".join(part for part in _PART.split(fold(name).lower()) if part)
    return f"{country.lower()}:{plain}" if country else plain
