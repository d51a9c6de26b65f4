"""The report that started the project: its four central events come out right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import demarche
from demarche import Event

SHARED = Path(os.environ.get("DEMARCHE_SHARED", Path(__file__).parents[2] / "shared"))
ARTICLE = SHARED / "gold/articles/niger_2024.txt"


@pytest.fixture(scope="module")
def events() -> list[Event]:
    if not ARTICLE.exists():
        pytest.skip(f"the article is not there: {ARTICLE}")
    return list(demarche.read(ARTICLE.read_text(encoding="utf-8"), published="2024-05-14").events)


def states(parties: tuple) -> set[str]:
    return {party.country for party in parties if party.country}


@pytest.mark.parametrize(
    ("types", "sides", "dates", "source"),
    [
        ({"SANCTION", "REJECT"}, ("NER", "USA"), ("2024-03-16", "2024-03-16"), None),
        ({"THREATEN"}, ("USA", "NER"), None, "NER"),
        ({"COERCE", "ASSAULT"}, ("NER", "NER"), ("2023-07-26", "2023-07-26"), None),
        ({"CONCEDE", "AGREE", "RETREAT"}, ("USA", "NER"), ("2024-04-11", "2024-04-20"), None),
    ],
    ids=["cancellation", "threat", "coup", "promise"],
)
def test_a_central_event(events: list[Event], types: set[str], sides: tuple[str, str], dates: tuple[str, str] | None, source: str | None) -> None:
    found = [
        event
        for event in events
        if event.type in types
        and (states(event.actor), states(event.recipient)) == ({sides[0]}, {sides[1]})
        and (event.date and (str(event.date.start), str(event.date.end))) == dates
        and ({s.party.country for s in event.according_to} == {source} if source else not event.according_to)
        and event.status == "actual"
    ]
    assert found
