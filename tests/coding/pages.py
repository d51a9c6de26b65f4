"""Pages made by hand: words in a compact notation, and what the event model is to have said of them.

A sentence is written as `form/UPOS/relation/head` a word, heads counted from 1 within the sentence and left out at the root. `form=lemma`
and `UPOS.XPOS` override what the form tells; a sentence that begins with "¶ " opens a paragraph. Phrases stand for the first place
where they occur, or for the second with "@2".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from demarche.coding import parties
from demarche.coding.cast import Cast
from demarche.coding.draft import Draft, Page
from demarche.coding.phrases import head
from demarche.coding.places import toponyms
from demarche.coding.reading import Reading
from demarche.knowledge.codebook import Codebook
from demarche.language.interval import Interval
from demarche.language.lemmas import Lemmas
from demarche.language.parse import Attribution, Chunk, Parse, Word
from demarche.language.timex import find
from demarche.language.timex_reading import read as read_times
from demarche.records import SECTORS, STATUSES, TYPES

ROLES = ["actor", "recipient", "place", "date", "source"]
MODES = {"ASSAULT": ("aerial", "explosives", "firearms"), "PROTEST": ("demo", "strike"), "COERCE": ("arrest",), "RETREAT": ("withdraw",)}
LABELS = {
    "event": ["none", *TYPES],
    "mode": [label for kind in TYPES for label in (f"{kind}/", *(f"{kind}/{mode}" for mode in MODES.get(kind, ())))],
    "sector": ["none", *SECTORS],
    "roles": ROLES,
}
_XPOS = {
    "PROPN": "NNP",
    "NUM": "CD",
    "ADJ": "JJ",
    "ADP": "IN",
    "DET": "DT",
    "PRON": "PRP",
    "PUNCT": ",",
    "PART": "POS",
    "CCONJ": "CC",
    "ADV": "RB",
    "AUX": "VBD",
}
_GLUED = {",", ".", ";", ":", "?", "!", ")", "”", "'s", "’s", "%", "-"}
_OPENING = {"“", "(", "$", "€", "-"}


@dataclass
class Told:
    """What the event model says at one word: a type and how sure, and the probability of phrases in its roles (at their heads, over all words of dates)."""

    type: str = "ASSAULT"
    sure: float = 0.9
    mode: str | None = None
    mode_sure: float = 0.9
    status: str = "actual"
    attributed: float = 0.0
    roles: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    view: Sequence[float] = (1.0, 0.0)


class Given(Reading):
    """A reading whose roles and views are given instead of computed."""

    def roles(self, anchor):
        return 0, self.__dict__["given"][anchor]

    def view(self, word):
        return self.__dict__["views"][word]


def parse(*sentences: str, names: Mapping[str, Sequence[str]] | None = None, said: Sequence[tuple[str | None, str | None, str]] = ()) -> Parse:
    """A parse from the notation; `names` gives phrases by label (all their occurrences), `said` the source, cue and content of attributions."""
    text, words, chunks, paragraphs = "", [], [], []
    for number, sentence in enumerate(sentences):
        first = len(words)
        opens = sentence.startswith("¶ ")
        paragraphs.append(paragraphs[-1] + opens if paragraphs else 0)
        text += "" if not text else "\n\n" if opens else " "
        for i, token in enumerate(sentence.removeprefix("¶ ").split()):
            word = _word(token, len(words), first, number)
            gap = i and word.text not in _GLUED and words[-1].text not in _OPENING
            start = len(text) + bool(gap)
            text += (" " if gap else "") + word.text
            words.append(Word(word.index, start, len(text), word.text, word.lemma, word.upos, word.xpos, word.head, word.deprel, number))
        chunks.append(Chunk(first, len(words)))
    bare = Parse(text, tuple(words), tuple(chunks), paragraphs=tuple(paragraphs))
    named = [Chunk(c.first, c.end, label) for label, phrases in (names or {}).items() for phrase in phrases for c in everywhere(bare, phrase)]
    named = [c for c in named if not any(c != other and c.first >= other.first and c.end <= other.end for other in named)]
    timexes = tuple(_chunk(words, timex.start, timex.end) for timex in find(text))
    spoken = tuple(Attribution(source and at(bare, source), cue and at(bare, cue), at(bare, content)) for source, cue, content in said)
    return Parse(text, tuple(words), tuple(chunks), tuple(sorted(named, key=lambda c: c.first)), timexes, spoken, tuple(paragraphs))


def _word(token: str, index: int, first: int, sentence: int) -> Word:
    form, tag, deprel, *head = token.rsplit("/", token.count("/"))
    form, _, lemma = form.partition("=")
    upos, _, xpos = tag.partition(".")
    if not xpos:
        xpos = "PRP$" if deprel == "nmod:poss" and upos == "PRON" else _XPOS.get(upos) or _tag(form, upos)
    return Word(index, 0, 0, form, lemma or Lemmas.load()(form, upos, xpos), upos, xpos, first + int(head[0]) - 1 if head else -1, deprel, sentence)


def _tag(form: str, upos: str) -> str:
    if upos == "NOUN":
        return "NNS" if form.endswith("s") or form in ("people", "men", "women", "children") else "NN"
    return "VBG" if form.endswith("ing") else "VBD"


def _chunk(words: Sequence[Word], start: int, end: int) -> Chunk:
    inside = [word.index for word in words if word.start < end and word.end > start]
    return Chunk(inside[0], inside[-1] + 1, "timex")


def everywhere(parse: Parse, phrase: str) -> list[Chunk]:
    """Every place where a phrase stands, words whole."""
    out = []
    for first in range(len(parse.words)):
        for end in range(first + 1, min(first + 40, len(parse.words)) + 1):
            if parse.span(first, end).text == phrase:
                out.append(Chunk(first, end))
    return out


def at(parse: Parse, phrase: str) -> Chunk:
    """Where a phrase stands."""
    wanted, _, n = phrase.partition("@")
    return everywhere(parse, wanted)[int(n or 1) - 1]


def page(
    *sentences: str,
    events: Mapping[str, Told] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    said: Sequence[tuple[str | None, str | None, str]] = (),
    sectors: Mapping[str, tuple[str, float]] | None = None,
    published: Interval | None = None,
    url: str | None = None,
    codebook: Codebook | None = None,
) -> Page:
    """A page of these sentences; `events` says what the event model reads at words, `sectors` the sector it sees in phrases."""
    read = parse(*sentences, names=names, said=said)
    day = published and (published.end or published.start)
    places = toponyms(read)
    towns = [(where.span.start, where.country) for _, where in places if where.country and where.precision != "country"]
    times = tuple(read_times(read.text, published))
    return Page(read, reading(read, events or {}, sectors or {}), codebook or Codebook.load(), Cast(read, day, url, towns), times, places, published)


def reading(parse: Parse, events: Mapping[str, Told], sectors: Mapping[str, tuple[str, float]]) -> Given:
    """The event model's reading as told."""
    n = len(parse.words)
    dense = {name: np.full((n, len(LABELS[name])), 1e-3) for name in ("event", "mode", "sector")}
    dense["event"][:, 0], dense["sector"][:, 0] = 0.99, parties.SECTOR - 0.1
    status = np.full((n, len(STATUSES)), 0.01)
    attributed, core = np.zeros(n), np.zeros(n)
    given = {i: np.full((len(ROLES), n), 1e-4) for i in range(n)}
    views = {i: np.array([0.0, 1.0]) for i in range(n)}
    for phrase, told in events.items():
        i = at(parse, phrase).first
        dense["event"][i] = 1e-3
        dense["event"][i, 0], dense["event"][i, LABELS["event"].index(told.type)] = 1 - told.sure, told.sure
        for label in (label for label in LABELS["mode"] if label.startswith(f"{told.type}/")):
            dense["mode"][i, LABELS["mode"].index(label)] = told.mode_sure if label == f"{told.type}/{told.mode or ''}" else 0.02
        status[i, STATUSES.index(told.status)] = 0.9
        attributed[i], core[i], views[i] = told.attributed, told.sure, np.array(told.view)
        for role, phrases in told.roles.items():
            for words, probability in phrases.items():
                chunk = at(parse, words)
                first, end = (chunk.first, chunk.end) if role == "date" else (top := head(parse, chunk), top + 1)
                given[i][ROLES.index(role), first:end] = probability / (end - first)
    for phrase, (sector, probability) in sectors.items():
        chunk = at(parse, phrase)
        dense["sector"][chunk.first : chunk.end, LABELS["sector"].index(sector)] = probability
    none = np.zeros((n, 1))
    made = Given(LABELS, dense["event"], dense["mode"], status, dense["sector"], attributed, core, none, none, np.zeros((n, 2), np.int64), none, None, {})
    made.__dict__.update(given=given, views=views)
    return made


def drafts(page: Page, *stages) -> list[Draft]:
    """The drafts after these stages."""
    found: list[Draft] = []
    for stage in stages:
        found = stage.apply(page, found)
    return found
