"""Merge: one event a happening, however often the report tells it; weak drafts fall away.

Whether two drafts tell one happening is a logistic regression over a few readable features, fitted on the mentions of the annotated
training articles (training/events/fit_merge.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log

import numpy as np

from demarche.coding.draft import Draft, Page
from demarche.coding.magnitudes import joined
from demarche.records import Party

THRESHOLD = 0.46
"""The default threshold: a happening is recorded when its best mention is at least this probable."""
SURE_DATE = 0.5
"""A mention lends its date to the others of its happening when the date's expression is at least this probable."""
SAME = 0.4
"""Two drafts are one happening from this probability on."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Group the drafts of one happening under its clearest mention and drop what stays below the threshold."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -d.probability):
        if draft.probability < THRESHOLD:
            continue
        likely = [(sameness(page, other, draft), other) for other in kept]
        score, same = max(likely, key=lambda pair: pair[0], default=(0.0, None))
        if same is None or score < SAME:
            kept.append(draft)
        else:
            _absorb(page, same, draft)
    return sorted(kept, key=lambda d: d.word)


def sameness(page: Page, first: Draft, second: Draft) -> float:
    """The probability that two drafts tell one happening."""
    weights = _weights()
    score = weights["intercept"] + sum(weights.get(name, 0.0) * value for name, value in features(page, first, second).items())
    return 1 / (1 + exp(-score))


def features(page: Page, first: Draft, second: Draft) -> dict[str, float]:
    """What speaks for and against one happening."""
    a, b = page.parse.words[first.word], page.parse.words[second.word]
    one, two = a.lemma.lower(), b.lemma.lower()
    apart = abs(a.sentence - b.sentence)
    first_paragraph = 0 in (page.parse.paragraphs[a.sentence], page.parse.paragraphs[b.sentence])
    found = {
        "same_type": float(first.type == second.type),
        "same_quad": float(page.codebook.quad(first.type) == page.codebook.quad(second.type)),
        "same_lemma": float(one == two), "same_stem": float(one[:5] == two[:5]), "nouns": float(a.upos == "NOUN") + float(b.upos == "NOUN"),
        "same_sentence": float(apart == 0), "distance": log(1 + apart), "headline": float(first_paragraph),
        "same_mode": float(first.mode == second.mode and first.mode is not None), "other_mode": float(first.mode != second.mode),
        "same_status": float(first.status == second.status), "alike": _alike(page, first.word, second.word),
    }  # fmt: skip
    return found | _parties("actor", first.actor, second.actor) | _parties("recipient", first.recipient, second.recipient) | _dates(first, second)


def _parties(role: str, first: tuple[Party, ...], second: tuple[Party, ...]) -> dict[str, float]:
    """How two lists of parties agree: in words, in country and sector, or not at all."""
    if not first or not second:
        return {f"{role}_open": 1.0}
    words = {p.span.text.lower() for p in first} & {p.span.text.lower() for p in second}
    names = {p.name for p in first if p.name} & {p.name for p in second if p.name}
    if words or names:
        return {f"{role}_same": 1.0}
    codes = {(p.country, p.sector) for p in first} & {(p.country, p.sector) for p in second}
    if codes:
        return {f"{role}_alike": 1.0}
    return {f"{role}_related": 1.0} if {p.country for p in first} & {p.country for p in second} else {f"{role}_other": 1.0}


def _dates(first: Draft, second: Draft) -> dict[str, float]:
    if not first.date or not second.date:
        return {"date_open": 1.0}
    same = (first.date.start, first.date.end) == (second.date.start, second.date.end)
    return {"date_same": 1.0} if same else {"date_other": 1.0}


def _alike(page: Page, first: int, second: int) -> float:
    """The cosine of the event model's views of two words."""
    a, b = page.reading.view(first), page.reading.view(second)
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-9))


@cache
def _weights() -> Mapping[str, float]:
    loaded: Mapping[str, float] = json.loads((files("demarche.coding") / "merge.json").read_text(encoding="utf-8"))
    return loaded


def _absorb(page: Page, kept: Draft, other: Draft) -> None:
    """Take over what the clearest mention leaves open: a mode only within one type, a date only where the mention's own sentence tells it."""
    kept.also.extend([other.anchor, *other.also])
    kept.tellings.extend([other, *other.tellings])
    if other.magnitude is not None:
        kept.magnitude = joined(kept.magnitude, other.magnitude)
        kept.why["magnitude"] = "; ".join(filter(None, (kept.why.get("magnitude"), other.why.get("magnitude"))))
    told = {"mode": kept.type == other.type, "date": _tells_date(page, other)}
    for name in ("mode", "date", "place", "actor", "recipient"):
        if not getattr(kept, name) and getattr(other, name) and told.get(name, True):
            setattr(kept, name, getattr(other, name))
            kept.why[name] = other.why.get(name, "")


def _tells_date(page: Page, draft: Draft) -> bool:
    """Whether a draft is dated surely, by an expression in its anchor's sentence."""
    sentence = page.parse.chunk_span(page.parse.sentence_of(draft.word))
    return draft.date is not None and draft.dated >= SURE_DATE and draft.date.span is not None and draft.date.span.overlaps(sentence)
