"""Fit the weights of coding/roles.py on held-back articles.

python -m training.events.fit_roles --shared ../shared        (writes src/demarche/coding/roles.json)
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from demarche.coding import roles
from demarche.coding.coder import Coder
from demarche.intake.plain import split_address
from demarche.language.model import LanguageModel
from training.events import data
from training.events.train import articles

TARGET = Path("src/demarche/coding/roles.json")
ROLES = ("actor", "recipient", "source")


def rows(shared: Path) -> tuple[dict[str, list[tuple[str, dict[str, float], bool]]], dict[str, int]]:
    """Per role (article, features, right) of every candidate word, and how many words play the role in all."""
    language = LanguageModel.load()
    coder = Coder(language.embeddings)
    out: dict[str, list[tuple[str, dict[str, float], bool]]] = {role: [] for role in ROLES}
    wanted = dict.fromkeys(ROLES, 0)
    for article in articles(shared)[1]:
        text = data.text_of(article.document.id, shared)
        url, begin = split_address(text)
        page = coder.page(language.analyse(text, begin), article.published, url)
        at = {i: chunk.first for i, offset in enumerate(article.document.offsets) if (chunk := page.words(*offset))}
        for mention in article.mentions:
            for role in ROLES:
                if role in mention.untold or mention.word not in at:
                    continue
                gold = {at[w] for w in mention.roles.get(role, ()) if w in at}
                wanted[role] += len(gold)
                for word, features in roles.candidates(page, at[mention.word], role).items():
                    out[role].append((article.document.id, features, word in gold))
    return out, wanted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    found, wanted = rows(args.shared)
    weights = {}
    for role in ROLES:
        vectors = DictVectorizer()
        x = vectors.fit_transform([f for _, f, _ in found[role]])
        y = np.array([right for _, _, right in found[role]])
        model = LogisticRegression(C=0.3, max_iter=3000)
        said = cross_val_predict(model, x, y, groups=[name for name, _, _ in found[role]], cv=GroupKFold(8), method="predict_proba")[:, 1]
        print(role, len(y), "candidates,", y.sum(), "right of", wanted[role])
        for threshold in (0.3, 0.35, 0.4, 0.45, 0.5):
            kept = said >= threshold
            p, r = y[kept].mean(), y[kept].sum() / wanted[role]
            print(f"  {threshold:.2f}: precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}")
        alone = np.array([np.exp(f["model"]) for _, f, _ in found[role]])
        for threshold in (0.2, 0.3):
            kept = alone >= threshold
            p, r = y[kept].mean(), y[kept].sum() / wanted[role]
            print(f"  event model alone at {threshold}: precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}")
        model.fit(x, y)
        named = dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
        weights[role] = {"intercept": round(float(model.intercept_[0]), 3)} | {k: round(v, 3) for k, v in named.items() if abs(v) >= 0.005}
    TARGET.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
