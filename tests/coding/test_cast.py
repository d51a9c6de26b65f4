import datetime as dt

import pytest

from demarche.coding import belonging
from demarche.language.interval import Interval
from tests.coding.pages import at, page


def who(phrase, *sentences, **options):
    """Country, sector, role, and the reason, of the phrase in these sentences."""
    made = page(*sentences, **options)
    profile, how = made.cast.profile(at(made.parse, phrase))
    return (profile.country, profile.sector, profile.role), how


INTRODUCED = (
    "Kenyan/ADJ/amod/2 President/PROPN/nsubj/5 Ilan/PROPN/flat/2 Dero/PROPN/flat/2 arrived/VERB/root ./PUNCT/punct/5",
    "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
)
NAMES = {"Person": ["Ilan Dero", "Dero"]}


def test_a_surname_has_the_title_of_the_full_mention():
    told, how = who("Dero@2", *INTRODUCED, names=NAMES)
    assert told[:2] == ("KEN", "GOV")
    assert how == "another mention of the same name"


def test_a_family_name_told_first():
    told, _ = who(
        "Tovu@2",
        "Ugandan/ADJ/amod/2 minister/NOUN/nsubj/5 Tovu/PROPN/flat/2 Mira/PROPN/flat/2 arrived/VERB/root ./PUNCT/punct/5",
        "Tovu/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
        names={"Person": ["Tovu Mira", "Tovu"]},
    )
    assert told[:2] == ("UGA", "GOV")


def test_two_bearers_of_one_surname_are_two_persons():
    sentences = (
        "Kenyan/ADJ/amod/2 President/PROPN/nsubj/5 Ilan/PROPN/flat/2 Dero/PROPN/flat/2 arrived/VERB/root ./PUNCT/punct/5",
        "Singer/NOUN/nsubj/4 Maro/PROPN/flat/1 Dero/PROPN/flat/1 wept/VERB/root ./PUNCT/punct/4",
        "Maro/PROPN/nsubj/3 Dero/PROPN/flat/1 left/VERB/root ./PUNCT/punct/3",
        "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
    )
    names = {"Person": ["Ilan Dero", "Maro Dero", "Dero"]}
    assert who("Maro Dero@2", *sentences, names=names)[0][1] != "GOV"
    assert who("Dero@4", *sentences, names=names)[0][:2] == ("KEN", "GOV")


def test_a_title_behind_the_name():
    sentences = (
        "Ilan/PROPN/nsubj/8 Dero/PROPN/flat/1 ,/PUNCT/punct/4 president/NOUN/appos/1 of/ADP/case/6 Kenya/PROPN/nmod/4 ,/PUNCT/punct/4"
        " arrived/VERB/root ./PUNCT/punct/8",
        "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
    )
    assert who("Dero@2", *sentences, names=NAMES)[0][:2] == ("KEN", "GOV")


def test_a_title_before_the_comma():
    sentences = (
        "The/DET/det/2 president/NOUN/nsubj/9 of/ADP/case/4 Kenya/PROPN/nmod/2 ,/PUNCT/punct/6 Ilan/PROPN/appos/2 Dero/PROPN/flat/6"
        " ,/PUNCT/punct/6 arrived/VERB/root",
        "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
    )
    assert who("Dero@2", *sentences, names=NAMES)[0][:2] == ("KEN", "GOV")


def test_a_clause_behind_the_comma_is_no_description():
    sentences = (
        "For/ADP/case/2 Dero/PROPN/obl/5 ,/PUNCT/punct/5 France/PROPN/nsubj/5 arrived/VERB/root late/ADV/advmod/5 ./PUNCT/punct/5",
        "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
    )
    assert who("Dero@2", *sentences, names=NAMES, url="https://news.example.co.ke/a")[1] != "another mention of the same name"


def test_the_next_of_a_list_is_no_description():
    sentences = (
        "Dero/PROPN/nsubj/8 ,/PUNCT/punct/4 Ugandan/ADJ/amod/4 Premier/PROPN/conj/1 Mira/PROPN/flat/4 and/CCONJ/cc/7 others/NOUN/conj/1"
        " met/VERB/root ./PUNCT/punct/8",
        "Dero/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2",
    )
    made = page(*sentences, names={"Person": ["Dero", "Mira"]})
    assert made.cast.people["dero"].profile.country is None and made.cast.people["mira"].profile.country == "UGA"


def test_the_man_before_the_conjunction_lends_no_title():
    sentence = (
        "President/PROPN/compound/2 Dero/PROPN/nsubj/6 and/CCONJ/cc/5 Premier/PROPN/compound/5 Mira/PROPN/conj/2 met/VERB/root"
        " in/ADP/case/8 Kampala/PROPN/obl/6 ./PUNCT/punct/6"
    )
    made = page(sentence, names={"Person": ["Dero", "Mira"]})
    assert made.cast.people["mira"].profile.role == "Premier"


def test_followers_are_not_their_leader():
    sentences = (INTRODUCED[0], "Dero/PROPN/nmod:poss/3 's/PART/case/1 followers/NOUN/nsubj/4 marched/VERB/root ./PUNCT/punct/4")
    made = page(*sentences, names=NAMES)
    profile, _ = made.cast.profile(at(made.parse, "Dero's followers"))
    assert (profile.country, profile.sector, profile.name) == ("KEN", "CVL", None)


def test_a_known_leader_is_not_his_followers():
    made = page("Macron/PROPN/nmod:poss/3 's/PART/case/1 supporters/NOUN/nsubj/4 sang/VERB/root", names={"Person": ["Macron"]})
    profile, _ = made.cast.profile(at(made.parse, "Macron's supporters"))
    assert (profile.country, profile.sector, profile.name, profile.id) == ("FRA", "CVL", None, None)


HE = ("He/PRON/nsubj/2 left/VERB/root his/PRON/nmod:poss/4 country/NOUN/obj/2 ./PUNCT/punct/2",)


def test_he_is_the_person_told_of_before():
    told, how = who("He", INTRODUCED[0], *HE, names=NAMES)
    assert (told[:2], how) == (("KEN", "GOV"), "pronoun followed back")


def test_his_country_is_that_of_the_person():
    sentences = (INTRODUCED[0], "Mali/PROPN/nsubj/2 watched/VERB/root Mali/PROPN/obj/2 and/CCONJ/cc/5 Mali/PROPN/conj/3 ./PUNCT/punct/2", *HE)
    told, how = who("his country", *sentences, names=NAMES)
    assert (told[0], how) == ("KEN", "its possessor followed back")


def test_the_subject_before_is_meant_rather_than_a_later_name():
    sentences = (
        "Kenyan/ADJ/amod/2 President/PROPN/nsubj/4 Dero/PROPN/flat/2 met/VERB/root Ugandan/ADJ/amod/6 Premier/PROPN/obj/4 Mira/PROPN/flat/6 ./PUNCT/punct/4",
        *HE,
    )
    assert who("He", *sentences, names={"Person": ["Dero", "Mira"]})[0][0] == "KEN"


def test_a_person_without_a_country_is_of_the_home_country_as_his_name_is():
    sentences = ("Reformist/ADJ/amod/2 Dero/PROPN/nsubj/3 left/VERB/root Kenya/PROPN/obj/3 ./PUNCT/punct/3", *HE)
    assert who("Dero", *sentences, names=NAMES)[0][0] == who("He", *sentences, names=NAMES)[0][0] == "KEN"


def test_it_is_the_body_that_speaks():
    sentence = "Mali/PROPN/nmod:poss/3 's/PART/case/1 army/NOUN/nsubj/4 told/VERB/root Ilan/PROPN/obj/4 Dero/PROPN/flat/5 it/PRON/nsubj/8 fired/VERB/ccomp/4"
    assert who("it", sentence, names=NAMES)[0][:2] == ("MLI", "MIL")


def test_they_are_the_many_who_speak():
    sentence = "Kenyan/ADJ/amod/2 soldiers/NOUN/nsubj/3 said/VERB/root they/PRON/nsubj/5 fired/VERB/ccomp/3 ./PUNCT/punct/3"
    assert who("they", sentence)[0][:2] == ("KEN", "MIL")


def test_an_object_is_not_its_own_subject():
    sentence = "The/DET/det/3 Kenyan/ADJ/amod/3 minister/NOUN/nsubj/4 praised/VERB/root him/PRON/obj/4 ./PUNCT/punct/4"
    assert who("him", sentence) == ((None, None, None), "pronoun without a referent")


def test_an_object_is_nobody_of_several_who_act_upon_it():
    sentence = (
        "Kenyan/ADJ/amod/2 President/PROPN/nsubj/8 Ilan/PROPN/flat/2 Dero/PROPN/flat/2 and/CCONJ/cc/7 Mali/PROPN/compound/7 Moru/PROPN/conj/2"
        " praised/VERB/root him/PRON/obj/8 ./PUNCT/punct/8"
    )
    names = {"Person": ["Ilan Dero", "Moru"]}
    assert who("him", sentence, names=names)[1] == "pronoun without a referent"
    assert who("himself", sentence.replace("him/PRON/obj", "himself/PRON/obj"), names=names)[0][0] in ("KEN", "MLI")


def test_he_is_no_body():
    sentence = "Mali/PROPN/nmod:poss/3 's/PART/case/1 army/NOUN/nsubj/4 said/VERB/root he/PRON/nsubj/6 fled/VERB/ccomp/4 ./PUNCT/punct/4"
    assert who("he", sentence)[1] == "pronoun without a referent"


QUOTED = (
    "“/PUNCT/punct/4 We/PRON/nsubj/4 will/AUX/aux/4 fight/VERB/root ,/PUNCT/punct/4 ”/PUNCT/punct/4 said/VERB/parataxis/4 Dero/PROPN/nsubj/7 ./PUNCT/punct/4"
)


@pytest.mark.parametrize(("phrase", "country"), [("We", "KEN"), ("our", "KEN")])
def test_we_are_the_side_of_the_speaker(phrase, country):
    sentences = (
        INTRODUCED[0],
        "Mali/PROPN/nsubj/2 watched/VERB/root Mali/PROPN/obj/2 and/CCONJ/cc/5 Mali/PROPN/conj/3 ./PUNCT/punct/2",
        QUOTED,
        "“/PUNCT/punct/3 Defend/VERB/root our/PRON/nmod:poss/4 land/NOUN/obj/2 ./PUNCT/punct/2 ”/PUNCT/punct/2",
    )
    said = [("Dero@2", "said", "We will fight"), (None, None, "Defend our land")]
    assert who(phrase, *sentences, names=NAMES, said=said)[0][0] == country


def test_we_outside_a_quotation_is_nobody():
    assert who("We", "We/PRON/nsubj/2 left/VERB/root Kenya/PROPN/obj/2 ./PUNCT/punct/2")[1] == "pronoun without a referent"


def test_sources_in_each_others_words_end():
    sentence = "my/PRON/nmod:poss/2 aide/NOUN/nsubj/3 said/VERB/root our/PRON/nmod:poss/5 friend/NOUN/nsubj/6 said/VERB/ccomp/3 so/ADV/advmod/6"
    said = [("my aide", "said", "our friend said so"), ("our friend", "said@2", "my aide said")]
    assert who("our friend", sentence, said=said)[0][0] is None


MALI_OFTEN = "Mali/PROPN/nsubj/4 and/CCONJ/cc/3 Mali/PROPN/conj/1 met/VERB/root Mali/PROPN/obj/4 ./PUNCT/punct/4"
KENYA_ONCE = "Kenya/PROPN/nsubj/2 agreed/VERB/root ./PUNCT/punct/2"
SPOKE = "The/DET/det/2 {}/NOUN/nsubj/3 spoke/VERB/root of/ADP/case/5 Niger/PROPN/obl/3 ./PUNCT/punct/3"


def learn(monkeypatch, **weights):
    monkeypatch.setattr(belonging, "_learned", lambda: {name.replace("_", " "): value for name, value in weights.items()})


@pytest.mark.parametrize("noun", ["army", "ministry", "police", "union"])
def test_a_party_without_a_country_is_of_the_one_the_report_is_mostly_about(noun):
    told, how = who(f"The {noun}", MALI_OFTEN, KENYA_ONCE, "¶ " + SPOKE.format(noun))
    assert told[0] == "MLI" and how.startswith("of the countries the report names the likeliest")


@pytest.mark.parametrize(("weights", "country"), [({"home": 1.0}, "MLI"), ({"latest": 1.0}, "KEN"), ({"after": 1.0}, "NER"), ({"none": 1.0}, None)])
def test_weights_choose_among_the_countries_named_and_none(monkeypatch, weights, country):
    learn(monkeypatch, **{name: 9 * value for name, value in weights.items()})
    assert who("The army", MALI_OFTEN, "¶ " + KENYA_ONCE, SPOKE.format("army"))[0][0] == country


def test_the_same_paragraph_and_the_nearer_country(monkeypatch):
    learn(monkeypatch, same_paragraph=9.0, latest=4.5)
    assert who("The army", MALI_OFTEN, "¶ " + KENYA_ONCE, SPOKE.format("army"))[0][0] == "KEN"
    assert who("The army", "¶ " + MALI_OFTEN, KENYA_ONCE, MALI_OFTEN, SPOKE.format("army"))[0][0] == "MLI"
    assert who("The army", "¶ " + MALI_OFTEN, MALI_OFTEN, KENYA_ONCE, SPOKE.format("army"))[0][0] == "KEN"


def test_many_states_are_of_none():
    sentence = "Kenya/PROPN/nsubj/2 met/VERB/root other/ADJ/amod/4 countries/NOUN/obj/2 ./PUNCT/punct/2"
    assert who("other countries", sentence)[0][0] is None


def test_home_from_text_and_address():
    bare = "Police/NOUN/nsubj/2 fired/VERB/root ./PUNCT/punct/2"
    assert page(bare).cast.home is None
    assert page(bare, url="https://www.standard.example.co.ke/politics").cast.home == "KEN"
    both = ("Mali/PROPN/nsubj/2 won/VERB/root ./PUNCT/punct/2", "Mali/PROPN/nsubj/2 won/VERB/root ./PUNCT/punct/2")
    assert page(*both, url="https://www.standard.example.co.ke/politics").cast.home == "MLI"


def test_known_names_speak_for_the_home_country():
    seen = "Barack/PROPN/nsubj/3 Obama/PROPN/flat/1 met/VERB/root Joe/PROPN/obj/3 Biden/PROPN/flat/4 ./PUNCT/punct/3"
    told = ("Kenya/PROPN/nsubj/2 won/VERB/root ./PUNCT/punct/2", *[seen] * 3)
    names = {"Person": [f"{name}@{n}" if n > 1 else name for name in ("Barack Obama", "Joe Biden") for n in (1, 2, 3)]}
    day = Interval.day(dt.date(2015, 3, 1))
    assert [page(*told, names=found, published=day).cast.home for found in ({}, names)] == ["KEN", "USA"]


def test_places_and_known_names_near_a_party_weigh_apart(monkeypatch):
    told = ("Mali/PROPN/nsubj/2 won/VERB/root ./PUNCT/punct/2", "Police/NOUN/nsubj/2 fired/VERB/root in/ADP/case/4 Eldoret/PROPN/obl/2 ./PUNCT/punct/2")
    for weights, country in (({"home": 9.0}, "MLI"), ({"town_after": 9.0}, "KEN"), ({"known_after": 9.0, "home": 1.0}, "MLI")):
        learn(monkeypatch, **weights)
        assert who("Police", *told, names={"Location": ["Eldoret"]})[0][0] == country


def test_office_holders_by_the_day_of_the_report():
    from demarche.coding.cast import Cast

    made = page("The/DET/det/2 president/NOUN/nsubj/3 left/VERB/root Kenya/PROPN/obj/3 ./PUNCT/punct/3")
    cast = Cast(made.parse, dt.date(2024, 3, 1))
    assert cast.describe("President Ruto").name == "William Ruto"
