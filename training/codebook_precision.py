"""How often the words of each cue are an anchor of its type in the training gold: the ground for its weight, and for taking it out.

    python -m training.codebook_precision [--gold ../shared/gold] [--pos verb] [--least 5]     print the counts, worst first
    python -m training.codebook_precision --apply                                              rewrite the marks (! and ~) in codebook.yaml

With `--parser FOLDER` (language.onnx and its tables, by default the package's when it has them) cues fire on dependency trees. Without one
words are read flat: a suffix lemmatiser, a guess at the part of speech, and conditions looked up in the words around.
Counts are smoothed towards the weight the cue has, so that few sightings change nothing and no cue lives by a single article.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from demarche.knowledge.codebook import Codebook
from demarche.knowledge.cue import HEADINGS, WEIGHTS, Condition, Cue

ROOT = Path(__file__).parents[1]
YAML = ROOT / "src/demarche/knowledge/codebook.yaml"
PRIOR = {"low": 0.10, "medium": 0.25, "high": 0.50}  # what the three marks claim, as a share of sightings
STRENGTH = 6.0  # sightings that the claim counts for
HIGH, LOW, MISLEADING = 0.38, 0.13, 0.02  # bounds of the smoothed share; set between the priors
WINDOW_BEFORE, WINDOW_AFTER = 5, 8  # words in which a condition is looked up
IRREGULAR = {
    "met": "meet", "held": "hold", "took": "take", "taken": "take", "sent": "send", "gave": "give", "given": "give", "made": "make",
    "said": "say", "told": "tell", "sought": "seek", "brought": "bring", "fought": "fight", "shot": "shoot", "struck": "strike", "fled": "flee",
    "left": "leave", "quit": "quit", "won": "win", "spoke": "speak", "spoken": "speak", "withdrew": "withdraw", "withdrawn": "withdraw",
    "broke": "break", "broken": "break", "chose": "choose", "chosen": "choose", "swore": "swear", "sworn": "swear", "stole": "steal",
    "stolen": "steal", "paid": "pay", "laid": "lay", "led": "lead", "began": "begin", "begun": "begin", "came": "come", "went": "go",
    "gone": "go", "stood": "stand", "threw": "throw", "thrown": "throw", "caught": "catch", "bought": "buy", "sold": "sell", "built": "build",
    "fell": "fall", "fallen": "fall", "rose": "rise", "drew": "draw", "drove": "drive", "driven": "drive", "blew": "blow", "blown": "blow",
    "beat": "beat", "beaten": "beat", "burnt": "burn", "hanged": "hang", "women": "woman", "people": "people",
}  # fmt: skip
NOUN_BEFORE = frozenset({
    "the", "a", "an", "of", "his", "her", "their", "its", "this", "that", "these", "those", "no", "any", "some", "several", "more", "our",
    "my", "first", "second", "last", "new", "another", "fresh",
})  # fmt: skip
VERB_BEFORE = frozenset({
    "to", "will", "would", "should", "must", "can", "could", "may", "might", "shall", "not", "has", "have", "had", "was", "were", "is",
    "are", "be", "been", "being", "also", "he", "she", "they", "who", "it", "we",
})  # fmt: skip

Place = tuple[int, int, Cue]  # where a cue fires: first character, end, the cue


@dataclass
class Sightings:
    """What became of the places where a cue's words stand."""

    own: int = 0
    other: Counter[str] = field(default_factory=Counter)
    none: int = 0
    articles: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        return self.own + sum(self.other.values()) + self.none

    def share(self, weight: str) -> float:
        """The smoothed share of sightings that are anchors of the cue's type."""
        return (self.own + STRENGTH * PRIOR[weight]) / (self.total + STRENGTH)


@dataclass(frozen=True)
class Token:
    start: int
    end: int
    lower: str
    lemmas: frozenset[str]


def main() -> None:
    options = _options()
    counts = sightings(Codebook.load(), options.gold, options.parser if (options.parser / "language.onnx").exists() else None)
    if options.apply:
        print(apply(counts), "marks changed")
        return
    for cue, seen in sorted(counts.items(), key=lambda item: item[1].share(item[0].weight)):
        if seen.total >= options.least and options.pos in (None, cue.pos):
            others = ", ".join(f"{name} {count}" for name, count in seen.other.most_common(3))
            row = f"{seen.share(cue.weight):.2f} {cue.weight:6} -> {advice(cue, seen):10} {cue.type:9} {cue.mode or '-':14} {cue.pos} {cue.text[:40]:40}"
            print(f"{row} own {seen.own} none {seen.none} {others}")


def sightings(codebook: Codebook, gold: Path, parser: Path | None = None) -> dict[Cue, Sightings]:
    """For each cue seen in the training articles, what its places were."""
    places = _parsed(codebook, parser) if parser else _flat(codebook)
    counts: dict[Cue, Sightings] = defaultdict(Sightings)
    for path in sorted((gold / "train").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        text = (gold / "articles" / f"{article['id']}.txt").read_text(encoding="utf-8")
        anchors = list(_anchors(article, text))
        for start, end, cue in places(text):
            types = [set(names) for first, last, *names in anchors if first < end and start < last]
            _count(counts[cue], cue, types, article["id"])
    return {cue: seen for cue, seen in counts.items() if cue.type is not None}


def _parsed(codebook: Codebook, folder: Path) -> Callable[[str], Iterator[Place]]:
    """Where cues fire in the trees of a text; at each word those that ask for most."""
    from demarche.language.model import Embeddings, LanguageModel

    model = LanguageModel(folder, Embeddings())

    def places(text: str) -> Iterator[Place]:
        parse = model.analyse(text)
        for word in parse.words:
            cues = codebook.match(parse, word.index)
            yield from ((word.start, word.end, cue) for cue in cues if cue.specificity == cues[0].specificity)

    return places


def _flat(codebook: Codebook) -> Callable[[str], Iterator[Place]]:
    """Where cues seem to fire in a text read without a parse."""
    by_lemma: dict[str, list[Cue]] = defaultdict(list)
    for cue in codebook:
        by_lemma[cue.form or cue.lemma].append(cue)

    def places(text: str) -> Iterator[Place]:
        tokens = [Token(m.start(), m.end(), m.group().lower(), _lemmas(m.group().lower())) for m in re.finditer(r"[\w'’]+(?:-[\w'’]+)*", text)]
        for at, token in enumerate(tokens):
            cues = {cue: None for key in token.lemmas for cue in by_lemma.get(key, ())}
            yield from ((token.start, token.end, cue) for cue in _firing(cues, tokens, at, text))

    return places


def _count(seen: Sightings, cue: Cue, types: list[set[str]], article: str) -> None:
    seen.articles.add(article)
    if not types:
        seen.none += 1
    elif any(cue.type in names for names in types):
        seen.own += 1
    else:
        seen.other[sorted(types[0])[0]] += 1


def _firing(cues: dict[Cue, None], tokens: list[Token], at: int, text: str) -> Iterator[Cue]:
    """The cues whose conditions hold nearby; a cue is not counted where one that asks for more fires."""
    held = [cue for cue in cues if _pos_fits(cue, tokens, at) and all(_holds(condition, tokens, at, text) for condition in cue.conditions)]
    most = max((cue.specificity for cue in held), default=0)
    yield from (cue for cue in held if cue.specificity == most)


def _pos_fits(cue: Cue, tokens: list[Token], at: int) -> bool:
    """A guess: what stands before, and the ending, tell verbs from nouns where the lemma does not."""
    before, word = tokens[at - 1].lower if at else "", tokens[at].lower
    if cue.pos == "adjective":
        return word == cue.lemma
    if cue.pos == "verb":
        return before not in NOUN_BEFORE
    return before not in VERB_BEFORE and (word == cue.lemma or not (word.endswith(("ed", "ing")) or word in IRREGULAR))


def _holds(condition: Condition, tokens: list[Token], at: int, text: str) -> bool:
    """Whether the words of a condition stand around the anchor, in the same sentence."""
    first = at + 1 if condition.kind in ("with", "particle") else max(0, at - WINDOW_BEFORE)
    around = [
        t
        for t in tokens[first : at + WINDOW_AFTER]
        if t is not tokens[at] and not re.search(r"[.!?\n]", text[min(t.end, tokens[at].end) : max(t.start, tokens[at].start)])
    ]
    if condition.kind == "modifier":
        around = [t for t in around if t.end <= tokens[at].start]
    has_word = not condition.word or any(t.lower == condition.word for t in around)
    return condition.kind == "negated" or (has_word and (not condition.words or any(condition.words & t.lemmas for t in around)))


def _anchors(article: dict, text: str) -> Iterator[tuple]:
    """Start, end and the defensible types of every anchor and further mention."""
    for event in article["events"]:
        for place in (event["anchor"], *event.get("also", ())):
            start = -1
            for _ in range(place.get("n", 1)):
                start = text.find(place["text"], start + 1)
            yield (start, start + len(place["text"]), event["type"], *(event.get("type_alt") or ()))


def _lemmas(word: str) -> frozenset[str]:
    """The word and what it may be an inflection of."""
    found = {word, IRREGULAR.get(word, word)}
    for suffix, endings in (("ies", ("y",)), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")), ("ing", ("", "e"))):
        if word.endswith(suffix) and len(word) > len(suffix) + 2:
            base = word[: -len(suffix)]
            found |= {base + ending for ending in endings} | ({base[:-1]} if base[-1] == base[-2] and suffix in ("ed", "ing") else set())
    return frozenset(found)


def advice(cue: Cue, seen: Sightings) -> str:
    """The weight the counts speak for; "misleading" for a bare word seen often and almost never as its type."""
    share = seen.share(cue.weight)
    if seen.total >= 25 and seen.own / seen.total < MISLEADING and not cue.conditions:
        return "misleading"
    return "high" if share >= HIGH else "medium" if share >= LOW else "low"


def apply(counts: dict[Cue, Sightings]) -> int:
    """Rewrite the marks of cues seen in at least three articles; by one step at a time, and only where the advice differs."""
    changes = {}
    for cue, seen in counts.items():
        wanted = advice(cue, seen).replace("misleading", "low")
        if len(seen.articles) >= 3 and wanted != cue.weight:
            step = WEIGHTS.index(cue.weight) + (1 if WEIGHTS.index(wanted) > WEIGHTS.index(cue.weight) else -1)
            changes[cue.type, cue.mode, cue.pos, cue.text] = "~ !"[step].strip()
    YAML.write_text(remarked(YAML.read_text(encoding="utf-8"), changes), encoding="utf-8")
    return len(changes)


def remarked(yaml: str, changes: dict[tuple[str | None, str | None, str, str], str]) -> str:
    """The codebook text with new marks on some cues."""
    type, mode, heading, out = None, None, None, []
    for line in yaml.split("\n"):
        if match := re.match(r"^( *)([\w-]+):", line):
            indent, name = len(match[1]), match[2]
            type, mode = (name, None) if indent == 2 else (type, name if indent == 6 and name not in HEADINGS else mode)
            heading = HEADINGS.get(name)
        known = {text: mark for (*place, text), mark in changes.items() if place == [type, mode, heading]}
        out.append(_remarked(line, known) if known else line)
    return "\n".join(out)


def _remarked(line: str, marks: dict[str, str]) -> str:
    entry = re.compile(r"(^ +|[\[,] ?)([^\[\],]+?)([!~]?)(?=[,\]]|$)")
    return entry.sub(lambda match: match[1] + match[2] + marks.get(match[2], match[3]), line)


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared/gold")
    parser.add_argument("--parser", type=Path, default=ROOT / "src/demarche/language/weights")
    parser.add_argument("--pos", choices=("verb", "noun", "adjective"))
    parser.add_argument("--least", type=int, default=5)
    parser.add_argument("--apply", action="store_true")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
