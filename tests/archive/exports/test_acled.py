from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import pytest

from demarche.knowledge import tables
from demarche.records import Magnitude, Quantity, When
from tests.archive.exports.kept import ANYWHERE, HEAD, Kept, assault, canceled, kept, killed, party, place, threatened, written


def one(kept: Kept) -> dict[str, str]:
    (found,) = csv.DictReader(io.StringIO(written("acled", [kept])[0], newline=""))
    return found


def left_out(kept: Kept) -> str:
    _, tally = written("acled", [kept])
    (reason,) = tally.left_out
    return reason


def test_an_attack_on_civilians() -> None:
    row = one(assault("firearms", magnitude=killed(12), also=()))
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": "NER1111aaaa1111aaaa", "event_date": "2024-03-16", "year": "2024", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Violence against civilians", "sub_event_type": "Attack", "actor1": "Army", "inter1": "1",
        "actor2": "Civilians (Niger)", "assoc_actor_2": "Village", "inter2": "7", "interaction": "17", "civilian_targeting": "Civilian targeting",
        "iso": "562", "region": "Western Africa", "country": "Niger", "admin1": "Niamey", "location": "Niamey", "latitude": "13.51", "longitude": "2.11",
        "geo_precision": "1", "source": "The Daily", "notes": canceled().event.sentence.text, "fatalities": "12",
    }  # fmt: skip


def test_a_battle_of_two_armed_sides() -> None:
    row = one(assault("firearms", recipient="REB", magnitude=None))
    assert (row["event_type"], row["sub_event_type"], row["interaction"], row["civilian_targeting"]) == ("Battles", "Armed clash", "12", "")
    assert row["fatalities"] == ""


def test_an_army_abroad_is_an_external_force() -> None:
    row = one(assault("drone", recipient="REB", actor="MIL", place=place("town", "MLI")))
    assert (row["inter1"], row["interaction"], row["country"]) == ("8", "28", "Mali")


@pytest.mark.parametrize("recipient", [None, "IGO"])
def test_violence_that_may_be_of_two_types_is_left_out(recipient: str | None) -> None:
    assert "target is not known" in left_out(assault("firearms", recipient=recipient))
    assert one(assault("explosives", recipient=recipient))["sub_event_type"] == "Remote explosive/landmine/IED"


def test_protests_are_of_protesters_and_riots_of_rioters() -> None:
    people = (party("Union of Teachers", "NER", "LAB"), party("Students", "NER", "EDU"))
    crowd = Magnitude(size=Quantity(500, None, ANYWHERE))
    row = one(canceled(type="PROTEST", mode="demo", actor=people, recipient=(), magnitude=crowd))
    assert (row["actor1"], row["assoc_actor_1"], row["inter1"]) == ("Protesters (Niger)", "Union of Teachers; Students", "6")
    assert (row["interaction"], row["actor2"], row["tags"]) == ("60", "", "crowd size=at least 500")
    row = one(canceled(type="PROTEST", mode="riot", actor=(), recipient=(), place=None))
    assert (row["event_type"], row["actor1"], row["inter1"], row["tags"]) == ("Riots", "Rioters", "5", "crowd size=no report")


def test_protesters_met_with_force_are_the_first_actor() -> None:
    row = one(assault("crowd-control", actor="COP", recipient="CVL"))
    assert (row["sub_event_type"], row["actor1"], row["actor2"], row["interaction"]) == ("Protest with intervention", "Protesters (Niger)", "Army", "16")


@pytest.mark.parametrize("mode", ["strike", "hunger", "boycott"])
def test_other_protest_is_no_acled_event(mode: str) -> None:
    assert "neither violence nor protest" in left_out(canceled(type="PROTEST", mode=mode))


def test_words_are_no_acled_events() -> None:
    assert "neither violence nor protest" in left_out(threatened())


@pytest.mark.parametrize("status", ["future", "hypothetical", "negated"])
def test_what_did_not_happen_is_left_out(status: str) -> None:
    assert left_out(assault("drone", status=status)) == f"{status} events"


@pytest.mark.parametrize(
    ("first", "last", "day", "precision"),
    [
        ("2024-03-16", "2024-03-16", "2024-03-16", "1"), ("2024-03-11", "2024-03-17", "2024-03-14", "2"), ("2024-03-01", "2024-03-31", "2024-03-16", "3"),
        ("2024-03-16", None, "2024-03-16", "3"), (None, "2024-03-16", "2024-03-16", "3"), (None, None, "2024-05-14", "3"),
    ],
)  # fmt: skip
def test_time_precision(first: str | None, last: str | None, day: str, precision: str) -> None:
    date = When(dt.date.fromisoformat(first) if first else None, dt.date.fromisoformat(last) if last else None)
    row = one(assault("drone", date=date))
    assert (row["event_date"], row["year"], row["time_precision"]) == (day, day[:4], precision)


def test_nothing_coarser_than_a_month() -> None:
    assert "a month" in left_out(assault("drone", date=When(dt.date(2024, 1, 1), dt.date(2024, 12, 31), "year")))


def test_no_date_at_all() -> None:
    row = one(kept(assault("drone", date=None).event, replace(HEAD, published=None)))
    assert (row["event_date"], row["year"], row["time_precision"]) == ("", "", "")


@pytest.mark.parametrize(("precision", "code"), [("point", "1"), ("town", "1"), ("admin1", "3"), ("country", ""), ("region", ""), (None, "")])
def test_geographic_precision(precision: str | None, code: str) -> None:
    row = one(assault("drone", place=place(precision)))
    assert (row["geo_precision"], row["location"], row["latitude"]) == ((code, "Agadez", "16.97") if code else ("", "", ""))
    assert row["country"] == "Niger"


def test_every_type_of_the_table_is_one_of_acled_s() -> None:
    types = {
        "Battles": {"Armed clash"},
        "Protests": {"Peaceful protest", "Protest with intervention"},
        "Riots": {"Violent demonstration"},
        "Explosions/Remote violence": {
            "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        },
        "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    }  # fmt: skip
    for row in tables.read("acled"):
        assert row["sub_event_type"] in types[row["event_type"]]
        assert row["target"] in ("armed", "civilian", "any")
    regions = {row["acled_region"] for row in tables.read("country_codes")}
    assert len(regions - {""}) == 17
