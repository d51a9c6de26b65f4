"""Magnitudes: how many were killed, injured, or took part, as told around the event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demarche.coding.draft import Draft, Page
from demarche.language.parse import Chunk, Word
from demarche.language.timex_words import number
from demarche.records import Magnitude, Quantity

KILLED = frozenset({"kill", "die", "death", "dead", "casualty", "massacre", "slay", "murder", "execute", "behead", "shoot"})
INJURED = frozenset({"injure", "wound", "hurt", "injury", "injured", "wounded"})
PEOPLE = frozenset(
    [
        "people",
        "person",
        "civilian",
        "soldier",
        "troop",
        "protester",
        "demonstrator",
        "man",
        "woman",
        "child",
        "worker",
        "policeman",
        "officer",
        "militant",
        "rebel",
        "student",
        "villager",
        "resident",
        "fighter",
        "victim",
        "migrant",
        "refugee",
        "passenger",
        "member",
        "supporter",
        "farmer",
        "teacher",
        "journalist",
        "activist",
        "prisoner",
        "hostage",
        "detainee",
        "others",
        "marcher",
        "peacekeeper",
        "personnel",
    ]
)
ROUND = {"dozens": (24, None), "scores": (40, None), "hundreds": (200, None), "thousands": (2000, None), "several": (3, None), "tens": (20, None)}
"""Readings of round words: at least so many; a convention (two dozen, two score, two hundred ...), the report fixes no more."""
_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|upwards of)\s*$", re.I)
_MOST = re.compile(r"\b(?:up to|as many as|fewer than|less than|nearly|almost)\s*$", re.I)


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Read the counts of people in each draft's sentence that hang on its anchor."""
    for draft in drafts:
        found = {kind: quantity for quantity, kind in _quantities(page, draft)}
        if found:
            draft.magnitude = Magnitude(found.get("killed"), found.get("injured"), found.get("size"))
            draft.why["magnitude"] = "number words that hang on the anchor"
    return drafts


def _quantities(page: Page, draft: Draft) -> Iterator[tuple[Quantity, str]]:
    parse = page.parse
    for index in parse.subtree(draft.word):
        word = parse.words[index]
        if word.upos == "NUM" or word.lower in ROUND:
            kind = _kind(page, word, draft)
            quantity = _quantity(page, word) if kind else None
            if kind and quantity:
                yield quantity, kind


def _kind(page: Page, word: Word, draft: Draft) -> str | None:
    """What a number counts: the killed, the injured, or those who take part; None when it counts no people."""
    counted = page.parse.words[word.head] if word.head >= 0 else word
    chain = [word, counted, *page.parse.ancestors(counted.index)][:4]
    lemmas = [w.lemma.lower() for w in chain]
    if any(lemma in INJURED for lemma in lemmas[:3]):
        return "injured"
    people = counted.lemma.lower() in PEOPLE or (word.lower in ROUND and any(w.lemma.lower() in PEOPLE for w in page.parse.dependents(word.index)))
    if draft.type == "ASSAULT" and (any(lemma in KILLED for lemma in lemmas[:3])) and (people or counted.lemma.lower() in KILLED):
        return "killed"
    return "size" if people and draft.type in ("PROTEST", "MOBILIZE", "RETREAT", "COERCE", "CONSULT") else None


def _quantity(page: Page, word: Word) -> Quantity | None:
    chunk = _number_chunk(page, word)
    span = page.parse.chunk_span(chunk)
    if word.lower in ROUND:
        low, high = ROUND[word.lower]
        return Quantity(low, high, span)
    value = number(span.text.lower())
    if value is None or value != int(value) or not 0 < value < 10_000_000:
        return None
    before = page.parse.text[max(0, span.start - 20) : span.start]
    if _LEAST.search(before):
        return Quantity(int(value), None, span)
    return Quantity(0, int(value), span) if _MOST.search(before) else Quantity(int(value), int(value), span)


def _number_chunk(page: Page, word: Word) -> Chunk:
    """The number with its other words ("two hundred")."""
    inside = [w.index for w in page.parse.dependents(word.index, "compound") if w.upos == "NUM"]
    return Chunk(min([word.index, *inside]), word.index + 1)
