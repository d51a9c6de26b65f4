import datetime as dt

import pytest

from demarche.coding import candidates, parties
from demarche.language.interval import Interval
from tests.coding.pages import Told, at, drafts, page

MET = (
    "The/DET/det/2 presidents/NOUN/nsubj/8 of/ADP/case/4 Kenya/PROPN/nmod/2 and/CCONJ/cc/7 the/DET/det/7 premier/NOUN/conj/2 met/VERB/root"
    " Ilan/PROPN/obj/8 Dero/PROPN/flat/9 ,/PUNCT/punct/13 a/DET/det/13 rebel/NOUN/appos/9 ./PUNCT/punct/8"
)


def party(sentence, anchor, roles, **options):
    (draft,) = drafts(page(sentence, events={anchor: Told(roles=roles)}, **options), candidates, parties)
    return draft


def spans(found):
    return [p.span.text for p in found]


def test_the_sides_of_a_coordination_share_the_probability():
    draft = party(MET, "met", {"actor": {"The presidents of Kenya": 0.5, "the premier": 0.45}, "recipient": {"Ilan Dero": 0.9}})
    assert spans(draft.actor) == ["The presidents of Kenya", "the premier"]
    assert spans(draft.recipient) == ["Ilan Dero"]
    assert [p.country for p in draft.actor] == ["KEN", "KEN"]
    assert "“the premier”: event model" in draft.why["actor"]


def test_many_sides_are_parties_though_none_alone_is_likely():
    sentence = "Kenya/PROPN/nsubj/8 ,/PUNCT/punct/3 Mali/PROPN/conj/1 ,/PUNCT/punct/5 Niger/PROPN/conj/1 and/CCONJ/cc/7 Chad/PROPN/conj/1 met/VERB/root"
    sides = ["Kenya", "Mali", "Niger", "Chad"]
    assert spans(party(sentence, "met", {"actor": dict.fromkeys(sides, parties.ROLE / 3)}).actor) == sides
    assert spans(party(sentence, "met", {"actor": dict.fromkeys(sides, parties.ROLE / 5)}).actor) == []
    assert spans(party(sentence, "met", {"actor": {"Kenya": 0.9, "Niger": parties.JOINED + 0.01}}).actor) == ["Kenya", "Niger"]
    assert spans(party(sentence, "met", {"actor": {"Kenya": 0.9, "Niger": parties.JOINED - 0.01}}).actor) == ["Kenya"]
    assert spans(party(sentence, "met", {"actor": {"Niger": 0.9}}).actor) == ["Niger"]


def test_two_words_that_are_no_coordination_reach_the_threshold_each_by_itself():
    above, below = parties.ROLE + 0.01, parties.ROLE - 0.01
    assert spans(party(MET, "met", {"actor": {"Ilan Dero": below, "the premier": above}}).actor) == ["the premier"]
    assert spans(party(MET, "met", {"actor": {"Ilan Dero": above, "the premier": above}}).actor) == ["the premier", "Ilan Dero"]
    assert party(MET, "met", {"actor": {"the premier": below}}).actor == ()


KENYA_AND_MALI = "Kenya/PROPN/nsubj/4 and/CCONJ/cc/3 Mali/PROPN/conj/1 accused/VERB/root Niger/PROPN/obj/4 ./PUNCT/punct/4"


def test_a_word_that_is_likelier_a_recipient_is_no_actor():
    likely, likelier = parties.ROLE + 0.1, parties.ROLE + 0.2
    draft = party(KENYA_AND_MALI, "accused", {"actor": {"Niger": likely}, "recipient": {"Niger": likelier}})
    assert (draft.actor, spans(draft.recipient), draft.why["actor"]) == ((), ["Niger"], "no word plays this role")
    draft = party(KENYA_AND_MALI, "accused", {"actor": {"Niger": likelier}, "recipient": {"Niger": likely}})
    assert (spans(draft.actor), draft.recipient) == (["Niger"], ())


def test_a_side_that_is_likelier_a_recipient_leaves_the_other_actors():
    side = parties.ROLE + 0.1
    draft = party(KENYA_AND_MALI, "accused", {"actor": {"Kenya": side, "Mali": side}, "recipient": {"Mali": side + 0.1}})
    assert (spans(draft.actor), spans(draft.recipient)) == (["Kenya"], ["Mali"])


def test_a_word_may_play_other_roles_beside_the_actor():
    roles = {"actor": {"Niger": parties.ROLE + 0.1}, "place": {"Niger": 0.9}, "source": {"Niger": 0.9}}
    assert spans(party(KENYA_AND_MALI, "accused", roles).actor) == ["Niger"]


def test_of_phrases_that_overlap_the_likeliest_stays():
    sentence = "Kenya/PROPN/nmod:poss/3 's/PART/case/1 army/NOUN/nsubj/4 fired/VERB/root"
    assert spans(party(sentence, "fired", {"actor": {"Kenya": parties.ROLE + 0.05, "army": parties.ROLE + 0.3}}).actor) == ["Kenya's army"]
    assert spans(party(sentence, "fired", {"actor": {"Kenya": parties.ROLE + 0.3, "army": parties.ROLE + 0.05}}).actor) == ["Kenya"]


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("French/ADJ/amod/4 and/CCONJ/cc/3 German/ADJ/conj/1 officials/NOUN/nsubj/5 met/VERB/root", ["FRA", "DEU"]),
        ("US/PROPN/compound/4 and/CCONJ/cc/3 Kenyan/ADJ/conj/1 troops/NOUN/nsubj/5 met/VERB/root", ["USA", "KEN"]),
        ("South/ADJ/amod/2 Korean/ADJ/amod/5 and/CCONJ/cc/4 German/ADJ/conj/2 officials/NOUN/nsubj/6 met/VERB/root", ["KOR", "DEU"]),
        ("Kenyan/ADJ/amod/4 and/CCONJ/cc/3 armed/ADJ/conj/1 officials/NOUN/nsubj/5 met/VERB/root", ["KEN"]),
        ("senior/ADJ/amod/3 Kenyan/ADJ/amod/3 officials/NOUN/nsubj/4 met/VERB/root", ["KEN"]),
        ("officials/NOUN/nsubj/6 of/ADP/case/3 Kenya/PROPN/nmod/1 and/CCONJ/cc/5 Mali/PROPN/conj/3 met/VERB/root", ["KEN", "MLI"]),
        ("officials/NOUN/nsubj/6 of/ADP/case/3 Kenya/PROPN/nmod/1 and/CCONJ/cc/5 police/NOUN/conj/3 met/VERB/root", ["KEN"]),
        ("official/NOUN/nsubj/6 of/ADP/case/3 Kenya/PROPN/nmod/1 and/CCONJ/cc/5 Mali/PROPN/conj/3 met/VERB/root", ["KEN"]),
    ],
)
def test_coordinated_nationalities_are_one_party_for_each_country(sentence, countries):
    noun = next(word for word in ("troops", "officials", "official") if word in sentence)
    draft = party(sentence, "met", {"actor": {noun: 0.9}})
    assert [p.country for p in draft.actor] == countries
    assert len({p.span for p in draft.actor}) == len({p.sector for p in draft.actor}) == 1
    assert draft.why["actor"].endswith("one for each country") == (len(countries) > 1)


def test_beside_a_likelier_party_a_word_that_is_not_joined_to_it_needs_half_its_probability():
    sentence = "Kenya/PROPN/nsubj/2 said/VERB/root Niger/PROPN/nsubj/4 met/VERB/ccomp/2 ./PUNCT/punct/2"

    def told(share: float) -> list[str]:
        return spans(party(sentence, "met", {"actor": {"Niger": 0.7, "Kenya": 0.7 * share}}).actor)

    assert told(parties.BESIDE - 0.05) == ["Niger"]
    assert told(parties.BESIDE + 0.05) == ["Kenya", "Niger"]


def test_nobody():
    draft = party(MET, "met", {})
    assert (draft.actor, draft.recipient, draft.why["actor"]) == ((), (), "no word plays this role")


def test_an_anchor_is_no_party_of_its_own_event():
    sentence = "Protesters/NOUN/nsubj/2 marched/VERB/root"
    assert spans(party(sentence, "marched", {"actor": {"Protesters": parties.ROLE + 0.1, "marched": parties.ROLE + 0.2}}).actor) == ["Protesters"]
    assert party("Kenya/PROPN/compound/2 talks/NOUN/root", "talks", {"actor": {"talks": 0.9}}).actor == ()


def test_what_is_no_noun_is_no_party():
    assert party("They/PRON/nsubj/2 soon/ADV/advmod/3 met/VERB/root", "met", {"actor": {"soon": 0.9}}).actor == ()


def test_a_party_has_its_country_and_sector_from_its_words():
    (found,) = party("Kenyan/ADJ/amod/2 police/NOUN/nsubj/3 fired/VERB/root", "fired", {"actor": {"Kenyan police": 0.9}}).actor
    assert (found.country, found.sector) == ("KEN", "COP")


def test_only_what_is_named_has_a_name():
    sentence, roles = "Envoy/PROPN/nsubj/4 Ilan/PROPN/flat/1 Dero/PROPN/flat/1 left/VERB/root", {"actor": {"Envoy Ilan Dero": 0.9}}
    assert party(sentence, "left", roles, names={"Person": ["Ilan Dero"]}).actor[0].name == "Ilan Dero"
    assert party(sentence, "left", roles).actor[0].name is None


def test_the_event_models_sector_where_it_is_sure():
    sentence, roles = "Kenyan/ADJ/amod/2 police/NOUN/nsubj/3 fired/VERB/root", {"actor": {"Kenyan police": 0.9}}
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("MIL", parties.SECTOR + 0.01)}).actor[0].sector == "MIL"
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("MIL", parties.SECTOR - 0.01)}).actor[0].sector == "COP"
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("none", parties.SECTOR + 0.01)}).actor[0].sector is None


def test_a_known_person_has_the_sector_of_the_office():
    sentence = "President/PROPN/nsubj/4 Vladimir/PROPN/flat/1 Putin/PROPN/flat/1 fired/VERB/root"
    options = {"published": Interval.day(dt.date(2022, 5, 4)), "names": {"Person": ["Vladimir Putin"]}}
    (found,) = party(sentence, "fired", {"actor": {"Putin": 0.9}}, sectors={"President Vladimir Putin": ("OPP", 0.9)}, **options).actor
    assert (found.country, found.sector) == ("RUS", "GOV")


@pytest.mark.parametrize(("name", "sector"), [("Kenya", None), ("The United States", None), ("Kenya's army", "MIL")])
def test_a_state_by_its_bare_name_has_no_sector(name, sector):
    sentence = {
        "Kenya": "Kenya/PROPN/nsubj/2 fired/VERB/root",
        "The United States": "The/DET/det/3 United/ADJ/amod/3 States/PROPN/nsubj/4 fired/VERB/root",
        "Kenya's army": "Kenya/PROPN/nmod:poss/3 's/PART/case/1 army/NOUN/nsubj/4 fired/VERB/root",
    }[name]
    (found,) = party(sentence, "fired", {"actor": {name: 0.9}}, sectors={name: ("MIL", parties.SECTOR + 0.01)}).actor
    assert (found.span.text, found.sector) == (name, sector)


def test_one_party_for_one_chunk():
    made = page(MET, events={"met": Told(roles={"actor": {"the premier": 0.9}})})
    assert [made.parse.chunk_span(c).text for c in parties.chunks(made, at(made.parse, "met").first, "actor")] == ["the premier"]


def test_thresholds_are_read_at_every_call(monkeypatch):
    monkeypatch.setattr(parties, "ROLE", 0.95)
    assert party(MET, "met", {"actor": {"the premier": 0.9}}).actor == ()
