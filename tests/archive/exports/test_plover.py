from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from demarche.records import Magnitude, Quantity
from tests.archive.exports import columns
from tests.archive.exports.kept import ANYWHERE, HEAD, Kept, canceled, kept, place, threatened, written


def one(kept: Kept) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("plover", [kept])[0])
    return found


def test_a_record_has_the_fields_of_plover_and_size() -> None:
    record = one(canceled())
    assert list(record) == [*columns.PLOVER, "size"]
    assert set(record["actor"][0]) == set(columns.PLOVER_ENTITY)
    assert set(record["event_loc"]) == set(columns.PLOVER_LOCATION)
    assert set(record["cite_info"]) == set(columns.PLOVER_CITE_INFO)
    assert list(record["text_info"]) == ["sequence", "start", "end", "text_story"]


def test_values() -> None:
    record = one(canceled())
    told = ("id", "has_event", "date", "enddate", "event", "mode", "quad_code", "event_scale", "context", "event_text", "comment")
    assert [record[name] for name in told] == [
        "1111aaaa1111aaaa", True, "2024-03-16", None, "SANCTION", "discontinue", 4, -6.5, ["military"], "canceled", "according to: the junta",
    ]  # fmt: skip
    entity = record["actor"][0]
    assert (entity["code"], entity["sector"], entity["identifier_text"]) == ("NER", "MIL", "Niger's junta")
    assert record["size"] == {"dead": 12, "injured": None, "arrested": None}
    assert all(record[name] is None for name in ("time", "endtime", "link", "coded_date", "coded_time"))


@pytest.mark.parametrize(("precision", "resolution"), [("point", 5), ("town", 4), ("admin1", 2), ("country", 1), ("region", None)])
def test_resolution(precision: str, resolution: int | None) -> None:
    assert one(canceled(place=place(precision)))["event_loc"]["resolution"] == resolution


@pytest.mark.parametrize(("status", "mode"), [("actual", "discontinue"), ("future", "discontinue; future"), ("negated", "discontinue; negation")])
def test_what_did_not_happen_has_an_auxiliary_mode(status: str, mode: str) -> None:
    assert one(canceled(status=status))["mode"] == mode
    assert one(threatened(status="hypothetical"))["mode"] == "hypothetical"


def test_the_date_is_the_publication_s_when_the_event_has_none() -> None:
    assert one(threatened())["date"] == "2024-05-14"
    assert one(kept(threatened().event, replace(HEAD, published=None)))["date"] is None


def test_a_bare_event_has_empty_lists_and_nulls() -> None:
    record = one(threatened())
    assert (record["actor"], record["recipient"], record["event_loc"], record["size"], record["mode"]) == ([], [], None, None, None)
    assert one(canceled(magnitude=Magnitude(size=Quantity(5, 5, ANYWHERE))))["size"] is None
