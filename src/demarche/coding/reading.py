"""The event model's reading of a report: what may happen at each word, and which words take part.

A second encoder over the words of the parse, which also sees what the first made of them; see training/events. Scores are kept as arrays over the whole report.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from demarche.coding.paths import FAR, elsewhere, path, path_index
from demarche.coding.signs import seen_from, signs, told
from demarche.language.model import WEIGHTS, Embeddings, session
from demarche.language.parse import Parse
from demarche.language.windows import WIDTH, Piece, cut, encode
from demarche.records import STATUSES

Floats = NDArray[np.floating]
WINDOW = 256
"""Subwords that the event model reads at once: who acts, where and when is often told a paragraph or two before. With weights trained on
windows of at most 220, 224 already placed and attributed better than 160 on held-back articles."""
DENSE = ("event", "mode", "status", "sector", "attributed", "core", "left", "right")


class Weights(NamedTuple):
    """What makes scores of an anchor's view [S+1]: of roles by the views of the words [S+1, roles, S+1], by their paths [paths, roles, S+1] and by
    their signs [signs, roles, S+1]; and of being somebody's claim by whose words it stands in [told, S+1]."""

    words: Floats
    paths: Floats
    signs: Floats
    told: Floats


@dataclass(frozen=True)
class Reading:
    """Probabilities over the words of a report [N, labels]; `roles` gives those between an anchor and the words of its window."""

    labels: dict[str, list[str]]
    event: Floats
    mode: Floats
    status: Floats
    sector: Floats
    attributed: Floats
    core: Floats
    _left: Floats
    _right: Floats
    _window: NDArray[np.int64]  # [N, 2] bounds of the window each word was read in
    _weights: Weights
    _parse: Parse
    _paths: Mapping[str, int]  # the known paths by name
    _scores: dict[int, tuple[int, Floats]] = field(default_factory=dict)

    def roles(self, anchor: int) -> tuple[int, Floats]:
        """First word of the anchor's window, and for each role the probabilities of its words [roles, n] (what is missing to 1: nobody)."""
        if anchor not in self._scores:
            self._scores[anchor] = self._scored(anchor)
        return self._scores[anchor]

    def _scored(self, anchor: int) -> tuple[int, Floats]:
        first, end = map(int, self._window[anchor])
        left = np.append(self._left[anchor], 1.0)
        right = np.concatenate([self._right[first:end], np.ones((end - first, 1), np.float32)], axis=1)
        made = np.tensordot(left, self._weights.words, axes=1) @ right.T
        met, numbers = np.unique(self._paths_from(anchor)[first:end], return_inverse=True)  # a few of some hundred paths
        made += (self._weights.paths[met] @ left)[numbers].T
        made += (self._weights.signs @ left)[seen_from(self._parse, anchor, self._signs)[first:end]].T
        return first, _softmax(np.concatenate([made, np.zeros((len(made), 1))], axis=1))[:, :-1]

    def _paths_from(self, anchor: int) -> NDArray[np.int64]:
        """The numbers of the paths from an anchor to all words [N]; in other sentences only the distance tells."""
        found: NDArray[np.int64] = self._distant[np.clip(self._sentences - self._sentences[anchor], -FAR, FAR)]
        own = self._parse.sentence_of(anchor)
        found[own.first : own.end] = [path_index(self._paths, path(self._parse, anchor, word)) for word in range(own.first, own.end)]
        return found

    @cached_property
    def _distant(self) -> NDArray[np.int64]:
        """The path numbers of other sentences by their distance; those before count from the end, as negative indices do."""
        return np.array([path_index(self._paths, elsewhere(apart)) for apart in (*range(FAR + 1), *range(-FAR, 0))])

    @cached_property
    def _sentences(self) -> NDArray[np.int64]:
        return np.array([word.sentence for word in self._parse.words])

    @cached_property
    def _signs(self) -> list[int]:
        return signs(self._parse)

    def view(self, word: int) -> Floats:
        """The event model's projection of a word."""
        return np.asarray(self._left[word])

    def role(self, name: str) -> int:
        return self.labels["roles"].index(name)

    def mode_scores(self, word: int, kind: str) -> dict[str | None, float]:
        """The modes of a type with their probabilities at a word, null among them."""
        rows = [(i, label.partition("/")[2] or None) for i, label in enumerate(self.labels["mode"]) if label.partition("/")[0] == kind]
        total = sum(float(self.mode[word, i]) for i, _ in rows) or 1.0
        return {mode: float(self.mode[word, i]) / total for i, mode in rows}

    def status_of(self, word: int) -> dict[str, float]:
        return dict(zip(STATUSES, map(float, self.status[word]), strict=True))


class EventModel:
    """Loads the event model that the package carries and reads parses with it."""

    def __init__(self, folder: Path, embeddings: Embeddings, threads: int = 1) -> None:
        self.labels: dict[str, list[str]] = json.loads((folder / "events.json").read_text(encoding="utf-8"))
        self._embeddings = embeddings
        self._session = session(folder / "events.onnx", threads)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._weights = Weights(*(np.load(folder / f"{name}.npy") for name in ("roles", "paths", "signs", "told")))
        self._paths = {name: i for i, name in enumerate(self.labels["paths"])}

    @classmethod
    def load(cls, embeddings: Embeddings | None = None, threads: int | None = None) -> Self:
        return cls(WEIGHTS, embeddings or Embeddings(), threads or int(os.environ.get("DEMARCHE_THREADS", "1")))

    def read(self, parse: Parse) -> Reading:
        """Run the encoder over every window of the report."""
        pieces = pieces_of(parse)
        found: dict[str, list[Floats]] = {name: [] for name in DENSE}
        bounds = np.zeros((len(pieces), 2), np.int64)
        for first, end in cut(pieces, self._embeddings.subwords, WINDOW):
            bounds[first:end] = (first, end)
            scores = self._run(pieces[first:end], parse.states[first:end] if parse.states is not None else None)
            for name in DENSE:
                found[name].append(scores[name][0])
        joined = {name: np.concatenate(parts) if parts else np.zeros((0, 1), np.float32) for name, parts in found.items()}
        event, mode, status, sector = (_softmax(joined[name]) for name in ("event", "mode", "status", "sector"))
        claimed = joined["attributed"][:, 0] + self._told(joined["left"], parse)
        attributed, core = _sigmoid(claimed), _sigmoid(joined["core"][:, 0])
        return Reading(
            self.labels, event, mode, status, sector, attributed, core, joined["left"], joined["right"], bounds, self._weights, parse, self._paths
        )  # fmt: skip

    def _told(self, left: Floats, parse: Parse) -> Floats:
        """What each word's being told by somebody adds to the score of a claim [N]."""
        weight = self._weights.told[told(parse)]
        return np.asarray((left * weight[:, :-1]).sum(axis=1) + weight[:, -1]) if len(left) else np.zeros(0, np.float32)

    def root(self, pieces: list[Piece], source: range, target: range) -> dict[str, float]:
        """Probabilities of the PLOVER root of what `source` does to `target`, both word ranges of one sentence."""
        marks = {**dict.fromkeys(source, 1), **dict.fromkeys(target, 2)}
        scores = self._run(pieces, None, marks)["root"]
        return dict(zip(self.labels["roots"], map(float, _softmax(scores)[0]), strict=True))

    def _run(self, pieces: list[Piece], states: Floats | None, marked: dict[int, int] | None = None) -> dict[str, Any]:
        encoded = encode(pieces, self._embeddings.subwords)
        marks = np.zeros((1, len(encoded.ids)), np.int64)
        bounds = [*encoded.first, len(encoded.ids) - 1]
        for word, mark in (marked or {}).items():
            marks[0, bounds[word] : bounds[word + 1]] = mark
        seen = encoded.spread(states) if states is not None else np.zeros((len(encoded.ids), WIDTH), np.float32)
        values = self._session.run(None, self._embeddings(encoded) | {"marks": marks, "seen": seen[None]})
        return dict(zip(self._outputs, values, strict=True))


def pieces_of(parse: Parse) -> list[Piece]:
    """The words of a parse as an encoder takes them."""
    out: list[Piece] = []
    last = 0
    for word in parse.words:
        gap = parse.flowing[last : word.start]
        out.append(Piece(word.text, 2 if not out or "\n" in gap else int(bool(gap))))
        last = word.end
    return out


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _sigmoid(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)))
