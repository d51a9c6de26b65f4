"""Fit the merge stage's weights on pairs of mentions in the annotated training articles.

python -m training.events.fit_merge --shared ../shared        (writes src/demarche/coding/merge.json)
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report

from demarche.coding import magnitudes, merge, parties, places, sources, statuses, times, types
from demarche.coding.coder import Coder
from demarche.coding.draft import Draft
from demarche.intake.plain import split_address
from demarche.language.model import Embeddings
from demarche.language.parse import Chunk
from training.events import data
from training.events.train import articles, taught

TARGET = Path("src/demarche/coding/merge.json")


def pairs(shared: Path, wanted: Callable[[str], bool]) -> list[tuple[str, dict[str, float], bool]]:
    """(article, features, same happening) of every two mentions, read as the coder reads them."""
    coder = Coder(Embeddings())
    out = []
    for article in articles(shared, wanted):
        if article.parse is None:
            continue
        page = coder.page(article.parse, article.published, split_address(article.parse.text)[0])
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
    found, held = pairs(args.shared, taught), pairs(args.shared, data.is_held_back)
    vectors = DictVectorizer()
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit(vectors.fit_transform([f for _, f, _ in found]), [same for _, _, same in found])
    print(classification_report([same for _, _, same in held], model.predict(vectors.transform([f for _, f, _ in held])), digits=3))
    weights = {"intercept": float(model.intercept_[0])} | dict(zip(vectors.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    TARGET.write_text(json.dumps({k: round(v, 3) for k, v in weights.items()}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(TARGET.read_text())


if __name__ == "__main__":
    main()
