"""Belonging: of which country a party is whose words name none ("the council", "protesters", "General Dero").

A choice among the countries that the report names, and none: a conditional logistic regression over a few readable features of each
candidate, fitted on the parties of the annotated training articles (training/events/fit_belonging.py).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import exp, log

from demarche.knowledge.parties import Profile
from demarche.language.parse import Chunk, Parse

KIND_WEIGHTS = {"name": 1.0, "adjective": 1.0, "demonym": 1.0, "capital": 0.7, "metonym": 0.7, "historic": 0.5, "region": 0.8}
"""What a mention of a country counts, by its kind."""
LEAD = 600
"""Characters from the start within which a country is part of the report's news; a mention there counts half as much again."""
URL_WEIGHT = 1.5
"""What the report's address counts, in mentions, for the country of its national domain or of a name inside it."""
TOWN_WEIGHT = 0.8
"""What a place inside a country counts, in mentions of the country."""
KNOWN_WEIGHT = 0.25
"""What the name of an office-holder or body known by itself counts, in mentions of its country. Between 0.15 and 1 it
mattered little on held-back articles (whole records 0.361 to 0.363, 0.358 without); low, so that it does not outvote countries named as often."""
_GROUPS = {
    "official": ("GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PTY", "OPP"), "body": ("MED", "EDU", "BUS", "REL", "NGO", "LAB"),
    "abroad": ("REF", "IGO", "REB"), "people": ("CVL", "CRM"),
}  # fmt: skip
_GROUP_OF = {sector: group for group, sectors in _GROUPS.items() for sector in sectors}
_MANY = re.compile(
    r"\b(?:countries|nations|states|neighbou?rs|(?:international|world|global) community|the world|partners|allies|governments|donors)$"
    r"|\b(?:african|european|asian|arab|western|latin american|caribbean|gulf|international|global|world|regional|foreign) (?:\w+ )?"
    r"(?:leaders|powers|officials|ministers|presidents|governments|mediators|envoys|diplomats|observers|donors|media)\b",
    re.I,
)
COUNTRY_NOUNS = frozenset({"country", "nation", "state", "homeland", "territory", "soil", "land", "kingdom", "republic", "capital", "people", "government"})

Mention = tuple[int, int, str, str]  # start, end, country, kind
Hint = tuple[int, str]  # start, country


@dataclass(frozen=True)
class Asked:
    """A party whose country is asked for: its words, the word that governs them, what it is known to be, whose words it stands in, and the
    governing words of all mentions of the name it carries (the answer for a name is one for the whole report)."""

    chunk: Chunk
    top: int
    known: Profile
    speaker: str | None = None
    mentions: tuple[int, ...] = ()


class Belonging:
    """The countries of one report, and which of them a party belongs to. `outlets` are the countries of the address; `towns` those of the
    places named and `known` those of the persons and bodies known by their names alone, with the characters where these begin."""

    def __init__(self, parse: Parse, mentions: Iterable[Mention], towns: Iterable[Hint] = (), outlets: Iterable[str] = (), known: Iterable[Hint] = ()) -> None:
        self.parse, self.known = parse, tuple(known)
        self.mentions = tuple(mentions)
        self.towns, self.outlets = tuple(towns), tuple(outlets)
        named = Trail(parse, ((start, code) for start, _, code, _ in self.mentions))
        self._trails = {"": named, "town ": Trail(parse, self.towns), "known ": Trail(parse, self.known)}

    @cached_property
    def weights(self) -> Counter[str]:
        """What speaks for each country to be the one the report is about."""
        counts: Counter[str] = Counter()
        for start, _, code, kind in self.mentions:
            counts[code] += KIND_WEIGHTS.get(kind, 0.5) * (1.5 if start < LEAD else 1.0)  # type: ignore[assignment]
        for start, code in self.known:
            counts[code] += KNOWN_WEIGHT * (1.5 if start < LEAD else 1.0)  # type: ignore[assignment]
        for _, code in self.towns:
            counts[code] += TOWN_WEIGHT  # type: ignore[assignment]
        for code in self.outlets:
            counts[code] += URL_WEIGHT  # type: ignore[assignment]
        return counts

    @cached_property
    def home(self) -> str | None:
        """The country the report is mostly about, or null when it names none."""
        ranked = self.weights.most_common(1)
        return ranked[0][0] if ranked else None

    def choose(self, asked: Asked) -> tuple[str | None, float]:
        """The likeliest country of a party, or null when none is likelier, and its probability."""
        scores = {code: sum(_learned().get(name, 0.0) * value for name, value in found.items()) for code, found in self.features(asked).items()}
        top = max(scores.values())
        best = max(scores, key=lambda code: (scores[code], code or ""))
        return best, 1 / sum(exp(score - top) for score in scores.values())

    def features(self, asked: Asked) -> dict[str | None, dict[str, float]]:
        """What speaks for and against each candidate; the key null stands for no country."""
        kinds = self._kinds(asked)
        found: dict[str | None, dict[str, float]] = {None: {"none": 1.0} | {f"none:{kind}": 1.0 for kind in kinds}}
        places = asked.mentions or (asked.top,)
        for code in self.weights:
            here = self._of_report(code, asked) | {name: value / len(places) for name, value in self._around(code, places).items()}
            found[code] = here | {f"{name}:{kind}": value for name, value in here.items() for kind in kinds if name in _CROSSED}
        return found

    def _kinds(self, asked: Asked) -> list[str]:
        """What sort of party it is."""
        word, text = self.parse.words[asked.top], self.parse.chunk_span(asked.chunk).text
        label = next((n.label for n in self.parse.names if asked.top in n), None)
        group = _GROUP_OF.get(asked.known.sector or "", "unknown")
        kinds = [group, f"name {label}" if label else "no name"]
        if _MANY.search(text):
            kinds.append("many")
        if word.lemma.lower() in COUNTRY_NOUNS:
            kinds.append("country noun")
        if asked.known.id is not None:
            kinds.append("known body")
        if not label:
            definite = self.parse.words[asked.chunk.first].lower in ("the", "this", "that", "these", "those")
            kinds.append(("the " if definite else "bare ") + ("many" if word.xpos == "NNS" else "one"))
        return kinds

    def _of_report(self, code: str, asked: Asked) -> dict[str, float]:
        """What the whole report tells for a country."""
        share = self.weights[code] / sum(self.weights.values())
        found = {"share": share, "log share": log(share), "home": float(code == self.home), "outlet": float(code in self.outlets)}
        found["same noun"] = float(code in self._nouns.get(self.parse.words[asked.top].lemma.lower(), ()))
        return found | {"speaker": float(code == asked.speaker), "lead": float(any(m[2] == code and m[0] < LEAD for m in self.mentions))}

    @cached_property
    def _nouns(self) -> dict[str, set[str]]:
        """The countries named with a noun anywhere in the report ("the regime in Niger"), by its lemma."""
        found: dict[str, set[str]] = {}
        begins = [word.start for word in self.parse.words]
        for start, _, code, _ in self.mentions:
            word = self.parse.words[max(bisect_right(begins, start) - 1, 0)]
            if word.head >= 0 and word.deprel.partition(":")[0] in ("amod", "nmod", "compound") and self.parse.words[word.head].upos == "NOUN":
                found.setdefault(self.parse.words[word.head].lemma.lower(), set()).add(code)
        return found

    def _around(self, code: str, places: Sequence[int]) -> dict[str, float]:
        """What the surroundings of each mention tell for a country, added up; for countries named, and for places and bearers of names known."""
        found: dict[str, float] = defaultdict(float)
        for index in places:
            for kind, trail in self._trails.items():
                before = trail.before(index)
                if code in before:
                    gap = before[code]
                    found[f"{kind}latest"] += next(iter(before)) == code
                    found[f"{kind}same sentence"] += gap == 0
                    found[f"{kind}same paragraph"] += trail.in_paragraph(code, index)
                    found[f"{kind}gap"] -= log(1 + gap)
                else:
                    found[f"{kind}not before"] += 1
                found[f"{kind}after"] += trail.after(code, index)
        return found


class Trail:
    """Where in a report something points to countries: (character, country), in order."""

    def __init__(self, parse: Parse, hints: Iterable[Hint]) -> None:
        self.parse = parse
        starts = [parse.words[s.first].start for s in parse.sentences]
        self._hints = [(start, code, max(bisect_left(starts, start + 1) - 1, 0)) for start, code in sorted(hints)]
        self._known: dict[int, dict[str, int]] = {}

    def before(self, index: int) -> dict[str, int]:
        """The countries pointed to before a word, the latest first, with the number of sentences between."""
        if index in self._known:
            return self._known[index]
        word = self.parse.words[index]
        out: dict[str, int] = {}
        for start, code, sentence in reversed(self._hints):
            if start < word.start and code not in out:
                out[code] = word.sentence - sentence
        self._known[index] = out
        return out

    def in_paragraph(self, code: str, index: int) -> bool:
        """Whether a country is pointed to before the word in its paragraph."""
        word = self.parse.words[index]
        first = bisect_left(self.parse.paragraphs, self.parse.paragraphs[word.sentence])
        return code in (before := self.before(index)) and before[code] <= word.sentence - first

    def after(self, code: str, index: int) -> bool:
        """Whether a country is pointed to behind the word in its sentence."""
        word = self.parse.words[index]
        return any(known == code and start > word.start for start, known, sentence in self._hints if sentence == word.sentence)


_CROSSED = frozenset({"home", "same noun", "latest", "same sentence", "same paragraph", "outlet", "speaker", "log share", "after"}) | {
    f"{kind} {name}" for kind in ("town", "known") for name in ("latest", "same sentence", "same paragraph")
}
"""Features that weigh differently for different sorts of party."""


@cache
def _learned() -> Mapping[str, float]:
    loaded: Mapping[str, float] = json.loads((files("demarche.coding") / "belonging.json").read_text(encoding="utf-8"))
    return loaded
