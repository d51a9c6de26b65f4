from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from demarche.knowledge import tables
from demarche.knowledge.actors import Actors
from demarche.knowledge.countries import Countries
from demarche.knowledge.phrases import tokens
from demarche.knowledge.userfile import UserFileError
from demarche.records import SECTORS

ACTORS = Actors.load()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_role_country_and_date_decide_between_spellings() -> None:
    found = ACTORS.lookup("Ali Mohamed Zein", country="NER", role="prime minister", on=day("2024-05-14"))
    assert found is not None
    assert (found.name, found.country, found.sector) == ("Ali Lamine Zeine", "NER", "GOV")
    assert ACTORS.lookup("Ali Mohamed Zein", country="MLI", role="prime minister", on=day("2024-05-14")) is None


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("BRA", "president", "2022-07-18", "Jair Bolsonaro"),
        ("USA", "secretary of state", "2006-01-01", "Condoleezza Rice"),
        ("DEU", "chancellor", "2010-01-01", "Angela Merkel"),
        ("IRN", "supreme leader", "2022-01-01", "Ali Khamenei"),
        ("IND", "home minister", "2022-01-01", "Amit Shah"),
        ("GBR", "prime minister", "2022-10-01", "Liz Truss"),
        ("KWT", "emir", "2022-07-01", "Nawaf Al-Ahmad Al-Jaber Al-Sabah"),
    ],
)
def test_who_held_an_office(country: str, office: str, on: str, name: str) -> None:
    found = ACTORS.holder(country, office, day(on))
    assert found is not None
    assert found.name == name


def test_rulers_before_2000_are_known_as_leaders() -> None:
    found = ACTORS.holder("USA", "president", day("1985-07-18"))
    assert found is not None
    assert found.name == "Reagan"


@pytest.mark.parametrize(("surname", "country"), [("Netanyahu", "ISR"), ("Erdogan", "TUR"), ("Zelensky", "UKR"), ("Xi", "CHN"), ("AMLO", "MEX")])
def test_the_surname_of_a_head_of_state_or_government_is_enough(surname: str, country: str) -> None:
    found = ACTORS.lookup(surname, on=day("2023-02-01"))
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize("surname", ["Kim", "Khan", "Wang", "Smith", "Diallo"])
def test_a_surname_of_many_names_nobody(surname: str) -> None:
    assert ACTORS.lookup(surname, on=day("2022-07-20")) is None


def test_a_common_full_name_names_nobody_without_more() -> None:
    assert ACTORS.lookup("John Smith", on=day("2022-03-01")) is None


def test_nobody_holds_an_office_before_taking_it() -> None:
    assert ACTORS.lookup("Carney", on=day("2021-01-01")) is None
    assert ACTORS.lookup("Starmer", on=day("2019-01-01")) is None


def test_the_title_tells_apart_two_offices_of_one_person() -> None:
    found = ACTORS.lookup("Ruto", "KEN", "deputy president", day("2022-03-01"))
    assert found is not None
    assert found.office == "vice president"


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [("the UN", "IGO", "IGO"), ("ICC", "IGO", "JUD"), ("Hezbollah", "LBN", "REB"), ("FBI", "USA", "COP"), ("Knesset", "ISR", "LEG"), ("Oxfam", "GBR", "NGO")],
)
def test_bodies_and_groups(text: str, country: str, sector: str) -> None:
    entity = ACTORS.entity(text)
    assert entity is not None
    assert (entity.country, entity.sector) == (country, sector)


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("World Economic Forum", "IGO", "IGO"),
        ("RCMP", "CAN", "COP"),
        ("Rosatom", "RUS", "GOV"),
        ("Petrobras", "BRA", "BUS"),
        ("Bank Negara", "MYS", "GOV"),
        ("Prothom Alo", "BGD", "MED"),
        ("COSATU", "ZAF", "LAB"),
        ("Tikka Makers United", None, None),
    ],
)
def test_bodies_and_groups_of_the_world(text: str, country: str | None, sector: str | None) -> None:
    entity = ACTORS.entity(text)
    assert (entity.country if entity else None, entity.sector if entity else None) == (country, sector)


def test_a_name_stands_once_for_a_country() -> None:
    rows = [(row["name"], row["country"]) for name in ("groups", "bodies") for row in tables.read(name)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("text", ["the national assembly", "The National Assembly", "the Australian government", "Dawn", "The Observer", "the point"])
def test_common_words_are_no_newspapers(text: str) -> None:
    assert not [hit for hit in ACTORS.entities(text, tokens(text)) if hit.value.sector == "MED"]


def test_an_acronym_of_several_countries_takes_the_country_given() -> None:
    assert (entity := ACTORS.entity("AFP", "PHL")) is not None and entity.sector == "MIL"
    assert (entity := ACTORS.entity("AFP")) is not None and entity.sector == "MED"
    assert ACTORS.entity("ZACC") is None
    assert (entity := ACTORS.entity("ZACC", "ZWE")) is not None and entity.sector == "COP"


def test_the_tables_of_entities_are_well_formed() -> None:
    countries = Countries.load()
    for name in ("groups", "bodies", "local", "factbook_groups"):
        for row in tables.read(name):
            assert row["name"]
            assert row["country"] == "" or row["country"] in countries
            assert row["sector"] in SECTORS


def test_a_users_actors_come_first(tmp_path: Path) -> None:
    file = tmp_path / "actors.csv"
    file.write_text(
        "name,aliases,country,sector,role,from,to\nRiver Guard,RVG,MLI,REB,,,\nAwa Testcase,Awa T.,MLI,GOV,prime minister,2030-01-01,\n", encoding="utf-8"
    )
    actors = Actors.load(file)
    assert (entity := actors.entity("RVG")) is not None and (entity.name, entity.sector, entity.id) == ("River Guard", "REB", "user:river-guard")
    found = actors.lookup("Testcase", "MLI", None, day("2031-01-01"))
    assert found is not None
    assert found.office == "prime minister"


def test_a_users_actors_in_yaml(tmp_path: Path) -> None:
    file = tmp_path / "actors.yaml"
    file.write_text("- name: River Guard\n  aliases: [RVG, Guards of the River]\n  country: MLI\n  sector: REB\n", encoding="utf-8")
    assert (entity := Actors.load(file).entity("Guards of the River")) is not None and entity.country == "MLI"


@pytest.mark.parametrize(
    ("row", "field", "remedy"),
    [
        (",,MLI,REB,,,", "name", "give every actor a name"),
        ("A,,Mali,REB,,,", "country", "ISO 3166 alpha-3"),
        ("A,,MLI,REBEL,,,", "sector", "use one of GOV"),
        ("A,,MLI,GOV,king,May 2020,", "from", "YYYY-MM-DD"),
        ("A,,MLI,GOV,king,2020-05-01,2019-01-01", "to", "on or after the start"),
    ],
)
def test_an_error_in_a_users_file_names_file_line_field_and_remedy(tmp_path: Path, row: str, field: str, remedy: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"name,aliases,country,sector,role,from,to\nB,,MLI,GOV,,,\n{row}\n", encoding="utf-8")
    with pytest.raises(UserFileError) as error:
        Actors.load(file)
    assert all(part in str(error.value) for part in ("mine.csv", "line 3", f"'{field}'", remedy))


def test_a_broken_yaml_file_says_where(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("- name: A\n  sector: [REB\n", encoding="utf-8")
    with pytest.raises(UserFileError, match="not YAML"):
        Actors.load(file)
