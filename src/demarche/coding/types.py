"""Types and modes: what kind of event a draft is, by the event model, checked against the codebook's cues."""

from __future__ import annotations

from demarche.coding.draft import Draft, Page

SURE_CUE = 0.1
"""A sure cue of the codebook that asks for further words ("cancel <agreement>") decides the type from this probability of its type on."""
MODE = 0.25
"""A mode is given when its probability is at least this; below, the event keeps its type alone unless the codebook's cue names a mode."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give each draft its type, mode and contexts."""
    for draft in drafts:
        _type(page, draft)
        _mode(page, draft)
        sentence = page.parse.sentence_of(draft.word)
        draft.contexts = page.codebook.contexts([page.parse.words[i].text for i in range(sentence.first, sentence.end)])
    return drafts


def _type(page: Page, draft: Draft) -> None:
    scores = page.reading.event[draft.word]
    best = int(scores[1:].argmax()) + 1
    draft.type = page.reading.labels["event"][best]
    draft.probability = max(draft.probability, float(1 - scores[0]))
    draft.why["type"] = f"event model ({scores[best]:.2f})"
    cues = page.codebook.match(page.parse, draft.word)
    own = next((cue for cue in cues if page.codebook.adds(cue.type, cue.mode)), None)
    sure = next((cue for cue in cues[:1] if cue.weight == "high" and cue.specificity >= 2), None)
    if own is not None and own.type:
        draft.type, draft.why["type"] = own.type, f"codebook cue “{own.text}”"
    elif sure is not None and sure.type in page.reading.labels["event"] and _likely(page, draft, sure.type) >= SURE_CUE:
        draft.type, draft.why["type"] = sure.type, f"codebook cue “{sure.text}”, event model ({_likely(page, draft, sure.type):.2f})"
    elif cues and cues[0].type == draft.type:
        draft.why["type"] += f", codebook cue “{cues[0].text}”"


def _likely(page: Page, draft: Draft, kind: str) -> float:
    return float(page.reading.event[draft.word][page.reading.labels["event"].index(kind)])


def _mode(page: Page, draft: Draft) -> None:
    scores = page.reading.mode_scores(draft.word, draft.type)
    likely = max(scores, key=lambda mode: scores[mode], default=None)
    cued, cue = page.codebook.mode(page.parse, draft.word, draft.type)
    own = next((c for c in page.codebook.match(page.parse, draft.word) if c.type == draft.type and (c.type, c.mode) in page.codebook.added_modes), None)
    if own is not None:
        draft.mode, draft.why["mode"] = own.mode, f"codebook cue “{own.text}”"
    elif likely is not None and scores[likely] >= MODE:
        draft.mode, draft.why["mode"] = likely, f"event model ({scores[likely]:.2f})"
    elif cued is not None and cue is not None and scores.get(None, 0.0) < 1 - MODE / 2:
        draft.mode, draft.why["mode"] = cued, f"codebook cue “{cue.text}”"
