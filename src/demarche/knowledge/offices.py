"""Offices: many titles, one name ("Secretary of State for Foreign and Commonwealth Affairs" is the foreign minister)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from demarche.knowledge import tables

HEADS = frozenset({"president", "prime minister", "monarch", "supreme leader", "leader", "pope"})
TOP = HEADS | {"foreign minister"}  # offices whose holders are known by surname alone

_QUALIFIERS = re.compile(
    r"\b(acting|interim|caretaker|transitional|former|ex|then|current|outgoing|incoming|new|longtime|late|honou?rable|his excellency)\b[- ]?"
)
_DEPUTY = re.compile(r"\b(deputy|vice|junior|assistant|first deputy|shadow|under)\b")
_MINISTER = re.compile(r"minister|secretary|portfolio")
_OF = re.compile(r"^(?:federal |cabinet |union |state )?(?:minister|secretary of state|secretary)(?: in charge)? (?:of state )?(?:of|for) (?:the )?(.+)$")


@lru_cache(maxsize=65536)
def office_of(title: str) -> str | None:
    """The office that a title names, in lower case: one of the known ones, else "health minister" and the like, else the title itself."""
    plain = re.sub(r"[^a-z0-9]+", " ", title.lower()).strip()
    plain = " ".join(_QUALIFIERS.sub(" ", plain).split())
    if not plain:
        return None
    if deputy := _DEPUTY.search(plain):
        inner = office_of(plain[: deputy.start()] + plain[deputy.end() :])
        return None if inner is None else f"{'vice' if inner == 'president' else 'deputy'} {inner}"
    return _known(plain) or _portfolio(plain) or plain


def same_office(role: str | None, office: str) -> bool:
    """Whether a role as a report gives it can be an office of the table."""
    named = office_of(role) if role else None
    if named is None:
        return False
    if named == office or (named in HEADS and office == "leader"):
        return True
    if (named.endswith("leader") and named != "supreme leader") or named in ("ruler", "head of state"):
        return office in HEADS
    return named == "minister" and office.endswith("minister")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The table of offices in its order, the patterns of neighbouring rows with one office joined."""
    rows = ((row["office"], row["pattern"]) for row in tables.read("offices"))
    return tuple((re.compile("|".join(pattern for _, pattern in group)), office) for office, group in groupby(rows, key=itemgetter(0)))


def _known(plain: str) -> str | None:
    return next((office for pattern, office in _patterns() if pattern.search(plain)), None)


def _portfolio(plain: str) -> str | None:
    found = _OF.match(plain)
    if found and _MINISTER.search(plain):
        return f"{found.group(1)} minister"
    return None
