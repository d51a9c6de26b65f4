from demarche.coding import candidates, parties, sources
from tests.coding.pages import Told, drafts, page

SAID = (
    "The/DET/det/3 Kenyan/ADJ/amod/3 army/NOUN/nsubj/4 said/VERB/root that/SCONJ/mark/7 rebels/NOUN/nsubj/7 attacked/VERB/ccomp/4"
    " a/DET/det/9 camp/NOUN/obj/7 ./PUNCT/punct/4"
)
LATER = "Two/NUM/nummod/2 camps/NOUN/nsubj/3 burned/VERB/root ./PUNCT/punct/3"
ARMY = ("The Kenyan army", "said", "that rebels attacked a camp")


def source(*sentences, anchor="attacked", said=(ARMY,), **told):
    (draft,) = drafts(page(*sentences, events={anchor: Told(**{"attributed": 0.9, **told})}, said=said), candidates, sources)
    return [(s.party.span.text, s.party.country, s.party.sector, s.cue and s.cue.text) for s in draft.according_to], draft.why["according_to"]


def test_the_source_of_the_words_around_it():
    assert source(SAID) == ([("The Kenyan army", "KEN", "MIL", "said")], "language model: source and cue of the words it stands in")


def test_the_authors_own_voice():
    below = sources.ATTRIBUTED - 0.01
    assert source(SAID, attributed=below) == ([], f"the author's own voice (event model, {1 - below:.2f})")
    assert source(SAID, attributed=sources.ATTRIBUTED)[0] != []


def test_the_narrowest_words_around_it():
    inner = ("rebels", None, "attacked a camp")
    assert source(SAID, said=(ARMY, inner))[0] == [("rebels", None, "REB", None)]


def test_words_without_a_source_do_not_hide_those_around_them():
    told, why = source(SAID, said=(ARMY, (None, None, "attacked a camp")))
    assert (told[0][0], why) == ("The Kenyan army", "language model: source and cue of the words it stands in")


def test_a_cue_is_in_its_authors_voice():
    _, why = source(SAID, anchor="said", said=(("The Kenyan army", "said", "said that rebels attacked a camp"),))
    assert why != "language model: source and cue of the words it stands in"


def test_the_event_models_source_without_an_attribution():
    told, why = source(SAID, said=(), roles={"source": {"The Kenyan army": 0.9}})
    assert (told, why) == ([("The Kenyan army", "KEN", "MIL", None)], "event model (0.90)")


def test_the_event_model_points_to_one_word_of_its_source():
    told, _ = source(SAID, said=(), roles={"source": {"army": parties.ROLE + 0.01}})
    assert told == [("The Kenyan army", "KEN", "MIL", None)]
    assert source(SAID, said=(), roles={"source": {"army": parties.ROLE - 0.01}})[0] == []


def test_the_speaker_quoted_before():
    told, why = source(SAID, LATER, anchor="burned")
    assert (told[0][0], why) == ("The Kenyan army", "the speaker quoted before")
    assert source(SAID, *[LATER] * 3, anchor="burned@3") == ([], "somebody's words, but nobody is named")


def test_nobody_named():
    assert source(LATER, anchor="burned", said=()) == ([], "somebody's words, but nobody is named")
