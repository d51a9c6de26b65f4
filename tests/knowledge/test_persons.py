from __future__ import annotations

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest

from demarche.knowledge import tables
from demarche.knowledge.countries import Countries
from demarche.knowledge.parties import describe
from demarche.records import SECTORS


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("phrase", "on", "country", "sector"),
    [
        ("King Salman", "2022-07-24", "SAU", "GOV"),
        ("King Felipe VI", "2022-07-24", "ESP", "GOV"),
        ("Sultan Haitham", "2022-07-24", "OMN", "GOV"),
        ("Pope Francis", "2022-07-24", "VAT", "REL"),
        ("His Majesty King Abdullah", "2022-07-24", "JOR", "GOV"),
        ("Sheikh Tamim", "2022-07-24", "QAT", "GOV"),
        ("MBZ", "2022-07-24", "ARE", "GOV"),
        ("Queen Elizabeth", "2022-09-08", "GBR", "GOV"),
        ("King Charles", "2022-09-09", "GBR", "GOV"),
        ("King Hussein", "1997-10-07", "JOR", "GOV"),
        ("Navalny", "2021-02-03", "RUS", "OPP"),
        ("Alexey Navalny", "2021-02-03", "RUS", "OPP"),
        ("Guaidó", "2019-03-01", "VEN", "OPP"),
        ("bin Laden", "1999-10-08", "SAU", "REB"),
        ("Moqtada al-Sadr", "2004-08-13", "IRQ", "REB"),
        ("al-Sadr", "2022-07-24", "IRQ", "REL"),
        ("Haftar’s forces", "2019-04-10", "LBY", "REB"),
        ("von der Leyen", "2022-07-24", "IGO", "IGO"),
        ("Staffan de Mistura", "2016-01-01", "IGO", "IGO"),
        ("General Burhan", "2022-07-24", "SDN", "MIL"),
    ],
)
def test_who_is_known_without_a_national_office(phrase: str, on: str, country: str, sector: str) -> None:
    profile = describe(phrase, day(on))
    assert (profile.country, profile.sector) == (country, sector)


@pytest.mark.parametrize("phrase", ["Johnson", "King", "Abbas", "Prince", "King Charles", "Navalny supporters"])
def test_what_may_mean_others_stays_open(phrase: str) -> None:
    assert describe(phrase, day("2022-07-24")).country is None


def test_two_kings_of_one_name_are_told_apart_by_the_country() -> None:
    on = day("2010-01-01")
    assert describe("King Abdullah", on).country is None
    assert describe("King Abdullah of Jordan", on).id == describe("King Abdullah", on, country="JOR").id
    assert describe("King Abdullah", on, country="SAU").country == "SAU"
    assert describe("King Abdullah", day("2016-01-01")).country == "JOR"
    assert describe("Queen Elizabeth", on, country="CAN").country == "GBR"


def test_an_office_held_on_the_day_goes_before() -> None:
    sectors = [describe("Imran Khan", day(on)).sector for on in ("2017-01-01", "2020-01-01", "2023-01-01")]
    assert sectors == ["OPP", "GOV", "OPP"]
    assert len({describe("Imran Khan", day(on)).id for on in ("2020-01-01", "2023-01-01")}) == 1
    assert [describe("Aung San Suu Kyi", day(on)).sector for on in ("2010-01-01", "2018-01-01")] == ["OPP", "GOV"]


def test_an_office_without_a_known_end_ends_with_what_its_holder_became() -> None:
    found = describe("Aung San Suu Kyi", day("2022-05-01"))
    assert (found.country, found.sector) == ("MMR", "OPP")


def test_nobody_is_known_before_the_time_or_long_after_it() -> None:
    assert describe("Navalny", day("1999-01-01")).country is None
    assert describe("Prigozhin", day("2024-06-01")).country == "RUS"
    assert describe("Savimbi", day("2020-01-01")).country is None


def test_the_table_of_persons_is_well_formed() -> None:
    rows, countries = list(tables.read("persons")), Countries.load()
    times = defaultdict(list)
    for row in rows:
        assert row["name"] and row["role"] and row["from"] and row["sector"] in SECTORS
        assert row["country"] == "" or row["country"] in countries
        assert all(len(row[end]) == 4 or day(row[end]) for end in ("from", "to") if row[end])
        times[row["country"], row["name"]].append((row["from"], row["to"] or "9"))
    assert [(row["country"], row["name"]) for row in rows] == sorted((row["country"], row["name"]) for row in rows)
    assert not [spans for spans in times.values() for before, after in pairwise(spans) if before[1][: len(after[0])] > after[0][: len(before[1])]]
