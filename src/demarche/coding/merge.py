"""Merge: one event a happening, however often the report tells it; weak drafts fall away."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page
from demarche.records import Party

THRESHOLD = 0.45
"""The default threshold: a happening is recorded when its best mention is at least this probable."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Group the drafts of one happening under its clearest mention and drop what stays below the threshold."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: -d.probability):
        if draft.probability < THRESHOLD:
            continue
        same = next((other for other in kept if _same(page, other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            _absorb(same, draft)
    return sorted(kept, key=lambda d: d.word)


def _same(page: Page, first: Draft, second: Draft) -> bool:
    """Whether two drafts tell one happening: the same type, words of one stem, and no contradiction in who and when."""
    if first.type != second.type or not _compatible(first, second):
        return False
    a, b = page.parse.words[first.word], page.parse.words[second.word]
    return _stem(a.lemma) == _stem(b.lemma)


def _compatible(first: Draft, second: Draft) -> bool:
    if first.date and second.date and (first.date.start, first.date.end) != (second.date.start, second.date.end):
        return False
    if "negated" in (first.status, second.status) and first.status != second.status:
        return False
    return _may_agree(first.actor, second.actor) and _may_agree(first.recipient, second.recipient)


def _may_agree(first: tuple[Party, ...], second: tuple[Party, ...]) -> bool:
    """Whether two lists of parties may be the same: one is empty, or they share a country, or have none and share a sector."""
    if not first or not second:
        return True
    one, two = {p.country for p in first} - {None}, {p.country for p in second} - {None}
    if one and two:
        return bool(one & two) and not _apart(first, second)
    return not (one or two) and bool({p.sector for p in first} & {p.sector for p in second})


def _apart(first: tuple[Party, ...], second: tuple[Party, ...]) -> bool:
    """Whether the sectors named on both sides exclude each other."""
    one, two = {p.sector for p in first} - {None}, {p.sector for p in second} - {None}
    return bool(one and two) and not one & two


def _stem(lemma: str) -> str:
    return lemma.lower()[:5]


def _absorb(kept: Draft, other: Draft) -> None:
    """Take over what the clearest mention leaves open."""
    kept.also.extend([other.anchor, *other.also])
    for name in ("mode", "date", "place", "magnitude"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(other, name))
            if name in other.why and getattr(other, name) is not None:
                kept.why[name] = other.why[name]
    for name in ("actor", "recipient"):
        if not getattr(kept, name):
            setattr(kept, name, getattr(other, name))
            kept.why[name] = other.why.get(name, "")
