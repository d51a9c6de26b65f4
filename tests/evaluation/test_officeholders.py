from __future__ import annotations

import datetime as dt

import pytest

from demarche.knowledge.actors import Actors
from evaluation.officeholders import Question, answered, same_person


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Zein", "Ali Lamine Zeine", True),
        ("Hwang Kyo-ahn", "Park Geun-hye", False),
        ("Ali Khamenei", "Ali Hassan", False),
        ("Bush, G.W.", "George W. Bush", True),
    ],
)
def test_names_of_one_person(left: str, right: str, same: bool) -> None:
    assert same_person(left, right) is same


def test_a_question_is_right_only_on_its_day() -> None:
    asked = Question("confirmed", "BRA", "president", dt.date(2022, 7, 18), "Jair Bolsonaro")
    assert answered(Actors.load(), asked)
    assert not answered(Actors.load(), asked._replace(day=dt.date(2024, 7, 18)))
