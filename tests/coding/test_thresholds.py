"""The numbers that the package carries: they may be tuned freely, within what they mean."""

import datetime as dt
import json
from importlib.resources import files

import pytest

from demarche.coding import candidates, confidence, merge, parties
from demarche.coding.draft import Draft
from demarche.records import Party, Span, When
from tests.coding.conftest import THRESHOLDS
from tests.coding.pages import Told, drafts, page

SHIPPED = {f"{stage.__name__.rpartition('.')[2]}.{name}": getattr(stage, name) for stage, name in THRESHOLDS}  # before a test sets its own
RESIGNED = "Dero/PROPN/nsubj/2 stepped/VERB/root down/ADP/compound:prt/2 ./PUNCT/punct/2"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_threshold_is_a_probability(name):
    assert 0 < SHIPPED[name] < 1


def test_a_side_of_a_coordination_needs_no_more_than_a_party_alone():
    assert SHIPPED["parties.JOINED"] <= SHIPPED["parties.ROLE"]


def test_an_event_of_a_type_of_the_users_is_recorded(own, monkeypatch):
    monkeypatch.setattr(merge, "THRESHOLD", SHIPPED["merge.THRESHOLD"])
    (draft,) = drafts(page(RESIGNED, codebook=own), candidates)
    assert merge.apply(page(RESIGNED, codebook=own), [draft]) == [draft]


def test_the_weights_of_confidence_are_of_its_features():
    made = page(RESIGNED, events={"stepped": Told("RETREAT")})
    (draft,) = drafts(made, candidates, parties)
    assert shipped("confidence") <= {"intercept", *confidence.features(made, draft)}


def test_the_weights_of_merging_are_of_its_features():
    kenya, march, may = Party(Span(0, 4, "Dero"), None, "KEN", "GOV"), When(dt.date(2024, 3, 1), None), When(dt.date(2024, 5, 1), None)
    others = [Party(Span(5, 12, "stepped"), None, *code) for code in (("KEN", "GOV"), ("KEN", "COP"), ("MLI", "GOV"))]
    told = [((), None), ((kenya,), march), *(((other,), may) for other in others)]
    first, *rest = (Draft(0, 0.9, "ASSAULT", actor=party, recipient=party, date=date) for party, date in [told[1], *told])
    made = page(RESIGNED)
    assert shipped("merge") <= {"intercept"}.union(*(merge.features(made, first, second) for second in rest))


def shipped(name):
    """The names of the weights in a file of the package."""
    return set(json.loads((files("demarche.coding") / f"{name}.json").read_text("utf-8")))
