"""Sources: who in the report asserts an event; none when its author does."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page
from demarche.coding.parties import chunks, party_of
from demarche.language.parse import Attribution, Chunk
from demarche.records import Source

ATTRIBUTED = 0.5
"""An event is somebody's claim when the event model gives at least this probability."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Find who asserts each draft."""
    for draft in drafts:
        draft.according_to, draft.why["according_to"] = _sources(page, draft.word)
    return drafts


def _sources(page: Page, word: int) -> tuple[tuple[Source, ...], str]:
    probability = float(page.reading.attributed[word])
    if probability < ATTRIBUTED:
        return (), f"the author's own voice (event model, {1 - probability:.2f})"
    around = around_word(page, word)
    if around is not None and around.source is not None:
        return (_source(page, around.source, around.cue),), "language model: source and cue of the words it stands in"
    found = chunks(page, word, "source")
    if found:
        return (_source(page, found[0], None),), f"event model ({probability:.2f})"
    spoken = last_speaker(page, word)
    if spoken is not None and spoken.source is not None:
        return (_source(page, spoken.source, spoken.cue),), "the speaker quoted before"
    return (), "somebody's words, but nobody is named"


def _source(page: Page, chunk: Chunk, cue: Chunk | None) -> Source:
    party, _ = party_of(page, chunk)
    return Source(party, page.parse.chunk_span(cue) if cue else None)


def around_word(page: Page, word: int) -> Attribution | None:
    """The attribution in whose content a word stands, the narrowest."""
    inside = [a for a in page.parse.attributions if word in a.content and a.source is not None and (a.cue is None or word not in a.cue)]
    return min(inside, key=lambda a: len(a.content), default=None)


def last_speaker(page: Page, word: int) -> Attribution | None:
    """The latest attribution with a source before a word, within the same or the two sentences before."""
    sentence = page.parse.words[word].sentence
    before = [a for a in page.parse.attributions if a.source and a.source.first < word and page.parse.words[a.source.first].sentence >= sentence - 2]
    return max(before, key=lambda a: a.source.first if a.source else -1, default=None)
