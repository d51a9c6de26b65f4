import datetime as dt

import pytest

from demarche.coding import confidence
from demarche.coding.coder import STAGES, Coder
from demarche.knowledge.codebook import Codebook
from demarche.language.interval import Interval
from demarche.language.parse import Parse
from demarche.records import Event
from tests.coding.pages import Told, page

ARRESTED = (
    "On/ADP/case/2 Tuesday/PROPN/obl/4 police/NOUN/nsubj/4 arrested/VERB/root 40/NUM/nummod/6 demonstrators/NOUN/obj/4 in/ADP/case/8 Nairobi/PROPN/obl/4"
    " ,/PUNCT/punct/11 the/DET/det/11 ministry/NOUN/nsubj/12 said/VERB/parataxis/4 ./PUNCT/punct/4"
)
TOLD = Told(
    "COERCE", 0.95, "arrest", attributed=0.9,
    roles={"actor": {"police": 0.9}, "recipient": {"40 demonstrators": 0.9}, "date": {"Tuesday": 0.9}, "place": {"Nairobi": 0.9}},
)  # fmt: skip
PUBLISHED = Interval.day(dt.date(2024, 3, 15))


def code(made, report="r1", published=PUBLISHED):
    """The events of a page made by hand."""
    coder = Coder.__new__(Coder)
    coder.codebook = made.codebook
    coder.page = lambda parse, published, url: made
    return coder.code(made.parse, report, published)


@pytest.fixture(autouse=True)
def weights(monkeypatch):
    """Weights of the tests' own: the event model alone decides."""
    monkeypatch.setattr(confidence, "_weights", lambda: {"intercept": 0.0, "something": 1.0})


@pytest.fixture
def event():
    said = [("the ministry", "said", "On Tuesday police arrested 40 demonstrators in Nairobi")]
    (found,) = code(page(ARRESTED, events={"arrested": TOLD}, names={"Location": ["Nairobi"]}, said=said, published=PUBLISHED))
    return found


def test_a_whole_event(event):
    assert (event.type, event.mode, event.status, event.quad) == ("COERCE", "arrest", "actual", "material-conf")
    assert [(p.span.text, p.country, p.sector) for p in event.actor] == [("police", "KEN", "COP")]
    assert [p.span.text for p in event.recipient] == ["40 demonstrators"]
    assert (event.date.start, event.date.end) == (dt.date(2024, 3, 12), dt.date(2024, 3, 12))
    assert (event.place.name, event.place.country) == ("Nairobi", "KEN")
    assert [(s.party.span.text, s.cue.text) for s in event.according_to] == [("the ministry", "said")]
    assert event.magnitude.size.low == 40


def test_every_span_is_cut_from_the_text(event):
    text = page(ARRESTED).parse.text
    spans = list(event.spans())
    assert len(spans) >= 8 and all(text[span.start : span.end] == span.text for span in spans)


def test_the_record_survives_its_json(event):
    assert Event.from_dict(event.to_dict()) == event


def test_why_speaks_of_every_field(event):
    assert set(event.why) >= {"type", "mode", "status", "actor", "recipient", "date", "place", "according_to", "magnitude"}
    assert all(event.why.values())


def test_ids_depend_on_report_anchor_and_type_alone(event):
    def first(told, report="r1"):
        return code(page(ARRESTED, events={"arrested": told}), report)[0].id

    assert first(Told("COERCE", 0.95)) == event.id
    assert len({event.id, first(Told("AID", 0.95)), first(Told("COERCE", 0.95), "r2")}) == 3


def test_the_same_page_gives_the_same_events():
    def once():
        return code(page(ARRESTED, events={"arrested": TOLD}, published=PUBLISHED))

    assert once() == once()


def test_an_empty_report_has_no_events():
    assert Coder.code(Coder.__new__(Coder), Parse("", (), ()), "r1") == ()


def test_a_quiet_report_has_no_events():
    assert code(page(ARRESTED)) == ()


def test_an_event_of_a_type_of_the_users(own):
    sentence = "Dero/PROPN/nsubj/2 stepped/VERB/root down/ADP/compound:prt/2 ./PUNCT/punct/2"
    (found,) = code(page(sentence, codebook=own))
    assert (found.type, found.quad, found.intensity, found.confidence) == ("HANDOVER", "verbal-coop", 2, 0.5)
    assert code(page(sentence, codebook=Codebook.load())) == ()


def test_stages_come_in_the_order_in_which_they_need_each_other():
    order = [stage.__module__.rpartition(".")[2] for stage in STAGES]
    assert order[0] == "candidates" and order[-2:] == ["merge", "claims"]
    assert order.index("types") < order.index("magnitudes") and order.index("statuses") < order.index("times")
