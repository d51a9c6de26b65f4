"""Times: the interval of days in which an event lies, by the time expression that governs it."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page
from demarche.language.timex import normalise
from demarche.language.timex_reading import Reading as Time
from demarche.language.timex_values import Value, since, until
from demarche.records import Span, When

GOVERNS = 0.2
"""A time expression governs an event when its words together do so with at least this probability."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Date each draft, or leave it undated when no expression governs it or the expression fixes no day."""
    for draft in drafts:
        found = _governing(page, draft.word)
        if found is None:
            draft.why["date"] = "no time expression governs it"
            continue
        time, score = found
        draft.date, draft.dated = _when(page, time, draft.status), score
        draft.why["date"] = f"event model ({score:.2f}), rule {(draft.date and draft.date.rule) or time.value.rule}" + ("" if draft.date else ": fixes no day")
    return drafts


def _governing(page: Page, word: int) -> tuple[Time, float] | None:
    first, scores = page.reading.roles(word)
    row = scores[page.reading.role("date")]
    best: tuple[Time, float] | None = None
    for time in page.times:
        chunk = page.words(time.timex.start, time.timex.end)
        if chunk is None or chunk.first < first or chunk.end > first + len(row):
            continue
        score = float(row[chunk.first - first : chunk.end - first].sum())
        if score >= GOVERNS and (best is None or score > best[1]):
            best = (time, score)
    return best


def _opened(value: Value, time: Time) -> Value:
    """A second reading opened as the first one was by "since" or "until"."""
    interval = time.value.interval
    if interval is None or None not in (interval.start, interval.end):
        return value
    return since(value) if time.lead == "since" else until(value) if time.lead == "until" else value


def _when(page: Page, time: Time, status: str) -> When | None:
    """The date in the record: an event that is planned lies ahead, one that happened behind, when the expression leaves both open."""
    value, interval = time.value, time.value.interval
    if value.other is not None and time.tense is None:
        again = normalise(time.timex.text, page.published, "future" if status == "future" else "past", None)
        if again is not None:
            value = _opened(again, time)
            interval = value.interval
    if interval is None:
        return None
    span = Span.of(page.parse.text, time.timex.start, time.timex.end)
    return When(interval.start, interval.end, interval.granularity, span, value.timex, value.rule)
