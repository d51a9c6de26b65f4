from demarche.coding import candidates
from tests.coding.pages import Told, drafts, page

RESIGNED = "Dero/PROPN/nsubj/2 stepped/VERB/root down/ADP/compound:prt/2 after/ADP/case/6 long/ADJ/amod/6 protests/NOUN/obl/2 ./PUNCT/punct/2"


def found(made):
    return [(made.parse.chunk_span(d.anchor).text, round(d.probability, 2)) for d in drafts(made, candidates)]


def test_words_that_the_event_model_thinks_likely():
    above, below = candidates.CANDIDATE + 0.01, candidates.CANDIDATE - 0.01
    made = page(RESIGNED, events={"stepped": Told("RETREAT", 0.9), "protests": Told("PROTEST", above), "long": Told("PROTEST", below)})
    assert found(made) == [("stepped down", 0.9), ("protests", round(above, 2))]


def test_a_particle_further_on_is_no_part_of_the_anchor():
    made = page("Dero/PROPN/nsubj/2 handed/VERB/root power/NOUN/obj/2 over/ADP/compound:prt/2 ./PUNCT/punct/2", events={"handed": Told("CONCEDE")})
    assert found(made) == [("handed", 0.9)]


def test_nothing_likely_no_drafts():
    assert found(page(RESIGNED)) == []


def test_drafts_before_are_kept():
    made = page(RESIGNED, events={"stepped": Told("RETREAT")})
    before = drafts(made, candidates)
    assert candidates.apply(made, before)[0] is before[0]


def test_a_cue_of_a_type_of_the_users(own):
    made = page(RESIGNED, codebook=own)
    assert found(made) == [("stepped down", 0.5)]
