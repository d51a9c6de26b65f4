"""The same happening in several reports, against ECB+ or MEANTIME, with the gold mentions given.

ECB+: a folder with one folder a topic (`1/1_10ecbplus.xml`) and `coreference_sentences.csv`, the sentences whose annotation was checked; only
these are scored. MEANTIME: a folder with one folder a corpus. Tokens are joined to texts again, which the reader reads; each gold mention
becomes an event by the coder's stages, as if the event model had found it. Mentions are then grouped by the archive's decision function, with
three settings of what is compared: the mentions of one `sub` (ECB+ topic 1 is about two stories, "1ecb" and "1ecbplus"), those of one
`topic`, and all of the `corpus`. Mentions of one document may be grouped too, which the archive leaves to the coding of each report.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from demarche.archive.groups import grouped
from demarche.archive.linking import THRESHOLD, probability
from demarche.archive.sameness import Telling, Words
from demarche.records import Event, fingerprint
from evaluation import chains
from evaluation.messages import progress

HELD_OUT = ("2", "5", "12", "18", "21", "23", "34", "35", "corpus_gm")
"""The topics that nothing was fitted on: the usual development topics of ECB+, and one corpus of MEANTIME."""
LEVELS = ("sub", "topic", "corpus")
REPORTED = ("b3_p", "b3_r", "b3_f1", "muc_f1", "ceafe_f1", "conll_f1")
_ACTIONS = ("ACTION_", "NEG_ACTION_")
_TIGHT_BEFORE = re.compile(r" ([.,;:!?%)\]]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b)")
_TIGHT_AFTER = re.compile(r"([$(\[]) ")


@dataclass(frozen=True)
class Mention:
    """A gold mention: the characters of its words, its chain (None of a singleton), and whether its sentence was checked."""

    start: int
    end: int
    chain: str | None
    checked: bool = True


@dataclass(frozen=True)
class Source:
    """A document with its gold mentions. `topic` is what the corpus put it under, `sub` the narrower group (ECB+: "1ecb", "1ecbplus")."""

    name: str
    topic: str
    sub: str
    text: str
    published: dt.date | None
    url: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Story:
    """A gold mention as the archive compares it, with its gold chain and where it stands."""

    telling: Telling
    chain: str
    name: str
    topic: str
    sub: str


def measure(folder: Path, topics: Iterable[str] = HELD_OUT) -> dict[str, float]:
    """The scores of each setting on the topics named; on all when the folder has none of these."""
    found = list(stories(folder, set(topics)) or stories(folder))
    pairs = likely(found)
    out = dict[str, float]()
    for level in LEVELS if any(story.sub != story.topic for story in found) else LEVELS[1:]:
        scores = chains.scores(*clusters(found, pairs, level))
        out |= {f"{level}_{name}": scores[name] for name in REPORTED}
    return out


def likely(found: Sequence[Story]) -> dict[tuple[int, int], int]:
    """The probabilities of all pairs of mentions, in thousandths, those of 0 left out."""
    pairs = ((i, j, probability(found[i].telling, found[j].telling)) for i, j in combinations(range(len(found)), 2))
    return {(i, j): same for i, j, same in pairs if same}


def clusters(
    found: Sequence[Story], pairs: dict[tuple[int, int], int], level: str = "topic", threshold: float = THRESHOLD
) -> tuple[dict[int, str], dict[int, int]]:
    """The gold clusters and ours, of mentions by number; only mentions of one group of `level` are compared."""
    group = [getattr(story, level, "") for story in found]
    inside = {pair: same for pair, same in pairs.items() if group[pair[0]] == group[pair[1]]}
    ours = {one: number for number, members in enumerate(grouped(range(len(found)), inside, threshold)) for one in members}
    return {number: story.chain for number, story in enumerate(found)}, ours


def stories(folder: Path, topics: set[str] | None = None) -> list[Story]:
    """The gold mentions of the topics, all by default, read by the models that the package carries."""
    from demarche.coding.coder import Coder
    from demarche.language.model import LanguageModel

    language = LanguageModel.load()
    coder = Coder(language.embeddings)
    chosen = [source for source in sources(folder) if topics is None or source.topic in topics]
    return [story for source in progress(chosen, "coreference") for story in told(source, language, coder)]


def sources(folder: Path) -> Iterator[Source]:
    """The documents of ECB+ or MEANTIME, by topic and name; ValueError when the folder has none."""
    listed = folder / "coreference_sentences.csv"
    files = sorted(folder.glob("*/*.xml"))
    if not files:
        raise ValueError(f"{folder}: no topic folders with .xml files (give the folder of ECB+, or intra_cross-doc_annotation of MEANTIME)")
    checked = _checked(listed) if listed.exists() else None
    for path in files:
        yield _source(path, checked)


def _checked(path: Path) -> set[tuple[str, str, int]]:
    """Topic, file and number of each sentence whose annotation was checked."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["Topic"], row["File"], int(row["Sentence Number"])) for row in csv.DictReader(lines)}


def _source(path: Path, checked: set[tuple[str, str, int]] | None) -> Source:
    root = ElementTree.parse(path).getroot()
    tokens = [(t.get("t_id", ""), int(t.get("sentence", "0")), t.text or "") for t in root.iter("token")]
    text, places, url = _text(tokens)
    topic, _, file = path.stem.partition("_") if checked is not None else (path.parent.name, "", path.stem)
    sentence = {id: number for id, number, _ in tokens}
    chains = _chains(root)
    mentions = []
    for mark in root.find("Markables") or ():
        anchors = [a.get("t_id", "") for a in mark.iter("token_anchor")]
        inside = [places[a] for a in anchors if a in places]
        if not inside or not (mark.tag.startswith(_ACTIONS) or mark.tag == "EVENT_MENTION"):
            continue
        good = checked is None or (topic, file, sentence[anchors[0]]) in checked
        chain = chains.get(mark.get("m_id", ""))
        mentions.append(Mention(min(s for s, _ in inside), max(e for _, e in inside), f"{path.stem} {chain}" if chain and chain.isdigit() else chain, good))
    sub = topic + re.sub(r"\d", "", file) if checked is not None else topic
    return Source(path.stem, topic, sub, text, _day(root), url, tuple(mentions))


def _text(tokens: Sequence[tuple[str, int, str]]) -> tuple[str, dict[str, tuple[int, int]], str | None]:
    """The text of tokens, a paragraph a sentence; where each token lies in it; and the address that the first sentence was."""
    numbers = sorted({number for _, number, _ in tokens})
    lines = {number: [(id, word) for id, at, word in tokens if at == number] for number in numbers}
    url = None
    if numbers and (first := "".join(word for _, word in lines[numbers[0]])).startswith("http"):
        url = first
        del lines[numbers[0]]
    text, places = "", dict[str, tuple[int, int]]()
    for line in lines.values():
        text += "\n\n" if text else ""
        before = ""
        for id, word in line:
            word = {"``": '"', "''": '"'}.get(word, word)
            pair = f"{before} {word}"
            tight = not before or _TIGHT_BEFORE.match(pair[len(before) :]) or (before in "$([" and _TIGHT_AFTER.match(pair))
            text += "" if tight else " "
            places[id] = (len(text), len(text) + len(word))
            text += word
            before = word
    return text, places, url


def _chains(root: ElementTree.Element) -> dict[str, str]:
    """The chain of each mention: the instance across documents, else a number within this one."""
    found = dict[str, str]()
    instances = {mark.get("m_id", ""): mark.get("instance_id", "") for mark in root.find("Markables") or ()}
    for relation in root.find("Relations") or ():
        target = next((t.get("m_id", "") for t in relation.iter("target")), "")
        if relation.tag in ("CROSS_DOC_COREF", "INTRA_DOC_COREF", "REFERS_TO"):
            chain = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else instances.get(target) or target
            for one in relation.iter("source"):
                found[one.get("m_id", "")] = chain or target
    return found


def _day(root: ElementTree.Element) -> dt.date | None:
    """The day of publication that MEANTIME gives."""
    for time in root.iter("TIMEX3"):
        if time.get("functionInDocument") == "CREATION_TIME" and re.fullmatch(r"\d{4}-\d\d-\d\d", value := time.get("value", "")[:10]):
            return dt.date.fromisoformat(value)
    return None


def _end(source: Source) -> int:
    """Where reading may stop: two paragraphs behind the last mention that is scored."""
    end = max((mention.end for mention in source.mentions if mention.checked), default=0)
    for _ in range(3):
        end = source.text.find("\n\n", end + 1)
        if end < 0:
            return len(source.text)
    return end


def told(source: Source, language: Any, coder: Any) -> list[Story]:  # noqa: ANN401
    """The gold mentions of a document as events."""
    day, events = coded(source, language, coder)
    words = Words.of(None, source.text)
    return [Story(Telling.of(event, day, words), chain, source.name, source.topic, source.sub) for chain, event in events]


def coded(source: Source, language: Any, coder: Any) -> tuple[dt.date | None, list[tuple[str, Event]]]:  # noqa: ANN401
    """The day of publication, given or read, and the chain and event of each gold mention that is scored."""
    from demarche.coding import magnitudes, parties, places, statuses, times, types
    from demarche.coding import sources as voices
    from demarche.coding.draft import Draft
    from demarche.language.interval import Interval
    from demarche.language.parse import Chunk
    from demarche.language.published import infer

    published = Interval.day(source.published) if source.published else infer(source.text, source.url)[0]
    parse = language.analyse(source.text[: _end(source)], 0)
    page = coder.page(parse, published, source.url)
    found = []
    for mention in source.mentions:
        chunk = page.words(mention.start, mention.end) if mention.checked else None
        if chunk:
            head = next((w for w in range(chunk.first, chunk.end) if parse.words[w].head not in chunk), chunk.first)
            found.append((mention, Draft(head, 0.9, anchor=Chunk(head, head + 1))))
    drafts = [draft for _, draft in found]
    for stage in (types, statuses, parties, times, places, voices, magnitudes):
        stage.apply(page, drafts)
    day = published.start if published and published.start == published.end else None
    report = fingerprint(source.name)
    events = [coder._event(page, report, draft) for draft in drafts]
    names = [mention.chain or f"{source.name} {mention.start}" for mention, _ in found]
    return day, list(zip(names, events, strict=True))
