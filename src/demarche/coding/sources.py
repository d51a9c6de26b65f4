"""Sources: who in the report asserts an event, innermost first; none when its author does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from demarche.coding.draft import Draft, Page
from demarche.coding.parties import chunks, party_of
from demarche.coding.phrases import head, phrase
from demarche.coding.stances import stance_of
from demarche.coding.voices import Voices
from demarche.knowledge.tables import wordlist
from demarche.language.parse import Attribution, Chunk
from demarche.records import Party, Source

ATTRIBUTED = 0.4
"""An event told in somebody's words is that somebody's claim when the event model gives at least this probability."""
ALONE = 0.73
"""An event outside all words that are somebody's is a claim from this probability on: on the articles that the models were not trained on that
makes half a point more sources right, and none less on gold/dev."""
HEARSAY = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
"""Adverbs of a claim by nobody named."""
_CITING = frozenset({"cite", "quote"})
_HEARERS = ("obj", "iobj", "obl")
_MEDIA = wordlist("media carrying an interview")
"""Nouns of media that may carry an interview, besides those whose names are known."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Find who asserts each draft."""
    voices = Voices(page.parse, page.cast)
    for draft in drafts:
        draft.according_to, draft.why["according_to"] = _sources(page, voices, draft.word)
    return drafts


def _sources(page: Page, voices: Voices, word: int) -> tuple[tuple[Source, ...], str]:
    probability = float(page.reading.attributed[word])
    told = voices.chain(word)
    if probability < (ATTRIBUTED if told else ALONE):
        hearsay = next((w.text for w in page.parse.dependents(word, "advmod") if w.lower in HEARSAY), None)
        return (), f"“{hearsay}”: nobody is named" if hearsay else f"the author's own voice (event model, {1 - probability:.2f})"
    if told:
        return _chain(page, voices, told), "language model: source and cue of the words it stands in"
    found = chunks(page, word, "source")
    if found:
        return (Source(_party(page, voices, found[0])),), f"event model ({probability:.2f})"
    spoken = voices.before(word)
    if spoken is not None:
        return _chain(page, voices, [spoken]), "the speaker quoted before"
    return (), "somebody's words, but nobody is named"


def _chain(page: Page, voices: Voices, told: Sequence[Attribution]) -> tuple[Source, ...]:
    """The sources of attributions, each telling of the one before it. One of the same side adds nothing; media that tell of a source carry it."""
    found: list[Source] = []
    cited = _cited(page, told[0])
    for one in filter(None, (cited, *told)):
        source = _source(page, voices, one)
        if not found:
            found.append(source)
        elif _is_media(source.party):
            found[-1] = replace(found[-1], medium=found[-1].medium or source.party)
        elif not any(_same(source.party, inner.party) for inner in found):
            found.append(source)
    return tuple(found)


def _source(page: Page, voices: Voices, told: Attribution) -> Source:
    assert told.source is not None
    cue = page.parse.chunk_span(told.cue) if told.cue else None
    return Source(_party(page, voices, told.source), cue, stance_of(page.parse, told.cue), _medium(page, told))


def _party(page: Page, voices: Voices, chunk: Chunk) -> Party:
    """The party of a source. "He" who speaks on is whoever spoke before, and of several who speak the first counts; the words stay those of the source."""
    top = head(page.parse, chunk)
    several = any(word.index in chunk for word in page.parse.dependents(top, "conj"))
    party, _ = party_of(page, voices.meant_before(chunk) or (phrase(page.parse, top, -1) if several else chunk))
    return replace(party, span=page.parse.chunk_span(chunk))


def _medium(page: Page, told: Attribution) -> Party | None:
    """The paper or station that an interview was given to ("told the Post"): a hearer that is called so, or a body of the media by its name."""
    if told.cue is None or told.source is None:
        return None
    top = head(page.parse, told.cue)
    for hearer in page.parse.dependents(top, *_HEARERS):
        if hearer.index in told.source or hearer.index in told.content:
            continue
        for word in (hearer, *page.parse.dependents(hearer.index, "nmod")):  # "in an interview with the Post"
            party, _ = party_of(page, phrase(page.parse, word.index, top))
            if _is_media(party) and (word.lemma.lower() in _MEDIA or any(word.index in n and n.label == "Organization" for n in page.parse.names)):
                return party
    return None


def _cited(page: Page, told: Attribution) -> Attribution | None:
    """Whom a source cites for what it says ("the paper said, citing officials")."""
    if told.cue is None:
        return None
    top = head(page.parse, told.cue)
    for word in page.parse.dependents(top, "advcl"):
        quoted = next(page.parse.dependents(word.index, "obj"), None) if word.lemma.lower() in _CITING else None
        if quoted is not None:
            return Attribution(phrase(page.parse, quoted.index, word.index), Chunk(word.index, word.index + 1), told.content)
    return None


def _is_media(party: Party) -> bool:
    return party.sector == "MED"


def _same(one: Party, other: Party) -> bool:
    """Whether two sources are one side: the same name, or the same country and sector."""
    if one.name and one.name == other.name:
        return True
    return bool(one.country) and (one.country, one.sector) == (other.country, other.sector)
