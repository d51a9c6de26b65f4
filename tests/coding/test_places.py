from demarche.coding import candidates, places
from tests.coding.pages import Told, drafts, page

ATTACK = (
    "Gunmen/NOUN/nsubj/2 from/ADP/case/3 Mali/PROPN/nmod/1 attacked/VERB/root Agadez/PROPN/obj/4 in/ADP/case/7 northern/ADJ/amod/8"
    " Niger/PROPN/nmod/5 ./PUNCT/punct/4"
)


def place(roles, sentence=ATTACK):
    made = page(sentence, names={"Location": ["Agadez", "Niger", "Mali"]}, events={"attacked": Told(roles={"place": roles})})
    (draft,) = drafts(made, candidates, places)
    return draft


def test_the_toponym_where_it_happened():
    draft = place({"Agadez": 0.9, "Niger": 0.1})
    assert (draft.place.name, draft.place.country, draft.place.precision, draft.place.span.text) == ("Agadez", "NER", "town", "Agadez")
    assert draft.why["place"] == "event model (0.90), gazetteer: Agadez"


def test_a_country_when_only_that_is_told():
    draft = place({"Niger": 0.8})
    assert (draft.place.name, draft.place.country, draft.place.precision) == ("Niger", "NER", "country")


def test_nowhere_when_no_toponym_says_where():
    draft = place({"Agadez": places.HAPPENED - 0.01})
    assert draft.place is None and draft.why["place"] == "no toponym says where"
    assert place({"Agadez": places.HAPPENED + 0.01}).place.name == "Agadez"


def test_a_country_that_no_name_of_the_parse_covers():
    made = page("Police/NOUN/nsubj/2 fired/VERB/root in/ADP/case/4 Kenya/PROPN/obl/2 ./PUNCT/punct/2", events={"fired": Told(roles={"place": {"Kenya": 0.9}})})
    (draft,) = drafts(made, candidates, places)
    assert (draft.place.country, draft.place.span.text) == ("KEN", "Kenya")


def test_people_of_a_country_are_no_place():
    made = page("Kenyan/ADJ/amod/2 police/NOUN/nsubj/3 fired/VERB/root", events={"fired": Told(roles={"place": {"Kenyan": 0.9}})})
    assert drafts(made, candidates, places)[0].place is None


NAMED = "Gunmen/NOUN/nsubj/2 attacked/VERB/root in/ADP/case/7 the/DET/det/7 old/ADJ/amod/7 {}/PROPN/{}/7 {}/NOUN/obl/2 ./PUNCT/punct/2"


def where(sentence, roles, anchor="attacked"):
    made = page(sentence, names={"Location": ["Agadez", "Niger"]}, events={anchor: Told(roles={"place": roles})})
    found = drafts(made, candidates, places)[0].place
    return found and found.span.text


def test_the_noun_that_a_toponym_names_counts_with_it():
    part = places.HAPPENED * 0.6
    assert where(NAMED.format("Agadez", "compound", "market"), {"market": part, "Agadez": part}) == "Agadez"
    assert where(NAMED.format("Agadez", "compound", "market"), {"Agadez": part}) is None
    assert where(NAMED.format("Agadez", "compound", "market"), {"market": 0.9}) == "Agadez"
    assert where(NAMED.format("Agadez", "nmod:poss", "market"), {"market": 0.9}) is None


def test_the_noun_may_stand_before_the_toponym():
    sentence = "Gunmen/NOUN/nsubj/2 attacked/VERB/root in/ADP/case/4 villages/NOUN/obl/2 near/ADP/case/6 Agadez/PROPN/nmod/4"
    assert where(sentence, {"villages": 0.9}) == "Agadez"
    far = "Gunmen/NOUN/nsubj/2 attacked/VERB/root in/ADP/case/4 villages/NOUN/obl/2 in/ADP/case/8 the/DET/det/8 old/ADJ/amod/8 Agadez/PROPN/nmod/4"
    assert where(far, {"villages": 0.9}) is None


def test_a_toponym_inside_another_lends_it_nothing():
    sentence = "Gunmen/NOUN/nsubj/2 attacked/VERB/root Agadez/PROPN/obj/2 in/ADP/case/5 Niger/PROPN/nmod/3"
    assert where(sentence, {"Agadez": 0.9}) == "Agadez"


def test_the_anchor_lends_its_toponym_nothing():
    sentence = "The/DET/det/3 Agadez/PROPN/compound/3 attack/NOUN/nsubj/4 shocked/VERB/root Niger/PROPN/obj/4"
    assert where(sentence, {"attack": 0.9}, "attack") is None
    assert where(sentence, {"Agadez": places.HAPPENED + 0.01}, "attack") == "Agadez"
