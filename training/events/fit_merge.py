"""Fit the merge stage's weights on pairs of mentions in the annotated training articles.

python -m training.events.fit_merge --shared ../shared        (writes src/demarche/coding/merge.json)
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report

from demarche.coding import magnitudes, merge, parties, places, sources, statuses, times, types
from demarche.coding.coder import Coder
from demarche.coding.draft import Draft
from demarche.intake.plain import split_address
from demarche.language.model import LanguageModel
from demarche.language.parse import Chunk
from training.events import data
from training.events.train import articles

TARGET = Path("src/demarche/coding/merge.json")


def pairs(shared: Path) -> list[tuple[str, dict[str, float], bool]]:
    """(article, features, same happening) of every two mentions, read as the coder reads them."""
    language = LanguageModel.load()
    coder = Coder(language.embeddings)
    train, held = articles(shared)
    out = []
    for article in [*train, *held]:
        text = data.text_of(article.document.id, shared)
        url, begin = split_address(text)
        page = coder.page(language.analyse(text, begin), article.published, url)
        drafts, happening = [], {}
        for mention in article.mentions:
            chunk = page.words(*article.document.offsets[mention.word])
            if chunk:
                drafts.append(Draft(chunk.first, 0.9, anchor=Chunk(chunk.first, chunk.first + 1)))
                happening[chunk.first] = mention.happening
        for stage in (types, statuses, parties, times, places, sources, magnitudes):
            drafts = stage.apply(page, drafts)
        for i, first in enumerate(drafts):
            for second in drafts[i + 1 :]:
                out.append((article.document.id, merge.features(page, first, second), happening[first.word] == happening[second.word]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    found = pairs(args.shared)
    vectors = DictVectorizer()
    x = vectors.fit_transform([f for _, f, _ in found])
    y = np.array([same for _, _, same in found])
    held = np.array([data.is_held_back(name) for name, _, _ in found])
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit(x[~held], y[~held])
    print(classification_report(y[held], model.predict(x[held]), digits=3))
    model.fit(x, y)
    weights = {"intercept": float(model.intercept_[0])} | dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    TARGET.write_text(json.dumps({k: round(v, 3) for k, v in weights.items()}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(TARGET.read_text())


if __name__ == "__main__":
    main()
