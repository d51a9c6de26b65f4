"""Parties: the profile of a party phrase taken alone - country, sector, role, name and id, as far as its own words tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from demarche.knowledge.actors import Actors, Entity, Officeholder
from demarche.knowledge.countries import Countries, Known
from demarche.knowledge.phrases import Hit, Token, tokens
from demarche.knowledge.sectors import PLACEHOLDER, roles, sector_of, singular

# After these a country or body is whom the party deals with, not whom it belongs to.
_TOWARDS = frozenset({"to", "on", "against", "over", "about", "with", "at", "near", "towards"})
_COUNTED = frozenset("two three four five six seven eight nine ten dozens hundreds thousands scores many some several more".split())
_KEEPS_SECTOR = frozenset({"JUD", "NGO", "MED", "REL", "BUS", "REF", "CVL", "EDU", "LAB"})  # beside an international body


@dataclass(frozen=True, slots=True)
class Profile:
    """What a party phrase tells of its party."""

    country: str | None = None
    sector: str | None = None
    role: str | None = None
    name: str | None = None
    id: str | None = None


class _Piece(NamedTuple):
    """Words `[first, end)` with what is known of them."""

    first: int
    end: int
    country: str | None
    entity: Entity | None
    kind: str


class _Reading(NamedTuple):
    """A phrase read: its words, and the countries and entities in it."""

    text: str
    found: Sequence[Token]
    pieces: Sequence[_Piece]


def describe(text: str, on: dt.date | None = None, *, country: str | None = None, user_file: Path | None = None) -> Profile:
    """The profile of a party phrase taken alone, on a day.

    `country`, where the report has one of its own, settles what the phrase leaves open: an ambiguous acronym, "Korean", a bare surname.
    """
    actors = Actors.load(user_file)
    reading = _read(text, actors, country)
    sector, role = sector_of(_plain(reading))
    state = _country(reading, country)
    person = _person(reading, actors, state, role, on, country)
    return _settle(reading, state, sector, role, person)


def _read(text: str, actors: Actors, country: str | None) -> _Reading:
    found = tokens(text)
    entities = list(actors.entities(text, found, country))
    states = [hit for hit in Countries.load().hits(text, found) if not any(hit.first < e.end and e.first < hit.end and _longer(e, hit) for e in entities)]
    entities = [e for e in entities if not any(hit.first < e.end and e.first < hit.end for hit in states)]
    pieces = [_Piece(e.first, e.end, e.value.country, e.value, "entity") for e in entities]
    pieces += [_Piece(hit.first, hit.end, _code(hit.value, country), None, hit.value.kind) for hit in states]
    return _Reading(text, found, sorted(pieces))


def _longer(entity: Hit[Entity], state: Hit[Known]) -> bool:
    """Whether an entity's name is to be read rather than a country's at the same words ("US Army", "the Kremlin")."""
    return entity.end - entity.first > state.end - state.first or state.value.kind in ("metonym", "ambiguous") or (entity.first <= state.first and state.end <= entity.end)


def _code(known: Known, country: str | None) -> str | None:
    return known.code or (country if country in known.candidates else None)


def _plain(reading: _Reading) -> list[str]:
    """The words in lower case with marks between them, known entities as "@SECTOR" and countries as "@"."""
    words: list[str] = []
    inside = {i: piece for piece in reading.pieces for i in range(piece.first, piece.end)}
    for i, token in enumerate(reading.found):
        piece = inside.get(i)
        if i and not (piece and i > piece.first):
            words.extend(_marks(reading.text[reading.found[i - 1].end : token.start]))
        if piece is None:
            words.append(token.text.lower())
        elif i == piece.first:
            words.append(PLACEHOLDER + (piece.entity.sector or "" if piece.entity else ""))
    return words


def _marks(gap: str) -> Iterator[str]:
    return (mark for mark in gap if mark in ",;:–—(&")


def _country(reading: _Reading, country: str | None) -> str | None:
    """Whom the party belongs to: the first country or body that is not merely its counterpart."""
    own = [piece for piece in reading.pieces if piece.country and not _towards(reading, piece)]
    if not own:
        return None
    first = own[0]
    if first.entity is not None and first.country != "IGO" and (name := next((p for p in own[1:] if p.kind in ("name", "adjective") and p.first == first.end), None)):
        return name.country
    return first.country


def _towards(reading: _Reading, piece: _Piece) -> bool:
    """Whether the words before a mention, up to the last comma, put it at the other end of a relation."""
    for i in range(piece.first - 1, -1, -1):
        if "," in reading.text[reading.found[i].end : reading.found[i + 1].start]:
            return False
        if reading.found[i].text.lower() in _TOWARDS:
            return True
    return False


def _person(reading: _Reading, actors: Actors, state: str | None, role: str | None, on: dt.date | None, hint: str | None) -> Officeholder | None:
    name = _name(reading)
    if not name or any(piece.entity for piece in reading.pieces) and not role and len(name.split()) == 1:
        return None
    title = _title(reading, name) or role
    if state and state != "IGO":
        return actors.lookup(name, state, title, on)
    return (actors.lookup(name, hint, title, on) if hint else None) or actors.lookup(name, None, title, on)


def _name(reading: _Reading) -> str | None:
    """The last run of capitalised words that are neither a role nor a country nor a body: the person's name."""
    taken = {i for piece in reading.pieces for i in range(piece.first, piece.end)} | _role_words(reading)
    best: list[int] = []
    run: list[int] = []
    for i, token in enumerate(reading.found):
        if run and (i - 1 != run[-1] or not _close(reading, i)):
            best, run = _better(best, run), []
        if i not in taken and (token.text[:1].isupper() or (run and token.text in ("al", "bin", "el", "de", "da", "van", "von", "der", "ibn", "ka", "la"))):
            run.append(i)
    best = _better(best, run)
    if not best or (len(best) == 1 and len(reading.found[best[0]].text) < 2):
        return None
    return reading.text[reading.found[best[0]].start : reading.found[best[-1]].end]


def _close(reading: _Reading, i: int) -> bool:
    return reading.text[reading.found[i - 1].end : reading.found[i].start].strip(" .-'’") == ""


def _better(best: list[int], run: list[int]) -> list[int]:
    return run if len(run) >= len(best) else best


_NOT_NAMES = frozenset("the a an his her their our its this that these those mr mrs ms dr sir datuk seri tan sri hh former then ex new two three four five".split())


def _role_words(reading: _Reading) -> set[int]:
    """The words that are titles, roles or particles of respect."""
    lower = [token.text.lower() for token in reading.found]
    taken = {i for i, word in enumerate(lower) if word in _NOT_NAMES}
    for hit in roles().find([singular(word) for word in lower]):
        taken.update(range(hit.first, hit.end))
    return taken


def _title(reading: _Reading, name: str) -> str | None:
    """The words before or after the name that tell its office."""
    before, _, after = reading.text.partition(name)
    for side in (before.strip(" ,"), after.strip(" ,")):
        words = [word for word in side.split() if word.strip(",.")]
        if words:
            return _without_countries(side)
    return None


def _without_countries(side: str) -> str:
    """A title without the country in it ("Chinese Foreign Affairs Minister" is the Foreign Affairs Minister)."""
    found = tokens(side)
    for hit in reversed(list(Countries.load().hits(side, found))):
        side = side[: found[hit.first].start] + side[found[hit.end - 1].end :]
    return " ".join(word for word in side.replace("’s", " ").replace("'s", " ").split() if word.lower() not in ("the", "of", "a") or word == "of").removesuffix(" of").strip()


def _settle(reading: _Reading, state: str | None, sector: str | None, role: str | None, person: Officeholder | None) -> Profile:
    entity = next((piece.entity for piece in reading.pieces if piece.entity and not _towards(reading, piece)), None)
    whole = entity if entity and role and role.startswith(PLACEHOLDER) else None
    role = None if role is None or role.startswith(PLACEHOLDER) else role
    if person is not None:
        state, sector = state or person.country, sector or person.sector
    if state == "IGO" and sector not in _KEEPS_SECTOR:
        sector = "IGO"
    if sector is None and _people(reading):
        sector = "CVL"
    if person is not None:
        return Profile(state, sector, role, person.name, person.id)
    if whole is not None:
        return Profile(state, sector, role, whole.name, whole.id)
    return Profile(state, sector, role, _name(reading) if role else None, None)


def _people(reading: _Reading) -> bool:
    """Whether a phrase counts the inhabitants of a country ("three Koreans")."""
    words = {token.text.lower() for token in reading.found}
    return any(p.kind == "demonym" for p in reading.pieces) and bool(words & _COUNTED or any(word.isdigit() for word in words))
