"""Words compared: stems, their rarity in news, and how alike two texts or two words are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from math import log, sqrt
from typing import Any

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
_TERMS = 150
"""A long text is compared by so many of its weightiest words."""


def terms(text: str) -> Mapping[str, float]:
    """The weights of a text's words (term frequency by rarity), as a vector of length 1."""
    counts = Counter(stem(word.lower()) for word in _WORD.findall(text))
    weights = [((1 + log(count)) * rarity(word), word) for word, count in counts.items()]
    kept = sorted(weights, key=lambda pair: (-pair[0], pair[1]))[:_TERMS]
    length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return {word: weight / length for weight, word in kept}


def overlap(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    """The cosine of two vectors of `terms`, from 0 to 1."""
    small, large = (first, second) if len(first) < len(second) else (second, first)
    return sum(weight * large[word] for word, weight in small.items() if word in large)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word in small letters without its inflection: "signed", "signs" and "signing" are one, and so are "told" and "tell"."""
    from demarche.language.lemmas import Lemmas

    bare = word.removesuffix("'s").removesuffix("’s")
    verb = Lemmas.load()(bare, "VERB", "")
    return verb if verb != bare else Lemmas.load()(bare, "NOUN", "NNS")


def rarity(word: str) -> float:
    """How rare a stem is in news: from near 0 in every report to 1 in none of those counted."""
    reports, counts = _counted()
    return log((reports + 1) / (counts.get(word, 0) + 1)) / log(reports + 1)


@lru_cache(maxsize=100_000)
def alike(first: str, second: str) -> float:
    """The cosine of two words' vectors: synonyms and words of one family are near 1."""
    return float(_vector(first) @ _vector(second))


@lru_cache(maxsize=50_000)
def _vector(word: str) -> Any:  # noqa: ANN401  # an array of numpy
    import numpy as np

    embeddings = _embeddings()
    vector = embeddings.mean_of(word)
    return vector / (np.linalg.norm(vector) + 1e-9)


@cache
def _embeddings() -> Any:  # noqa: ANN401
    from demarche.language.model import Embeddings

    class Words(Embeddings):
        """The mean of a word's subwords."""

        def mean_of(self, word: str) -> Any:  # noqa: ANN401
            ids = list(self.subwords(word))
            return (self._rows[ids] * self._scales[ids][:, None]).mean(axis=0)

    return Words()


@cache
def _counted() -> tuple[int, Mapping[str, int]]:
    """How many reports were counted, and in how many of them each common stem stands (training/events/count_words.py)."""
    data = json.loads((files("demarche.archive") / "words.json").read_text(encoding="utf-8"))
    return data["reports"], data["counts"]
