"""Parties: who acts and who is acted upon, with country and sector."""

from __future__ import annotations

import numpy as np

from demarche.coding.draft import Draft, Page
from demarche.coding.runs import head, runs, split
from demarche.language.parse import Chunk
from demarche.records import Party

ROLE = 0.5
"""A word belongs to a party when its probability in the role is at least this."""
WEAK_ROLE = 0.3
"""When no word reaches `ROLE`, the best stretch above this is taken."""
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
    for chunk in chunks(page, draft.word, role, ROLE, WEAK_ROLE):
        party, reason = party_of(page, chunk)
        found[chunk] = party
        reasons.append(f"“{party.span.text}”: {reason}")
    draft.why[role] = "; ".join(reasons) or "no word plays this role"
    return tuple(found.values())


def chunks(page: Page, word: int, role: str, strong: float = ROLE, weak: float = WEAK_ROLE) -> list[Chunk]:
    """The stretches of words that play a role for the event at `word`."""
    first, scores = page.reading.roles(word)
    row = np.array(scores[page.reading.role(role)])
    if 0 <= word - first < len(row):
        row[word - first] = 0.0  # an anchor is no party of its own event
    found = runs(page.parse, first, row, strong) or sorted(runs(page.parse, first, row, weak), key=lambda run: -run[1])[:1]
    return [part for chunk, _ in found if _nominal(page, chunk) for part in split(page.parse, chunk)]


def _nominal(page: Page, chunk: Chunk) -> bool:
    return any(page.parse.words[i].upos in ("NOUN", "PROPN", "PRON", "ADJ", "NUM") or page.parse.words[i].xpos == "PRP$" for i in range(chunk.first, chunk.end))


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
