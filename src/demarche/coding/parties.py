"""Parties: who acts and who is acted upon, with country and sector."""

from __future__ import annotations

import numpy as np

from demarche.coding.draft import Draft, Page
from demarche.coding.phrases import conjuncts, head, phrase
from demarche.language.parse import Chunk, Word
from demarche.records import Party

ROLE = 0.3
"""A word stands for a party when its probability in the role is at least this; two sides of one role share it."""
JOINED = 0.02
"""A conjunct of a party's word ("France and Niger") is a party too from this probability on."""
SECTOR = 0.5
"""The event model's sector of a party is taken over the role table's when at least this probable."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Find the actors and recipients of each draft."""
    for draft in drafts:
        draft.actor = _parties(page, draft, "actor")
        draft.recipient = _parties(page, draft, "recipient")
    return drafts


def _parties(page: Page, draft: Draft, role: str) -> tuple[Party, ...]:
    reasons: list[str] = []
    found: dict[Chunk, Party] = {}
    for chunk in chunks(page, draft.word, role):
        party, reason = party_of(page, chunk)
        found[chunk] = party
        reasons.append(f"“{party.span.text}”: {reason}")
    draft.why[role] = "; ".join(reasons) or "no word plays this role"
    return tuple(found.values())


def chunks(page: Page, word: int, role: str) -> list[Chunk]:
    """The phrases that play a role for the event at `word`, in the order they stand."""
    first, scores = page.reading.roles(word)
    row = np.array(scores[page.reading.role(role)])
    row[word - first] = 0.0  # an anchor is no party of its own event
    tops = {first + int(i) for i in (row >= ROLE).nonzero()[0] if _nominal(page.parse.words[first + int(i)])}
    for top in tuple(tops):
        tops |= {other for other in conjuncts(page.parse, top) if other - first < len(row) and row[other - first] >= JOINED}
    found = [phrase(page.parse, top, word) for top in sorted(tops)]
    return [chunk for k, chunk in enumerate(found) if not any(chunk.first in other and other is not chunk for other in found[:k])]


def _nominal(word: Word) -> bool:
    return word.upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X", "VERB") or word.xpos == "PRP$"


def party_of(page: Page, chunk: Chunk) -> tuple[Party, str]:
    """The party that a chunk of words names, and what decided its country and sector."""
    profile, reason = page.cast.profile(chunk)
    sector = _sector(page, chunk, profile.sector)
    return Party(page.parse.chunk_span(chunk), profile.name, profile.country, sector, profile.role, profile.id), f"event model, {reason}"


def _sector(page: Page, chunk: Chunk, told: str | None) -> str | None:
    """The sector by the event model where it is sure, else by the role table."""
    top = head(page.parse, chunk)
    scores = page.reading.sector[chunk.first : chunk.end].mean(axis=0) * 0.5 + page.reading.sector[top] * 0.5
    best = int(scores.argmax())
    label = page.reading.labels["sector"][best]
    if float(scores[best]) >= SECTOR:
        return None if label == "none" else label
    return told
