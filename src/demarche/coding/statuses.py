"""Status: whether the event happened, is planned, is only possible, or did not happen, as its teller has it."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give each draft the likeliest status."""
    for draft in drafts:
        scores = page.reading.status_of(draft.word)
        draft.status = max(scores, key=lambda status: scores[status])
        draft.why["status"] = f"event model ({scores[draft.status]:.2f})"
    return drafts
