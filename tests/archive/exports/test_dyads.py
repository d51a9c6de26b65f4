"""ICEWS and GDELT: one row for every pair, events as CAMEO codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demarche.archive.exports import codes
from demarche.archive.exports.happened import number
from demarche.knowledge import tables
from demarche.knowledge.codebook import Codebook
from demarche.records import Span
from tests import samples
from tests.archive.exports.kept import HEAD, assault, canceled, kept, one, party, place, table, threatened, written

PARTIES = (party("Mali", "MLI"), party("Niger", "NER"), party("Chad", "TCD"))


def test_icews_has_the_event_as_a_cameo_code() -> None:
    assert one("icews", canceled()) == {
        "Event ID": str(int("1111aaaa1111aaa", 16)), "Event Date": "2024-03-16", "Source Name": "Niger's junta", "Source Sectors": "Military",
        "Source Country": "Niger", "Event Text": "Reduce relations", "CAMEO Code": "160", "Intensity": "-4.0", "Target Name": "United States",
        "Target Sectors": "", "Target Country": "United States", "Story ID": str(int("c0ffee00c0ffee0", 16)), "Sentence Number": "",
        "Publisher": "The Daily", "City": "Niamey", "District": "", "Province": "Niamey", "Country": "Niger", "Latitude": "13.51", "Longitude": "2.11",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["icews", "gdelt", "gdelt-mentions"])
def test_every_actor_meets_every_recipient_under_ids_of_their_own(form: str) -> None:
    event = canceled(actor=PARTIES, recipient=PARTIES[:2], also=())
    rows = table(form, [event])
    key = "Event ID" if form == "icews" else "GLOBALEVENTID"
    assert len(rows) == len({row[key] for row in rows}) == 6
    assert rows == table(form, [event])
    assert all(0 <= int(row[key]) < 1 << 60 for row in rows)


def test_events_and_mentions_of_gdelt_have_the_same_ids() -> None:
    event = canceled(actor=PARTIES, also=())
    assert [row["GLOBALEVENTID"] for row in table("gdelt", [event])] == [row["GLOBALEVENTID"] for row in table("gdelt-mentions", [event])]


def test_those_who_meet_do_so_both_ways() -> None:
    rows = table("icews", [canceled(type="CONSULT", mode="multilateral", actor=PARTIES[:2], recipient=())])
    assert [(row["Source Name"], row["Target Name"]) for row in rows] == [("Mali", "Niger"), ("Niger", "Mali")]
    rows = table("icews", [canceled(type="PROTEST", mode="demo", actor=PARTIES[:2], recipient=())])
    assert [(row["Source Name"], row["Target Name"]) for row in rows] == [("Mali", ""), ("Niger", "")]


def test_gdelt_has_every_column_that_demarche_knows() -> None:
    row = one("gdelt", canceled())
    found = {name: value for name, value in row.items() if value}
    assert found == {
        "GLOBALEVENTID": str(int("1111aaaa1111aaa", 16)), "SQLDATE": "20240316", "MonthYear": "202403", "Year": "2024", "FractionDate": "2024.2082",
        "Actor1Code": "NERMIL", "Actor1Name": "Niger's junta", "Actor1CountryCode": "NER", "Actor1Type1Code": "MIL", "Actor2Code": "USA",
        "Actor2Name": "United States", "Actor2CountryCode": "USA", "IsRootEvent": "0", "EventCode": "160", "EventBaseCode": "160",
        "EventRootCode": "16", "QuadClass": "4", "GoldsteinScale": "-4.0", "NumMentions": "2", "NumSources": "1", "NumArticles": "1",
        "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": "4", "ActionGeo_FullName": "Niamey, Niamey, Niger",
        "ActionGeo_CountryCode": "NG", "ActionGeo_Lat": "13.51", "ActionGeo_Long": "2.11", "DATEADDED": "20240514000000",
        "SOURCEURL": "https://www.daily.example/niger",
    }  # fmt: skip


def test_gdelt_mentions_have_the_offsets() -> None:
    first, second = table("gdelt-mentions", [canceled()])
    assert {name: value for name, value in first.items() if value} == {
        "GLOBALEVENTID": str(int("1111aaaa1111aaa", 16)), "EventTimeDate": "20240514000000", "MentionTimeDate": "20240514000000", "MentionType": "1",
        "MentionSourceName": "daily.example", "MentionIdentifier": "https://www.daily.example/niger",
        "Actor1CharOffset": str(samples.TEXT.index("The ruling")), "Actor2CharOffset": str(samples.TEXT.index("the United States")),
        "ActionCharOffset": str(samples.TEXT.index("canceled")), "InRawText": "1", "Confidence": "90", "MentionDocLen": str(len(samples.TEXT)),
    }  # fmt: skip
    assert (second["ActionCharOffset"], second["Actor1CharOffset"]) == (str(samples.TEXT.index("pact")), "-1")


def test_a_report_without_an_address_is_cited() -> None:
    row = one("gdelt-mentions", kept(threatened().event, replace(HEAD, url=None)))
    assert (row["MentionType"], row["MentionSourceName"], row["MentionIdentifier"]) == ("2", "The Daily", "The Daily, Niger and the US, 2024-05-14")
    row = one("gdelt-mentions", kept(threatened().event, replace(HEAD, url="http://[broken")))
    assert row["MentionSourceName"] == "The Daily"


def test_only_the_lead_has_root_events() -> None:
    lead = replace(threatened().event, anchor=Span.of(samples.TEXT, 23, 28))
    assert one("gdelt", kept(lead))["IsRootEvent"] == "1"
    assert one("gdelt", threatened())["IsRootEvent"] == "0"
    assert one("gdelt", kept(lead, text=None))["IsRootEvent"] == ""


@pytest.mark.parametrize(
    ("precision", "country", "type", "name"),
    [
        ("country", "NER", "1", "Agadez"), ("admin1", "USA", "2", "Agadez, United States"), ("town", "USA", "3", "Agadez, Agadez Region, United States"),
        ("point", "NER", "4", "Agadez, Agadez Region, Niger"), ("admin1", "NER", "5", "Agadez, Niger"), ("region", None, "0", ""), (None, "NER", "0", ""),
    ],
)  # fmt: skip
def test_places_have_gdelt_s_types(precision: str | None, country: str | None, type: str, name: str) -> None:
    row = one("gdelt", canceled(place=place(precision, country)))
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == (type, name)
    assert row["ActionGeo_FeatureID"] == ("NG" if type == "1" else "")


def test_several_carriers_are_articles_but_not_known_to_be_sources() -> None:
    row = one("gdelt", kept(canceled().event, replace(HEAD, carriers=3)))
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("6", "", "3")


def test_a_body_has_a_type_and_no_country() -> None:
    row = one("gdelt", canceled(actor=(party("United Nations", "IGO", None),)))
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1Type1Code"]) == ("IGO", "", "IGO")


def test_an_undated_event_of_an_undated_report_has_no_date() -> None:
    row = one("gdelt", kept(threatened().event, replace(HEAD, published=None)))
    assert [row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")] == [""] * 5


def test_every_type_and_mode_has_a_cameo_code_with_a_score() -> None:
    for type in Codebook.load().types.values():
        assert codes.cameo(canceled(type=type.name, mode=None).event).goldstein is not None
        for mode in type.modes:
            keys = {(row["type"], row["mode"]) for row in tables.read("cameo")}
            assert (type.name, mode) in keys


def test_codes_lie_on_the_side_of_their_quad() -> None:
    signs = {(1, True), (2, True), (3, False), (4, False)}
    for row in tables.read("cameo"):
        found = codes.cameo(canceled(type=row["type"], mode=row["mode"] or None, actor=()).event)
        assert (found.quad, found.goldstein > 0) in signs


def test_an_army_fights_conventionally() -> None:
    assert codes.cameo(assault(actor="MIL").event).code == "190"
    assert codes.cameo(assault(actor="REB").event).code == "180"
    assert [codes.cameo(canceled(type="ASSAULT", mode=None, actor=(party("x", land),)).event).code for land in ("IRQ", "IGO", None)] == ["190", "180", "180"]
    assert codes.cameo(assault("abduct", actor="MIL").event).code == "181"


def test_a_type_of_the_user_s_is_left_out_and_a_mode_counts_as_none() -> None:
    _, tally = written("gdelt", [canceled(type="STRIKE-BALLOT")])
    assert dict(tally.left_out) == {"events of type STRIKE-BALLOT, which CAMEO does not have": 1}
    assert codes.cameo(canceled(type="COERCE", mode="eviction").event).code == "170"


def test_the_goldstein_scale_is_whole() -> None:
    rows = {row["cameo"]: float(row["goldstein"]) for row in tables.read("goldstein")}
    assert len(rows) == 311
    assert (rows["0874"], rows["195"], rows["042"], rows["010"]) == (10.0, -10.0, 1.9, 0.0)
    assert all(-10 <= score <= 10 for score in rows.values())


def test_numbers_of_ids() -> None:
    assert number("00000000000000ff") == 0xF
    assert number("0x_strange id") == number("0x_strange id") != number("another")


def test_the_codes_of_countries_are_known_and_apart() -> None:
    rows = list(tables.read("country_codes"))
    assert {row["code"] for row in rows} == {row["code"] for row in tables.read("countries")} - {"IGO"}
    for column in ("iso_numeric", "cow", "fips"):
        given = [row[column] for row in rows if row[column]]
        assert len(given) == len(set(given)) > 190
    assert codes.country("DEU")[:3] == (276, 255, "GM")
    assert codes.country("XYZ") == codes.country(None) == codes.Country()
