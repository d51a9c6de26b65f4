"""Who is meant by a country's code or name, a sector, the name of a body or person, or a knowledge id: conditions over `parties`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from demarche.archive.clause import Clause, QuestionError, all_of
from demarche.records import SECTORS, Party

REPORT = "report"
"""Stands for the report itself as the source of an event."""

_ID = re.compile(r"Q\d+|[a-z]+:\S+")
_OWN_NAMES = ("name", "historic")
"""Kinds of a country's names that mean it; an adjective or a capital may be part of a party's name."""


def clause(asked: Sequence[str], field: str) -> Clause | None:
    """The condition over `parties p` that one of `asked` is meant; None when nobody is asked for. QuestionError names `field`."""
    try:
        return Clause.some([_meant(one) for one in asked])
    except QuestionError as error:
        raise QuestionError(field, error.value, error.problem, error.remedy) from None


def on_side(side: str | None, who: Clause | None) -> Clause | None:
    """The condition over `events e` that `who` is on a side: actor, recipient or source; on either of the first two when None."""
    if who is None:
        return None
    sides = "p.side <> 'source'" if side is None else f"p.side = '{side}'"
    return Clause(f"e.key IN (SELECT p.event FROM parties p WHERE {sides} AND {who.sql})", who.parameters)


def pair(actors: Clause, partners: Clause) -> Clause:
    """The condition over `events e` that one of `actors` acts and another party, on whatever side, is one of `partners`."""
    other = partners.sql.replace("p.", "o.")
    apart = Clause(
        f"EXISTS (SELECT 1 FROM parties p JOIN parties o ON o.event = p.event AND (o.side, o.position) <> (p.side, p.position) "
        f"WHERE p.event = e.key AND p.side = 'actor' AND {actors.sql} AND o.side <> 'source' AND {other})",
        (*actors.parameters, *partners.parameters),
    )
    return all_of(on_side("actor", actors), on_side(None, partners), apart)


def told_by(asked: Sequence[str]) -> Clause | None:
    """The condition over `events e` that one of `asked` tells of the event."""
    itself = Clause("NOT EXISTS (SELECT 1 FROM parties p WHERE p.event = e.key AND p.side = 'source')")
    return Clause.some([itself if REPORT in asked else None, on_side("source", clause([one for one in asked if one != REPORT], "according_to"))])


def is_meant(asked: str, party: Party) -> bool:
    """Whether `asked` means the party: what the condition of `clause` says of its row."""
    text = " ".join(asked.split())
    country, slash, sector = text.partition("/")
    if slash and sector.upper() in SECTORS and (code := code_of(country)):
        return (party.country, party.sector) == (code, sector.upper())
    if text.upper() in SECTORS:
        return text.upper() == party.sector or text.upper() == party.country == "IGO"
    if code := code_of(text):
        return party.country == code
    if _ID.fullmatch(text):
        return party.id == text
    known = _id_of(text)
    return text.lower() in (party.name or party.span.text).lower() or (known is not None and party.id == known)


@cache
def _meant(asked: str) -> Clause:
    text = " ".join(asked.split())
    if not text:
        raise QuestionError("party", asked, "nobody", "give a country's code or name, a sector, the name of a body or person, or an id")
    country, slash, sector = text.partition("/")
    if slash and sector.upper() in SECTORS and (code := code_of(country)):
        return Clause("(p.country = ? AND p.sector = ?)", (code, sector.upper()))
    if text.upper() == "IGO":
        return Clause("(p.country = 'IGO' OR p.sector = 'IGO')")
    if text.upper() in SECTORS:
        return Clause("p.sector = ?", (text.upper(),))
    if code := code_of(text):
        return Clause("p.country = ?", (code,))
    if _ID.fullmatch(text):
        return Clause("p.id = ?", (text,))
    if text.isascii() and text.isupper() and len(text) == 3 and _id_of(text) is None:
        raise QuestionError("party", asked, "neither a country's code nor a sector", f"use an ISO code such as NER, or one of {', '.join(SECTORS)}")
    return _named(text)


@cache
def code_of(text: str) -> str | None:
    """The alpha-3 code of the country that a code or a name means; None when it is none."""
    from demarche.knowledge.countries import Countries

    countries = Countries.load()
    if text.upper() in countries and text.upper() != "IGO" and len(text) == 3:
        return text.upper()
    found = countries.match(text.split()) or countries.match(text.title().split())
    return found.code if found and found.kind in _OWN_NAMES else None


def _named(text: str) -> Clause:
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    named = Clause("p.name LIKE ? ESCAPE '\\'", (like,))
    known = _id_of(text)
    return Clause(f"({named.sql} OR p.id = ?)", (*named.parameters, known)) if known else named


@cache
def _id_of(text: str) -> str | None:
    """The knowledge id of the body or person that is called so."""
    from demarche.knowledge.actors import Actors

    actors = Actors.load()
    body = actors.entity(text)
    if body:
        return body.id
    holder = actors.lookup(text)
    return holder.id if holder else None
