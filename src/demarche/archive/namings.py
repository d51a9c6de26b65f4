"""Agreements as the sentences around events name them, with the stages that are told of them there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from demarche.archive.agreement_words import Cue, Token, breaks, class_of, is_noun, modifies, passable, phrase, table, tokens_of
from demarche.archive.kept import Kept
from demarche.archive.steps import Evidence
from demarche.knowledge.countries import Countries
from demarche.records import Event, Party, Span

YEAR = re.compile(r"(?:1[89]|20)\d\d")
"""A year in the name of an agreement."""
_AGE = re.compile(r".*-(?:old|long|year|month|day)")
_REACH = 12
"""So many words may lie between the words of a stage and the agreement."""


@dataclass
class Naming:
    """An agreement as a sentence names it: its noun's class, kind words, the year named, the words as they stand, and the steps told beside it."""

    report: str
    at: int
    noun: str
    kind: frozenset[str]
    year: int | None
    words: str
    definite: bool
    sides: dict[str, Party | None]
    steps: list[tuple[str, Evidence]] = field(default_factory=list)


def namings(events: Sequence[Kept]) -> list[Naming]:
    """The agreements named in the sentences of a report's events, by where they stand."""
    sentences = {kept.event.sentence for kept in events}
    found: dict[tuple[int, int], Naming] = {}
    for kept in events:
        if kept.event.status not in ("actual", "future"):
            continue
        for words in (kept.event.anchor, *kept.event.also):
            around = next((s for s in sentences if s.start <= words.start and words.end <= s.end), None)
            told = _told(kept.event, words, around) if around else None
            if around is None or told is None:
                continue
            stage, tokens, at = told
            naming = found.setdefault((around.start, tokens[at].start), _naming(kept.report.id, around, tokens, at))
            naming.steps.append((stage, Evidence(kept, words)))
    for naming in found.values():
        _add_sides(naming)
    return [found[at] for at in sorted(found)]


def _told(event: Event, words: Span, sentence: Span) -> tuple[str, list[Token], int] | None:
    """The stage that words tell of an agreement named in their sentence, the sentence's words, and which of them names it."""
    low = re.split(r"\W+", words.text.lower().strip())
    cues = table().cues
    head = next((word for word in low if word in cues), None)
    if head is None:
        return None
    tokens = tokens_of(sentence)
    at = next((i for i, token in enumerate(tokens) if words.start <= token.start < words.end and token.low == head), None)
    if at is None:
        return None
    for cue in cues[head]:
        if not cue.types or event.type in cue.types:
            noun = _named_by(cue, tokens, at)
            if noun is not None:
                return cue.stage, tokens, noun
    return None


def _named_by(cue: Cue, tokens: Sequence[Token], at: int) -> int | None:
    """Which word names the agreement that the cue at a word is about: its object, or what stands before it ("the pact was scrapped", "a treaty signed")."""
    after = at + 1
    if cue.follows:
        length = next((len(f) for f in cue.follows if [token.low for token in tokens[after : after + len(f)]] == list(f)), None)
        if length is None:
            return None
        after += length
    if cue.frame == "object" and (found := _object(tokens, after)) is not None:
        return found
    return None if cue.follows and cue.frame == "object" and cue.follows[0][0] in ("of", "on") else _subject(tokens, at)


def _object(tokens: Sequence[Token], after: int) -> int | None:
    """The agreement named right after a word, with no more than days, adverbs and those it is made with between."""
    for noun in range(after, min(len(tokens), after + _REACH)):
        if breaks(tokens[noun]):
            return None
        if is_noun(tokens, noun):
            first = phrase(tokens, noun, after)
            return noun if passable(tokens[after:first]) else None
    return None


def _subject(tokens: Sequence[Token], at: int) -> int | None:
    """The agreement named right before a word, or before its auxiliaries."""
    word = table().words
    back = at - 1
    while back >= 0 and (tokens[back].low in word["auxiliary"] or tokens[back].low in word["adverb"]):
        back -= 1
    passive = any(token.low in word["auxiliary"] for token in tokens[back + 1 : at])
    for noun in range(back, max(-1, back - _REACH), -1):
        if breaks(tokens[noun]) or tokens[noun].text == ",":
            return None
        if is_noun(tokens, noun):
            between = tokens[noun + 1 : back + 1]
            plain = not between or (between[0].low in ("with", "between", "of", "on") and (passive or tokens[at].low.endswith(("ed", "d"))))
            return noun if plain else None
    return None


def _naming(report: str, sentence: Span, tokens: Sequence[Token], noun: int) -> Naming:
    """What a sentence says of the agreement it names at a word."""
    first = phrase(tokens, noun, max(0, noun - _REACH))
    inside = [token for token in tokens[first:noun] if token.text[0].isalnum()]
    named = list(_countries(sentence, tokens[first].start, tokens[noun].start, ("name", "adjective", "demonym", "historic")))
    states = {token.low for token in inside for start, end, _ in named if start <= token.start < end}
    own = [token for token in inside if token.low not in states and _tells(token)]
    kind = {_singular(token.low) for token in own if class_of(token) is None} | _about(tokens, noun)
    classes = [name for name in map(class_of, (*own, tokens[noun])) if name]
    sides = dict.fromkeys(code for *_, code in named) | dict.fromkeys(_with(sentence, tokens, noun))
    definite = any(token.low in table().words["definite"] for token in inside)
    called = " ".join(token.text for token in (*own, tokens[noun]))
    return Naming(report, tokens[noun].start, _classed(classes), frozenset(kind), _year(inside, tokens[noun + 1 : noun + 3]), called, definite, sides)


def _tells(token: Token) -> bool:
    """Whether a word of a name tells one agreement from others: no article, empty word, date or age."""
    word = table().words
    return not (any(token.low in word[name] for name in ("determiner", "empty", "date")) or token.text[0].isdigit() or _AGE.fullmatch(token.low))


def _year(inside: Sequence[Token], after: Sequence[Token]) -> int | None:
    """The year in a name ("the 2012 accord"), or right after it ("the accord of 2012")."""
    linked = [after[1]] if len(after) == 2 and after[0].low in ("of", "from") else []
    return next((int(token.text) for token in (*inside, *linked) if YEAR.fullmatch(token.text)), None)


def _about(tokens: Sequence[Token], noun: int) -> set[str]:
    """What an agreement is about, said after it: "an agreement on grain exports"."""
    if noun + 1 >= len(tokens) or tokens[noun + 1].low not in ("on", "for"):
        return set()
    found: set[str] = set()
    for token in tokens[noun + 2 : noun + 5]:
        if not modifies(token) or token.text[0].isupper() or token.text[0].isdigit() or token.low in table().words["date"]:
            break
        found.add(_singular(token.low))
    return found


def _with(sentence: Span, tokens: Sequence[Token], noun: int) -> list[str]:
    """The countries an agreement is said to be with or between."""
    end = next((at for at in range(noun + 1, len(tokens)) if breaks(tokens[at])), len(tokens))
    start = next((at for at in range(noun + 1, min(end, noun + _REACH)) if tokens[at].low in ("with", "between")), None)
    if start is None:
        return []
    end = min(end, start + _REACH)
    return [code for *_, code in _countries(sentence, tokens[start].end, tokens[end - 1].end, None)]


def _countries(sentence: Span, start: int, end: int, kinds: Sequence[str] | None) -> Iterator[tuple[int, int, str]]:
    """Countries named between two places of a sentence, by the given kinds of names."""
    for mention in Countries.load().mentions(sentence.text):
        at, until = mention.start + sentence.start, mention.end + sentence.start
        if mention.code and at >= start and until <= end and (kinds is None or mention.kind in kinds) and mention.kind != "region":
            yield at, until, mention.code


def _add_sides(naming: Naming) -> None:
    """The parties of the events beside an agreement are its parties, unless it is said between whom it is."""
    if len(naming.sides) >= 2:
        return
    for _, (kept, _) in naming.steps:
        for party in (*kept.event.actor, *kept.event.recipient):
            if key := _key(party):
                naming.sides[key] = naming.sides.get(key) or party


def _key(party: Party) -> str | None:
    """What tells parties of agreements apart: states by their codes, bodies and armed groups by id or name."""
    if party.country in (None, "IGO") or party.sector in ("REB", "OPP"):
        return party.id or party.name or (party.span.text if party.span.text[:1].isupper() else None)
    return party.country


def _classed(classes: Sequence[str]) -> str:
    """The class of a name: "ceasefire agreement" and "memorandum agreement" are of the narrower one."""
    return next((name for name in classes if name != "agreement"), "agreement")


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
