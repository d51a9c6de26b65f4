from demarche.coding import candidates, parties
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


def test_each_side_of_a_coordination():
    draft = party(MET, "met", {"actor": {"The presidents of Kenya and the premier": 0.9}, "recipient": {"Ilan Dero": 0.9}})
    assert spans(draft.actor) == ["The presidents of Kenya", "the premier"]
    assert spans(draft.recipient) == ["Ilan Dero"]
    assert [p.country for p in draft.actor] == ["KEN", "KEN"]
    assert "“the premier”: event model" in draft.why["actor"]


def test_weak_words_only_when_none_is_strong_and_only_the_best():
    weak = {"actor": {"The presidents of Kenya": 0.35, "the premier": 0.4}}
    assert spans(party(MET, "met", weak).actor) == ["the premier"]
    assert spans(party(MET, "met", {"actor": {"The presidents of Kenya": 0.35, "the premier": 0.9}}).actor) == ["the premier"]
    assert party(MET, "met", {"actor": {"the premier": 0.2}}).actor == ()


def test_nobody():
    draft = party(MET, "met", {})
    assert (draft.actor, draft.recipient, draft.why["actor"]) == ((), (), "no word plays this role")


def test_an_anchor_is_no_party_of_its_own_event():
    assert party("Protesters/NOUN/nsubj/2 marched/VERB/root", "marched", {"actor": {"Protesters marched": 0.9}}).actor[0].span.text == "Protesters"


def test_what_is_no_noun_is_no_party():
    assert party("They/PRON/nsubj/2 soon/ADV/advmod/3 met/VERB/root", "met", {"actor": {"soon": 0.9}}).actor == ()


def test_a_party_has_its_country_and_sector_from_its_words():
    (found,) = party("Kenyan/ADJ/amod/2 police/NOUN/nsubj/3 fired/VERB/root", "fired", {"actor": {"Kenyan police": 0.9}}).actor
    assert (found.country, found.sector) == ("KEN", "COP")


def test_the_event_models_sector_where_it_is_sure():
    sentence, roles = "Kenyan/ADJ/amod/2 police/NOUN/nsubj/3 fired/VERB/root", {"actor": {"Kenyan police": 0.9}}
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("MIL", 0.9)}).actor[0].sector == "MIL"
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("MIL", 0.4)}).actor[0].sector == "COP"
    assert party(sentence, "fired", roles, sectors={"Kenyan police": ("none", 0.9)}).actor[0].sector is None


def test_one_party_for_one_chunk():
    made = page(MET, events={"met": Told(roles={"actor": {"the premier": 0.9}})})
    assert [made.parse.chunk_span(c).text for c in parties.chunks(made, at(made.parse, "met").first, "actor")] == ["the premier"]


def test_thresholds_are_read_at_every_call(monkeypatch):
    monkeypatch.setattr(parties, "ROLE", 0.95)
    monkeypatch.setattr(parties, "WEAK_ROLE", 0.92)
    assert party(MET, "met", {"actor": {"the premier": 0.9}}).actor == ()
