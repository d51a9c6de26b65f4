"""Sectors: what the words of a party phrase say about it, by the table of roles.

Precedence, strongest first: an override ("opposition MPs" are OPP), the role nouns that fix the sector ("minister", "soldiers") and the
institutions ("parliament", "party"), then weak words that take their sector from what goes with them ("police spokesman", "leader of
the rebels") and have one of their own only for want of better ("president", "officials": GOV). Words that are adjectives as well
count only at the end ("the public", but not "public health"). The part of the phrase with its head
counts before the complements, earlier appositions before later ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from demarche.knowledge import tables
from demarche.knowledge.phrases import Lexicon, same_letters
from demarche.knowledge.tables import wordlist

OVERRIDE, HEAD, TAIL, INSTITUTION, WEAK = 5, 4, 3, 2, 1
STRENGTHS = {"override": OVERRIDE, "tail": TAIL, "head": HEAD, "institution": INSTITUTION, "weak": WEAK}
PLACEHOLDER = "@"  # "@PTY" stands for a known entity of that sector, "@" alone for a country

_KEPT_PLURAL = wordlist("plurals kept")
_IRREGULAR = {"children": "child", "thieves": "thief", "wives": "wife"}
_LINKS = wordlist("links")
_ENDS = wordlist("ends")
_APART = frozenset({",", ";", ":", "(", "–", "—"})


_PHRASE = re.compile(r"@|[^\W_]+")


class Role(NamedTuple):
    """What the table says of a phrase."""

    sector: str | None
    strength: int


class _Found(NamedTuple):
    role: Role
    first: int
    end: int


@cache
def roles() -> Lexicon[Role]:
    """The table of roles, read once."""
    lexicon: Lexicon[Role] = Lexicon(same_letters)
    for row in tables.read("roles"):
        lexicon.add(tuple(map(singular, _PHRASE.findall(row["phrase"].lower()))), Role(row["sector"] or None, STRENGTHS[row["strength"]]))
    return lexicon


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A noun's singular, well enough for the table."""
    if word in _KEPT_PLURAL or len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word[:-3] + "man" if word.endswith("men") and len(word) > 2 else _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]


def sector_of(sequence: Sequence[str], head: int | None = None) -> tuple[str | None, str | None]:
    """The sector of a phrase and the words that gave it, from its words (lower case or lemmas) and, where known, the index of its head."""
    plain, origin = _expanded(sequence)
    parts = list(_parts(plain))
    if head is not None:
        parts.sort(key=lambda part: not any(origin[i] == head for first, end in part for i in range(first, end)))
    best = _first_strong([found for part in parts if (found := _judge(plain, part)) is not None])
    if best is None:
        return None, None
    return best.role.sector, " ".join(sequence[origin[best.first] : origin[best.end - 1] + 1])


def _first_strong(found: Sequence[_Found]) -> _Found | None:
    """The first that is more than weak, else the first with a sector, else the first."""
    strong = next((one for one in found if one.role.strength > WEAK), None)
    return strong or next((one for one in found if one.role.sector), None) or next(iter(found), None)


def _expanded(sequence: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words as the table has them, hyphens and apostrophes apart, and of each the index in the phrase."""
    plain: list[str] = []
    origin: list[int] = []
    for i, word in enumerate(sequence):
        pieces = [word] if word.startswith(PLACEHOLDER) else [singular(piece) for piece in _PHRASE.findall(word.lower())] or [word]
        plain.extend(pieces)
        origin.extend([i] * len(pieces))
    return plain, origin


def _parts(plain: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """The appositions and conjuncts of a phrase, each as its pieces: the head's and its complements'."""
    first = 0
    for at in range(len(plain) + 1):
        if at == len(plain) or plain[at] in _APART:
            if at > first:
                yield list(_pieces(plain, first, at))
            first = at + 1


def _pieces(plain: Sequence[str], first: int, end: int) -> Iterator[tuple[int, int]]:
    start = first
    for at in range(first, end + 1):
        stop = at == end or (plain[at] in _ENDS and at > start)
        if (stop or plain[at] in _LINKS) and not _inside_phrase(plain, start, at):
            yield start, at
            start = at + 1
            if stop:
                return


def _inside_phrase(plain: Sequence[str], start: int, at: int) -> bool:
    """Whether a preposition belongs to a phrase of the table ("minister of state")."""
    if at >= len(plain):
        return False
    return any((hit := roles().at(plain, i)) is not None and hit.end > at + 1 for i in range(max(start, at - 4), at))


def _judge(plain: Sequence[str], pieces: Sequence[tuple[int, int]]) -> _Found | None:
    """What one apposition says: its head's piece, or for a weak head the first complement that says more."""
    own = _strongest(plain, *pieces[0])
    if own is not None and own.role.strength > WEAK:
        return own
    others = [found for piece in pieces[1:] if (found := _strongest(plain, *piece)) is not None and (found.role.sector or found.role.strength > WEAK)]
    strong = next((found for found in others if found.role.strength > WEAK), None)
    if strong is not None:
        return strong
    return next((found for found in others if _specific(found)), None) or own or next(iter(others), None)


def _strongest(plain: Sequence[str], first: int, end: int) -> _Found | None:
    """The strongest word or phrase of a piece; of equals the last, of weak ones the last that is more than an office."""
    found = [_Found(hit.role, hit.first + first, hit.end + first) for hit in _hits(plain[first:end])]
    return max(found, key=_weight, default=None)


def _weight(found: _Found) -> tuple[int, bool, int]:
    """Of weak words the last that is more than an office counts, of stronger ones the last."""
    weak = found.role.strength == WEAK
    return found.role.strength, weak and _specific(found), found.first


def _hits(piece: Sequence[str]) -> Iterator[_Found]:
    """Roles and placeholders in a piece, left to right."""
    at = 0
    while at < len(piece):
        hit = roles().at(piece, at)
        if hit is not None and (hit.value.strength != TAIL or hit.end == len(piece)):
            yield _Found(hit.value, hit.first, hit.end)
        elif hit is None and piece[at].startswith(PLACEHOLDER) and len(piece[at]) > 1:
            yield _Found(Role(piece[at][1:], INSTITUTION), at, at + 1)
        at = hit.end if hit is not None else at + 1


def _specific(found: _Found) -> bool:
    return found.role.sector not in (None, "GOV")
