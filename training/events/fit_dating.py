"""Fit which time expression tells when an event happened: python -m training.events.fit_dating (writes coding/dating.json)

A conditional logistic regression (McFadden 1974) over the candidates of every event found on held-back articles: on those the event model
learned from it is surer than it is on new ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from demarche.coding import candidates, statuses, types
from demarche.coding.coder import Coder
from demarche.coding.dating import candidates as dates
from demarche.coding.draft import Draft
from demarche.intake.plain import split_address
from demarche.language.model import LanguageModel
from demarche.records import When
from training.events import data

TARGET = Path("src/demarche/coding/dating.json")
LEAST = 12
"""Features seen less often are left out."""
PENALTY = 3.0
"""Of the squared weights; 1, 3 and 8 do equally well in cross-validation."""

Features = Mapping[str, float]


class Choice(NamedTuple):
    """An event of an article: the features of its candidates, and for each whether it gives the right date."""

    article: str
    candidates: Sequence[Features]
    right: Sequence[bool]


def choices(shared: Path) -> list[Choice]:
    """Every event that is found and annotated on held-back articles."""
    language = LanguageModel.load()
    coder = Coder(language.embeddings)
    out = []
    for record in (record for record in data.records(shared) if data.is_held_back(record["id"])):
        text = data.text_of(record["id"], shared)
        url, begin = split_address(text)
        page = coder.page(language.analyse(text, begin), data.publication(record), url)
        drafts: list[Draft] = []
        for stage in (candidates, types, statuses):
            drafts = stage.apply(page, drafts)
        for draft in drafts:
            word = page.parse.words[draft.word]
            event = _event(record, text, word.start, word.end)
            if event is not None:
                found = dates(page, draft)
                out.append(Choice(record["id"], [c.features for c in found], [_days(c.when) == _wanted(event) for c in found]))
    return out


def _event(record: dict, text: str, start: int, end: int) -> dict | None:
    """The annotated event that is told at these characters."""
    for event in record["events"]:
        spans = (data.locate(text, span) for span in (event["anchor"], *event.get("also", [])))
        if any(first < end and start < last for first, last in spans):
            return event
    return None


def _wanted(event: dict) -> tuple[str | None, str | None] | None:
    return (event["date"].get("start"), event["date"].get("end")) if event.get("date") else None


def _days(when: When | None) -> tuple[str | None, str | None] | None:
    return (when.start and when.start.isoformat(), when.end and when.end.isoformat()) if when else None


class Fit:
    """Weights by name, fitted on choices with a right candidate; several right ones share the probability."""

    def __init__(self, found: Sequence[Choice]) -> None:
        counts = Counter(name for choice in found for features in choice.candidates for name in features)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self._index = {name: i for i, name in enumerate(self.names)}
        self.weights = self._solve([choice for choice in found if any(choice.right)])

    def _solve(self, found: Sequence[Choice]) -> np.ndarray:
        matrix = np.concatenate([self._matrix(choice.candidates) for choice in found])
        right = np.concatenate([choice.right for choice in found]).astype(float)
        sizes = [len(choice.candidates) for choice in found]
        starts, of = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = matrix @ weights
            raised = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
            total, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts)
            slope = matrix.T @ (raised / total[of] - raised * right / good[of])
            return -np.log(good / total).sum() + PENALTY * (weights @ weights) / 2, slope + PENALTY * weights

        return minimize(loss, np.zeros(len(self.names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x

    def _matrix(self, rows: Sequence[Features]) -> np.ndarray:
        out = np.zeros((len(rows), len(self.names)))
        for i, features in enumerate(rows):
            for name, value in features.items():
                if name in self._index:
                    out[i, self._index[name]] = value
        return out

    def is_right(self, choice: Choice) -> bool:
        """Whether the likeliest candidate gives the right date."""
        return bool(choice.right[int((self._matrix(choice.candidates) @ self.weights).argmax())])


def fold(name: str) -> int:
    """One of five parts, by the article's name."""
    return int(hashlib.md5(name.encode()).hexdigest(), 16) // 10 % 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    found = choices(args.shared)
    right = 0
    for k in range(5):
        fit = Fit([choice for choice in found if fold(choice.article) != k])
        right += sum(fit.is_right(choice) for choice in found if fold(choice.article) == k)
    print(f"{len(found)} events, {sum(any(c.right) for c in found)} with a right candidate; right in cross-validation: {right / len(found):.3f}")
    fit = Fit(found)
    weights = {name: round(float(w), 3) for name, w in zip(fit.names, fit.weights, strict=True) if abs(w) >= 0.0005}
    TARGET.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
