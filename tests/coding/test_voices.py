import pytest

from demarche.coding.cast import Cast
from demarche.coding.voices import Voices
from tests.coding.pages import at, parse


def voices(*sentences, **given):
    read = parse(*sentences, **given)
    return read, Voices(read, Cast(read))


def told(*sentences, **given):
    read, found = voices(*sentences, **given)
    return [(read.chunk_span(a.source).text, a.cue and read.chunk_span(a.cue).text, read.chunk_span(a.content).text) for a in found.told]


LEAVE = "troops/NOUN/nsubj/{0} will/AUX/aux/{0} leave/VERB/{1} Niger/PROPN/obj/{0}"
BODY = "¶ It/PRON/nsubj/2 rained/VERB/root ./PUNCT/punct/2"


@pytest.mark.parametrize(
    ("headline", "speaker"),
    [
        ("Minister/NOUN/root :/PUNCT/punct/1 " + LEAVE.format(5, "parataxis/1"), "Minister"),
        (LEAVE.format(3, "root") + " :/PUNCT/punct/3 minister/NOUN/parataxis/3", "minister"),
    ],
)
def test_a_headline_with_a_colon(headline, speaker):
    assert told(headline, BODY) == [(speaker, ":", "troops will leave Niger")]


@pytest.mark.parametrize("topic", ["Niger/PROPN/root", "Weather/NOUN/root"])
def test_a_topic_before_a_colon_says_nothing(topic):
    assert told(f"{topic} :/PUNCT/punct/1 " + LEAVE.format(5, "parataxis/1"), BODY) == []


SAID = "The/DET/det/2 minister/NOUN/nsubj/3 said/VERB/root Niger/PROPN/nsubj/5 won/VERB/ccomp/3 ./PUNCT/punct/3"
GIVEN = {"said": (("The minister", "said", "Niger won"),)}
QUOTED = "“/PUNCT/punct/3 Troops/NOUN/nsubj/3 leave/VERB/root Niger/PROPN/obj/3 today/NOUN/obl/3 ./PUNCT/punct/3 ”/PUNCT/punct/3"


def test_a_quotation_alone_in_its_paragraph_is_of_who_spoke_before():
    assert told(SAID, f"¶ {QUOTED}", **GIVEN)[1] == ("The minister", "said", "Troops leave Niger today.")


def test_not_over_another_paragraph():
    assert len(told(SAID, BODY, f"¶ {QUOTED}", **GIVEN)) == 1


def test_not_beside_other_words():
    assert len(told(SAID, BODY, QUOTED, **GIVEN)) == 1


def test_a_name_in_quotation_marks_is_no_quotation():
    named = "¶ “/PUNCT/punct/2 Axis/PROPN/root of/ADP/case/4 Old/PROPN/nmod/2 Friends/PROPN/flat/4 ”/PUNCT/punct/2"
    assert len(told(SAID, named, **GIVEN)) == 1


def test_a_quotation_left_open_closes_with_its_paragraph():
    read, found = voices("“/PUNCT/punct/2 Leave/VERB/root Niger/PROPN/obj/2", "¶ Troops/NOUN/nsubj/2 left/VERB/root")
    assert [read.chunk_span(chunk).text for chunk in found.quotations] == ["Leave Niger"]
    assert at(read, "Troops").first not in found.quoted


def test_it_goes_on_for_a_body_and_he_for_a_person():
    sentences = (
        "The/DET/det/2 ministry/NOUN/nsubj/3 said/VERB/root Niger/PROPN/nsubj/5 won/VERB/ccomp/3",
        "President/PROPN/nsubj/3 Dero/PROPN/flat/1 said/VERB/root Mali/PROPN/nsubj/5 won/VERB/ccomp/3",
        "It/PRON/nsubj/2 added/VERB/root Chad/PROPN/nsubj/4 won/VERB/ccomp/2",
        "He/PRON/nsubj/2 added/VERB/root Togo/PROPN/nsubj/4 won/VERB/ccomp/2",
    )
    read, found = voices(*sentences, names={"Person": ["Dero"], "Location": ["Niger", "Mali", "Chad", "Togo"]})
    meant = {word: found.meant_before(at(read, word)) for word in ("It", "He")}
    assert {word: chunk and read.chunk_span(chunk).text for word, chunk in meant.items()} == {"It": "The ministry", "He": "President Dero"}
