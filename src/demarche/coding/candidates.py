"""Candidates: the words at which something may have happened."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page
from demarche.language.parse import Chunk, Parse

CANDIDATE = 0.15
"""A word is looked at when the event model gives at least this probability to all types together; the merge stage drops weak drafts."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Draft an event at every word that the event model thinks likely, and at every cue of a type or mode the user added."""
    something = 1.0 - page.reading.event[:, 0]
    words = {int(i): float(something[i]) for i in (something >= CANDIDATE).nonzero()[0]}
    for index in _user_cues(page):
        words[index] = max(words.get(index, 0.0), 0.5)
    return [*drafts, *(Draft(word, probability, anchor=_anchor(page.parse, word)) for word, probability in sorted(words.items()))]


def _user_cues(page: Page) -> list[int]:
    """Words where a cue of a user's own type or mode fires."""
    book = page.codebook
    if not book.added_types and not book.added_modes:
        return []
    return [word.index for word in page.parse.words if any(book.adds(cue.type, cue.mode) for cue in book.match(page.parse, word.index))]


def _anchor(parse: Parse, word: int) -> Chunk:
    """The word with its particle, when that follows directly ("stepped down")."""
    particle = next((w.index for w in parse.dependents(word, "compound:prt") if w.index == word + 1), None)
    return Chunk(word, word + 1 if particle is None else particle + 1)
