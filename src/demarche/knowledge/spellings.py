"""Spellings of people's names: which words of one name may be words of another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from demarche.knowledge.phrases import fold
from demarche.knowledge.tables import wordlist

ALIKE = 0.88  # Jaro-Winkler from which two spellings may be one name ("Zein", "Zeine"; "Madbouli", "Madbouly"), read off the train parties

_PARTICLES = wordlist("name particles")
_PART = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The words of a person's name, folded, without particles and titles of respect."""
    found = tuple(part for part in _PART.split(fold(name).lower()) if part)
    kept = tuple(part for part in found if part not in _PARTICLES and len(part) > 1)
    return kept or found


def may_be(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether the strings alone propose the person: the last word asked has its like in the name, and so has most of the rest."""
    return _occurs(asked[-1], own) and 2 * sum(_occurs(word, own) for word in asked) > len(asked)


def contained(asked: Sequence[str], own: Sequence[str]) -> bool:
    """Whether every word asked has its like in the name, or the other way round."""
    few, many = (asked, own) if len(asked) <= len(own) else (own, asked)
    return len(few) > 1 and all(_occurs(word, many) for word in few)


def _occurs(word: str, name: Sequence[str]) -> bool:
    """Whether a word has its like in a name; a plain loop, as this is asked of every officeholder of a country."""
    for part in name:  # noqa: SIM110  # any() takes twice as long
        if like(word, part):
            return True
    return False


def like(left: str, right: str) -> bool:
    """Whether two words of names may be one, spelt differently."""
    return left == right or (left[:1] == right[:1] and min(len(left), len(right)) > 3 and bool(JaroWinkler.similarity(left, right) >= ALIKE))
