"""Confidence: how likely a draft is right, calibrated on annotated articles that the event model was not trained on.

A logistic regression over a few readable features, fitted by training/events/fit_confidence.py; the record's `confidence` is its result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

from demarche.coding.draft import Draft, Page


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Replace each draft's raw probability by a calibrated one; a type or mode of the user's, unknown to the event model, keeps its own."""
    weights = _weights()
    for draft in drafts:
        if page.codebook.adds(draft.type, draft.mode):
            continue
        score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in features(page, draft).items())
        draft.probability = 1 / (1 + exp(-score))
    return drafts


def features(page: Page, draft: Draft) -> dict[str, float]:
    """What speaks for and against a draft: the event model's scores, the codebook's cues, and whether anybody takes part."""
    scores = page.reading.event[draft.word]
    something = float(1 - scores[0])
    best = float(scores[1:].max())
    cues = page.codebook.match(page.parse, draft.word)
    word = page.parse.words[draft.word]
    return {
        "something": _odds(something),
        "type": _odds(best / max(something, 1e-6)),
        "core": _odds(float(page.reading.core[draft.word])),
        "cue_agrees": float(any(cue.type == draft.type for cue in cues[:2])),
        "cue_disagrees": float(bool(cues) and all(cue.type != draft.type for cue in cues)),
        "cue_of_nothing": float(bool(cues) and cues[0].type is None),
        "noun": float(word.upos in ("NOUN", "PROPN")),
        "verb": float(word.upos == "VERB"),
        "actor": float(bool(draft.actor)),
        "recipient": float(bool(draft.recipient)),
        "actual": float(draft.status == "actual"),
    }


def _odds(probability: float) -> float:
    """The logarithm of the odds, kept within what a probability of 0.001 to 0.999 gives."""
    kept = min(max(probability, 0.001), 0.999)
    return log(kept / (1 - kept))


@cache
def _weights() -> Mapping[str, float]:
    loaded: Mapping[str, float] = json.loads((files("demarche.coding") / "confidence.json").read_text(encoding="utf-8"))
    return loaded
