"""Entities: the bodies and groups that act, by name and acronym."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from demarche.knowledge import tables
from demarche.knowledge.phrases import Hit, Lexicon, Token, fold, split, words
from demarche.knowledge.tables import wordlist
from demarche.knowledge.userfile import UserActor

REVIEWED, LISTED, LOCAL = 2, 1, 0  # how sure a name is: by itself, unless several share it, only with its country

_TABLES = (("groups", REVIEWED), ("bodies", REVIEWED), ("local", LOCAL), ("factbook_groups", LISTED))
_LONG = 5  # letters from which a listed acronym is taken to be of one country
_COMMON = wordlist("acronyms that are words")
_PART = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """A body or group: an organisation, armed group, party, court, parliament, agency, newspaper, company."""

    name: str
    country: str | None
    sector: str | None
    id: str


class Named(NamedTuple):
    """An entity under one of its names, and how sure that name is."""

    entity: Entity
    sure: int


class Entities:
    """All entities by their names, the user's own first."""

    def __init__(self, user: Iterable[UserActor] = ()) -> None:
        self._forms: dict[tuple[str, ...], list[Named]] = defaultdict(list)
        for actor in user:
            own = Entity(actor.name, actor.country, actor.sector, user_id(actor))
            self._add(own, (actor.name, *actor.aliases), REVIEWED)
        for name, sure in _TABLES:
            for row in tables.read(name):
                self._add_row(row, sure)

    def _add_row(self, row: dict[str, str], sure: int) -> None:
        entity = Entity(row["name"], row["country"] or None, row["sector"], slug(row["name"], row["country"]))
        if sure != LISTED:
            self._add(entity, (entity.name, *split(row["aliases"])), sure)
            return
        if len(_bare(entity.name)) > 1:
            self._add(entity, (entity.name,), LISTED)
        for form in split(row["aliases"]):
            if form.isupper() and form not in _COMMON:
                self._add(entity, (form,), LISTED if len(form) >= _LONG else LOCAL)

    def _add(self, entity: Entity, forms: Iterable[str], sure: int) -> None:
        for form in forms:
            self._forms[_key(form)].append(Named(entity, sure))

    @cached_property
    def _lexicon(self) -> Lexicon[Sequence[Named]]:
        lexicon: Lexicon[Sequence[Named]] = Lexicon()
        for form, known in self._forms.items():
            lexicon.add(form, known)
        return lexicon

    def get(self, text: str, country: str | None = None) -> Entity | None:
        """The entity that `text` as a whole names; `country` settles names used in several."""
        known = self._forms.get(_key(text)) or self._forms.get(_bare(text))
        return _settle(known, country) if known else None

    def find(self, text: str, found: Sequence[Token], country: str | None = None) -> Iterator[Hit[Entity]]:
        """The entities named in the words `found` of `text`."""
        for hit in self._lexicon.find_in(text, found):
            entity = _settle(hit.value, country)
            if entity is not None and not _shouted(found, hit) and not _goes_on(text, found, hit):
                yield Hit(hit.first, hit.end, entity)


def slug(name: str, country: str = "") -> str:
    """A readable id: "gbr:bbc"."""
    plain = "-".join(part for part in _PART.split(fold(name).lower()) if part)
    return f"{country.lower()}:{plain}" if country else plain


def user_id(actor: UserActor) -> str:
    """The id of a user's own actor."""
    return f"user:{slug(actor.name)}"


def _settle(known: Sequence[Named], country: str | None) -> Entity | None:
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


def _shouted(found: Sequence[Token], hit: Hit[Sequence[Named]]) -> bool:
    """Whether a short acronym stands among words in capitals, where it may be a common word ("WHO IS NEXT")."""
    if hit.end - hit.first > 1 or len(found[hit.first].text) > 4:
        return False
    around = [found[i].text for i in (hit.first - 1, hit.end) if 0 <= i < len(found)]
    return any(word.isalpha() and word.isupper() and len(word) > 4 for word in around)


def _goes_on(text: str, found: Sequence[Token], hit: Hit[Sequence[Named]]) -> bool:
    """Whether a listed party's name is the beginning of another name ("National Union of Teachers")."""
    if hit.value[0].sure == REVIEWED or hit.end + 1 >= len(found):
        return False
    return text[found[hit.end - 1].end : found[hit.end + 1].start] == " of " and found[hit.end + 1].text[:1].isupper()


def _key(form: str) -> tuple[str, ...]:
    """A form's words; an article before a single word is part of the name ("the Fed", "The Times")."""
    found = words(form)
    return ("the", *found[1:]) if len(found) == 2 and found[0] in ("the", "The") else _bare(form)


def _bare(form: str) -> tuple[str, ...]:
    found = words(form)
    return found[1:] if len(found) > 1 and found[0] in ("the", "The") else found
