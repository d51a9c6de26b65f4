"""Fit which country the parties belong to whose words name none: python -m training.events.fit_belonging (writes coding/belonging.json)

A conditional logistic regression (McFadden 1974) over the candidates of each party of the annotated training articles.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from demarche.coding.belonging import Asked
from demarche.coding.cast import Cast
from demarche.coding.coder import towns_of
from demarche.coding.places import toponyms
from demarche.intake.plain import split_address
from demarche.language.interval import Interval
from demarche.language.model import LanguageModel
from demarche.language.parse import Chunk, Parse
from demarche.language.published import infer
from training.events import data

TARGET = Path("src/demarche/coding/belonging.json")
LEAST = 40
"""Features seen less often are left out."""
PENALTY = 3.0
"""Of the squared weights; chosen among 0.3, 1 and 3 by five-fold cross-validation over articles."""

Choice = tuple[str, str | None, dict[str | None, dict[str, float]]]  # article, the right country, the features of each candidate


class Probe(Cast):
    """A cast that notes whom it asks for."""

    asked: Asked | None = None

    def choose(self, asked: Asked) -> tuple[str | None, str]:
        self.asked = asked
        return super().choose(asked)


def choices(records: list[dict], shared: Path) -> list[Choice]:
    """Every annotated party whose country its own words leave open, once a stretch of words."""
    language, out = LanguageModel.load(), []
    for record in records:
        text = data.text_of(record["id"], shared)
        url, begin = split_address(text)
        when = data.publication(record) or infer(text, url)[0]
        out += _choices(record, cast(language.analyse(text, begin), when, url))
    return out


def cast(parse: Parse, when: Interval | None, url: str | None) -> Probe:
    return Probe(parse, when and (when.end or when.start), url, towns_of(parse, toponyms(parse)))


def _choices(record: dict, cast: Probe) -> list[Choice]:
    out, seen = [], set()
    for party in (party for event in record["events"] for role in ("actor", "recipient", "according_to") for party in event[role]):
        start, end = data.locate(cast.parse.text, party)
        words = [w.index for w in cast.parse.words if w.start < end and start < w.end]
        if not words or (start, end) in seen:
            continue
        seen.add((start, end))
        cast.asked, chunk = None, Chunk(words[0], words[-1] + 1)
        cast.profile(chunk)
        if cast.asked is not None and cast.asked.chunk == chunk:
            country = None if party["country"] == "IGO" else party["country"]
            out.append((record["id"], country, cast.belonging.features(cast.asked)))
    return out


class Fit:
    """Weights by name, fitted on choices whose right country is among the candidates."""

    def __init__(self, choices: list[Choice]) -> None:
        counts = Counter(name for _, _, candidates in choices for found in candidates.values() for name in found)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        self._index = {name: i for i, name in enumerate(self.names)}
        self.weights = self._solve([choice for choice in choices if choice[1] in choice[2]])

    def _solve(self, choices: list[Choice]) -> np.ndarray:
        rows = [found for _, _, candidates in choices for found in candidates.values()]
        sizes = np.array([len(candidates) for _, _, candidates in choices])
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        right = starts + np.array([list(candidates).index(country) for _, country, candidates in choices])
        matrix, of = self._matrix(rows), np.repeat(np.arange(len(sizes)), sizes)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = matrix @ weights
            raised = np.exp(scores - np.maximum.reduceat(scores, starts)[of])
            share = raised / np.add.reduceat(raised, starts)[of]
            slope = matrix.T @ share - np.asarray(matrix[right].sum(axis=0)).ravel()
            return -np.log(share[right]).sum() + PENALTY * (weights @ weights) / 2, slope + PENALTY * weights

        return minimize(loss, np.zeros(len(self.names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x

    def _matrix(self, rows: list[dict[str, float]]) -> csr_matrix:
        kept = [[(self._index[n], v) for n, v in row.items() if n in self._index and v] for row in rows]
        flat = [pair for row in kept for pair in row]
        ends = np.concatenate([[0], np.cumsum([len(row) for row in kept])])
        return csr_matrix(([v for _, v in flat], [i for i, _ in flat], ends), shape=(len(rows), len(self.names)))

    def best(self, candidates: dict[str | None, dict[str, float]]) -> str | None:
        scores = dict(zip(candidates, self._matrix(list(candidates.values())) @ self.weights, strict=True))
        return max(scores, key=lambda code: (scores[code], code or ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    records = list(data.records(args.shared))
    held, taught = ([record for record in records if data.is_held_back(record["id"]) == back] for back in (True, False))
    fit = Fit(choices(taught, args.shared))
    asked = choices(held, args.shared)
    right = sum(fit.best(candidates) == country for _, country, candidates in asked)
    print(f"{len(asked)} parties of held-back articles; right: {right / len(asked):.3f}")
    weights = {name: round(float(w), 2) for name, w in zip(fit.names, fit.weights, strict=True) if abs(w) >= 0.005}
    TARGET.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
