"""Fit the confidence stage on held-back articles, and show what thresholds give.

python -m training.events.fit_confidence --shared ../shared        (writes src/demarche/coding/confidence.json)
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from demarche.coding import candidates, confidence, magnitudes, parties, places, sources, statuses, times, types
from demarche.coding.coder import Coder
from demarche.coding.draft import Draft
from demarche.intake.plain import split_address
from demarche.language.model import Embeddings
from training.events import data
from training.events.train import articles

TARGET = Path("src/demarche/coding/confidence.json")
STAGES = (candidates, types, statuses, parties, times, places, sources, magnitudes)


def rows(shared: Path) -> list[tuple[str, dict[str, float], bool]]:
    """(article, features, right) of every draft on held-back articles; right when a mention of an accepted type stands there."""
    coder = Coder(Embeddings())
    out = []
    for article in articles(shared, data.is_held_back):
        if article.parse is None:
            continue
        page = coder.page(article.parse, article.published, split_address(article.parse.text)[0])
        gold = {page.words(*article.document.offsets[m.word]).first: m for m in article.mentions if page.words(*article.document.offsets[m.word])}
        drafts: list[Draft] = []
        for stage in STAGES:
            drafts = stage.apply(page, drafts)
        for draft in drafts:
            near = [gold[w] for w in range(draft.word - 1, draft.word + 2) if w in gold]
            right = any(draft.type in (m.type, *m.alternatives) for m in near)
            out.append((article.document.id, confidence.features(page, draft), right))
    return out


def calibration_error(said: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins."""
    which = np.minimum((said * bins).astype(int), bins - 1)
    return float(sum(abs(said[which == b].mean() - right[which == b].mean()) * (which == b).mean() for b in range(bins) if (which == b).any()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    found = rows(args.shared)
    vectors = DictVectorizer(sparse=False)
    x, y = vectors.fit_transform([f for _, f, _ in found]), np.array([right for _, _, right in found])
    model = LogisticRegression(C=0.5, max_iter=2000)
    said = cross_val_predict(model, x, y, groups=[name for name, _, _ in found], cv=GroupKFold(8), method="predict_proba")[:, 1]
    print(len(y), "drafts,", y.sum(), "right; calibration error, cross-validated:", round(calibration_error(said, y), 4))
    for threshold in np.arange(0.2, 0.75, 0.05):
        kept = said >= threshold
        print(f"{threshold:.2f}: kept {kept.sum()}, precision {y[kept].mean():.3f}, recall of right drafts {y[kept].sum() / y.sum():.3f}")
    model.fit(x, y)
    weights = {"intercept": float(model.intercept_[0])} | dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    TARGET.write_text(json.dumps({k: round(v, 3) for k, v in weights.items()}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(TARGET.read_text())


if __name__ == "__main__":
    main()
