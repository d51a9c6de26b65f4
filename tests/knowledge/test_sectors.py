from __future__ import annotations

import pytest

from demarche.knowledge import tables
from demarche.knowledge.offices import office_of, same_office
from demarche.knowledge.sectors import STRENGTHS, sector_of, singular
from demarche.records import SECTORS


@pytest.mark.parametrize(
    ("phrase", "sector"),
    [
        ("the police spokesman", "COP"),
        ("a military spokeswoman", "MIL"),
        ("the opposition leader", "OPP"),
        ("party leader", "PTY"),
        ("the foreign minister", "GOV"),
        ("army chief", "MIL"),
        ("the high court", "JUD"),
        ("former president", "GOV"),
        ("members of the army", "MIL"),
        ("leader of the rebels", "REB"),
        ("the head of the provincial police", "COP"),
        ("president of the hotels association", "BUS"),
        ("president of the republic", "GOV"),
        ("villagers in the north", "CVL"),
        ("officials from several companies", "BUS"),
        ("minister of state for parliamentary affairs", "GOV"),
        ("youth and sports minister", "GOV"),
        ("aid workers", "NGO"),
        ("striking workers", "LAB"),
        ("asylum seekers", "REF"),
        ("drug traffickers", "CRM"),
        ("attorney-general", "GOV"),
        ("the public", "CVL"),
        ("public health officials", "GOV"),
        ("@PTY leader", "PTY"),
        ("the government of @", "GOV"),
        ("envoy to the rebels", "GOV"),
        ("about twenty opposition MPs", "OPP"),
        ("african countries", None),
        ("the project", None),
    ],
)
def test_precedence(phrase: str, sector: str | None) -> None:
    assert sector_of(phrase.split())[0] == sector


def test_the_words_that_decided_come_back_as_given() -> None:
    assert sector_of(["Senior", "Police", "Officers"]) == ("COP", "Police Officers")
    assert sector_of([]) == (None, None)


def test_the_head_where_known_comes_before_other_parts() -> None:
    words = ["the", "minister", ",", "a", "soldier"]
    assert sector_of(words, head=4)[0] == "MIL"
    assert sector_of(words, head=1)[0] == "GOV"


@pytest.mark.parametrize(("plural", "word"), [("ministries", "ministry"), ("women", "woman"), ("forces", "forces"), ("bosses", "boss"), ("police", "police")])
def test_singular(plural: str, word: str) -> None:
    assert singular(plural) == word


def test_the_table_of_roles_is_well_formed_and_sorted() -> None:
    rows = list(tables.read("roles"))
    assert all(row["sector"] in (*SECTORS, "") and row["strength"] in STRENGTHS for row in rows)
    phrases = [row["phrase"] for row in rows]
    assert phrases == sorted(set(phrases))


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("Minister for Foreign Affairs", "foreign minister"),
        ("acting Secretary of State", "foreign minister"),
        ("Secretary of State for Defence", "defence minister"),
        ("Chancellor of the Exchequer", "finance minister"),
        ("Minister of Health", "health minister"),
        ("Deputy Prime Minister", "deputy prime minister"),
        ("Vice President", "vice president"),
        ("President of the Republic", "president"),
        ("King", "monarch"),
        ("Chief of the General Staff", "army chief"),
        ("Premier", "prime minister"),
    ],
)
def test_titles_name_offices(title: str, office: str) -> None:
    assert office_of(title) == office


def test_a_leader_may_hold_any_first_office_but_a_supreme_leader_not() -> None:
    assert same_office("leader", "president")
    assert same_office("president", "leader")
    assert not same_office("supreme leader", "president")
    assert not same_office("foreign minister", "prime minister")
