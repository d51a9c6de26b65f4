"""Cues: the words that tell an event, read from the short notation of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WEIGHTS = ("low", "medium", "high")
HEADINGS = {"verbs": "verb", "phrases": "verb", "nouns": "noun", "adjectives": "adjective"}
PREPOSITIONS = frozenset({
    "about", "above", "across", "after", "against", "ahead", "along", "alongside", "among", "apart", "around", "as", "aside", "at", "away",
    "back", "before", "behind", "between", "by", "down", "during", "for", "forward", "from", "home", "in", "into", "of", "off", "on",
    "onto", "out", "over", "through", "to", "together", "toward", "towards", "under", "unto", "up", "upon", "via", "with", "within",
    "without",
})  # fmt: skip
_MARKS = {"!": 2, "~": 0}
_SPECIFICITY = {"with": 3, "object": 2, "subject": 2, "modifier": 2, "particle": 1, "adverb": 1, "before": 1, "negated": 1}


class CueError(ValueError):
    """A cue that does not follow the notation."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hang on the anchor: `kind` is one of with, object, subject, modifier, particle, adverb, before, negated.

    `word` is the preposition or particle of "with", "particle", "adverb" (a particle, never a preposition) and "before";
    `words` the alternatives that fill the place.
    """

    kind: str
    word: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the codebook: a word, under conditions, tells events of a type (None: tells that there is no event)."""

    text: str
    lemma: str
    pos: str
    type: str | None
    mode: str | None = None
    weight: str = "medium"
    conditions: tuple[Condition, ...] = ()
    form: str | None = None

    @property
    def specificity(self) -> int:
        """How much the cue asks for: of two cues that fire, the one that asks for more decides."""
        return sum(_SPECIFICITY[condition.kind] for condition in self.conditions) + (self.form is not None)


def read_cue(entry: str, heading: str, type: str | None, mode: str | None, sets: Mapping[str, frozenset[str]]) -> Cue:
    """Read one entry under `heading` (verbs, nouns, adjectives, phrases); CueError says what is wrong with it."""
    text, weight = _weight(entry)
    tokens = text.split()
    if not tokens:
        raise CueError("is empty; write a word or a phrase")
    read = _noun if heading == "nouns" else _verb
    lemma, conditions = read(tokens, sets)
    form = lemma if heading == "nouns" and singular(lemma) != lemma else None
    return Cue(text, singular(lemma) if form else lemma, HEADINGS[heading], type, mode, weight, tuple(conditions), form)


def singular(noun: str) -> str:
    """The singular that a plural entry is also filed under ("talks" -> "talk"); other words stay as they are."""
    if len(noun) < 5 or noun.endswith(("ss", "us", "is", "news", "itics")) or not noun.endswith("s"):
        return noun
    return noun[:-3] + "y" if noun.endswith("ies") else noun[:-1]


def _weight(entry: str) -> tuple[str, str]:
    entry = entry.strip()
    rank = _MARKS.get(entry[-1:], 1)
    return (entry if rank == 1 else entry[:-1].strip()), WEIGHTS[rank]


def _verb(tokens: list[str], sets: Mapping[str, frozenset[str]]) -> tuple[str, list[Condition]]:
    """The anchor is the first word; "not" before it asks for a negation."""
    before = []
    if tokens[0] == "not" and len(tokens) > 1:
        before, tokens = [Condition("negated")], tokens[1:]
    return tokens[0], before + _conditions(tokens[1:], sets)


def _noun(tokens: list[str], sets: Mapping[str, frozenset[str]]) -> tuple[str, list[Condition]]:
    """The anchor is the last word before a preposition; words before it modify it, a first preposition comes before it."""
    before = [Condition("before", tokens.pop(0))] if tokens[0] in PREPOSITIONS and len(tokens) > 1 else []
    end = next((at for at, token in enumerate(tokens) if token in PREPOSITIONS and at), len(tokens))
    modifiers = [Condition("modifier", "", _words(token, sets)) for token in reversed(tokens[: end - 1])]
    return tokens[end - 1], before + modifiers + _conditions(tokens[end:], sets)


def _conditions(tokens: list[str], sets: Mapping[str, frozenset[str]]) -> list[Condition]:
    """A preposition takes the next word with it, unless that is a preposition too; a word on its own is an object."""
    found, at = [], 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token == "not":
            found.append(Condition("negated"))
        elif token.startswith("subject="):
            found.append(Condition("subject", "", _words(token.removeprefix("subject="), sets)))
        elif token.startswith("+"):
            found.append(Condition("adverb", token[1:]))
        elif token not in PREPOSITIONS:
            found.append(Condition("object", "", _words(token, sets)))
        elif at < len(tokens) and tokens[at] not in PREPOSITIONS and not set("=+") & set(tokens[at]):
            found.append(Condition("with", token, _words(tokens[at], sets)))
            at += 1
        else:
            found.append(Condition("particle", token))
    return found


def _words(token: str, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The alternatives of "talks/visit/<aid>"."""
    return frozenset().union(*(_set(part, sets) for part in token.split("/")))


def _set(part: str, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if not (part.startswith("<") and part.endswith(">")):
        if not part:
            raise CueError("has an empty alternative; take out the extra slash")
        return frozenset({part})
    if part[1:-1] not in sets:
        raise CueError(f"names the set {part}, which is not defined; add it under `sets` or use one of {', '.join(sorted(sets))}")
    return sets[part[1:-1]]
