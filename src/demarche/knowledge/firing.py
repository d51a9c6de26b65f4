"""Firing: whether the conditions of a cue hold at a word of a dependency tree, and on which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from demarche.knowledge.cue import Condition, Cue
from demarche.language.parse import Parse, Word

_QUANTITIES = frozenset({
    "thousand", "hundred", "million", "billion", "dozen", "number", "series", "round", "group", "lot", "all", "some", "part", "majority",
    "couple", "wave", "bunch", "scores", "total", "ton", "pair", "type", "kind", "set", "range", "string", "batch", "most", "many", "each",
    "spate", "one", "handful", "tens", "rest", "half", "bulk", "raft", "percent",
})  # fmt: skip
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NEGATIONS = frozenset({"not", "n't", "never", "no", "n’t"})
_CLAUSES = ("xcomp", "ccomp", "advcl", "acl")
_OBLIQUES = ("obl", "nmod", "advmod", *_CLAUSES)
_COMPLEMENT_MARKS = frozenset({"to", "that", "for", "from", "against", "into", "of"})
_COMPLETIONS = ("xcomp", "advmod", "amod", "ccomp", "obl", "appos")


def fires(cue: Cue, parse: Parse, index: int) -> tuple[int, ...] | None:
    """The words that bear the cue out, the anchor among them; None when it does not fire at word `index`."""
    word = parse.words[index]
    if cue.form is not None and cue.form not in (word.lower, hyphenated(parse, index)):
        return None
    found = {index}
    for condition in cue.conditions:
        held = holds(condition, parse, word)
        if held is None:
            return None
        found.update(held)
    return tuple(sorted(found))


def holds(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    """The words that fulfil one condition at the anchor, or None."""
    return _CHECKS[condition.kind](condition, parse, anchor)


def hyphenated(parse: Parse, index: int) -> str:
    """The compound that begins at a word ("sit-in" told as three words), or "" when no hyphen follows."""
    words = parse.words[index : index + 3]
    if len(words) < 3 or words[1].text not in ("-", "‑", "–") or words[0].end != words[1].start or words[1].end != words[2].start:
        return ""
    return f"{words[0].lower}-{words[2].lower}"


def objects(parse: Parse, anchor: Word) -> Iterator[Word]:
    """What the anchor acts on: objects, passive subjects, the noun a participle or relative clause describes, "of ..." after a noun."""
    if anchor.upos in ("NOUN", "PROPN"):
        yield from spread(parse, (w for w in parse.dependents(anchor.index, "nmod") if "of" in _cases(parse, w) or w.deprel == "nmod:poss"))
        yield from parse.dependents(anchor.index, "compound")
        return
    own = [w for w in parse.dependents(anchor.index, "obj", "nsubj:pass", "csubj:pass") if w.deprel != "nsubj"]
    yield from spread(parse, (_referent(parse, anchor, w) for w in own))
    if anchor.deprel.startswith("acl") and not own and (not anchor.lower.endswith("ing") or any(parse.dependents(anchor.index, "nsubj"))):
        yield from spread(parse, [parse.words[anchor.head]])
    elif anchor.deprel == "conj" and not own and parse.words[anchor.head].upos == "VERB":
        yield from spread(parse, parse.dependents(anchor.head, "obj", "nsubj:pass"))


def subjects(parse: Parse, anchor: Word) -> Iterator[Word]:
    """Who or what acts: active subjects, "by ..." agents, the noun that an active participle describes."""
    own = [w for w in parse.dependents(anchor.index, "nsubj") if w.deprel != "nsubj:pass"]
    agents = (w for w in parse.dependents(anchor.index, "obl") if w.deprel == "obl:agent" or "by" in _cases(parse, w))
    yield from spread(parse, [*(_referent(parse, anchor, w) for w in own), *agents])
    if anchor.deprel == "acl" and anchor.lower.endswith("ing"):
        yield parse.words[anchor.head]
    elif anchor.deprel == "conj" and not own and parse.words[anchor.head].upos == "VERB":
        yield from spread(parse, parse.dependents(anchor.head, "nsubj"))


def complements(parse: Parse, anchor: Word) -> Iterator[Word]:
    """The clauses that say what is asked, promised or refused, also those that hang on the one who is asked."""
    parties = parse.dependents(anchor.index, "obj", "iobj", "obl", "nmod", "nsubj:pass")
    above = (anchor, *(w for w in parties if w.deprel != "nsubj"))
    for clause in (clause for word in above for clause in parse.dependents(word.index, *_CLAUSES)):
        if clause.deprel in ("xcomp", "ccomp") or _cases(parse, clause) & _COMPLEMENT_MARKS:
            yield clause
            yield from parse.dependents(clause.index, "conj")


def spread(parse: Parse, words: Iterable[Word]) -> Iterator[Word]:
    """Words with those coordinated to them, and what is counted where the head only counts ("thousands of troops")."""
    for word in words:
        yield word
        yield from parse.dependents(word.index, "conj")
        if word.lemma.lower() in _QUANTITIES or word.lower in _QUANTITIES or word.upos == "NUM":
            yield from parse.dependents(word.index, "nmod")


def _referent(parse: Parse, anchor: Word, word: Word) -> Word:
    """The noun that a relative pronoun stands for."""
    if word.lower in _RELATIVE and anchor.deprel.startswith("acl") and anchor.head >= 0:
        return parse.words[anchor.head]
    return word


def _cases(parse: Parse, word: Word) -> set[str]:
    return {child.lower for child in parse.dependents(word.index, "case", "mark", "fixed")}


def _is(word: Word, words: frozenset[str]) -> bool:
    return word.lemma.lower() in words or word.lower in words


def _first(words: Iterable[Word], wanted: frozenset[str]) -> tuple[int, ...] | None:
    return next(((w.index,) for w in words if _is(w, wanted)), None)


def _object(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    held = _first(objects(parse, anchor), condition.words)
    if held is None:
        held = _first((w for w in parse.dependents(anchor.index, *_COMPLETIONS) if not _cases(parse, w)), condition.words)
    return held


def _subject(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    return _first(subjects(parse, anchor), condition.words)


def _with(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    """A preposition with its noun or gerund, a particle with an object, "to" with a complement clause, "of" as a modifier."""
    bearers = (w for w in parse.dependents(anchor.index, *_OBLIQUES) if condition.word in _cases(parse, w))
    held = _first(spread(parse, bearers), condition.words)
    if held is None and condition.word in ("to", "for"):
        held = _first(complements(parse, anchor), condition.words)
    if held is None and (particle := _particle(condition, parse, anchor)):
        rest = _object(condition, parse, anchor)
        held = rest and particle + rest
    if held is None and condition.word == "of" and anchor.upos in ("NOUN", "PROPN"):
        held = _first(parse.dependents(anchor.index, "compound", "nmod:poss"), condition.words)
    return held


def _particle(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    """A particle, an adverb, or a preposition or "to" that introduces anything that depends on the anchor."""
    direct = (w for w in parse.dependents(anchor.index, "compound", "advmod", "case", "mark", "obl") if w.index > anchor.index)
    held = next(((w.index,) for w in direct if w.lower == condition.word), None)
    if held is None:
        bearers = (*parse.dependents(anchor.index, *_OBLIQUES), *(complements(parse, anchor) if condition.word == "to" else ()))
        inside = (child for w in bearers for child in parse.dependents(w.index, "case", "mark"))
        held = next(((child.index,) for child in inside if child.lower == condition.word and child.index > anchor.index), None)
    return held


def _adverb(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    return next(((w.index,) for w in parse.dependents(anchor.index, "compound", "advmod") if w.lower == condition.word and w.index > anchor.index), None)


def _modifier(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    held = _first(parse.dependents(anchor.index, "compound", "amod", "nmod", "nummod", "det", "advmod"), condition.words)
    return held if held is not None else _adjacent(condition.words, parse, anchor.index)


def _adjacent(wanted: frozenset[str], parse: Parse, index: int) -> tuple[int, ...] | None:
    """The words right before, also when a hyphen splits one entry into several words ("no-confidence motion")."""
    first = max(parse.sentence_of(index).first, index - 6)
    before = [w for w in parse.words[first:index] if w.text not in ("-", "‑", "–")]
    for entry in wanted:
        parts = entry.replace("-", " ").split()
        tail = before[-len(parts) :]
        if len(tail) == len(parts) and all(part in (w.lower, w.lemma.lower()) for part, w in zip(parts, tail, strict=True)):
            return tuple(w.index for w in tail)
    return next(((w.index,) for w in before[-3:-1] if _is(w, wanted)), None) if len(before) > 1 and before[-1].deprel != "punct" else None


def _before(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    return next(((w.index,) for w in parse.dependents(anchor.index, "case") if w.lower == condition.word), None)


def _negated(condition: Condition, parse: Parse, anchor: Word) -> tuple[int, ...] | None:
    near = (anchor, *parse.dependents(anchor.index))
    return next(((w.index,) for above in near for w in parse.dependents(above.index, "advmod", "det") if w.lower in _NEGATIONS), None)


_CHECKS = {
    "with": _with, "object": _object, "subject": _subject, "modifier": _modifier,
    "particle": _particle, "adverb": _adverb, "before": _before, "negated": _negated,
}  # fmt: skip
