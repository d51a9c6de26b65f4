import numpy as np
import pytest

from demarche.coding.runs import head, runs, split
from tests.coding.pages import at, parse

MEETING = parse(
    "The/DET/det/2 presidents/NOUN/nsubj/11 of/ADP/case/4 France/PROPN/nmod/2 ,/PUNCT/punct/6 Mali/PROPN/conj/4 and/CCONJ/cc/8 Niger/PROPN/conj/4"
    " will/AUX/aux/11 soon/ADV/advmod/11 meet/VERB/root ./PUNCT/punct/11"
)


def found(made, scores, threshold=0.5, first=0):
    return [made.chunk_span(chunk).text for chunk, _ in runs(made, first, np.array(scores), threshold)]


def test_a_run_is_trimmed_of_what_is_no_part_of_a_name():
    made = parse("by/ADP/case/3 the/DET/det/3 police/NOUN/root ,/PUNCT/punct/3 and/CCONJ/cc/3 that/SCONJ/mark/3")
    assert found(made, [0.9] * 6) == ["the police"]
    assert found(made, [0.9, 0, 0, 0.9, 0.9, 0.9]) == []


def test_a_possessor_stays_and_its_mark_goes():
    made = parse("his/PRON/nmod:poss/2 men/NOUN/root Mali/PROPN/nmod:poss/5 's/PART/case/3 army/NOUN/dep/2")
    assert found(made, [0.9, 0.9, 0, 0, 0]) == ["his men"]
    assert found(made, [0, 0, 0.9, 0.9, 0]) == ["Mali"]


def test_a_weak_word_is_bridged_and_a_gap_is_not():
    made = parse("the/DET/det/3 old/ADJ/amod/3 guard/NOUN/root of/ADP/case/5 Mali/PROPN/nmod/3")
    assert found(made, [0.9, 0.3, 0.9, 0, 0]) == ["the old guard"]
    assert found(made, [0.9, 0.1, 0.9, 0, 0]) == ["the", "guard"]
    assert found(made, [0, 0, 0.9, 0.3, 0.3]) == ["guard"]


def test_a_run_ends_with_its_sentence():
    made = parse("Mali/PROPN/nsubj/2 won/VERB/root", "Niger/PROPN/nsubj/2 lost/VERB/root")
    assert found(made, [0, 0.9, 0.9, 0]) == ["won", "Niger"]


def test_the_window_may_begin_later_and_the_best_score_is_told():
    made = parse("Mali/PROPN/nsubj/2 beat/VERB/root the/DET/det/4 guard/NOUN/obj/2")
    assert [(made.chunk_span(chunk).text, score) for chunk, score in runs(made, 2, np.array([0.6, 0.8]), 0.5)] == [("the guard", 0.8)]


def test_head():
    made = parse("in/ADP/case/4 the/DET/det/4 Malian/ADJ/amod/4 army/NOUN/obl/5 served/VERB/root")
    assert head(made, at(made, "in the Malian army")) == 3
    assert head(made, at(made, "the Malian")) == 1


@pytest.mark.parametrize(
    ("sentence", "phrase", "parts"),
    [
        (
            "France/PROPN/nsubj/6 ,/PUNCT/punct/3 Mali/PROPN/conj/1 and/CCONJ/cc/5 Niger/PROPN/conj/1 met/VERB/root",
            "France, Mali and Niger",
            ["France", "Mali", "Niger"],
        ),
        (
            "France/PROPN/nsubj/6 ,/PUNCT/punct/3 Mali/PROPN/conj/1 and/CCONJ/cc/5 Niger/PROPN/conj/3 met/VERB/root",
            "France, Mali and Niger",
            ["France", "Mali", "Niger"],
        ),
        (
            "the/DET/det/2 Ministry/PROPN/nsubj/7 of/ADP/case/4 Trade/PROPN/nmod/2 and/CCONJ/cc/6 Industry/PROPN/conj/4 met/VERB/root",
            "the Ministry of Trade and Industry",
            ["the Ministry of Trade and Industry"],
        ),
        (
            "the/DET/det/2 army/NOUN/nsubj/8 and/CCONJ/cc/5 the/DET/det/5 head/NOUN/conj/2 of/ADP/case/7 police/NOUN/nmod/5 met/VERB/root",
            "the army and the head of police",
            ["the army", "the head of police"],
        ),
        (
            "President/PROPN/compound/2 Dero/PROPN/nsubj/6 and/CCONJ/cc/5 Premier/PROPN/compound/5 Mira/PROPN/conj/2 met/VERB/root",
            "President Dero and Premier Mira",
            ["President Dero", "Premier Mira"],
        ),
    ],
)
def test_split(sentence, phrase, parts):
    made = parse(sentence)
    assert [made.chunk_span(part).text for part in split(made, at(made, phrase))] == parts


def test_a_conjunct_outside_the_chunk_is_left_out():
    assert [MEETING.chunk_span(c).text for c in split(MEETING, at(MEETING, "France, Mali"))] == ["France", "Mali"]
    assert [MEETING.chunk_span(c).text for c in split(MEETING, at(MEETING, "The presidents of France"))] == ["The presidents of France"]


def test_brackets_stay_whole():
    made = parse("the/DET/det/2 Bloc/PROPN/root of/ADP/case/4 States/PROPN/nmod/2 (/PUNCT/punct/6 BOS/PROPN/appos/2 )/PUNCT/punct/6 met/VERB/dep/2")
    assert found(made, [0.9] * 7 + [0]) == ["the Bloc of States (BOS)"]
    assert found(made, [0, 0, 0, 0, 0.9, 0.9, 0.9, 0]) == ["BOS"]
