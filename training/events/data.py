"""Read event annotation, propositions, factuality and marked pairs into documents for the event model."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from demarche.coding.paths import path
from demarche.coding.signs import seen_from, signs, told
from demarche.language.interval import Interval
from demarche.language.model import LanguageModel
from demarche.language.parse import Chunk, Parse, Word
from demarche.language.timex import find, normalise
from demarche.language.windows import WIDTH, Piece
from demarche.records import TYPES
from training.language.data import Document, held_out, inside, raw, timeml_text

ROLES = ("actor", "recipient", "source", "date", "place")
PROPOSITIONS = ("ARG0", "ARG1", "ARG2", "ARGM-LOC", "ARGM-TMP")
OWN = Path(__file__).with_name("annotations.jsonl")
WRITTEN = Path(__file__).with_name("written.jsonl")
ADDITIONS = Path(__file__).with_name("additions.jsonl")
TOLD_WITHIN = 4
"""Sentences between an event and the expression of its date that are taught."""
ADDRESS = re.compile(r"\s*https?://\S+[ \t]*\n")


@dataclass
class Mention:
    """One anchor: its word, what it is labelled, and the head words of its participants (all words of its date)."""

    word: int
    type: str | None = None
    alternatives: tuple[str, ...] = ()
    mode: str | None = None
    status: str | None = None
    core: bool = True
    attributed: bool | None = None
    factuality: float | None = None
    happening: int = -1
    roles: dict[str, list[int]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)  # from the anchor to every word of the document
    signs: list[int] = field(default_factory=list)  # of every word of the document, as seen from the anchor
    told: int = 0  # whose words the anchor stands in
    untold: set[str] = field(default_factory=set)  # roles that this mention does not teach: who plays them is told elsewhere
    sectors: dict[int, str] = field(default_factory=dict)


@dataclass
class Pair:
    """A sentence with marked source and target words, and the root (or quad) of what one does to the other."""

    document: Document
    source: list[int]
    target: list[int]
    root: str | None
    quad: int | None


@dataclass
class Article:
    """A document with its mentions. `complete` when every event is annotated, so that all other words are none."""

    document: Document
    mentions: list[Mention]
    complete: bool
    parse: Parse | None = None  # word i of the parse is word `i + offset` of the document
    offset: int = 0
    begin: int = 0
    published: Interval | None = None
    pairs: list[Pair] = field(default_factory=list)

    def states(self, first: int, end: int) -> NDArray[np.floating]:
        """What the language model made of the words `first` to `end` [n, 384]; zeros where it was not asked."""
        out = np.zeros((end - first, WIDTH), np.float16)
        if self.parse is not None and self.parse.states is not None:
            a, b = max(first - self.offset, 0), max(end - self.offset, 0)
            out[a + self.offset - first : b + self.offset - first] = self.parse.states[a:b]
        return out


def with_paths(article: Article) -> Article:
    """Give every mention its paths to all words of the document and their signs; words outside the parse get none ("", 0)."""
    if article.parse is not None:
        lead, n = article.offset, len(article.parse.words)
        apart, voices = signs(article.parse), told(article.parse)
        for mention in article.mentions:
            anchor = mention.word - lead
            mention.paths = [""] * lead + [path(article.parse, anchor, word) for word in range(n)]
            mention.signs = [0] * lead + seen_from(article.parse, anchor, apart)
            mention.told = voices[anchor] if anchor >= 0 else 0
    return article


def body_start(text: str) -> int:
    """Where the body begins: after a first line that is only an address."""
    found = ADDRESS.match(text)
    return found.end() if found else 0


def locate(text: str, span: dict) -> tuple[int, int]:
    """Offsets of a gold span: verbatim text and its occurrence, or offsets already."""
    if "start" in span:
        return span["start"], span["end"]
    at = -1
    for _ in range(span.get("n") or 1):
        at = text.index(span["text"], at + 1)
    return at, at + len(span["text"])


def gold(folder: Path, articles: Path, language: LanguageModel, wanted: Callable[[str], bool], additions: Path | None = None) -> Iterator[Article]:
    """Whole-article annotation in the form of gold/GUIDELINES.md, completed by this project's additions where there are any."""
    added = {row["id"]: row for row in map(json.loads, additions.read_text(encoding="utf-8").splitlines())} if additions and additions.exists() else {}
    for file in filter(lambda file: wanted(file.stem), sorted(folder.glob("*.json"))):
        record = completed(json.loads(file.read_text(encoding="utf-8")), added.get(file.stem))
        found = article(record, (articles / f"{file.stem}.txt").read_text(encoding="utf-8"), language)
        found.complete = file.stem in added
        yield found


def records(shared: Path) -> Iterator[dict]:
    """All annotation as records: gold/train completed, and this project's own."""
    added = {row["id"]: row for row in map(json.loads, ADDITIONS.read_text(encoding="utf-8").splitlines())}
    for file in sorted((shared / "gold/train").glob("*.json")):
        yield completed(json.loads(file.read_text(encoding="utf-8")), added.get(file.stem))
    yield from map(json.loads, OWN.read_text(encoding="utf-8").splitlines())


def publication(record: dict) -> Interval | None:
    """The day of publication that the annotation gives."""
    told = record.get("published")
    return Interval.day(dt.date.fromisoformat(told)) if told and len(told) == 10 else None


def completed(record: dict, more: dict | None) -> dict:
    """A record with further events, and further mentions of the events it has."""
    if more is None:
        return record
    events = [event | {"also": [*event.get("also", []), *more["more"].get(event["id"], [])]} for event in record["events"]]
    return record | {"events": [*events, *more["events"]]}


def own(file: Path, shared: Path, language: LanguageModel, wanted: Callable[[str], bool]) -> Iterator[Article]:
    """This project's own annotation of training articles: the same form with offsets in place of words."""
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if wanted(record["id"]):
            yield article(record, text_of(record["id"], shared), language)


def text_of(name: str, shared: Path) -> str:
    """The text of an annotated article, wherever it lies in ../shared."""
    for folder in ("gold/articles", "data/articles/train", "data/attribution/polnear/train/text"):
        path = shared / folder / f"{name}.txt"
        if path.exists():
            return path.read_text(encoding="utf-8")
    if name in (own_texts := written()):
        return own_texts[name]
    corpus, _, key = name.partition("_")
    if corpus in TITLED:
        return TITLED[corpus](shared, key)
    path = next((shared / "data/time/tbaq").glob(f"*/{name}.tml"))
    return timeml_text(path)[0]


@cache
def written() -> dict[str, str]:
    """The texts written for this project, by name."""
    rows = map(json.loads, WRITTEN.read_text(encoding="utf-8").splitlines()) if WRITTEN.exists() else ()
    return {row["id"]: row["text"] for row in rows}


def is_held_back(name: str) -> bool:
    """Whether an article is kept from training: one in ten by its name, but none of the written ones, which tell nothing of other people's writing."""
    return held_out(name) and name not in written()


def titled(title: str | None, body: str | None) -> str:
    """The text of an article whose corpus keeps its title apart."""
    return f"{(title or '').strip()}\n\n{(body or '').strip()}\n"


@cache
def _geowebnews(shared: Path) -> dict[str, str]:
    root = ElementTree.parse(shared / "data/places/gwn.xml").getroot()
    return {a.get("file", ""): titled(a.findtext("title"), a.findtext("text")) for a in root.findall("article")}


@cache
def _re3d(shared: Path) -> dict[str, str]:
    lines = (line for file in (shared / "data/names/re3d").glob("*/documents.json") for line in file.read_text(encoding="utf-8").splitlines())
    return {row["_id"][:12]: titled(row.get("title"), row["text"]) for row in map(json.loads, lines)}


TITLED: dict[str, Callable[[Path, str], str]] = {"gwn": lambda shared, key: _geowebnews(shared)[key], "re3d": lambda shared, key: _re3d(shared)[key]}


def article(record: dict, text: str, language: LanguageModel) -> Article:
    """Build an article from one annotation record and its text; the trees that tell the head of a phrase are the language model's."""
    begin = body_start(text)
    doc = raw(record["id"], text)
    parse = language.analyse(text, begin)
    doc.layers["head"], doc.layers["number"] = _heads(doc, parse), _numbers(doc, parse)
    published = publication(record)
    times = _times(text, published)
    mentions: list[Mention] = []
    for number, event in enumerate(record["events"]):
        for main, span in ((True, event["anchor"]), *((False, other) for other in event.get("also", []))):
            word = _anchor_word(doc, *locate(text, span))
            if word is None or any(m.word == word for m in mentions):
                continue
            mentions.append(_mention(doc, text, event, word, number, times, main))
    offset = next((i for i, (start, _) in enumerate(doc.offsets) if parse.words and start == parse.words[0].start), 0)
    if [w.start for w in parse.words] != [a for a, _ in doc.offsets[offset:]]:
        raise ValueError(f"{record['id']}: the parse has other words than the document")
    return Article(doc, mentions, True, parse, offset, begin, published, list(_pairs(doc, text, record)))


def _pairs(doc: Document, text: str, record: dict) -> Iterator[Pair]:
    """The first actor and recipient of every event that has both in the sentence of its anchor, marked as in PLV; negated events are left out."""
    number = doc.layers["number"]
    for event in record["events"]:
        anchor = _anchor_word(doc, *locate(text, event["anchor"]))
        if anchor is None or event["status"] == "negated":
            continue
        sentence = [i for i in range(len(doc.pieces)) if number[i] == number[anchor]]
        source, target = ([inside(doc, *locate(text, party)) for party in event[role]] for role in ("actor", "recipient"))
        near = [[words for words in side if words and set(words) <= set(sentence)] for side in (source, target)]
        if near[0] and near[1] and not set(near[0][0]) & set(near[1][0]):
            first = sentence[0]
            pieces = [Piece(doc.pieces[first].text, 2), *(doc.pieces[i] for i in sentence[1:])]
            root = "YIELD" if event["type"] in ("CONCEDE", "RETREAT") else event["type"]
            yield Pair(Document(record["id"], pieces), [i - first for i in near[0][0]], [i - first for i in near[1][0]], root, None)


def _heads(doc: Document, parse: Parse) -> list[int]:
    """The head of each word of a document by a parse of its text, -1 at roots and outside the parse."""
    at = {start: i for i, (start, _) in enumerate(doc.offsets)}
    heads = [-1] * len(doc.pieces)
    for word in parse.words:
        if word.head >= 0 and word.start in at:
            heads[at[word.start]] = at.get(parse.words[word.head].start, -1)
    return heads


def _numbers(doc: Document, parse: Parse) -> list[int]:
    """The sentence of each word of a document, -1 outside the parse."""
    at = {word.start: word.sentence for word in parse.words}
    return [at.get(start, -1) for start, _ in doc.offsets]


def top(heads: list[int], words: list[int]) -> int:
    """The word of a phrase that governs the rest: the first whose head lies outside."""
    inside = set(words)
    return next((w for w in words if heads[w] not in inside), words[0])


def named(doc: Document, words: list[int]) -> list[int]:
    """The words of a phrase without a leading article, which governs the rest in "the military" of "the military coup"."""
    return words[1:] if len(words) > 1 and doc.pieces[words[0]].text.lower() in ("the", "a", "an") else words


def _mention(doc: Document, text: str, event: dict, word: int, number: int, times: list, main: bool) -> Mention:
    """One mention of an event. Who takes part is looked for in the mention's own sentence first; only the main one is taught more distant words."""
    others = tuple(other for other in event.get("type_alt", []) if other in TYPES)
    mention = Mention(word, event["type"], others, event.get("mode"), event["status"], event["core"], bool(event["according_to"]), None, number)
    for role, key in (("actor", "actor"), ("recipient", "recipient"), ("source", "according_to")):
        for party in event[key]:
            words = named(doc, inside(doc, *locate(text, party)))
            mention.sectors |= {w: party.get("sector") or "none" for w in words}
            _teach(doc, mention, role, words, main or role == "source")
    if event.get("place"):
        _teach(doc, mention, "place", inside(doc, *locate(text, event["place"])), main)
    if event.get("date"):
        wanted = (event["date"].get("start"), event["date"].get("end"))
        here = doc.offsets[word][0]
        near = sorted((abs(start - here), start, end) for start, end, value in times if value == wanted)
        words = inside(doc, *near[0][1:]) if near else []
        if words and abs(doc.layers["number"][words[0]] - doc.layers["number"][word]) <= (TOLD_WITHIN if main else 0):
            mention.roles["date"] = words
        else:
            mention.untold.add("date")
    return mention


def _teach(doc: Document, mention: Mention, role: str, words: list[int], main: bool) -> None:
    near = _near(doc, words, mention.word)
    if near is not None:
        mention.roles.setdefault(role, []).append(near)
    elif words and main:
        mention.roles.setdefault(role, []).append(top(doc.layers["head"], words))
    else:
        mention.untold.add(role)


def _near(doc: Document, words: list[int], anchor: int) -> int | None:
    """The head of a phrase in the anchor's sentence: the phrase itself, or the same name there."""
    number = doc.layers["number"]
    if not words:
        return None
    head = top(doc.layers["head"], words)
    if number[head] == number[anchor]:
        return head
    name = doc.pieces[head].text
    same = [i for i, piece in enumerate(doc.pieces) if number[i] == number[anchor] and piece.text == name and name[:1].isupper()]
    return min(same, key=lambda i: abs(i - anchor), default=None)


def _times(text: str, published: Interval | None) -> list[tuple[int, int, tuple[str | None, str | None]]]:
    """Every reading of every time expression, as ISO bounds."""
    out = []
    for timex in find(text):
        for tense in ("past", "future"):
            value = normalise(text[timex.start : timex.end], published, tense, None)
            if value and value.interval:
                bounds = tuple(d and d.isoformat() for d in (value.interval.start, value.interval.end))
                out.append((timex.start, timex.end, bounds))
    return out


def _anchor_word(doc: Document, start: int, end: int) -> int | None:
    """The word that stands for an anchor: its first word that is no article, auxiliary or punctuation."""
    words = inside(doc, start, end)
    light = {"a", "an", "the", "to", "be", "been", "was", "were", "is", "are", "has", "have", "had", "will", "would", "not", "being", "its", "his", "their"}
    return next((i for i in words if doc.pieces[i].text[0].isalnum() and doc.pieces[i].text.lower() not in light), words[0] if words else None)


def propositions(path: Path, trees: dict[str, list[tuple[int, str]]], factuality: dict[str, dict[int, float]]) -> Iterator[Article]:
    """PropBank on EWT, one sentence a document: the heads of the arguments by the treebank, and the factuality of predicates where known."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        doc = Document(record["id"], _spaced(record["tokens"], record["text"]))
        tree, known = trees.get(record["id"]), factuality.get(" ".join(record["tokens"]), {})
        if tree is None or len(tree) != len(doc.pieces):
            continue
        heads = [head for head, _ in tree]
        mentions = []
        for predicate in record["preds"]:
            mention = Mention(predicate["i"], factuality=known.get(predicate["i"]))
            for role, first, last in predicate["args"]:
                if role in PROPOSITIONS:
                    mention.roles.setdefault(role, []).append(top(heads, list(range(first, last + 1))))
            mentions.append(mention)
        yield Article(doc, mentions, False, _tree(record["tokens"], tree))


def _tree(tokens: list[str], tree: list[tuple[int, str]]) -> Parse:
    """A parse of one sentence with nothing but its tree."""
    words = [Word(i, i, i + 1, token, token, "", "", head, relation, 0) for i, (token, (head, relation)) in enumerate(zip(tokens, tree, strict=True))]
    return Parse("", tuple(words), (Chunk(0, len(words)),))


def sentence_heads(path: Path) -> dict[str, list[tuple[int, str]]]:
    """sent_id -> head and relation of each word within its sentence, of a CoNLL-U file."""
    out = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        name = next((line.partition("=")[2].strip() for line in block.splitlines() if line.startswith("# sent_id")), None)
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        if name:
            out[name] = [(int(row[6]) - 1, row[7]) for row in rows if row[0].isdigit()]
    return out


def _spaced(tokens: list[str], text: str) -> list[Piece]:
    pieces, at = [], 0
    for token in tokens:
        found = text.find(token, at)
        glued = found == at and at > 0
        pieces.append(Piece(token, 2 if not pieces else int(not glued)))
        at = found + len(token) if found >= 0 else at
    return pieces


MARK = re.compile(r"</?[st]>")


def pairs(path: Path) -> Iterator[Pair]:
    """PLV sentences; the marks are cut out and remembered."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            text, spans = unmark(row["marked_sentence"])
            doc = raw(row["sentence_id"], text)
            quad = row.get("gold_penta")
            source, target = (inside(doc, *spans[mark]) if mark in spans else [] for mark in "st")  # some state no target
            yield Pair(doc, source, target, row["gold_root"], int(quad) if quad and quad.isdigit() else None)


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without marks, and the offsets of the marked `s` and `t`."""
    parts, opened, spans, at, length = [], {}, {}, 0, 0
    for found in MARK.finditer(marked):
        parts.append(marked[at : found.start()])
        length += found.start() - at
        at = found.end()
        name = found.group().strip("</>")
        if found.group().startswith("</"):
            spans[name] = (opened.get(name, length), length)
        else:
            opened[name] = length
    parts.append(marked[at:])
    return "".join(parts), spans


__all__ = ["Article", "Mention", "Pair", "gold", "is_held_back", "own", "pairs", "propositions"]
