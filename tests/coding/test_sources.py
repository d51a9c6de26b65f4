from demarche.coding import candidates, parties, sources
from tests.coding.pages import Told, drafts, page

SAID = (
    "The/DET/det/3 Kenyan/ADJ/amod/3 army/NOUN/nsubj/4 said/VERB/root that/SCONJ/mark/7 rebels/NOUN/nsubj/7 attacked/VERB/ccomp/4"
    " a/DET/det/9 camp/NOUN/obj/7 ./PUNCT/punct/4"
)
SPOKE = (
    "The/DET/det/3 Kenyan/ADJ/amod/3 army/NOUN/nsubj/4 spoke/VERB/root and/CCONJ/cc/7 rebels/NOUN/nsubj/7 attacked/VERB/conj/4"
    " a/DET/det/9 camp/NOUN/obj/7 ./PUNCT/punct/4"
)
LATER = "Two/NUM/nummod/2 camps/NOUN/nsubj/3 burned/VERB/root ./PUNCT/punct/3"
ARMY = ("The Kenyan army", "said", "that rebels attacked a camp")


def source(*sentences, anchor="attacked", said=(ARMY,), **told):
    (draft,) = drafts(page(*sentences, events={anchor: Told(**{"attributed": 0.9, **told})}, said=said), candidates, sources)
    return [(s.party.span.text, s.party.country, s.party.sector, s.cue and s.cue.text) for s in draft.according_to], draft.why["according_to"]


def test_the_source_of_the_words_around_it():
    assert source(SAID) == ([("The Kenyan army", "KEN", "MIL", "said")], "language model: source and cue of the words it stands in")


def test_of_several_who_speak_the_first_counts():
    sentence = (
        "The/DET/det/3 Kenyan/ADJ/amod/3 army/NOUN/nsubj/7 and/CCONJ/cc/6 Malian/ADJ/amod/6 police/NOUN/conj/3 said/VERB/root that/SCONJ/mark/10"
        " rebels/NOUN/nsubj/10 attacked/VERB/ccomp/7 ./PUNCT/punct/7"
    )
    both = "The Kenyan army and Malian police"
    assert source(sentence, said=((both, "said", "that rebels attacked"),))[0] == [(both, "KEN", "MIL", "said")]


def test_the_authors_own_voice():
    below = sources.ATTRIBUTED - 0.01
    assert source(SAID, attributed=below) == ([], f"the author's own voice (event model, {1 - below:.2f})")
    assert source(SAID, attributed=sources.ATTRIBUTED)[0] != []


def test_the_narrowest_words_around_it():
    inner = ("rebels", None, "attacked a camp")
    found = source(SAID, said=(ARMY, inner))[0]
    assert [(words, cue) for words, _, _, cue in found] == [("rebels", None), ("The Kenyan army", "said")]


def test_words_without_a_source_do_not_hide_those_around_them():
    told, why = source(SAID, said=(ARMY, (None, None, "attacked a camp")))
    assert (told[0][0], why) == ("The Kenyan army", "language model: source and cue of the words it stands in")


def test_a_cue_is_in_its_authors_voice():
    _, why = source(SAID, anchor="said", said=(("The Kenyan army", "said", "said that rebels attacked a camp"),))
    assert why != "language model: source and cue of the words it stands in"


def test_the_event_models_source_without_an_attribution():
    told, why = source(SPOKE, said=(), roles={"source": {"The Kenyan army": 0.9}})
    assert (told, why) == ([("The Kenyan army", "KEN", "MIL", None)], "event model (0.90)")


def test_the_event_model_points_to_one_word_of_its_source():
    told, _ = source(SPOKE, said=(), roles={"source": {"army": parties.ROLE + 0.01}})
    assert told == [("The Kenyan army", "KEN", "MIL", None)]
    assert source(SPOKE, said=(), roles={"source": {"army": parties.ROLE - 0.01}})[0] == []


def test_the_speaker_quoted_before():
    told, why = source(SAID, LATER, anchor="burned")
    assert (told[0][0], why) == ("The Kenyan army", "the speaker quoted before")
    assert source(SAID, *[LATER] * 3, anchor="burned@3") == ([], "somebody's words, but nobody is named")


def test_nobody_named():
    assert source(LATER, anchor="burned", said=()) == ([], "somebody's words, but nobody is named")


def test_outside_all_told_words_the_event_model_must_be_surer():
    assert source(LATER, anchor="burned", said=(), attributed=sources.ALONE - 0.01)[1].startswith("the author's own voice")
    assert source(LATER, anchor="burned", said=(), attributed=sources.ALONE)[1] == "somebody's words, but nobody is named"


def test_hearsay_names_nobody():
    told = "Rebels/NOUN/nsubj/3 reportedly/ADV/advmod/3 attacked/VERB/root a/DET/det/5 camp/NOUN/obj/3 ./PUNCT/punct/3"
    assert source(told, said=(), attributed=0.1) == ([], "“reportedly”: nobody is named")


NESTED = (
    "The/DET/det/2 premier/NOUN/nsubj/3 told/VERB/root the/DET/det/6 Coast/PROPN/compound/6 Herald/PROPN/obj/3 that/SCONJ/mark/9"
    " France/PROPN/nsubj/9 warned/VERB/ccomp/3 that/SCONJ/mark/12 rebels/NOUN/nsubj/12 attacked/VERB/ccomp/9 a/DET/det/14 camp/NOUN/obj/12 ./PUNCT/punct/3"
)
TOLD = ("The premier", "told", "that France warned that rebels attacked a camp")


def drafted(*sentences, anchor="attacked", **more):
    (draft,) = drafts(page(*sentences, events={anchor: Told(attributed=0.9)}, **more), candidates, sources)
    return draft.according_to


def test_a_chain_is_told_innermost_first_and_the_paper_carries_it():
    given = {"said": (TOLD,), "names": {"Organization": ["Coast Herald"], "Location": ["France"]}, "sectors": {"the Coast Herald": ("MED", 0.9)}}
    inner, outer = drafted(NESTED, **given)
    assert [(s.party.span.text, s.cue.text, s.stance) for s in (inner, outer)] == [("France", "warned", "fears"), ("The premier", "told", "asserts")]
    assert (inner.medium, outer.medium.span.text) == (None, "the Coast Herald")


def test_the_cue_of_a_chain_is_in_the_outer_voice_alone():
    given = {"said": (TOLD,), "names": {"Location": ["France"]}}
    assert [s.party.span.text for s in drafted(NESTED, anchor="warned", **given)] == ["The premier"]


def test_media_that_tell_of_a_source_carry_it():
    told = (
        "Coast/PROPN/compound/2 Radio/PROPN/nsubj/3 said/VERB/root France/PROPN/nsubj/5 denied/VERB/ccomp/3 attacking/VERB/xcomp/5"
        " a/DET/det/8 camp/NOUN/obj/6 ./PUNCT/punct/3"
    )
    given = {"said": (("Coast Radio", "said", "France denied attacking a camp"),), "names": {"Organization": ["Coast Radio"], "Location": ["France"]}}
    (source,) = drafted(told, anchor="attacking", sectors={"Coast Radio": ("MED", 0.9)}, **given)
    assert (source.party.span.text, source.stance, source.medium.span.text) == ("France", "denies", "Coast Radio")


def test_he_who_adds_is_who_spoke_before():
    first = "President/PROPN/nsubj/3 Dero/PROPN/flat/1 said/VERB/root Kenya/PROPN/nsubj/5 won/VERB/ccomp/3 ./PUNCT/punct/3"
    second = "¶ He/PRON/nsubj/2 added/VERB/root rebels/NOUN/nsubj/4 attacked/VERB/ccomp/2 France/PROPN/obj/4 ./PUNCT/punct/2"
    said = (("President Dero", "said", "Kenya won"), ("He", "added", "rebels attacked France"))
    (source,) = drafted(first, second, said=said, names={"Person": ["Dero"], "Location": ["Kenya", "France"]})
    assert (source.party.span.text, source.party.sector) == ("He", "GOV")
    assert "Dero" in source.party.name


def test_somebody_said_by_the_tree_alone():
    assert [s.party.span.text for s in drafted(SAID)] == ["The Kenyan army"]


def test_a_source_of_another_sentence_gives_way_to_the_subject_of_the_cue():
    before = "Huang/PROPN/nsubj/2 left/VERB/root ./PUNCT/punct/2"
    (source,) = drafted(before, SAID, said=(("Huang", "said", "that rebels attacked a camp"),), names={"Person": ["Huang"]})
    assert source.party.span.text == "The Kenyan army"


def test_whom_a_paper_cites():
    told = (
        "The/DET/det/2 paper/NOUN/nsubj/3 said/VERB/root ,/PUNCT/punct/5 citing/VERB/advcl/3 officials/NOUN/obj/5 ,/PUNCT/punct/3 that/SCONJ/mark/10"
        " rebels/NOUN/nsubj/10 attacked/VERB/ccomp/3 a/DET/det/12 camp/NOUN/obj/10 ./PUNCT/punct/3"
    )
    (source,) = drafted(told, said=(("The paper", "said", "that rebels attacked a camp"),), sectors={"The paper": ("MED", 0.9)})
    assert (source.party.span.text, source.cue.text, source.medium.span.text) == ("officials", "citing", "The paper")
