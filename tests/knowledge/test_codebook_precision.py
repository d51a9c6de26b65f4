from __future__ import annotations

from demarche.knowledge.codebook import Codebook
from training.codebook_precision import Sightings, _lemmas, advice, remarked

CONDEMN = next(cue for cue in Codebook.load().cues("condemn", "VERB") if cue.mode == "disapprove")


def test_marks_are_rewritten_and_nothing_else() -> None:
    text = "types:\n  AID:\n    cues:\n      verbs: [aid!, lend]  \n      phrases: [give <aid>!,\n        top up~]\n"
    changed = remarked(text, {("AID", None, "verb", "aid"): "~", ("AID", None, "verb", "top up"): "", ("AID", None, "noun", "lend"): "!"})
    assert changed == text.replace("aid!, lend", "aid~, lend").replace("top up~", "top up")


def test_few_sightings_leave_a_weight_alone() -> None:
    assert advice(CONDEMN, Sightings(none=1)) == CONDEMN.weight == "high"
    assert advice(CONDEMN, Sightings(none=20)) == "low"
    assert advice(CONDEMN, Sightings(none=40)) == "misleading"


def test_lemmas_of_inflected_words() -> None:
    assert {"ban"} <= _lemmas("banned") and {"deny"} <= _lemmas("denied") and {"seize"} <= _lemmas("seizing") and {"hold"} <= _lemmas("held")
