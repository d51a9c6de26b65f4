"""The codebook: event types, their modes, and the cues that tell them; loaded compiled, extended by a file of the user's."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from demarche.knowledge.cue import WEIGHTS, Condition, Cue, singular
from demarche.knowledge.firing import complements, fires, hyphenated, objects, spread, subjects
from demarche.language.parse import Parse, Word
from demarche.records import TYPES

COMPILED = "codebook.json"
_POS = {"VERB": ("verb",), "AUX": ("verb",), "NOUN": ("noun",), "PROPN": ("noun",), "ADJ": ("adjective",), "ADV": ("adjective",)}
_MONTHS = frozenset({"March", "May"})
_SIDE_CLAUSES = frozenset({"ccomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type. `words` in the clause, `complement` as what is asked or refused, or enough `parties` decide for it."""

    name: str
    definition: str
    score: float
    words: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    parties: int | None = None


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event with its definition, the hard choices and its modes; `default` is the mode when nothing else decides."""

    name: str
    definition: str
    quad: str
    intensity: float
    choices: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    default: str | None = None
    modes: Mapping[str, Mode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A cue that fires, and the words that bear it out, in order."""

    cue: Cue
    words: tuple[int, ...]


class Codebook:
    """Types, cues and word lists. `Codebook.load()` gives the one of the package, `load(path)` that with a user's file on top.

    `added_types` are the types beyond PLOVER's sixteen, and `added_modes` the modes of a type that `known` has not, which only cues can find.
    """

    def __init__(self, compiled: Mapping[str, Any], known: frozenset[tuple[str, str]] | None = None) -> None:
        self._compiled = compiled
        self._rows: Mapping[str, Mapping[str, list[list[Any]]]] = compiled["cues"]
        self._cues: dict[tuple[str, str], tuple[Cue, ...]] = {}
        self.types: dict[str, EventType] = {name: _event_type(name, entry) for name, entry in compiled["types"].items()}
        self.added_types: frozenset[str] = frozenset(self.types) - frozenset(TYPES)
        self.added_modes: frozenset[tuple[str, str]] = frozenset() if known is None else _modes(compiled) - known
        self.status: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in compiled["status"].items()}
        self.reporting: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in compiled["reporting"].items()}

    @classmethod
    def load(cls, user_file: Path | None = None) -> Codebook:
        """The package's codebook, with `user_file` (YAML) laid over it; CodebookError when that file cannot be used."""
        if user_file is None:
            return _packaged()
        from demarche.knowledge.codebook_text import CodebookText
        from demarche.knowledge.overlay import laid_over

        base = read_compiled()
        known = _modes(base)
        return cls(laid_over(base, CodebookText.read(Path(user_file), base)), known)

    def __iter__(self) -> Iterator[Cue]:
        """Every cue."""
        for pos, filed in self._rows.items():
            for lemma in filed:
                yield from self._filed(pos, lemma)

    def adds(self, type: str | None, mode: str | None) -> bool:
        """Whether a user's file adds the type, or the mode of the type."""
        return type in self.added_types or (type, mode) in self.added_modes

    def quad(self, type: str) -> str:
        """The quad class of a type; KeyError when the type is not known."""
        return self.types[type].quad

    def intensity(self, type: str, mode: str | None = None) -> float:
        """The PLOVER score of a type in a mode; a mode the type lacks counts as none."""
        entry = self.types[type]
        return entry.modes[mode].score if mode is not None and mode in entry.modes else entry.intensity

    def cues(self, lemma: str, upos: str) -> tuple[Cue, ...]:
        """The cues filed under a lemma and a part of speech, in the codebook's order, whatever their conditions."""
        return tuple(cue for pos in _POS.get(upos, ()) for cue in self._filed(pos, lemma))

    def match(self, parse: Parse, index: int) -> list[Cue]:
        """The cues that fire at word `index`, those that ask for most first."""
        return [found.cue for found in self.matches(parse, index)]

    def matches(self, parse: Parse, index: int) -> list[Match]:
        """As `match`, with the words that bear each cue out. A wording that tells no event silences every cue that asks for less."""
        word = parse.words[index]
        found = [Match(cue, held) for cue in self._candidates(parse, word) if (held := fires(cue, parse, index)) is not None]
        silenced = max((match.cue.specificity for match in found if match.cue.type is None), default=-1)
        events = [match for match in found if match.cue.type is not None and match.cue.specificity > silenced]
        return sorted(events, key=lambda match: (-match.cue.specificity, -WEIGHTS.index(match.cue.weight)))

    def mode(self, parse: Parse, index: int, type: str) -> tuple[str | None, Cue | None]:
        """The mode of an event of `type` at its anchor, and the cue where one decides.

        In order: a cue at the anchor; what is asked, refused or threatened; the number of parties; the nearest telling word of the
        anchor's clause; the default of the type.
        """
        entry = self.types[type]
        if not entry.modes:
            return None, None
        cue = next((cue for cue in self.match(parse, index) if cue.type == type and cue.mode), None)
        if cue is not None:
            return cue.mode, cue
        word = parse.words[index]
        asked = list(_asked(parse, word))
        found = _by_complement(entry, asked) or _by_parties(entry, parse, word) or _by_words(entry, parse, word)
        return found or (entry.default if asked else None), None

    def contexts(self, words: Sequence[str]) -> tuple[str, ...]:
        """The contexts that the words of a passage (in order, as written, any case) speak of, in the codebook's order."""
        lower = [part for word in words for part in word.lower().split("-") if part]
        found = {name for at, word in enumerate(lower) for name in self._contexts_at(lower, at, word)}
        return tuple(name for name in self._compiled["contexts"] if name in found)

    def entails(self, lemma: str) -> str | None:
        """What a word (or "verb particle") says of its complement: implies, negates, future or hypothetical."""
        return next((name for name, words in self.status.items() if lemma in words), None)

    def stances(self, lemma: str) -> tuple[str, ...]:
        """The stances of a reporting verb: asserts, denies, alleges, promises, demands, fears."""
        return tuple(name for name, words in self.reporting.items() if lemma in words)

    def _filed(self, pos: str, lemma: str) -> tuple[Cue, ...]:
        """The cues of one lemma, built when first asked for."""
        key = (pos, lemma)
        if key not in self._cues:
            rows = self._rows[pos].get(lemma)
            if rows is None:
                return ()
            self._cues[key] = tuple(_cue(row, pos, lemma) for row in rows)
        return self._cues[key]

    def _candidates(self, parse: Parse, word: Word) -> dict[Cue, None]:
        """Cues of the word's lemma, its form, and the hyphenated compound it begins."""
        found: dict[Cue, None] = {}
        if word.upos == "PROPN" and word.text in _MONTHS:
            return found
        lemma = word.lemma.lower()
        for key in {lemma: None, word.lower: None, hyphenated(parse, word.index): None}:
            found |= dict.fromkeys(self.cues(key, word.upos))
            if "-" in key:
                found |= dict.fromkeys((*self.cues(key, "NOUN"), *self.cues(key.removesuffix("s"), "NOUN"), *self.cues(key, "VERB")))
        if not found:
            found = {cue: None for pos, stem in _stems(word) for cue in self._filed(pos, stem)}
        return found

    def _contexts_at(self, lower: list[str], at: int, word: str) -> Iterator[str]:
        exact, stems, phrases = self._context_index
        yield from exact.get(word, ())
        for length in range(3, len(word) + 1):
            yield from stems.get(word[:length], ())
        for parts, name in phrases.get(word[:3], ()):
            if len(lower) >= at + len(parts) and all(_fits(part, lower[at + i]) for i, part in enumerate(parts)):
                yield name

    @cached_property
    def _context_index(self) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[tuple[list[str], str]]]]:
        exact: dict[str, list[str]] = {}
        stems: dict[str, list[str]] = {}
        phrases: dict[str, list[tuple[list[str], str]]] = {}
        for name, entry in self._compiled["contexts"].items():
            for cue in (cue.lower().replace("-", " ") for cue in entry["words"]):
                if " " in cue:
                    phrases.setdefault(cue.split()[0][:3], []).append((cue.split(), name))
                else:
                    (stems if cue.endswith("*") else exact).setdefault(cue.rstrip("*"), []).append(name)
        return exact, stems, phrases


def read_compiled() -> dict[str, Any]:
    """The compiled codebook of the package, as plain data of its own."""
    loaded: dict[str, Any] = json.loads((files("demarche.knowledge") / COMPILED).read_text(encoding="utf-8"))
    return loaded


def _modes(compiled: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """All modes, each with its type."""
    return frozenset((type, mode) for type, entry in compiled["types"].items() for mode in entry["modes"])


@cache
def _packaged() -> Codebook:
    return Codebook(read_compiled())


def _event_type(name: str, entry: Mapping[str, Any]) -> EventType:
    modes = {mode: _mode(mode, value) for mode, value in entry["modes"].items()}
    choices, examples = tuple(entry.get("choices", ())), tuple(entry.get("examples", ()))
    return EventType(name, entry["definition"], entry["quad"], entry["intensity"], choices, examples, entry.get("default"), modes)


def _mode(name: str, entry: Mapping[str, Any]) -> Mode:
    words, complement = frozenset(entry.get("words", ())), frozenset(entry.get("complement", ()))
    return Mode(name, entry["definition"], entry["score"], words, complement, entry.get("parties") and int(entry["parties"]))


def _cue(row: list[Any], pos: str, lemma: str) -> Cue:
    text, type, mode, weight, form, conditions = row
    return Cue(text, lemma, pos, type, mode, WEIGHTS[weight], tuple(Condition(kind, word, frozenset(words)) for kind, word, words in conditions), form)


def _stems(word: Word) -> Iterator[tuple[str, str]]:
    """What an inflected form may come from where its lemma is not in the codebook ("bombing" -> bomb, bombe; "banned" -> bann, banne, ban)."""
    form = word.lower
    if word.upos == "NOUN" and singular(form) != form:
        yield "noun", singular(form)
    ending = next((ending for ending in ("ing", "ed", "s") if form.endswith(ending) and len(form) > len(ending) + 2), "")
    if ending and (word.upos == "VERB" or (word.upos in ("NOUN", "ADJ") and ending != "s")):
        base = form.removesuffix(ending)
        yield from (("verb", stem) for stem in (base, base + "e", base[:-1] if base[-1] == base[-2] else base))


def _fits(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _asked(parse: Parse, anchor: Word) -> Iterator[Word]:
    """What the anchor is about: complement clauses first, then objects, then what prepositions bring."""
    yield from complements(parse, anchor)
    yield from objects(parse, anchor)
    yield from spread(parse, parse.dependents(anchor.index, "obl", "nmod"))


def _by_complement(entry: EventType, asked: list[Word]) -> str | None:
    ways = [(mode.name, mode.complement) for mode in entry.modes.values() if mode.complement]
    return next((name for word in asked for name, words in ways if word.lemma.lower() in words or word.lower in words), None)


def _by_parties(entry: EventType, parse: Parse, anchor: Word) -> str | None:
    ways = [(mode.name, mode.parties) for mode in entry.modes.values() if mode.parties]
    count = len({word.index for word in subjects(parse, anchor)}) if ways else 0
    return next((name for name, least in ways if count >= least), None)


def _by_words(entry: EventType, parse: Parse, anchor: Word) -> str | None:
    """The mode of the telling word nearest to the anchor within its clause."""
    near = sorted(_clause(parse, anchor.index), key=lambda index: abs(index - anchor.index))
    for index in near:
        word = parse.words[index]
        for mode in entry.modes.values():
            if word.lower in mode.words or word.lemma.lower() in mode.words:
                return mode.name
    return None


def _clause(parse: Parse, index: int) -> list[int]:
    """The words of the clause around a word: its nearest verb's subtree without reported and coordinated clauses."""
    top = index
    while parse.words[top].upos not in ("VERB", "AUX") and parse.words[top].head >= 0:
        top = parse.words[top].head
    found, todo = [], [top]
    path = {index, *(word.index for word in parse.ancestors(index))}
    while todo:
        found.append(at := todo.pop())
        todo.extend(child for child in parse.children[at] if child in path or not _aside(parse, child))
    return found


def _aside(parse: Parse, index: int) -> bool:
    word = parse.words[index]
    return word.deprel in _SIDE_CLAUSES or (word.deprel == "conj" and word.upos == "VERB")
