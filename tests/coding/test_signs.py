from demarche.coding.signs import SIGNS, TOLD, seen_from, signs, told
from tests.coding.pages import at, parse

SAID = (
    "The/DET/det/2 minister/NOUN/nsubj/3 said/VERB/root he/PRON/nsubj/5 freed/VERB/ccomp/3 Bello/PROPN/obj/5 in/ADP/case/8 Niamey/PROPN/obl/5"
)  # fmt: skip
QUOTED = "“/PUNCT/punct/3 Troops/NOUN/nsubj/3 leave/VERB/root ./PUNCT/punct/3 ”/PUNCT/punct/3 They/PRON/nsubj/7 left/VERB/parataxis/3"


def names(read, numbers):
    return {word.text: SIGNS[number] for word, number in zip(read.words, numbers, strict=True)}


def test_names_and_parts_of_speech_are_signs():
    read = parse(SAID, names={"Person": ["Bello"], "Location": ["Niamey"]})
    found = names(read, signs(read))
    assert (found["minister"], found["he"], found["Bello"], found["Niamey"], found["said"]) == ("common", "pronoun", "Person", "Location", "none")


def test_the_speaker_is_one_only_for_what_it_says():
    read = parse(SAID, said=(("The minister", "said", "he freed Bello in Niamey"),))
    apart = signs(read)
    inside, outside = (names(read, seen_from(read, at(read, word).first, apart)) for word in ("freed", "said"))
    assert (inside["minister"], inside["said"]) == ("speaker", "cue")
    assert (outside["minister"], outside["said"]) == ("common", "none")


def test_whose_words_a_word_stands_in():
    read = parse(SAID, said=(("The minister", "said", "he freed Bello"),))
    assert [TOLD[told(read)[at(read, word).first]] for word in ("said", "freed", "Niamey")] == ["none", "sourced", "none"]
    nobody = parse(SAID, said=((None, None, "he freed Bello"),))
    assert TOLD[told(nobody)[at(nobody, "freed").first]] == "unsourced"
    quoted = parse(QUOTED)
    assert [TOLD[told(quoted)[at(quoted, word).first]] for word in ("leave", "left")] == ["quoted", "none"]
