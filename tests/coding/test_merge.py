from math import log

import pytest

from demarche.coding import candidates, magnitudes, merge, parties, places, statuses, times, types
from demarche.coding.draft import Draft
from demarche.records import Party, Span, When
from tests.coding.pages import Told, drafts, page

HEADLINE = "Dozens/NOUN/nsubj:pass/2 injured/VERB.VBN/root in/ADP/case/5 market/NOUN/compound/5 attack/NOUN/obl/2"
BODY = (
    "¶ Gunmen/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 market/NOUN/obj/2 in/ADP/case/6 Agadez/PROPN/obl/2 ,/PUNCT/punct/8"
    " killing/VERB/advcl/2 30/NUM/nummod/10 traders=person/NOUN/obj/8 ./PUNCT/punct/2"
)
STAGES = (candidates, types, statuses, parties, times, places, magnitudes, merge)


@pytest.fixture(autouse=True)
def weights(monkeypatch):
    """Weights of the tests' own: likeness of types, of words and of parties decide."""
    own = {"intercept": -9.0, "same_type": 6.0, "same_stem": 4.0, "actor_other": -4.0, "recipient_other": -4.0, "date_other": -4.0, "alike": 1.0}
    monkeypatch.setattr(merge, "_weights", lambda: own)


def told(kind="ASSAULT", sure=0.9, **roles):
    return Told(kind, sure, roles={role: {phrase: 0.9} for role, phrase in roles.items()})


def merged(events, *sentences, **options):
    made = page(*sentences, events=events, names={"Location": ["Agadez"]}, **options)
    found = drafts(made, *STAGES)
    return [(made.parse.chunk_span(d.anchor).text, [made.parse.chunk_span(c).text for c in d.also]) for d in found], found


def test_headline_and_body_are_one_event_told_by_its_surest_mention():
    anchors, (draft,) = merged({"attack": told(sure=0.7), "attacked": told(actor="Gunmen", place="Agadez")}, HEADLINE, BODY)
    assert anchors == [("attacked", ["attack"])]
    assert (draft.magnitude.killed.low, draft.magnitude.injured.low) == (30, 24)
    assert draft.why["magnitude"] == "“30” counts the killed; “Dozens” counts the injured"


def test_the_surest_mention_takes_over_what_it_leaves_open():
    _, (draft,) = merged({"attack": told(sure=0.95), "attacked": told(actor="Gunmen", place="Agadez")}, HEADLINE, BODY)
    assert ([p.span.text for p in draft.actor], draft.place.name) == (["Gunmen"], "Agadez")
    assert draft.why["actor"].startswith("“Gunmen”") and "Agadez" in draft.why["place"]


def test_what_it_tells_itself_it_keeps():
    sentence = "Rebels/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 camp/NOUN/obj/2"
    _, (draft,) = merged({"attacked": told(actor="Rebels"), "attacked@2": told(sure=0.8)}, sentence, BODY)
    assert [p.span.text for p in draft.actor] == ["Rebels"]


def weigh(monkeypatch, **weights):
    monkeypatch.setattr(merge, "_weights", lambda: weights)


def test_two_types_are_two_events_where_the_type_weighs_enough():
    anchors, _ = merged({"attack": told("THREATEN"), "attacked": told()}, HEADLINE, BODY)
    assert anchors == [("attack", []), ("attacked", [])]


def test_two_types_are_one_event_of_the_surest_type_where_the_weights_say_so(monkeypatch):
    weigh(monkeypatch, intercept=-3.0, same_type=1.0, same_stem=4.0)
    anchors, (draft,) = merged({"attack": told("THREATEN", 0.7), "attacked": told("ASSAULT", 0.8, place="Agadez")}, HEADLINE, BODY)
    assert (anchors, draft.type) == ([("attacked", ["attack"])], "ASSAULT")
    anchors, (draft,) = merged({"attack": told("THREATEN", 0.8), "attacked": told("ASSAULT", 0.7, place="Agadez")}, HEADLINE, BODY)
    assert (anchors, draft.type, draft.place.name) == ([("attack", ["attacked"])], "THREATEN", "Agadez")


@pytest.mark.parametrize(("kind", "together"), [("ASSAULT", True), ("COERCE", True), ("THREATEN", False), ("AID", False)])
def test_two_types_of_one_quad_are_alike(kind, together, monkeypatch):
    weigh(monkeypatch, intercept=-9.0, same_quad=6.0, same_stem=4.0)
    anchors, _ = merged({"attack": told(kind), "attacked": told("ASSAULT", 0.95)}, HEADLINE, BODY)
    assert anchors == ([("attacked", ["attack"])] if together else [("attack", []), ("attacked", [])])


@pytest.mark.parametrize(("nudge", "together"), [(0.01, True), (-0.01, False)])
def test_drafts_are_one_happening_from_the_threshold_on(nudge, together, monkeypatch):
    same = merge.SAME + nudge
    weigh(monkeypatch, intercept=log(same / (1 - same)))
    anchors, _ = merged({"attack": told(), "attacked": told(sure=0.95)}, HEADLINE, BODY)
    assert anchors == ([("attacked", ["attack"])] if together else [("attack", []), ("attacked", [])])


def test_of_two_events_a_draft_is_the_likelier_one(monkeypatch):
    weigh(monkeypatch, intercept=1.0, same_type=1.0, same_stem=1.0, same_mode=1.0, actor_other=-9.0, actor_related=-9.0)
    sentence = "Police/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 camp/NOUN/obj/2"
    events = {"attacked": told("COERCE", actor="Police"), "attacked@2": told(actor="Gunmen"), "attack": told(sure=0.6)}
    assert merged(events, HEADLINE, sentence, BODY)[0] == [("attacked", []), ("attacked", ["attack"])]


def test_other_parties_are_other_events(monkeypatch):
    weigh(monkeypatch, intercept=1.0, actor_same=1.0, actor_related=-2.0, actor_other=-3.0)
    sentence = "Police/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 camp/NOUN/obj/2"
    anchors, _ = merged({"attacked": told(actor="Police"), "attacked@2": told(actor="Gunmen")}, sentence, BODY)
    assert anchors == [("attacked", []), ("attacked", [])]


def test_weak_drafts_fall_away():
    below, above = told(sure=merge.THRESHOLD - 0.01), told(sure=merge.THRESHOLD + 0.01)
    assert merged({"attack": below, "attacked": told()}, HEADLINE, BODY)[0] == [("attacked", [])]
    assert merged({"attack": below}, HEADLINE, BODY)[0] == []
    assert merged({"attack": above}, HEADLINE, BODY)[0] == [("attack", [])]


def test_events_come_in_the_order_of_the_report():
    words, _ = merged({"attacked": told("MOBILIZE", 0.95), "injured": told("ASSAULT", 0.6), "killing": told("COERCE", 0.8)}, HEADLINE, BODY)
    assert [anchor for anchor, _ in words] == ["injured", "attacked", "killing"]


@pytest.mark.parametrize(
    ("one", "two", "same"), [("ASSAULT", "ASSAULT", (1, 1)), ("ASSAULT", "COERCE", (0, 1)), ("ASSAULT", "THREATEN", (0, 0)), ("AID", "ASSAULT", (0, 0))]
)
def test_features_of_types(one, two, same):
    made = page(HEADLINE, BODY)
    found = merge.features(made, Draft(0, 0.9, one), Draft(1, 0.9, two))
    assert (found["same_type"], found["same_quad"]) == same


def test_features_of_parties_and_dates():
    made = page(HEADLINE, BODY)
    span = Span(0, 6, "Dozens")
    kenya, police, mali = Party(span, None, "KEN", "GOV"), Party(Span(7, 14, "injured"), None, "KEN", "COP"), Party(Span(15, 17, "in"), None, "MLI", "GOV")

    def between(one, two):
        first, second = (Draft(0, 0.9, "ASSAULT", actor=actor, date=date) for actor, date in (one, two))
        return {name for name, value in merge.features(made, first, second).items() if value and name.startswith(("actor", "date"))}

    day, other = When(None, None, "day"), When(None, None, "day")
    assert between(((kenya,), day), ((kenya,), other)) == {"actor_same", "date_same"}
    assert between(((kenya,), None), ((police,), day)) == {"actor_related", "date_open"}
    assert between(((kenya,), None), ((mali,), None)) == {"actor_other", "date_open"}
    assert between(((), None), ((mali,), None)) == {"actor_open", "date_open"}
