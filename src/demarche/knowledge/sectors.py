"""Sectors: what the words of a party phrase say about it, by the table of roles.

Precedence, strongest first: an override ("opposition MPs" are OPP), the role nouns that fix the sector ("minister", "soldiers") and the
institutions ("parliament", "party"), then weak words that take their sector from what goes with them ("police spokesman", "leader of
the rebels") and have one of their own only for want of better ("president", "officials": GOV). The part of the phrase with its head
counts before the complements, earlier appositions before later ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from demarche.knowledge import tables
from demarche.knowledge.phrases import Lexicon, same_letters, words

OVERRIDE, HEAD, INSTITUTION, WEAK = 4, 3, 2, 1
STRENGTHS = {"override": OVERRIDE, "head": HEAD, "institution": INSTITUTION, "weak": WEAK}
PLACEHOLDER = "@"  # "@PTY" stands for a known entity of that sector, "@" alone for a country

_KEPT_PLURAL = frozenset(
    {"deputies", "forces", "news", "times", "ngos", "series", "chambers", "armed forces", "mps", "states", "studies", "idps"}
) | {"conservatives", "nationalists"}
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "policemen": "policeman", "spokesmen": "spokesman", "thieves": "thief", "wives": "wife"}
_LINKS = frozenset({"of", "from", "for", "at", "in", "with", "by", "within", "among"})
_ENDS = frozenset(
    {"to", "on", "against", "over", "about", "near", "who", "that", "which", "whose", "including", "after", "during", "under", "between", "towards"}
)
_APART = frozenset({",", ";", ":", "(", "–", "—", "and", "&", "or"})


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
        lexicon.add(tuple(map(singular, words(row["phrase"].lower()))), Role(row["sector"] or None, STRENGTHS[row["strength"]]))
    return lexicon


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A noun's singular, well enough for the table."""
    if word in _KEPT_PLURAL or len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return _IRREGULAR.get(word, word)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes", "xes")) else word[:-1]


def sector_of(sequence: Sequence[str], head: int | None = None) -> tuple[str | None, str | None]:
    """The sector of a phrase and the words that gave it, from its words (lower case or lemmas) and, where known, the index of its head."""
    plain = [word if word.startswith(PLACEHOLDER) else singular(word.lower()) for word in sequence]
    parts = list(_parts(plain))
    if head is not None:
        parts.sort(key=lambda part: not any(first <= head < end for first, end in part))
    best: _Found | None = None
    for part in parts:
        found = _judge(plain, part)
        if found is not None and found.role.sector and found.role.strength > WEAK:
            best = found
            break
        best = best if best is not None and best.role.sector else found
    if best is None:
        return None, None
    return best.role.sector, " ".join(sequence[best.first : best.end])


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
        stop = at == end or plain[at] in _ENDS
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
    others = [found for piece in pieces[1:] if (found := _strongest(plain, *piece)) is not None and found.role.sector]
    strong = next((found for found in others if found.role.strength > WEAK), None)
    if strong is not None:
        return strong
    return next((found for found in others if _specific(found)), None) or own or next(iter(others), None)


def _strongest(plain: Sequence[str], first: int, end: int) -> _Found | None:
    """The strongest word or phrase of a piece; of equals the last, of weak ones the last that is more than an office."""
    found = [_Found(hit.role, hit.first + first, hit.end + first) for hit in _hits(plain[first:end])]
    return max(found, key=lambda f: (min(f.role.strength, HEAD), f.role.strength == OVERRIDE, bool(f.role.sector), _specific(f), f.first), default=None)


def _hits(piece: Sequence[str]) -> Iterator[_Found]:
    at = 0
    while at < len(piece):
        word = piece[at]
        if word.startswith(PLACEHOLDER):
            if len(word) > 1:
                yield _Found(Role(word[1:], INSTITUTION), at, at + 1)
            at += 1
            continue
        hit = roles().at(piece, at)
        if hit is not None:
            yield _Found(hit.value, hit.first, hit.end)
        at = hit.end if hit is not None else at + 1


def _specific(found: _Found) -> bool:
    return found.role.sector not in (None, "GOV")
