"""Fit the weights that tell whether two events are one happening, on pairs of gold mentions of ECB+ and MEANTIME.

python -m training.events.fit_happenings --shared ../shared [--cache FILE]        (writes src/demarche/archive/happenings.json)

Nothing is fitted on the topics that evaluation/coreference.py holds out. Prints how these are clustered at several thresholds.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from demarche.archive.sameness import features
from evaluation import chains, coreference
from evaluation.coreference import HELD_OUT, Story

TARGET = Path("src/demarche/archive/happenings.json")
THRESHOLDS = (0.25, 0.3, 0.35)
OTHERS = {True: 16, False: 60}  # of the pairs of one topic of ECB+, and of MEANTIME, that are not one happening, one in so many is looked at
FOREIGN = 3  # pairs across topics for each mention: all are different, and most look it


def pairs(found: Sequence[Story]) -> Iterator[tuple[dict[str, float], bool, float]]:
    """Features of two mentions, whether they are one happening, and how many pairs this one stands for."""
    for topic in sorted({one.topic for one in found}):
        others = OTHERS[topic.isdigit()]
        for number, (a, b) in enumerate(combinations([one for one in found if one.topic == topic], 2)):
            same = a.chain == b.chain
            if same or number % others == 0:
                yield features(a.telling, b.telling), same, 1.0 if same else others
    chance = np.random.default_rng(1)
    for i, j in chance.integers(0, len(found), (len(found) * FOREIGN, 2)):
        if found[i].topic != found[j].topic:
            yield features(found[i].telling, found[j].telling), False, 1.0


def stories(shared: Path, cache: Path | None) -> list[Story]:
    """Both corpora, read once and kept in `cache`."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    folders = ("data/events/ecbplus", "data/time/meantime/intra_cross-doc_annotation")
    found = [story for folder in folders for story in coreference.stories(shared / folder)]
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    found = stories(args.shared, args.cache)
    train, held = ([story for story in found if (story.topic in HELD_OUT) is out] for out in (False, True))
    weights = fitted(train)
    TARGET.write_text(json.dumps({"weights": weights}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(TARGET.read_text())
    learnt = [story for story in train if story.topic.isdigit()]
    for name, part in (
        ("fitted", learnt),
        ("ECB+", [one for one in held if one.topic.isdigit()]),
        ("MEANTIME", [one for one in held if not one.topic.isdigit()]),
    ):
        measured(name, part)


def fitted(train: Sequence[Story]) -> dict[str, float]:
    """The weights by feature."""
    rows = list(pairs(train))
    vectors = DictVectorizer(sparse=False)
    x = vectors.fit_transform([row for row, _, _ in rows])
    y = np.array([same for _, same, _ in rows])
    model = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-8).fit(x, y, sample_weight=[weight for _, _, weight in rows])
    print(f"{len(rows)} pairs of {len(train)} mentions, {y.sum()} of one happening")
    weights = {"intercept": float(model.intercept_[0])} | dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {name: round(value, 3) for name, value in weights.items()}


def measured(name: str, held: Sequence[Story]) -> None:
    """Print the scores at every level and threshold."""
    likely = coreference.likely(held)
    for level in coreference.LEVELS:
        for threshold in THRESHOLDS:
            scores = chains.scores(*coreference.clusters(held, likely, level, threshold))
            print(f"{name:8} {level:6} {threshold} " + " ".join(f"{key} {value:.3f}" for key, value in scores.items()))


if __name__ == "__main__":
    main()
