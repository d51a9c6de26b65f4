from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from demarche import __version__
from demarche.archive.exports.happened import SCORES
from demarche.knowledge.codebook import Codebook
from tests.archive.exports.kept import HEAD, canceled, kept, one, party, place, threatened, written


def test_an_event_with_every_field() -> None:
    row = one("polecat", canceled())
    found = {name: value for name, value in row.items() if value != "None"}
    assert found == {
        "Event ID": "c0ffee00c0ffee00_1111aaaa1111aaaa", "Event Date": "2024-03-16", "Event Type": "SANCTION", "Event Mode": "discontinue",
        "Intensity": "-6.5", "Quad Code": "MATERIAL CONFLICT", "Contexts": "military", "Actor Name": "Niger's junta", "Actor Country": "NER",
        "Actor COW": "436", "Primary Actor Sector": "MIL", "Actor Sectors": "MIL", "Actor Name Raw": "The ruling military regime in Niger",
        "Recipient Name": "United States", "Recipient Country": "USA", "Recipient COW": "2", "Recipient Name Raw": "the United States",
        "Placename": "Niamey", "City": "Niamey", "Province": "Niamey", "Country": "NER", "Latitude": "13.51", "Longitude": "2.11",
        "GeoNames ID": "2440485", "Raw Placename": "Niamey", "Source": "The Daily", "Publication Date": "2024-05-14", "Language": "English",
        "Version": f"demarche {__version__}",
    }  # fmt: skip


def test_what_is_never_known_is_none() -> None:
    row = one("polecat", canceled())
    unknown = ("Wikipedia Actor ID", "Wikipedia Recipient ID", "District", "Story People", "Story Organizations", "Story Locations")
    assert {row[name] for name in unknown} == {"None"}


def test_several_values_stay_in_step() -> None:
    parties = (party("Mali", "MLI", "GOV"), party("ECOWAS; the bloc", "IGO", None), party("Niger", "NER", "MIL"))
    row = one("polecat", canceled(actor=parties, contexts=("military", "pro_democracy")))
    assert row["Actor Name"] == "Mali; ECOWAS, the bloc; Niger"
    assert (row["Actor COW"], row["Actor Sectors"], row["Primary Actor Sector"], row["Actor Title"]) == ("432; None; 436", "GOV; None; MIL", "GOV", "None")
    assert row["Contexts"] == "military; pro-democracy"


def test_an_undated_event_has_the_publication_day_and_none_without_one() -> None:
    assert one("polecat", threatened())["Event Date"] == "2024-05-14"
    assert one("polecat", kept(threatened().event, replace(HEAD, published=None)))["Event Date"] == "None"


@pytest.mark.parametrize(("type", "promised"), [("COOPERATE", "AGREE"), ("RETREAT", "CONCEDE"), ("CONCEDE", "CONCEDE")])
def test_a_promise_is_an_agreement_or_concession_of_the_report_s_day(type: str, promised: str) -> None:
    row = one("polecat", canceled(type=type, mode=None, status="future"))
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == (promised, "None", "VERBAL COOPERATION")
    assert (row["Event Date"], row["Placename"]) == ("2024-05-14", "None")
    assert float(row["Intensity"]) == SCORES[promised] == Codebook.load().intensity(promised)


@pytest.mark.parametrize("status", ["future", "hypothetical", "negated"])
def test_what_did_not_happen_is_left_out(status: str) -> None:
    _, tally = written("polecat", [canceled(status=status)])
    assert (tally.events, dict(tally.left_out)) == (0, {f"{status} events": 1})


def test_a_province_is_no_city() -> None:
    row = one("polecat", canceled(place=place("admin1")))
    assert (row["City"], row["Province"], row["Feature Type"]) == ("None", "Agadez Region", "ADM1")


def test_an_open_interval_has_the_day_that_is_known() -> None:
    date = canceled().event.date
    assert date
    assert one("polecat", canceled(date=replace(date, start=None, end=dt.date(2024, 4, 2))))["Event Date"] == "2024-04-02"
