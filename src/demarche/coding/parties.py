"""Parties: who acts and who is acted upon, with country and sector."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from demarche.coding.draft import Draft, Page
from demarche.coding.phrases import conjuncts, head, phrase
from demarche.knowledge.countries import find_countries
from demarche.knowledge.parties import Profile
from demarche.language.parse import Chunk, Parse, Word
from demarche.records import Party, Span

ROLE = 0.2
"""A word stands for a party when its probability in the role, with that of its conjuncts, is at least this: the sides of one role share it."""
JOINED = 0.1
"""Of the words of a coordination ("France and Niger") those stand for parties that have at least this probability."""
BESIDE = 0.7
"""Words that are not joined to the likeliest stand for a party beside it when they have at least this share of its probability."""
_POSSESSIVES = frozenset({"its", "their", "his", "her"})
_OPPOSITE = {"actor": "recipient", "recipient": "actor"}
SECTOR = 0.25
"""The event model's sector of a party is taken over the role table's when at least this probable; never over that of a known person or body."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Find the actors and recipients of each draft."""
    for draft in drafts:
        draft.actor = _parties(page, draft, "actor")
        draft.recipient = _parties(page, draft, "recipient")
        own: set[Span] = set()
        while more := {party.span for party in draft.recipient if _is_own(draft, party)} - own:
            own |= more
            draft.recipient = _parties(page, draft, "recipient", own)
        draft.actor = tuple(_against_own(page, draft, party) for party in draft.actor)
    return drafts


def _is_own(draft: Draft, party: Party) -> bool:
    """Whether a recipient is the actor's own ("its troops"): what somebody withdraws, sends or offers is not whom they do it to."""
    possessed = party.span.text.split()[0].lower() in _POSSESSIVES
    moved = party.sector == "MIL" and draft.type in ("AGREE", "CONCEDE", "RETREAT", "MOBILIZE")
    return (possessed or moved) and any(actor.country == party.country for actor in draft.actor)


def _against_own(page: Page, draft: Draft, party: Party) -> Party:
    """A military that ousts or detains a government, and is of no country by its own words, is that government's own (a coup)."""
    if draft.type not in ("COERCE", "SANCTION") or party.sector != "MIL" or page.cast.describe(party.span.text).country:
        return party
    ousted = {p.country for p in draft.recipient if p.sector == "GOV" and p.country}
    return replace(party, country=ousted.pop()) if len(ousted) == 1 else party


def _parties(page: Page, draft: Draft, role: str, without: Collection[Span] = ()) -> tuple[Party, ...]:
    reasons: list[str] = []
    found: list[Party] = []
    for chunk in chunks(page, draft.word, role, without):
        party, reason = party_of(page, chunk)
        several = _countries(page.parse, chunk)
        found += [replace(party, country=country) for country in several] or [party]
        reasons.append(f"“{party.span.text}”: {reason}" + (", one for each country" if several else ""))
    draft.why[role] = "; ".join(reasons) or "no word plays this role"
    return tuple(found)


def _countries(parse: Parse, chunk: Chunk) -> list[str]:
    """The countries that share one noun ("French and German officials", "the presidents of France and Germany"); none when there is but one."""
    top = head(parse, chunk)
    plural = parse.words[top].xpos in ("NNS", "NNPS")
    for word in parse.dependents(top, "amod", "compound", *(["nmod"] if plural else [])):
        sides = [word.index, *conjuncts(parse, word.index)]
        texts = [parse.chunk_span(phrase(parse, side, top)).text for side in sides]
        named = [find_countries(text) for text in texts]
        one_each = all(len(found) == 1 for found in named) and (word.deprel != "nmod" or all(map(_bare_state, texts)))
        if len(sides) > 1 and one_each:
            return [found[0][2] for found in named]
    return []


def chunks(page: Page, word: int, role: str, without: Collection[Span] = ()) -> list[Chunk]:
    """The phrases that play a role for the event at `word`, in the order they stand; the phrases `without` leave their share to the others."""
    first, row = _row(page, word, role)
    for chunk in filter(None, (page.words(span.start, span.end) for span in without)):
        taken = slice(chunk.first - first, chunk.end - first)
        left = 1 - row[taken].sum()
        row[taken] = 0.0
        row /= max(left, 1e-6)
    tops: set[int] = set()
    for top in (first + int(i) for i in (row >= JOINED).nonzero()[0]):
        joined = [other for other in conjuncts(page.parse, top) if other - first < len(row) and row[other - first] >= JOINED]
        if _nominal(page.parse.words[top]) and row[[i - first for i in (top, *joined)]].sum() >= max(ROLE, BESIDE * row.max()):
            tops |= {top, *joined}
    found: list[Chunk] = []
    for top in sorted(tops, key=lambda top: (-row[top - first], top)):
        chunk = phrase(page.parse, top, word)
        if not any(chunk.first < other.end and other.first < chunk.end for other in found):
            found.append(chunk)
    return sorted(found, key=lambda chunk: chunk.first)


def _row(page: Page, anchor: int, role: str) -> tuple[int, NDArray[np.floating]]:
    """The probabilities of a role in an anchor's window; the anchor has none, nor has a word that rather plays the opposite role."""
    first, scores = page.reading.roles(anchor)
    row = np.array(scores[page.reading.role(role)])
    row[anchor - first] = 0.0
    if role in _OPPOSITE:
        row[scores[page.reading.role(_OPPOSITE[role])] > row] = 0.0
    return first, row


def _nominal(word: Word) -> bool:
    return word.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X", "VERB") or word.xpos == "PRP$"


def party_of(page: Page, chunk: Chunk) -> tuple[Party, str]:
    """The party that a chunk of words names, and what decided its country and sector."""
    profile, reason = page.cast.profile(chunk)
    sector = _sector(page, chunk, profile)
    named = profile.id or any(n.label in ("Person", "Organization") and n.first < chunk.end and chunk.first < n.end for n in page.parse.names)
    span = page.parse.chunk_span(chunk)
    country = "IGO" if sector == "IGO" and page.cast.describe(span.text).country is None else profile.country  # a body of states is of none of them
    return Party(span, profile.name if named else None, country, sector, profile.role, profile.id), f"event model, {reason}"


def _sector(page: Page, chunk: Chunk, profile: Profile) -> str | None:
    """The sector of a known person or body by the tables, else by the event model where it is sure; a state by its bare name has none."""
    if profile.id and profile.sector:
        return profile.sector
    if _bare_state(page.parse.chunk_span(chunk).text):
        return None
    top = head(page.parse, chunk)
    scores = page.reading.sector[chunk.first : chunk.end].mean(axis=0) * 0.5 + page.reading.sector[top] * 0.5
    mentions = page.cast.mentions(chunk, top)
    if mentions:
        scores = (scores + page.reading.sector[list(mentions)].sum(axis=0)) / (1 + len(mentions))
    best = int(scores.argmax())
    label = page.reading.labels["sector"][best]
    if float(scores[best]) >= SECTOR:
        return None if label == "none" else label
    return profile.sector


def _bare_state(text: str) -> bool:
    """Whether a phrase is nothing but the name of a state ("the United States")."""
    name = text.removeprefix("the ").removeprefix("The ")
    return any((start, end, kind) == (0, len(name), "name") for start, end, _, kind in find_countries(name))
