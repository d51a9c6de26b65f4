"""Places: where an event happened, resolved to a place in the world."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from demarche.coding import toponyms as gazetteer
from demarche.coding.draft import Draft, Page
from demarche.coding.phrases import head
from demarche.knowledge.countries import find_countries
from demarche.knowledge.gazetteer import Gazetteer
from demarche.language.parse import Chunk, Parse
from demarche.records import Span, Where

HAPPENED = 0.12
"""A toponym is where the event happened when its words, and the noun they name ("the Sahel region"), are so with at least this probability together."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Place each draft at the toponym where it happened, or nowhere."""
    for draft in drafts:
        first, scores = page.reading.roles(draft.word)
        row = scores[page.reading.role("place")]
        taken = {i for chunk, _ in page.toponyms for i in range(chunk.first, chunk.end)} | {draft.word}
        best, best_score = None, HAPPENED
        for chunk, where in page.toponyms:
            if chunk.first < first or chunk.end > first + len(row):
                continue
            score = float(sum(row[i - first] for i in _words(page.parse, chunk, taken) if first <= i < first + len(row)))
            if score >= best_score:
                best, best_score = where, score
        draft.place = best
        draft.why["place"] = f"event model ({best_score:.2f}), gazetteer: {best.name}" if best else "no toponym says where"
    return drafts


def _words(parse: Parse, chunk: Chunk, taken: set[int]) -> set[int]:
    """The words of a toponym, and the noun they directly name unless that is `taken` ("Agadez in Niger")."""
    inside = set(range(chunk.first, chunk.end))
    top = parse.words[head(parse, chunk)]
    named = top.head >= 0 and top.deprel in ("compound", "flat", "nmod", "amod", "nmod:desc") and abs(top.head - top.index) <= 2
    return inside | {top.head} if named and top.head not in taken and parse.words[top.head].upos in ("NOUN", "PROPN") else inside


def toponyms(parse: Parse, known: Gazetteer | None = None) -> tuple[tuple[Chunk, Where], ...]:
    """The toponyms of a report in order: places by the language model, and countries by name."""
    named = {(parse.words[c.first].start, parse.words[c.end - 1].end): c for c in parse.names if c.label in ("Location", "Facility")}
    found = gazetteer.resolve(parse.text, list(named), gazetteer=known)
    out = [(chunk, where) for chunk, where in zip(named.values(), found, strict=True) if where is not None]
    taken = {i for chunk, _ in out for i in range(chunk.first, chunk.end)}
    for start, end, code, kind in find_countries(parse.text):
        if kind == "name" and code != "IGO":
            first = bisect_right(parse.words, start, key=lambda word: word.end)
            last = bisect_left(parse.words, end, key=lambda word: word.start)
            place = gazetteer.country_place(code, Span.of(parse.text, start, end))
            if first < last and first not in taken and place is not None:
                out.append((Chunk(first, last), place))
    return tuple(sorted(out, key=lambda pair: pair[0].first))
