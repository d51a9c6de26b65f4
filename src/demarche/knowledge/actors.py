"""Actors: the officeholder a name means, who held an office, and the bodies and groups that act.

String similarity only proposes; country, role and date decide. A surname alone is enough only with a country, or when it names one
head of state or government or foreign minister and few other people.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from demarche.knowledge.entities import Entities, Entity
from demarche.knowledge.officeholders import Officeholder, Row, Tenures
from demarche.knowledge.offices import HEADS, TOP, office_of, same_office
from demarche.knowledge.persons import Persons, only
from demarche.knowledge.phrases import Hit, Token
from demarche.knowledge.spellings import contained, may_be, parts
from demarche.knowledge.tables import wordlist
from demarche.knowledge.userfile import UserActor, read_actors

RARE = 6  # a surname borne by more officeholders than this names nobody without a country ("Kim", "Khan", "Diallo")
RARE_HEAD = 12  # the same for a head of state or government in office ("Yoon")
RARE_UNDATED = 2  # the same without a date, or for somebody no longer in office
RARE_GIVEN = 3  # the same for a token that is not the surname ("Samia", "Lula")
GIVEN = 3  # officeholders whose first name a word must be to be taken for a given name
REMEMBERED = dt.timedelta(days=15 * 365)  # how long a former head is still known by surname in the country
RECENT = dt.timedelta(days=8 * 365)  # the same everywhere

_WORDS = wordlist("surnames that are words")
_GIVEN_PAIR = re.compile(r"\b[A-Z][a-z]+-[a-z]+\b")
_SURNAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "VNM", "KHM", "SGP", "MAC"})


class Actors:
    """Officeholders and entities, the user's own first."""

    def __init__(self, user: Sequence[UserActor] = ()) -> None:
        self._tenures = Tenures(user)
        self._persons = Persons()
        self._entities = Entities(user)

    @classmethod
    @cache
    def load(cls, user_file: Path | None = None) -> Actors:
        """The package's actors and those of a user's CSV or YAML file, read once; `UserFileError` names a bad field."""
        return cls(read_actors(user_file) if user_file else ())

    def entity(self, text: str, country: str | None = None) -> Entity | None:
        """The body or group that `text` as a whole names, by name or acronym; `country` settles names used in several."""
        return self._entities.get(text, country)

    def entities(self, text: str, found: Sequence[Token], country: str | None = None) -> Iterator[Hit[Entity]]:
        """The bodies and groups named in the words `found` of `text`."""
        return self._entities.find(text, found, country)

    def holder(self, country: str, office: str, on: dt.date | None = None) -> Officeholder | None:
        """Who held an office on a day (the latest known when no day is given)."""
        rows = [row.holder() for row in self._tenures.of_country(country) if same_office(office, row.office)]
        covering = [row for row in rows if row.covers(on)]
        return max(covering, key=lambda row: (_exact(office, row), row.start or dt.date.min), default=None)

    def lookup(self, name: str, country: str | None = None, role: str | None = None, on: dt.date | None = None) -> Officeholder | None:
        """Whom a name means: one known by title and name, who is in office, a notable person, or who was in office, in this order."""
        titled = self._persons.titled(name, role)
        if titled:
            person = only(titled, country, on)
            return person and self._in_office(person, role, on)
        holder = self._officeholder(name, country, role, on)
        person = only(self._persons.named(name), country, on)
        if person is None or holder is None:
            return holder or person
        if not person.covers(on) or (holder.covers(on) and not _left_for(holder, person)):
            return holder
        return person._replace(id=holder.id or person.id) if _one_person((holder, person)) else person

    def _in_office(self, person: Officeholder, role: str | None, on: dt.date | None) -> Officeholder:
        """A notable person as the officeholder who they are on the day, if they are one."""
        holder = self._officeholder(person.name, person.country or None, role, on)
        return holder if holder is not None and holder.covers(on) else person

    def _officeholder(self, name: str, country: str | None, role: str | None, on: dt.date | None) -> Officeholder | None:
        """The officeholder that a name means, as far as country, role and date bear it out."""
        asked = parts(name)
        if not asked:
            return None
        rows = self._tenures.of_country(country) if country else self._tenures.sharing(asked)
        given = _hyphenated(name)
        found = [holder for row in rows if (holder := self._judge(asked, row, country, role, on)) and not _halved(given, row.names)]
        if not found and not country and len(asked) > 1 and office_of(role or "") in TOP:
            found = self._serving(asked, role, on)
        found = _without_doubles(found)
        if len(asked) == 1 and not role and not _one_person(found):
            found = self._by_rank(found, on)
        return max(found, key=lambda holder: _rank(asked, holder, role, on), default=None)

    def is_given_name(self, word: str) -> bool:
        """Whether a word is the first of enough officeholders' names, and seldom a later one."""
        rows = {row.names: row for row in self._tenures.named(word.lower())} if word[:1].isupper() else {}
        first = sum(row.names[0] == word.lower() and row.country not in _SURNAME_FIRST for row in rows.values())
        return first >= GIVEN and first >= 0.7 * len(rows)

    def _serving(self, asked: Sequence[str], role: str | None, on: dt.date | None) -> list[Officeholder]:
        """Who serves in a top office on the day under a name spelt like the one asked; nobody when two do, or without a day."""
        rows = [row for row in self._tenures.of_offices(TOP) if on and same_office(role, row.office) and may_be(asked, row.names)]
        found = [holder for row in rows if (holder := row.holder()).covers(on)]
        return found if _one_person(found) else []

    def _judge(self, asked: Sequence[str], row: Row, country: str | None, role: str | None, on: dt.date | None) -> Officeholder | None:
        """The officeholder of `row` when name, country, role and date together are evidence enough."""
        own = row.names
        if not may_be(asked, own):
            return None
        holder = row.holder()
        if not holder.begun(on):
            return None
        fits_role, fits_date = same_office(role, row.office), holder.covers(on)
        if len(asked) == 1:
            return holder if self._surname_is_enough(asked[0], holder, own, country, fits_role, on) else None
        if contained(asked, own):
            return holder if self._name_is_enough(asked, own, holder, country, fits_role, fits_date, on) else None
        return holder if country and fits_role and fits_date else None

    @staticmethod
    def _name_is_enough(
        asked: Sequence[str], own: Sequence[str], holder: Officeholder, country: str | None, fits_role: bool, fits_date: bool, on: dt.date | None
    ) -> bool:
        """Whether two words or more of a name are evidence enough: spelt alike only with role or country and date."""
        if not (set(asked) <= set(own) or set(own) <= set(asked)):
            return fits_date and (fits_role or bool(country))
        if country or fits_role or len(asked) == len(own):
            return True
        return (holder.top and fits_date) or (holder.office in HEADS and _recent(holder, on, REMEMBERED))

    def _surname_is_enough(self, part: str, holder: Officeholder, own: Sequence[str], country: str | None, fits_role: bool, on: dt.date | None) -> bool:
        surname = part == own[0 if holder.country in _SURNAME_FIRST else -1] or len(own) == 1
        if part not in own:
            return bool(country) and fits_role and holder.covers(on)
        if country:
            serving = holder.covers(on) and (fits_role or surname)
            return serving or ((surname or holder.office in HEADS) and holder.top and _recent(holder, on, REMEMBERED))
        if part in _WORDS and not fits_role:
            return False
        if not holder.top or not (holder.covers(on) or (holder.office in HEADS and _recent(holder, on, RECENT))):
            return False
        return len({row.names for row in self._tenures.named(part)}) <= _limit(surname, holder, on)

    @staticmethod
    def _by_rank(found: list[Officeholder], on: dt.date | None) -> list[Officeholder]:
        """Those in office of several people with one surname, heads before others; nobody when that leaves two."""
        for eminent in ("head", "top"):
            for serving in (True, False):
                kept = [holder for holder in found if getattr(holder, eminent) and (holder.covers(on) or not serving)]
                if kept:
                    return _latest(kept)
        return []


def _hyphenated(name: str) -> list[tuple[str, ...]]:
    """The given names of two syllables in a name ("Ming-chao"), as their parts."""
    return [parts(found.group()) for found in _GIVEN_PAIR.finditer(name)]


def _halved(given: Sequence[tuple[str, ...]], own: Sequence[str]) -> bool:
    """Whether a person has only one half of a given name: "Huang Ming-chao" is not Huang Ming."""
    return any(0 < sum(part in own for part in pair) < len(pair) and "".join(pair) not in own for pair in given)


def _recent(holder: Officeholder, on: dt.date | None, span: dt.timedelta) -> bool:
    return on is None or holder.end is None or on - holder.end <= span


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


def _left_for(holder: Officeholder, person: Officeholder) -> bool:
    """Whether an office without a known end ended when its holder became what the table of persons says."""
    return holder.end is None and _one_person((holder, person)) and (holder.start or dt.date.min) < (person.start or dt.date.min)


def _one_person(found: Sequence[Officeholder]) -> bool:
    """Whether the rows can all be of one person: one country, and names that contain each other."""
    longest = max((set(parts(holder.name)) for holder in found), key=len, default=set())
    return len({holder.country for holder in found}) <= 1 and all(set(parts(holder.name)) <= longest for holder in found)


def _limit(surname: bool, holder: Officeholder, on: dt.date | None) -> int:
    """How many officeholders may share the word that alone is to name one."""
    if not surname:
        return RARE_GIVEN if holder.office in HEADS and on is not None and holder.covers(on) else 0
    if on is None or not holder.covers(on):
        return RARE_UNDATED
    return RARE_HEAD if holder.head else RARE


def _exact(office: str, holder: Officeholder) -> bool:
    return holder.office != "leader" and same_office(office, holder.office)


def _rank(asked: Sequence[str], holder: Officeholder, role: str | None, on: dt.date | None) -> tuple[object, ...]:
    own = parts(holder.name)
    shared = len(set(asked) & set(own))
    return (
        same_office(role, holder.office) and holder.covers(on), shared, holder.covers(on), same_office(role, holder.office), holder.office in HEADS,
        holder.office != "leader", bool(holder.id), holder.start or dt.date.min, holder.name,
    )  # fmt: skip
