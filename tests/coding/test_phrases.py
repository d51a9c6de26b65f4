import pytest

from demarche.coding.phrases import conjuncts, head, phrase
from tests.coding.pages import at, parse

LED = " led/VERB/root"


def grown(sentence, word, anchor=None, names=None):
    """The phrase that grows from a word, when something else or `anchor` tells the event."""
    made = parse(sentence, names=names)
    return made.chunk_span(phrase(made, at(made, word).first, at(made, anchor).first if anchor else -1)).text


def test_head():
    made = parse("in/ADP/case/4 the/DET/det/4 Malian/ADJ/amod/4 army/NOUN/obl/5 served/VERB/root")
    assert head(made, at(made, "in the Malian army")) == 3
    assert head(made, at(made, "the Malian")) == 1


def test_head_of_nothing_that_could_be_one_is_its_first_word():
    made = parse("of/ADP/case/2 Mali/PROPN/root")
    assert head(made, at(made, "of")) == 0


def test_titles_and_given_names_stay():
    sentence = "Prime/PROPN/compound/2 Minister/PROPN/compound/3 Ilan/PROPN/nsubj/5 Dero/PROPN/flat/3" + LED
    assert grown(sentence, "Ilan", "led") == "Prime Minister Ilan Dero"


@pytest.mark.parametrize("word", ["Arlo", "Quen"])
def test_a_name_stays_whole_where_the_tree_breaks_it(word):
    sentence = "Arlo/PROPN/nsubj/4 Quen/PROPN/nsubj/4 Vasti/PROPN/flat/2" + LED
    assert grown(sentence, word, "led", names={"Person": ["Arlo Quen Vasti"]}) == "Arlo Quen Vasti"


def test_a_country_does_not_grow_to_the_place_named_with_it():
    sentence = "in/ADP/case/2 Mali/PROPN/obl/4 ,/PUNCT/punct/4 met/VERB/root"
    assert grown(sentence, "Mali", names={"Location": ["Mali"]}) == "Mali"


@pytest.mark.parametrize(
    ("sentence", "word", "whole"),
    [
        (
            "the/DET/det/2 Ministry/PROPN/nsubj/7 of/ADP/case/4 Trade/PROPN/nmod/2 and/CCONJ/cc/6 Industry/PROPN/conj/4" + LED,
            "Ministry",
            "the Ministry of Trade and Industry",
        ),
        (
            "the/DET/det/2 head/NOUN/nsubj/8 of/ADP/case/5 the/DET/det/5 police/NOUN/nmod/2 in/ADP/case/7 Niger/PROPN/nmod/5" + LED,
            "head",
            "the head of the police in Niger",
        ),
        ("French/ADJ/amod/4 and/CCONJ/cc/3 German/ADJ/conj/1 officials/NOUN/nsubj/5" + LED, "officials", "French and German officials"),
        ("anti/ADJ/amod/3 -/PUNCT/punct/1 government/NOUN/compound/4 rebels/NOUN/nsubj/5" + LED, "rebels", "anti-government rebels"),
        ("at/ADP/case/2 least/ADJ/advmod/3 two/NUM/nummod/4 rebels/NOUN/nsubj/5" + LED, "rebels", "at least two rebels"),
    ],
)
def test_what_names_it_stays(sentence, word, whole):
    assert grown(sentence, word, "led") == whole


@pytest.mark.parametrize(
    ("sentence", "word", "name"),
    [
        ("rebels/NOUN/nsubj/5 who/PRON/nsubj/3 fled/VERB/acl:relcl/1 north/ADV/advmod/3" + LED, "rebels", "rebels"),
        ("rebels/NOUN/nsubj/6 in/ADP/case/3 towns/NOUN/nmod/1 that/PRON/nsubj/5 fell/VERB/acl:relcl/3" + LED, "rebels", "rebels in towns"),
        ("men/NOUN/nsubj/5 armed/VERB/acl/1 with/ADP/case/4 knives/NOUN/obl/2" + LED, "men", "men"),
        ("rebels/NOUN/nsubj/4 ,/PUNCT/punct/3 retreating/VERB/acl/1" + LED, "rebels", "rebels"),
        ("Ilan/PROPN/nsubj/7 Dero/PROPN/flat/1 ,/PUNCT/punct/5 a/DET/det/5 lawyer/NOUN/appos/1 ,/PUNCT/punct/1" + LED, "Ilan", "Ilan Dero"),
        ("Ilan/PROPN/nsubj/6 Dero/PROPN/flat/1 -/PUNCT/punct/5 a/DET/det/5 lawyer/NOUN/appos/1" + LED, "Ilan", "Ilan Dero"),
        ("states/NOUN/nsubj/5 ,/PUNCT/punct/4 including/VERB/case/4 Mali/PROPN/nmod/1" + LED, "states", "states"),
        ("states/NOUN/nsubj/7 (/PUNCT/punct/3 Mali/PROPN/appos/1 and/CCONJ/cc/5 Niger/PROPN/conj/3 )/PUNCT/punct/3" + LED, "states", "states"),
        ("the/DET/det/2 army/NOUN/nsubj/6 and/CCONJ/cc/5 its/PRON/nmod:poss/5 allies/NOUN/conj/2" + LED, "army", "the army"),
    ],
)
def test_what_is_only_told_of_it_is_cut_off(sentence, word, name):
    assert grown(sentence, word, "led") == name


def test_the_name_behind_a_title_in_commas_stays():
    sentence = "the/DET/det/2 minister/NOUN/nsubj/7 ,/PUNCT/punct/4 Ilan/PROPN/appos/2 Dero/PROPN/flat/4 ,/PUNCT/punct/2" + LED
    assert grown(sentence, "minister", "led", names={"Person": ["Ilan Dero"]}) == "the minister, Ilan Dero"
    assert grown(sentence, "minister", "led") == "the minister"


@pytest.mark.parametrize(("word", "name"), [("men", "his men"), ("his", "his"), ("army", "Mali's army"), ("Mali", "Mali")])
def test_possessors(word, name):
    sentence = "his/PRON/nmod:poss/2 men/NOUN/nsubj/3 fought/VERB/root Mali/PROPN/nmod:poss/6 's/PART/case/4 army/NOUN/obj/3"
    assert grown(sentence, word, "fought") == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("fled/VERB/root due/ADJ/case/5 to/ADP/fixed/2 the/DET/det/5 rebels/NOUN/obl/1", "the rebels"),
        ("fled/VERB/root from/ADP/case/3 rebels/NOUN/obl/1 ,/PUNCT/punct/1", "rebels"),
        ("fled/VERB/root according/VERB/case/4 to/ADP/fixed/2 rebels/NOUN/obl/1 ./PUNCT/punct/1", "rebels"),
    ],
)
def test_prepositions_and_punctuation_go(sentence, name):
    assert grown(sentence, "rebels", "fled") == name


def test_the_anchor_and_what_it_governs_are_no_part():
    sentence = "Turkey/PROPN/nmod:poss/3 's/PART/case/1 shelling/NOUN/nsubj/6 of/ADP/case/5 Zakho/PROPN/nmod/3 went/VERB/root on/ADV/advmod/6"
    assert grown(sentence, "Turkey", "shelling") == "Turkey"
    assert grown(sentence, "Zakho", "shelling") == "Zakho"
    assert grown(sentence, "shelling") == "Turkey's shelling of Zakho"


def test_an_anchor_inside_the_phrase_bounds_it():
    sentence = "the/DET/det/3 protest/NOUN/compound/3 leaders/NOUN/nsubj/6 of/ADP/case/5 Mali/PROPN/nmod/3" + LED
    assert grown(sentence, "leaders", "protest") == "leaders of Mali"
    name = "Peace/PROPN/compound/2 Talks/PROPN/compound/3 Council/PROPN/nsubj/4" + LED
    assert grown(name, "Council", "Talks", names={"Organization": ["Peace Talks Council"]}) == "Council"


@pytest.mark.parametrize("closing", ["6", "2"])
def test_a_short_form_in_brackets_stays(closing):
    sentence = f"the/DET/det/2 Bloc/PROPN/nsubj/8 of/ADP/case/4 States/PROPN/nmod/2 (/PUNCT/punct/6 BOS/PROPN/appos/2 )/PUNCT/punct/{closing} met/VERB/root"
    assert grown(sentence, "Bloc", "met") == "the Bloc of States (BOS)"
    assert grown(sentence, "BOS", "met") == "BOS"


def test_a_phrase_at_either_end_of_the_report():
    assert grown("Rebels/NOUN/root", "Rebels") == "Rebels"
    assert grown("met/VERB/root Ilan/PROPN/obj/1 Dero/PROPN/flat/2", "Ilan", "met") == "Ilan Dero"


@pytest.mark.parametrize("niger", ["1", "3"])
def test_conjuncts_side_by_side_and_chained(niger):
    made = parse(f"France/PROPN/nsubj/6 ,/PUNCT/punct/3 Mali/PROPN/conj/1 and/CCONJ/cc/5 Niger/PROPN/conj/{niger} met/VERB/root")
    sides = [0, *conjuncts(made, 0)]
    assert [made.words[i].text for i in sides] == ["France", "Mali", "Niger"]
    assert [made.chunk_span(phrase(made, i, 5)).text for i in sides] == ["France", "Mali", "Niger"]


def test_each_side_grows_by_itself():
    made = parse(
        "the/DET/det/2 army/NOUN/nsubj/8 and/CCONJ/cc/5 the/DET/det/5 head/NOUN/conj/2 of/ADP/case/7 police/NOUN/nmod/5 met/VERB/root",
    )
    assert [made.chunk_span(phrase(made, i, 7)).text for i in (1, *conjuncts(made, 1))] == ["the army", "the head of police"]


def test_what_is_no_noun_is_no_conjunct():
    made = parse("Mali/PROPN/nsubj/2 won/VERB/root and/CCONJ/cc/4 left/VERB/conj/2")
    assert list(conjuncts(made, 1)) == []
