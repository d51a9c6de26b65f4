"""Roles: how likely each word of an anchor's surroundings stands for somebody who plays a role in its event.

The event model's probability is weighed together with where the word stands in the tree; the weights are a logistic regression fitted
on articles that the event model was not trained on (training/events/fit_roles.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

from demarche.coding.draft import Page
from demarche.coding.paths import path
from demarche.language.parse import Word

WORTH_A_LOOK = 0.004
"""Words below this probability of the event model are no candidates unless the tree makes them an argument of the anchor."""


def probabilities(page: Page, anchor: int, role: str) -> dict[int, float]:
    """Word -> probability that it stands for somebody in `role` of the event at `anchor`."""
    weights = _weights()[role]
    out = {}
    for word, found in candidates(page, anchor, role).items():
        score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in found.items())
        out[word] = 1 / (1 + exp(-score))
    return out


def candidates(page: Page, anchor: int, role: str) -> dict[int, dict[str, float]]:
    """The features of every word that may play the role."""
    first, scores = page.reading.roles(anchor)
    row = scores[page.reading.role(role)]
    names = {i: chunk.label for chunk in page.parse.names for i in range(chunk.first, chunk.end)}
    nobody = float(1 - row.sum())
    out = {}
    for i, score in enumerate(row):
        word = page.parse.words[first + i]
        if word.index == anchor or not nominal(word):
            continue
        how = path(page.parse, anchor, word.index)
        if score >= WORTH_A_LOOK or how in ("nsubj", "obj", "obl:agent", "nsubj:pass", "nmod:poss"):
            out[word.index] = _features(page, anchor, word, how, float(score), float(row.max()), nobody, names.get(word.index, "no name"))
    return out


def _features(page: Page, anchor: int, word: Word, how: str, score: float, best: float, nobody: float, name: str) -> dict[str, float]:
    kind = page.parse.words[anchor].upos
    return {
        "model": log(max(score, 1e-4)),
        "share": log(max(score / max(best, 1e-4), 1e-3)),
        "nobody": log(max(nobody, 1e-3)),
        f"relation {how}": 1.0,
        f"{kind} {how.partition(':')[0]}": 1.0,
        f"name {name}": 1.0,
        f"word {word.upos}": 1.0,
    }


def nominal(word: Word) -> bool:
    """Whether a word can stand for somebody."""
    return word.upos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X") or word.xpos in ("PRP$", "DT")


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    loaded: Mapping[str, Mapping[str, float]] = json.loads((files("demarche.coding") / "roles.json").read_text(encoding="utf-8"))
    return loaded
