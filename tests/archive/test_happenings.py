from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from demarche.archive import Archive
from demarche.archive.clause import QuestionError
from demarche.archive.happenings import Happening, Value, happening, happenings
from demarche.archive.kept import Head, Kept
from demarche.archive.linking import link
from demarche.archive.queries import Question
from demarche.records import Report
from tests.archive.tellings import AGAIN, BLAST, DAY, LATER, MORE, PACT, keep, report


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "study.demarche", create=True)
    keep(archive, report(PACT), report(BLAST, DAY), report(AGAIN, DAY + dt.timedelta(1)), report(MORE, DAY + dt.timedelta(2)), report(LATER))
    keep(archive, report(BLAST + " Updated.", DAY + dt.timedelta(1), "The Paper"), story=report(BLAST).id)
    link(archive)
    return archive


def told(*reports: Report, stories: dict[int, str] | None = None) -> Happening:
    heads = (Head(one.id, published=one.published, story=(stories or {}).get(number, one.id)) for number, one in enumerate(reports))
    return Happening.of("x", [Kept(one.events[0], head) for one, head in zip(reports, heads, strict=True)])


def test_a_happening_has_its_mentions_carriers_and_first_report(archive: Archive) -> None:
    one = happening(archive, report(AGAIN).events[0].id)
    assert one is not None and one.id == report(BLAST).events[0].id
    assert (len(one.mentions), one.reports, one.carriers) == (4, 4, 3)
    assert one.first.id == report(BLAST).id and [kept.happening for kept in one.mentions] == [one.id] * 4


def test_fields_are_agreed_by_independent_reports_and_disputes_are_kept(archive: Archive) -> None:
    one = happening(archive, report(BLAST).events[0].id)
    assert one is not None and one.disputed == ("killed",)
    killed = next(field for field in one.fields if field.name == "killed")
    assert (killed.chosen.value, killed.chosen.carriers) == ("12", 2)
    assert killed.others == (Value("19", 1, (report(MORE).id,)),)
    assert (one.value("type"), one.value("date"), one.value("place"), one.value("actor")) == ("ASSAULT", "2023-03-04", "Baghdad, IRQ", None)


def test_claims_by_side(archive: Archive) -> None:
    one = happening(archive, report(BLAST).events[0].id)
    assert one is not None
    assert [(claim.side, claim.carriers, claim.stances, claim.counts) for claim in one.claims] == [
        ("report", 2, (), ("killed 12", "killed 19")), ("IRQ/COP", 1, ("asserts",), ("killed 12",)),
    ]  # fmt: skip


def test_copies_of_a_story_have_one_voice() -> None:
    copies = [report(f"{MORE} {number}", source=str(number)) for number in range(3)]
    one = told(report(BLAST), report(AGAIN), *copies, stories={2: "s", 3: "s", 4: "s"})
    assert one.carriers == 3 and one.value("killed") == "12"


def test_a_wider_value_is_no_dispute() -> None:
    march = report(AGAIN, date=report(BLAST).events[0].date.__class__(dt.date(2023, 3, 1), dt.date(2023, 3, 31), "month"))
    one = told(march, report(BLAST))
    assert one.value("date") == "2023-03-04" and "date" not in one.disputed
    another = report(MORE, status="negated")
    assert told(report(BLAST), report(AGAIN), another).disputed == ("status", "killed")


def test_happenings_are_listed_once_by_filters(archive: Archive) -> None:
    assert [one.value("place") for one in happenings(archive)] == ["Nairobi, KEN", "Baghdad, IRQ", "Mosul, IRQ"]
    assert [one.value("place") for one in happenings(archive, carriers=2)] == ["Baghdad, IRQ"]
    assert [one.value("place") for one in happenings(archive, Question(country="KEN"))] == ["Nairobi, KEN"]
    assert len(list(happenings(archive, limit=2))) == 2
    with pytest.raises(QuestionError, match="type"):
        list(happenings(archive, Question(type="WALK")))


def test_ids_may_be_shortened_but_must_be_clear(archive: Archive) -> None:
    id = report(PACT).events[0].id
    found = happening(archive, id[:8])
    assert found is not None and found.id == id
    assert happening(archive, "%") is None and happening(archive, "") is None


def test_the_json_form(archive: Archive) -> None:
    one = next(happenings(archive, carriers=3))
    data = json.loads(json.dumps(one.to_dict()))
    assert data["carriers"] == 3 and data["disputed"] == ["killed"] and len(data["mentions"]) == 4
    assert data["fields"]["killed"]["others"][0]["value"] == "19" and data["claims"][1]["side"] == "IRQ/COP"


def test_events_carry_their_happening(archive: Archive) -> None:
    assert {kept.happening for kept in archive.events(place="Baghdad")} == {report(BLAST).events[0].id}
