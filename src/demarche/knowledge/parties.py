"""Parties: the profile of a party phrase taken alone - country, sector, role, name and id, as far as its own words tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demarche.knowledge.actors import Actors
from demarche.knowledge.countries import Countries
from demarche.knowledge.officeholders import Officeholder
from demarche.knowledge.phrase_reading import Piece, Reading
from demarche.knowledge.phrases import tokens
from demarche.knowledge.sectors import PLACEHOLDER, sector_of
from demarche.knowledge.tables import wordlist
from demarche.knowledge.titles import person_name, title_words

_COUNTED = wordlist("counting")
_BESIDE_IGO = frozenset({"JUD", "NGO", "MED", "REL", "BUS"})  # sectors that a party of an international body may have
_NO_STATE = frozenset({"CVL", "REF", "LAB", "EDU"})  # sectors whose people no international body stands for
_RESPECTED = frozenset({"mr", "mrs", "ms", "miss"})
_BESIDE_NAME = wordlist("within a name") | {"the", "s", "former", "then", "his", "her"}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a party phrase tells of its party; `role` is the title as the phrase gives it."""

    country: str | None = None
    sector: str | None = None
    role: str | None = None
    name: str | None = None
    id: str | None = None


def describe(text: str, on: dt.date | None = None, *, country: str | None = None, user_file: Path | None = None) -> Profile:
    """The profile of a party phrase taken alone, on a day.

    `country`, where the report has one of its own, settles what the phrase leaves open: an ambiguous acronym, "Korean", a bare surname.
    """
    actors = Actors.load(user_file)
    reading = Reading.of(text, actors, country)
    sector, role = sector_of(reading.plain)
    state = _state(list(reading.own()), reading)
    name = person_name(reading)
    title = title_words(reading, name)
    person = _person(reading, actors, name, state, _bare_title(title or role), on, country) if name else None
    entity = next((piece.entity for piece in reading.own() if piece.entity), None)
    called = person.name if person else reading.cut(*name) if name and title else None
    state, sector = _decide(reading, state, sector, person)
    shown = title or (None if role is None or PLACEHOLDER in role else role)
    if called is None and entity is not None and entity.country == state and (role is None or PLACEHOLDER in role):
        return Profile(state, sector, title, entity.name, entity.id)
    return Profile(state, sector, shown, called, person.id if person else None)


def _state(own: Sequence[Piece], reading: Reading) -> str | None:
    """Whom the party belongs to: the first country or body, but of a foreign namesake the country that follows it ("Royal Air Force of Oman")."""
    known = [piece for piece in own if piece.country]
    if not known:
        return None
    first = known[0]
    if first.entity is not None and first.country != "IGO" and len(known) > 1:
        second = known[1]
        between = set(reading.lower[first.end : second.first])
        if second.entity is None and second.kind in ("name", "adjective") and between <= {"of", "in", "the"}:
            return second.country
    return first.country


def _person(
    reading: Reading, actors: Actors, name: tuple[int, int], state: str | None, title: str | None, on: dt.date | None, hint: str | None
) -> Officeholder | None:
    """The officeholder named, looked for in the party's country, then in the report's, then everywhere."""
    text = reading.cut(*name)
    if state and state != "IGO":
        return actors.lookup(text, state, title, on)
    own = actors.lookup(text, hint, title, on) if hint else None
    if own is not None or (name[1] - name[0] == 1 and not _stands_alone(reading, name)):
        return own
    person = actors.lookup(text, None, title, on)
    return None if person is not None and _qualifies(reading, name) and not (on and person.head) else person


def _qualifies(reading: Reading, name: tuple[int, int]) -> bool:
    """Whether a lone name only qualifies the noun behind it, as a head in office may ("Macron supporters"), others not ("the Zongo youth")."""
    return name[1] - name[0] == 1 and name[1] < len(reading.found) and reading.gap(name[1]) == " " and name[1] in reading.titled


def _stands_alone(reading: Reading, name: tuple[int, int]) -> bool:
    """Whether a lone name has nothing about it but a title: "Sources close to Mao" are not Mao."""
    around = [i for i in range(len(reading.found)) if not name[0] <= i < name[1]]
    if any(reading.lower[i] in _RESPECTED or i in reading.named for i in around):
        return False
    return all(i in reading.titled or reading.lower[i] in _BESIDE_NAME for i in around)


def _bare_title(title: str | None) -> str | None:
    """A title without the country in it ("Chinese Foreign Affairs Minister" is the Foreign Affairs Minister)."""
    if title is None or PLACEHOLDER in title:
        return None
    found = tokens(title)
    for hit in reversed(list(Countries.load().hits(title, found))):
        title = title[: found[hit.first].start] + title[found[hit.end - 1].end :]
    return " ".join(word for word in title.replace("’s", " ").replace("'s", " ").split()).removesuffix(" of").removesuffix(" of the") or None


def _decide(reading: Reading, state: str | None, sector: str | None, person: Officeholder | None) -> tuple[str | None, str | None]:
    """Country and sector in the light of the person found and of each other."""
    if person is not None:
        state = state or person.country or None
        sector = person.sector if sector in (None, "MIL") and person.sector else sector
    elif sector is None and _people(reading):
        sector = "CVL"
    if state == "IGO" and sector in _NO_STATE:
        return None, sector
    return state, "IGO" if state == "IGO" and sector not in _BESIDE_IGO else sector


def _people(reading: Reading) -> bool:
    """Whether a phrase counts the inhabitants of a country ("three Koreans")."""
    plural = any(p.kind in ("demonym", "ambiguous") and reading.lower[p.end - 1].endswith("s") for p in reading.pieces)
    return plural and bool(_COUNTED & set(reading.lower) or any(word.isdigit() for word in reading.lower))
