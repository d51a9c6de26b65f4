"""Fit the weights of demarche.coding.toponym_scene on half the documents of LGL, GeoVirus and GeoWebNews; print the accuracy on both halves.

    python training/knowledge/fit_toponyms.py --shared ../shared

A conditional logit over the candidates of each name: the right ones are those within 161 km of the gold point. Support from the other names
depends on the weights, so fitting and settling alternate. Every collection counts the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from demarche.coding.toponym_names import Name, mentioned, names_of
from demarche.coding.toponym_scene import FEATURES, WEIGHTS, Floats, Scene, default_weights, distances
from demarche.coding.toponyms import default_gazetteer
from evaluation.toponyms import LIMIT, Document, documents, measure

FILES = ("lgl.xml", "geovirus.xml", "gwn.xml")
ALTERNATIONS, STEPS, RIDGE = 5, 400, 0.0005


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    paths = [parser.parse_args().shared / "data/places" / name for name in FILES]
    weights = fit([[case for document in documents(path) if document.half == "fit" for case in cases(document)] for path in paths])
    table = {"source": "training/knowledge/fit_toponyms.py", "weights": {name: round(float(value), 3) for name, value in zip(FEATURES, weights, strict=True)}}
    WEIGHTS.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
    default_weights.cache_clear()
    for path in paths:
        print(path.name, {half: round(measure(path, half=half, given_only=True)["given_acc161"], 3) for half in ("fit", "held-out")})


def cases(document: Document) -> Iterable[tuple[Scene, Floats, Floats]]:
    """The scene of a document, its right candidates, and how many mentions each candidate's name has."""
    points = {(gold.start, gold.end): gold.point for gold in document.toponyms if gold.point}
    names = names_of(document.text, list(points), default_gazetteer())
    scene = Scene(names, mentioned(document.text, list(points), default_gazetteer()))
    if scene.places:
        right = np.concatenate([right_ones(name, [points[span] for span in name.spans]) for name in names])
        yield scene, right, np.array([len(names[owner].spans) for owner in scene.owner], float)


def right_ones(name: Name, points: list[tuple[float, float]]) -> Floats:
    """1 for the candidates near most of the gold points of the name."""
    if not name.candidates:
        return np.zeros(0)
    apart = distances(np.array([*points, *((place.lat, place.lon) for place in name.candidates)]))[: len(points), len(points) :]
    hits = (apart <= LIMIT).sum(axis=0)
    return ((hits == hits.max()) & (hits > 0)).astype(float)


def fit(collections: list[list[tuple[Scene, Floats, Floats]]]) -> Floats:
    weights = np.zeros(len(FEATURES))
    weights[0] = 1.0
    total = [sum(float((right / np.maximum(right @ scene.member, 1)[scene.owner] * count).sum()) for scene, right, count in cases) for cases in collections]
    for _ in range(ALTERNATIONS):
        batch = [item for cases, size in zip(collections, total, strict=True) for case in cases for item in rows(case, weights, 1 / size)]
        weights = climb(batch, weights)
    return weights


def rows(case: tuple[Scene, Floats, Floats], weights: Floats, scale: float) -> Iterable[tuple[Floats, Floats, float]]:
    """Per name of the scene: its candidates' features at the settled belief, which are right, and its weight."""
    scene, right, count = case
    features = scene.features(scene.settle(weights))
    for owner in np.unique(scene.owner):
        at = scene.owner == owner
        if 0 < right[at].sum() < at.sum():
            yield features[at], right[at], float(count[at][0]) * scale


def climb(batch: list[tuple[Floats, Floats, float]], weights: Floats) -> Floats:
    """Gradient ascent (Adam) on the log-likelihood of the right candidates, all names at once."""
    sizes = [len(right) for _, right, _ in batch]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(batch)), sizes)
    x, right = np.concatenate([f for f, _, _ in batch]), np.concatenate([r for _, r, _ in batch])
    scale = np.array([s for _, _, s in batch])[owner]
    first, second, weights = np.zeros_like(weights), np.zeros_like(weights), weights.copy()
    for step in range(1, STEPS + 1):
        score = x @ weights
        raised = np.exp(score - np.maximum.reduceat(score, starts)[owner])
        share = raised / np.add.reduceat(raised, starts)[owner]
        good = share * right
        target = good / np.maximum(np.add.reduceat(good, starts), 1e-12)[owner]
        gradient = x.T @ ((target - share) * scale) - RIDGE * weights
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights += 0.05 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    return weights


if __name__ == "__main__":
    main()
