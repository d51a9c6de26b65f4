from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from demarche.archive import words
from demarche.archive.sameness import Telling, Words, contradictory, features, sameness, strangers
from demarche.records import Event, Quantity, Report, Where
from tests.archive.tellings import AGAIN, BLAST, DAY, LATER, MORE, PACT, report


def telling(one: Report, **changes: object) -> Telling:
    event: Event = replace(one.events[0], **changes)  # type: ignore[arg-type]
    return Telling.of(event, one.published, Words.of(one.title, one.text))


@pytest.mark.parametrize("other", [AGAIN, MORE])
def test_the_same_thing_in_other_words(other: str) -> None:
    assert sameness(telling(report(BLAST)), telling(report(other))) > 0.5


@pytest.mark.parametrize("other", [LATER, PACT])
def test_other_things(other: str) -> None:
    assert sameness(telling(report(BLAST)), telling(report(other))) < 0.1


def test_reports_without_common_words_are_not_compared() -> None:
    first, second = telling(report(BLAST)), telling(report(PACT))
    assert not strangers(first, first)
    assert strangers(first, replace(second, report=Words.of("Grain", "Ministers praised new trawlers.")))


def test_another_day_or_town_in_the_same_words_is_another_thing() -> None:
    first, second = report(BLAST), report(AGAIN)
    mosul = replace(second.events[0].place, name="Mosul", lat=36.3, lon=43.1)  # type: ignore[type-var]
    assert contradictory(telling(first), telling(second, place=mosul)) and sameness(telling(first), telling(second, place=mosul)) == 0.0
    syria = replace(second.events[0].place, name="Syria", country="SYR", precision="country")  # type: ignore[type-var]
    assert not contradictory(telling(first), telling(second, place=syria))  # reports take the wrong country too easily
    assert features(telling(first), telling(second, place=syria))["place_foreign"]
    date = second.events[0].date
    for days, apart in ((1, False), (2, True)):
        moved = replace(date, start=DAY + dt.timedelta(days), end=DAY + dt.timedelta(days))  # type: ignore[type-var]
        assert contradictory(telling(first), telling(second, date=moved)) is apart
    assert not contradictory(telling(first), telling(second, date=None, place=None))


def test_sides_do_not_matter() -> None:
    first, second = telling(report(BLAST)), telling(report(AGAIN))
    assert features(first, second) == pytest.approx(features(second, first))


def test_dates() -> None:
    def named(first: object, second: object) -> set[str]:
        found = features(telling(report(BLAST), date=first), telling(report(AGAIN), date=second))
        return {name for name, value in found.items() if name.startswith("date_") and value}

    day = report(BLAST).events[0].date
    assert day is not None
    month, late = replace(day, start=dt.date(2023, 3, 1), end=dt.date(2023, 3, 31)), replace(day, start=None, end=dt.date(2023, 3, 1))
    assert named(day, day) == {"date_same"} and named(day, month) == {"date_overlap"} and named(day, None) == {"date_open"}
    assert named(late, day) == {"date_other"} and named(late, month) == {"date_overlap"}
    long_ago = replace(day, start=dt.date(2012, 3, 1), end=dt.date(2012, 3, 1))
    assert named(long_ago, None) == {"date_open", "date_before"}


def test_places_and_counts() -> None:
    def named(*changes: dict[str, object]) -> set[str]:
        found = features(*(telling(report(text), **change) for text, change in zip((BLAST, AGAIN), changes, strict=True)))
        return {name for name, value in found.items() if name.startswith(("place_", "count_")) and value}

    place, size = report(BLAST).events[0].place, report(BLAST).events[0].magnitude
    assert place is not None and size is not None and size.killed is not None
    suburb = replace(place, name="Sadr City", lat=33.4)
    iraq = Where(place.span, "Iraq", "IRQ", None, 33.0, 44.0, None, "country")
    many = replace(size, killed=Quantity(30, 30, size.killed.span))
    assert named({"place": place}, {"place": suburb}) == {"place_near", "count_same"}
    assert named({"place": iraq}, {"place": place, "magnitude": many}) == {"place_within", "count_other"}
    assert named({"place": None}, {"magnitude": None}) == {"place_open"}


def test_stems_and_rarity() -> None:
    assert {words.stem(form) for form in ("signed", "signs", "signing", "sign")} == {"sign"}
    assert words.stem("told") == "tell" and words.stem("attacks") == "attack" and words.stem("men") == "man"
    assert words.rarity("the") < words.rarity("sign") < words.rarity("zzyzx") == 1.0
    assert words.alike("quake", "earthquake") > words.alike("quake", "sign")


def test_terms_have_length_one_and_are_bounded() -> None:
    vector = words.terms(" ".join(f"word{number}" for number in range(500)))
    assert len(vector) == 150 and words.overlap(vector, vector) == pytest.approx(1.0)
    assert words.terms("") == {} and words.overlap({}, vector) == 0.0
