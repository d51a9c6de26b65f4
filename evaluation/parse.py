"""Words, sentences, tags and trees against CoNLL-U.

On gold words and sentences: `upos`, `uas`, `las`. From the `# text` lines alone, by the method of the CoNLL 2018 shared task:
`raw_words_f1`, `raw_sents_f1`, `raw_las`. Relations count by their universal part, without subtype ("nmod:poss" is "nmod"), in both;
punctuation counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from demarche.language.parse import Parse
from evaluation import analyser
from evaluation.alignment import Aligned, align
from evaluation.conllu import Document, GoldWord, Sentence, read, solid
from evaluation.counting import Tally, ratio
from evaluation.messages import progress


def measure(paths: Sequence[Path], model: analyser.Analyser | None = None) -> dict[str, float]:
    """The scores over all documents of the files together."""
    model = model or analyser.default()
    given, raw = Given(), Raw()
    for document in progress([document for path in paths for document in read(path)], "parse"):
        given.add(document, model.tag(document.forms, document.glued))
        raw.add(document, model.analyse(document.text))
    return given.scores() | raw.scores()


def universal(relation: str) -> str:
    return relation.partition(":")[0]


class Given:
    """Scores on gold words."""

    def __init__(self) -> None:
        self.words = self.upos = self.uas = self.las = 0

    def add(self, document: Document, parse: Parse) -> None:
        gold = [(word, head) for word, head in _with_heads(document)]
        if len(gold) != len(parse.words):
            raise ValueError(f"{len(gold)} words were given to the model, {len(parse.words)} came back")
        for (word, head), found in zip(gold, parse.words, strict=True):
            right = head == found.head
            self.words += 1
            self.upos += word.upos == found.upos
            self.uas += right
            self.las += right and universal(word.deprel) == universal(found.deprel)

    def scores(self) -> dict[str, float]:
        return {name: ratio(getattr(self, name), self.words) for name in ("upos", "uas", "las")}


class Raw:
    """Scores on raw text."""

    def __init__(self) -> None:
        self.words, self.sentences, self.las = Tally(), Tally(), Tally()

    def add(self, document: Document, parse: Parse) -> None:
        gold, found = gold_words(document), found_words(parse)
        pairs = align(gold, found)
        self.words.add(len(pairs), len(found), len(gold))
        self.las.add(sum(_same_arc(gold[i], found[j], pairs) for j, i in pairs.items()), len(found), len(gold))
        self.sentences.compare(gold_sentences(document), found_sentences(parse, found))

    def scores(self) -> dict[str, float]:
        return {"raw_words_f1": self.words.f1, "raw_sents_f1": self.sentences.f1, "raw_las": self.las.f1}


def _same_arc(gold: Aligned, found: Aligned, pairs: dict[int, int]) -> bool:
    head = pairs.get(found.head) if found.head >= 0 else -1
    return gold.relation == found.relation and gold.head == head


def _with_heads(document: Document) -> list[tuple[GoldWord, int]]:
    """Every word with the index of its head in the document, -1 at a root."""
    result: list[tuple[GoldWord, int]] = []
    for sentence in document.sentences:
        base = len(result)
        result += [(word, base + word.head - 1 if word.head else -1) for word in sentence.words]
    return result


def gold_words(document: Document) -> list[Aligned]:
    """The gold words over the document's characters; the words of a multiword token share its characters."""
    spans = [span for sentence in _placed(document) for span in sentence]
    return [
        Aligned(start, end, word.form, head, universal(word.deprel), multi)
        for (word, head), (start, end, multi) in zip(_with_heads(document), spans, strict=True)
    ]


def _placed(document: Document) -> list[list[tuple[int, int, bool]]]:
    """For each sentence the characters of each of its words, and whether a multiword token holds it."""
    at, result = 0, []
    for sentence in document.sentences:
        spans, at = _word_spans(sentence, at)
        result.append(spans)
    return result


def _word_spans(sentence: Sentence, at: int) -> tuple[list[tuple[int, int, bool]], int]:
    spans = []
    for token in sentence.tokens:
        end = at + len(solid(token.form))
        spans += [(at, end, token.words > 1)] * token.words
        at = end
    return spans, at


def gold_sentences(document: Document) -> set[tuple[int, int]]:
    return {(spans[0][0], spans[-1][1]) for spans in _placed(document) if spans}


def found_words(parse: Parse) -> list[Aligned]:
    """The predicted words over the text's characters without white space."""
    before = [0]
    for character in parse.text:
        before.append(before[-1] + (not character.isspace()))
    return [Aligned(before[word.start], before[word.end], solid(word.text), word.head, universal(word.deprel)) for word in parse.words]


def found_sentences(parse: Parse, words: Sequence[Aligned]) -> set[tuple[int, int]]:
    return {(words[chunk.first].start, words[chunk.end - 1].end) for chunk in parse.sentences if len(chunk)}
