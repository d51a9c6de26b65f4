from __future__ import annotations

import time

import pytest

from demarche.knowledge import tables
from demarche.knowledge.countries import Countries, find_countries


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[start:end], code, kind) for start, end, code, kind in find_countries(text)]


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("Envoys from the UAE left.", "ARE", "name"),
        ("A Nigerien officer spoke.", "NER", "adjective"),
        ("Two Belgians were freed.", "BEL", "demonym"),
        ("Talks moved to Lusaka.", "ZMB", "capital"),
        ("Downing Street declined.", "GBR", "metonym"),
        ("Brussels wants a deal.", "IGO", "metonym"),
        ("He was born in Upper Volta.", "BFA", "historic"),
        ("The Scottish first minister", "GBR", "region"),
        ("Pristina objected.", "XKX", "capital"),
        ("TAIWAN HOLDS DRILLS", "TWN", "name"),
        ("Côte d’Ivoire", "CIV", "name"),
        ("Türkiye agreed", "TUR", "name"),
    ],
)
def test_each_kind_of_name_is_found(text: str, code: str, kind: str) -> None:
    assert [(c, k) for _, c, k in found(text)] == [(code, kind)]


def test_the_longest_name_wins() -> None:
    assert [code for _, code, _ in found("Papua New Guinea, Guinea-Bissau, Equatorial Guinea and Guinea")] == ["PNG", "GNB", "GNQ", "GIN"]
    assert [code for _, code, _ in found("Nigeria and Niger, South Sudan and Sudan, North Korea, the Democratic Republic of the Congo")] == [
        "NGA", "NER", "SSD", "SDN", "PRK", "COD",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Storms crossed the Indian Ocean.", "Leaders of the Korean Peninsula", "They told us so.", "Latin American states", "TELL US MORE"]
)
def test_names_of_other_things_are_no_countries(text: str) -> None:
    assert found(text) == []


def test_the_pronoun_in_capitals_is_no_country() -> None:
    assert found("TELL US MORE") == []
    assert [code for _, code, _ in found("IRAN WARNS US")] == ["IRN", "USA"]


@pytest.mark.parametrize("text", ["Jordan Miller won.", "It was Chad Brown again.", "Sheikh Sabah returned."])
def test_given_names_are_no_countries(text: str) -> None:
    assert found(text) == []


def test_an_institution_after_the_name_keeps_it_a_country() -> None:
    assert found("The Jordan Armed Forces and the Chad Government")[0] == ("Jordan", "JOR", "name")


def test_the_full_stop_of_an_abbreviation_belongs_to_it() -> None:
    assert found("The U.S. sent aid to Mali.") == [("U.S.", "USA", "name"), ("Mali", "MLI", "name")]


def test_new_mexico_is_in_the_united_states() -> None:
    assert [code for _, code, _ in found("New Mexico borders Mexico. NEW MEXICO VOTES")] == ["USA", "MEX", "USA"]


def test_match_takes_the_words_as_a_whole() -> None:
    countries = Countries.load()
    mention = countries.match(["South", "Korean"])
    assert mention is not None
    assert mention.code == "KOR"
    assert countries.match(["South", "Korean", "ships"]) is None


def test_a_country_knows_its_names() -> None:
    assert "Ouagadougou" in Countries.load()["BFA"].capitals
    assert "XYZ" not in Countries.load()


def test_every_code_and_form_of_the_table_is_well_formed() -> None:
    for row in tables.read("countries"):
        assert len(row["code"]) == 3 and row["code"].isupper()
        assert None not in row.values()
    assert len(list(Countries.load())) > 240


def test_scanning_is_fast() -> None:
    text = "The minister of Ghana met the French envoy near Accra before the U.S. delegation arrived. " * 200
    find_countries(text)
    began = time.process_time()
    find_countries(text)
    assert time.process_time() - began < 0.5
