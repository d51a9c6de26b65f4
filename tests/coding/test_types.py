from types import SimpleNamespace

import numpy as np

from demarche.coding import candidates, types
from demarche.knowledge.codebook import Codebook
from tests.coding.pages import Told, drafts, page

SHELLED = "Rebels/NOUN/nsubj/2 shelled/VERB/root the/DET/det/4 town/NOUN/obj/2 with/ADP/case/6 mortars/NOUN/obl/2 ./PUNCT/punct/2"
ARRESTED = "Police/NOUN/nsubj/2 arrested/VERB/root the/DET/det/4 mayor/NOUN/obj/2 ./PUNCT/punct/2"


def typed(sentence, anchor, told, **options):
    (draft,) = drafts(page(sentence, events={anchor: told}, **options), candidates, types)
    return draft


def test_the_likeliest_type_and_its_reason():
    draft = typed(ARRESTED, "arrested", Told("COERCE", 0.8))
    assert (draft.type, round(draft.probability, 3)) == ("COERCE", 0.8)
    assert draft.why["type"].startswith("event model (0.80), codebook cue “")


def test_a_cue_of_another_type_is_not_named():
    draft = typed(ARRESTED, "arrested", Told("AID"))
    assert (draft.type, draft.why["type"]) == ("AID", "event model (0.90)")


def test_none_is_never_a_type():
    assert typed(ARRESTED, "arrested", Told("COERCE", candidates.CANDIDATE + 0.01)).type == "COERCE"


def test_a_sure_mode_is_taken():
    draft = typed(SHELLED, "shelled", Told(mode="explosives", mode_sure=0.9))
    assert draft.mode == "explosives" and draft.why["mode"].startswith("event model (0.")


def test_a_mode_is_sure_from_the_threshold_on():
    def chosen(probability):
        """The mode where the firearms have this probability and three others share the rest."""
        return typed(SHELLED, "shelled", Told(mode="firearms", mode_sure=0.06 * probability / (1 - probability)))

    above, below = chosen(types.MODE + 0.01), chosen(types.MODE - 0.01)
    assert above.mode == "firearms" and above.why["mode"] == f"event model ({types.MODE + 0.01:.2f})"
    assert below.mode != "firearms"


def test_no_mode_where_the_model_is_sure_of_none():
    draft = typed(ARRESTED, "arrested", Told("COERCE", mode=None, mode_sure=0.9))
    assert draft.mode is None and "mode" not in draft.why


def test_the_codebook_names_the_mode_where_the_model_is_not_sure():
    def mode(none):
        """The mode where "no mode" has this probability and arrest the rest."""
        return typed(ARRESTED, "arrested", Told("COERCE", mode=None, mode_sure=0.02 * none / (1 - none))).mode

    sure = 1 - types.MODE / 2
    assert (mode(sure - 0.01), mode(sure + 0.01)) == ("arrest", None)


def test_the_model_keeps_its_mode_against_the_cue():
    assert typed(ARRESTED, "arrested", Told("ASSAULT", mode="firearms")).mode == "firearms"


def test_contexts_of_the_sentence():
    assert "election" in " ".join(
        typed("Police/NOUN/nsubj/2 arrested/VERB/root voters/NOUN/obj/2 at/ADP/case/6 the/DET/det/6 election/NOUN/obl/2", "arrested", Told("COERCE")).contexts
    )
    assert "election" not in " ".join(typed(ARRESTED, "arrested", Told("COERCE")).contexts)


def test_a_type_of_the_users_wins(own):
    sentence = "Dero/PROPN/nsubj/2 stepped/VERB/root down/ADP/compound:prt/2 ./PUNCT/punct/2"
    draft = typed(sentence, "stepped", Told("RETREAT"), codebook=own)
    assert (draft.type, draft.mode, draft.why["type"]) == ("HANDOVER", None, "codebook cue “step”")
    (draft,) = drafts(page(sentence, codebook=own), candidates, types)
    assert (draft.type, draft.probability) == ("HANDOVER", 0.5)


def test_a_mode_of_the_users_wins(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("types: {COERCE: {modes: {roundup: {definition: Many at once., score: -6, cues: {verbs: [arrest]}}}}}", encoding="utf-8")
    own = Codebook.load(file)
    for told in (Told("COERCE", mode="arrest"), Told("ASSAULT", mode="firearms")):
        draft = typed(ARRESTED, "arrested", told, codebook=own)
        assert (draft.type, draft.mode, draft.why["mode"]) == ("COERCE", "roundup", "codebook cue “arrest”")
    assert [draft.mode for draft in drafts(page(ARRESTED, codebook=own), candidates, types)] == ["roundup"]


def test_a_sure_cue_with_its_object_decides_where_the_event_model_allows_it():
    cue = SimpleNamespace(text="cancel <agreement>", type="SANCTION", mode=None, weight="high", specificity=2)
    for probability, expected in ((types.SURE_CUE + 0.05, "SANCTION"), (types.SURE_CUE - 0.05, "REJECT")):
        scores = [[0.1, 0.8 - probability, probability]]
        reading = SimpleNamespace(event=np.array(scores), labels={"event": ["none", "REJECT", "SANCTION"]})
        page = SimpleNamespace(reading=reading, parse=None, codebook=SimpleNamespace(match=lambda parse, word: [cue], adds=lambda type, mode: False))
        draft = SimpleNamespace(word=0, probability=0.0, type="", why={})
        types._type(page, draft)
        assert draft.type == expected
