from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from demarche.knowledge.parties import describe

DAY = dt.date(2024, 5, 14)


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("The ruling military regime in Niger", "NER", "GOV"),
        ("a US delegation", "USA", "GOV"),
        ("Washington", "USA", None),
        ("Turkish forces", "TUR", "MIL"),
        ("the authorities in Niamey", "NER", "GOV"),
        ("jihadist organizations", None, "REB"),
        ("our people", None, "CVL"),
        ("Assistant Secretary of State for African Affairs Ann Example", None, "GOV"),
        ("the Kremlin", "RUS", "GOV"),
        ("the Ambassador of the Arab Republic of Egypt to Peru", "EGY", "GOV"),
        ("Chinese Ambassador to Nepal", "CHN", "GOV"),
        ("UN peacekeepers", "IGO", "IGO"),
        ("judges of the International Criminal Court", "IGO", "JUD"),
        ("Ghanaian farmers", "GHA", "CVL"),
        ("three Chileans", "CHL", "CVL"),
        ("the Commander of the Royal Air Force of Oman", "OMN", "MIL"),
        ("Syrian refugees", "SYR", "REF"),
        ("opposition lawmakers in Kenya", "KEN", "OPP"),
        ("Trump", "USA", "GOV"),
    ],
)
def test_country_and_sector(phrase: str, country: str | None, sector: str | None) -> None:
    profile = describe(phrase, DAY if phrase != "Trump" else dt.date(2018, 1, 1))
    assert (profile.country, profile.sector) == (country, sector)


def test_name_and_role_of_a_spokesperson() -> None:
    profile = describe("State Department spokesperson Ann Example", DAY)
    assert (profile.country, profile.sector, profile.role, profile.name) == ("USA", "GOV", "State Department spokesperson", "Ann Example")


def test_the_name_without_the_field_of_the_office() -> None:
    assert describe("Minister of Rural Health Ann Example").name == "Ann Example"
    assert describe("the Minister of Public Works").name is None


def test_an_officeholder_is_identified_by_title_country_and_day() -> None:
    profile = describe("Prime Minister Ali Mohamed Zein", DAY)
    assert (profile.country, profile.name, profile.sector) == ("NER", "Ali Lamine Zeine", "GOV")
    assert profile.id is not None


def test_a_body_is_named_when_the_phrase_is_nothing_but_it() -> None:
    profile = describe("the BBC")
    assert (profile.name, profile.sector, profile.id) == ("BBC", "MED", "gbr:bbc")


def test_who_is_merely_close_to_somebody_is_not_him() -> None:
    assert describe("Sources close to Macron", DAY).country is None


def test_the_country_of_the_report_settles_what_the_phrase_leaves_open() -> None:
    assert describe("Kashmiri police").country is None
    assert describe("Kashmiri police", country="IND").country == "IND"
    assert describe("Korean police").country == "KOR"
    assert describe("Korean police", country="PRK").country == "PRK"
    assert describe("the Congress", country="IND").sector == "PTY"
    assert describe("Kenyatta", dt.date(2020, 1, 1), country="KEN").name == "Uhuru Kenyatta"


def test_a_users_actor(tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text("name,aliases,country,sector\nRiver Guard,RVG,MLI,REB\n", encoding="utf-8")
    profile = describe("fighters of the RVG", user_file=file)
    assert (profile.country, profile.sector) == ("MLI", "REB")


@pytest.mark.parametrize("phrase", ["", "   ", "...", "‘’", "1,200", "O", "the", "US"])
def test_odd_phrases_are_no_trouble(phrase: str) -> None:
    assert describe(phrase).sector is None


@pytest.mark.parametrize("phrase", ["May", "Key", "Zongo Communities", "Kuwait Tigers", "Thai Red Cross"])
def test_words_and_namesakes_are_nobody_known(phrase: str) -> None:
    assert describe(phrase, dt.date(2022, 7, 25)).id is None


def test_half_of_a_given_name_is_not_an_officeholder() -> None:
    profile = describe("Huang Ming-chao", dt.date(2022, 7, 25), country="TWN")
    assert (profile.id, profile.sector) == (None, None)
    assert describe("Foreign Minister Wu Zhao-xie", dt.date(2022, 7, 25)).name == "Wu Zhao-xie"


def test_an_acronym_behind_its_own_long_form_is_not_looked_up() -> None:
    profile = describe("National Police Agency (NPA) Director-General Ann Example", DAY, country="TWN")
    assert (profile.country, profile.sector, profile.name) == (None, "COP", "Ann Example")
    assert describe("the New People's Army (NPA)", DAY).country == "PHL"


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Turkish-backed fighters", None),
        ("anti-China protesters", None),
        ("ethnic Albanians", None),
        ("Cuban-Americans", "USA"),
        ("India's neighbours", None),
        ("diplomats at the embassy in Cairo", None),
        ("Ricardo Lagos", "CHL"),
        ("the United Nation’s General Assembly", "IGO"),
    ],
)
def test_a_country_named_for_another(phrase: str, country: str | None) -> None:
    assert describe(phrase, DAY).country == country
