"""The language model: raw text or given words -> Parse, by one encoder pass over each window.

Windows run one at a time, so that a report's parse depends neither on its batch-mates nor on the number of threads.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from demarche.language.attribution import attributions
from demarche.language.decode import FORBIDDEN, Tags, inside_phrases, sentence_starts, tree
from demarche.language.lemmas import Lemmas
from demarche.language.lines import flowing
from demarche.language.names import agreed
from demarche.language.parse import Chunk, Parse, Word
from demarche.language.timex import find
from demarche.language.tokens import words as segment
from demarche.language.windows import Encoded, Piece, Subwords, cut, encode

Floats = NDArray[np.floating]
WEIGHTS = Path(str(files("demarche.language") / "weights"))


def session(path: Path, threads: int = 1) -> Any:  # noqa: ANN401  # onnxruntime has no types
    """An ONNX Runtime session with the given number of threads (import delayed: it takes 0.1 s)."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Embeddings:
    """The word embeddings that all models share: 8-bit rows with one scale each [V, 384]."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        self._rows = np.load(folder / "embeddings.npy", mmap_mode="r")
        self._scales = np.load(folder / "embedding_scales.npy")
        self.subwords = Subwords(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def __call__(self, encoded: Encoded) -> dict[str, NDArray[Any]]:
        """The inputs of an encoder for one window."""
        rows = self._rows[encoded.ids].astype(np.float32) * self._scales[encoded.ids][:, None]
        return {"embedded": rows[None], "features": encoded.features[None], "first": encoded.first[None]}


class LanguageModel:
    """Sentences, words, tags, lemmas, trees, names, time expressions and attributions of a text."""

    def __init__(self, folder: Path, embeddings: Embeddings, threads: int = 1) -> None:
        settings = json.loads((folder / "language.json").read_text(encoding="utf-8"))
        self.labels: dict[str, list[str]] = settings["labels"]
        self.embeddings = embeddings
        self._session = session(folder / "language.onnx", threads)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._relations = np.load(folder / "relations.npy")
        self._lemmas = Lemmas.load()
        self._tags = {name: Tags(self.labels[name], open_start=name == "content") for name in ("names", "source", "cue", "content")}

    @classmethod
    def load(cls, threads: int | None = None) -> Self:
        """Load the model that the package carries. `threads` defaults to DEMARCHE_THREADS or 1."""
        return cls(WEIGHTS, Embeddings(), threads or int(os.environ.get("DEMARCHE_THREADS", "1")))

    def analyse(self, text: str, begin: int = 0) -> Parse:
        """Parse a raw text from character `begin` on."""
        pieces: list[Piece] = []
        offsets: list[tuple[int, int]] = []
        last, lines = begin, flowing(text)
        for start, end in segment(lines[begin:] if begin else lines):
            start, end = start + begin, end + begin
            gap = lines[last:start]
            pieces.append(Piece(text[start:end], 2 if "\n" in gap or not pieces else int(bool(gap))))
            offsets.append((start, end))
            last = end
        return self._parse(text, pieces, offsets, None)

    def tag(self, sentences: Sequence[Sequence[str]], glued: Sequence[Sequence[bool]] | None = None) -> Parse:
        """Parse given words in given sentences; `glued` marks words that follow the one before without a space."""
        pieces: list[Piece] = []
        begins: list[bool] = []
        for number, sentence in enumerate(sentences):
            for i, word in enumerate(sentence):
                begins.append(i == 0)
                pieces.append(Piece(word, int(not (glued and glued[number][i])) if pieces else 2))
        offsets, at = [], 0
        for piece in pieces:
            offsets.append((at, at + len(piece.text)))
            at += len(piece.text) + 1
        return self._parse(" ".join(piece.text for piece in pieces), pieces, offsets, begins)

    def _parse(self, text: str, pieces: list[Piece], offsets: list[tuple[int, int]], begins: list[bool] | None) -> Parse:
        report = _Gathered()
        for first, end in self._windows(pieces, begins):
            scores = self._run(pieces[first:end])
            starts = (
                [i for i in range(end - first) if begins[first + i]] if begins else sentence_starts(scores["sentence"], [p.space for p in pieces[first:end]])
            )
            self._add_trees(report, scores, sorted({0, *starts}), first)
            self._add_chunks(report, scores, first)
            report.states.append(scores["states"])
        words = self._words(report, pieces, offsets)
        states = np.concatenate(report.states) if report.states else None
        names = tuple(agreed(report.chunks["names"], [piece.text for piece in pieces]))
        return Parse(
            text, words, tuple(report.sentences), names, tuple(_timexes(flowing(text), offsets)), tuple(attributions(report)),
            _paragraphs(pieces, report.sentences), states,
        )  # fmt: skip

    def _windows(self, pieces: list[Piece], begins: list[bool] | None) -> list[tuple[int, int]]:
        if begins is None:
            return cut(pieces, self.embeddings.subwords)
        return cut([Piece(p.text, 2 if b else p.space) for p, b in zip(pieces, begins, strict=True)], self.embeddings.subwords)

    def _run(self, pieces: Sequence[Piece]) -> dict[str, Floats]:
        values = self._session.run(None, self.embeddings(encode(pieces, self.embeddings.subwords)))
        return {name: value[0] for name, value in zip(self._outputs, values, strict=True)}

    def _add_trees(self, report: _Gathered, scores: dict[str, Floats], starts: list[int], base: int) -> None:
        n = len(scores["upos"])
        report.upos.extend(self.labels["upos"][k] for k in scores["upos"].argmax(axis=1))
        report.xpos.extend(self.labels["xpos"][k] for k in scores["xpos"].argmax(axis=1))
        heads = np.zeros(n, np.int64)
        for a, b in zip(starts, [*starts[1:], n], strict=True):
            columns = [0, *range(a + 1, b + 1)]
            local = tree(scores["arc"][a:b][:, columns])
            heads[a:b] = [h + a if h >= 0 else -1 for h in local]
            report.heads.extend(base + a + h if h >= 0 else -1 for h in local)
            report.numbers.extend([len(report.sentences)] * (b - a))
            report.sentences.append(Chunk(base + a, base + b))
        report.deprels.extend(self._label(scores["rel_dep"], scores["rel_head"][heads + 1], heads))

    def _label(self, dep: Floats, head: Floats, heads: NDArray[np.int64]) -> list[str]:
        """The relation of every word to its head; only roots are called root."""
        one = np.ones((len(dep), 1), dep.dtype)
        weight = self._relations
        left = np.concatenate([dep, one], axis=1) @ weight.reshape(weight.shape[0], -1)
        scores = np.einsum("nrk,nk->nr", left.reshape(len(dep), weight.shape[1], weight.shape[2]), np.concatenate([head, one], axis=1))
        root = self.labels["deprel"].index("root")
        scores[heads >= 0, root] = FORBIDDEN
        best = scores.argmax(axis=1)
        best[heads < 0] = root
        return [self.labels["deprel"][k] for k in best]

    def _add_chunks(self, report: _Gathered, scores: dict[str, Floats], base: int) -> None:
        phrases = inside_phrases([head - base for head in report.heads[base:]], report.deprels[base:])
        for name, tags in self._tags.items():
            found = [Chunk(c.first + base, c.end + base, c.label) for c in tags.chunks(scores[name], phrases if name == "content" else ())]
            report.chunks[name].extend(found)
            if f"{name}_link" in scores:
                report.links[name] |= {c.first: _link(scores[f"{name}_link"][c.first - base], base) for c in found}

    def _words(self, report: _Gathered, pieces: list[Piece], offsets: list[tuple[int, int]]) -> tuple[Word, ...]:
        rows = zip(pieces, offsets, report.upos, report.xpos, report.heads, report.deprels, report.numbers, strict=True)
        return tuple(
            Word(i, start, end, piece.text, self._lemmas(piece.text, upos, xpos), upos, xpos, head, deprel, number)
            for i, (piece, (start, end), upos, xpos, head, deprel, number) in enumerate(rows)
        )


class _Gathered:
    """What the windows of one report gave, in order."""

    def __init__(self) -> None:
        self.upos: list[str] = []
        self.xpos: list[str] = []
        self.heads: list[int] = []
        self.deprels: list[str] = []
        self.numbers: list[int] = []
        self.sentences: list[Chunk] = []
        self.chunks: dict[str, list[Chunk]] = {name: [] for name in ("names", "source", "cue", "content")}
        self.links: dict[str, dict[int, int]] = {"source": {}, "content": {}}
        self.states: list[Floats] = []


def _link(scores: Floats, base: int) -> int:
    """The word that a source or content is linked to (where its cue begins), or -1."""
    best = int(scores.argmax())
    return best - 1 + base if best else -1


def _timexes(text: str, offsets: Sequence[tuple[int, int]]) -> Iterator[Chunk]:
    """Time expressions, found by rules (evaluation/timex.py)."""
    if not offsets:
        return
    for timex in find(text):
        first = bisect_right(offsets, timex.start, key=lambda offset: offset[1])
        end = bisect_left(offsets, timex.end, key=lambda offset: offset[0])
        if timex.start >= offsets[0][0] and first < end:
            yield Chunk(first, end, "timex")


def _paragraphs(pieces: Sequence[Piece], sentences: Sequence[Chunk]) -> tuple[int, ...]:
    number, out = -1, []
    for sentence in sentences:
        number += pieces[sentence.first].space == 2
        out.append(max(number, 0))
    return tuple(out)
