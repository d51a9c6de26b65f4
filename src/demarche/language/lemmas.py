"""Lemmas: a table of exceptions, then English inflection rules; a list of known base forms decides between candidates.

Source of the table and the lists: the training parts of UD English EWT, GUM, LinES and ParTUT (training/language/lemmas.py).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Self

_VERB_TAGS = {"VBD", "VBN", "VBG", "VBZ"}
_VOWELS = "aeiou"


class Lemmas:
    """Form and tags -> lemma."""

    def __init__(self, exceptions: dict[str, dict[str, str]], bases: dict[str, list[str]]) -> None:
        self._exceptions = exceptions
        self._bases = {name: frozenset(words) for name, words in bases.items()}
        self._known: dict[tuple[str, str, str], str] = {}

    @classmethod
    @cache
    def load(cls) -> Self:
        """Load the tables that the package carries."""
        data = json.loads((files("demarche.language") / "weights" / "lemmas.json").read_text(encoding="utf-8"))
        return cls(data["exceptions"], data["bases"])

    def __call__(self, form: str, upos: str, xpos: str) -> str:
        key = (form, upos, xpos)
        lemma = self._known.get(key)
        if lemma is None:
            lemma = self._lemma(form, upos, xpos)
            if len(self._known) < 100_000:
                self._known[key] = lemma
        return lemma

    def _lemma(self, form: str, upos: str, xpos: str) -> str:
        if upos == "PROPN":
            return form
        word = form.lower().replace("’", "'")
        found = self._exceptions.get(upos, {}).get(word)
        if found is not None:
            return found
        if upos in ("VERB", "AUX") and (xpos in _VERB_TAGS or not xpos.startswith("VB")):
            return self._verb(word, xpos)
        if upos == "NOUN" and xpos in ("NNS", "NNPS"):
            return self._best(word, _plural(word), "NOUN")
        if upos in ("ADJ", "ADV") and xpos in ("JJR", "JJS", "RBR", "RBS"):
            return self._best(word, _compared(word), "ADJ")
        return word

    def _verb(self, word: str, xpos: str) -> str:
        if word.endswith("ing") and xpos in ("VBG", "NN", ""):
            return self._best(word, _stems(word[:-3]), "VERB")
        if word.endswith("ed") and xpos != "VBZ":
            return self._best(word, _stems(word[:-2]), "VERB")
        if word.endswith("s") and not word.endswith("ss"):
            return self._best(word, _plural(word), "VERB")
        return word

    def _best(self, word: str, candidates: list[str], kind: str) -> str:
        """The first candidate that is a known base form, else the first."""
        known = self._bases[kind]
        return next((c for c in candidates if c in known), candidates[0] if candidates else word)


def _plural(word: str) -> list[str]:
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "oes")):
        return [word[:-2], word[:-1]]
    if word.endswith("men"):
        return [word[:-3] + "man"]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    return [word]


def _stems(stem: str) -> list[str]:
    """Base forms of a stem left by cutting -ed or -ing, likeliest first."""
    if not any(c in _VOWELS + "y" for c in stem):
        return [stem]
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls"
    silent = stem.endswith(("c", "v", "z", "u", "dg", "ng", "rs", "ns", "at", "iz", "ur", "ir", "as", "is", "os", "ag", "bl", "pl", "tl", "dl", "gl", "cl"))
    if stem.endswith("i"):
        return [stem[:-1] + "y", stem]
    if doubled:
        return [stem[:-1], stem]
    plain, with_e = stem, stem + "e"
    order = [with_e, plain] if silent and not stem.endswith(("nn", "ss")) else [plain, with_e]
    return [*order, stem[:-1]] if len(stem) > 2 and stem[-1] == stem[-2] else order


def _compared(word: str) -> list[str]:
    stem = word[:-3] if word.endswith("est") else word[:-2] if word.endswith("er") else word
    if stem.endswith("i"):
        return [stem[:-1] + "y", stem]
    return [stem, stem + "e", stem[:-1]]
