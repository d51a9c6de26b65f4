"""Belonging: of which country a party is whose words name none ("the council", "protesters", "General Dero").

A choice among the countries that the report names, and none: a conditional logistic regression over a few readable features of each
candidate, fitted on the parties of the annotated training articles (training/events/fit_belonging.py).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
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
SURE = 0.6
"""A learned choice less probable than this gives way to the plain rule. Chosen on gold/dev and held-back articles: learned choices alone cost
actors 2 points on gold/dev, the plain rule alone costs recipients 2 points on held-back articles."""
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
    """The countries of one report, and which of them a party belongs to. `towns` are the countries of the places named, `outlets` those of the address."""

    def __init__(self, parse: Parse, mentions: Iterable[Mention], towns: Iterable[str] = (), outlets: Iterable[str] = ()) -> None:
        self.parse = parse
        self.mentions = tuple(mentions)
        self.towns, self.outlets = tuple(towns), tuple(outlets)
        self._known: dict[int, dict[str, int]] = {}

    @cached_property
    def weights(self) -> Counter[str]:
        """What speaks for each country to be the one the report is about."""
        counts: Counter[str] = Counter()
        for start, _, code, kind in self.mentions:
            counts[code] += KIND_WEIGHTS.get(kind, 0.5) * (1.5 if start < LEAD else 1.0)  # type: ignore[assignment]
        for code in self.towns:
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
        """The likeliest country of a party, or null when none is likelier, and its probability; where none is likely enough, the plain rule's."""
        scores = {code: sum(_learned().get(name, 0.0) * value for name, value in found.items()) for code, found in self.features(asked).items()}
        top = max(scores.values())
        total = sum(exp(score - top) for score in scores.values())
        best = max(scores, key=lambda code: (scores[code], code or ""))
        probability = exp(scores[best] - top) / total
        return (best, probability) if probability >= SURE else (self.plain(asked), probability)

    def plain(self, asked: Asked) -> str | None:
        """The country the report is about; for governments and armies the one named before in their paragraph; none for bodies of no one country."""
        if asked.known.id is not None or asked.known.sector in _GROUPS["abroad"] or _MANY.search(self.parse.chunk_span(asked.chunk).text):
            return None
        near = self._latest(asked.top) if asked.known.sector in ("GOV", "MIL") else {}
        return next((code for code in near if self._in_paragraph(code, asked.top)), self.home)

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
        return found | {"speaker": float(code == asked.speaker), "lead": float(any(m[2] == code and m[0] < LEAD for m in self.mentions))}

    def _around(self, code: str, places: Sequence[int]) -> Counter[str]:
        """What the surroundings of each mention tell for a country, added up."""
        found: Counter[str] = Counter()
        for index in places:
            latest = self._latest(index)
            if code in latest:
                gap = latest[code]
                found.update({"latest": next(iter(latest)) == code, "same sentence": gap == 0, "same paragraph": self._in_paragraph(code, index)})
                found["gap"] -= log(1 + gap)  # type: ignore[assignment]
            else:
                found["not before"] += 1
            found["after"] += self._after(code, index)
        return found

    def _latest(self, index: int) -> dict[str, int]:
        """The countries named before a word, the latest first, with the number of sentences between."""
        if index in self._known:
            return self._known[index]
        word = self.parse.words[index]
        starts = [self.parse.words[s.first].start for s in self.parse.sentences]
        out: dict[str, int] = {}
        for start, _, code, _ in reversed(self.mentions):
            if start < word.start and code not in out:
                out[code] = word.sentence - max(bisect_left(starts, start + 1) - 1, 0)
        self._known[index] = out
        return out

    def _in_paragraph(self, code: str, index: int) -> bool:
        word = self.parse.words[index]
        first = bisect_left(self.parse.paragraphs, self.parse.paragraphs[word.sentence])
        begin = self.parse.words[self.parse.sentences[first].first].start
        return any(begin <= start < word.start and known == code for start, _, known, _ in self.mentions)

    def _after(self, code: str, index: int) -> bool:
        """Whether a country is named behind the word in its sentence."""
        word = self.parse.words[index]
        end = self.parse.words[self.parse.sentences[word.sentence].end - 1].end
        return any(word.start < start < end and known == code for start, _, known, _ in self.mentions)


_CROSSED = frozenset({"home", "latest", "same sentence", "same paragraph", "outlet", "speaker", "log share", "after"})
"""Features that weigh differently for different sorts of party."""


@cache
def _learned() -> Mapping[str, float]:
    loaded: Mapping[str, float] = json.loads((files("demarche.coding") / "belonging.json").read_text(encoding="utf-8"))
    return loaded
