from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from demarche.archive import Archive, open_archive
from demarche.archive.corrections import CorrectionError, annotation, changed, corrected
from demarche.archive.review import LINE_CHARACTERS, Outcome, apply, decide, decisions, latest, training
from demarche.knowledge.codebook import Codebook
from demarche.records import Event
from tests.archive import sketches

TEXT = "Niger canceled a pact with France in Niamey. The junta accused France. France praised Niger."
LINES = ("canceled: SANCTION/discontinue NER/GOV > FRA 2024-03-16", "accused: ACCUSE/disapprove NER > FRA", "praised: SUPPORT FRA > NER 2024-01-02")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sketches.archive(tmp_path / "study.demarche", [sketches.report(TEXT, *LINES, name="niger")])


def events(archive: Archive, **filters: Any) -> dict[str, Event]:
    return {kept.event.anchor.text: kept.event for kept in archive.events(**filters)}


def types(archive: Archive, **filters: Any) -> list[str]:
    return [f"{kept.event.anchor.text} {kept.event.type}" for kept in archive.events(**filters)]


def test_decisions_show_on_demand(path: Path) -> None:
    with open_archive(path, write=True) as archive:
        there = events(archive)
        shall = corrected(there["accused"], TEXT, {"type": "REJECT", "date": {"start": "2023-05-01", "end": "2023-05-01"}})
        assert decide(archive, there["canceled"], "reject", "Ana") and decide(archive, there["accused"], "correct", "Ana", shall)
        assert types(archive) == ["praised SUPPORT", "canceled SANCTION", "accused ACCUSE"]
        assert types(archive, reviewed=True) == ["accused REJECT", "praised SUPPORT"]
        assert types(archive, reviewed=True, type="ACCUSE") == [] and types(archive, reviewed=True, type="REJECT", since="2023-05", text="junta") == [
            "accused REJECT"
        ]
        assert types(archive, reviewed=True, limit=1) == ["accused REJECT"] and types(archive, reviewed=True, version=1, actor="NER") == ["accused REJECT"]
        told = events(archive, reviewed=True)["accused"]
        assert told.quad == Codebook.load().quad("REJECT") and told.intensity == Codebook.load().intensity("REJECT") and told.mode is None
        assert told.why["review"] == "corrected by Ana: type, mode, date" and told.id == there["accused"].id
        (kept,) = archive.events(reviewed=True, type="REJECT", texts=True)
        assert kept.text == TEXT and kept.report.name == "niger" and kept.report.carriers == 1


def test_decisions_survive_a_new_coding_of_the_same_words(path: Path) -> None:
    with open_archive(path, write=True) as archive:
        there = events(archive)
        decide(archive, there["canceled"], "accept", "Ana")
        decide(archive, there["accused"], "reject", "Ana")
        decide(archive, there["praised"], "reject", "Ana")
    newer = ("canceled: REJECT NER > BEN", "accused: THREATEN NER > FRA", "praised Niger: SUPPORT FRA > NER")
    sketches.archive(path, [sketches.report(TEXT, *newer, name="niger")], sketches.SECOND)
    with open_archive(path) as archive:
        assert types(archive) == ["canceled REJECT", "accused THREATEN", "praised Niger SUPPORT"]
        # The rejection of "praised" rests: the new coding has other words there.
        assert types(archive, reviewed=True) == ["canceled SANCTION", "praised Niger SUPPORT"]
        accepted = events(archive, reviewed=True)["canceled"]
        assert accepted.recipient[0].country == "FRA" and accepted.why["review"] == "accepted by Ana" and accepted.id != there["canceled"].id
        assert [decision.verdict for decision in decisions(archive)] == ["accept", "reject", "reject"]


def test_the_latest_decision_counts_and_none_is_lost(path: Path) -> None:
    with open_archive(path, write=True) as archive:
        one = events(archive)["canceled"]
        assert decide(archive, one, "reject", "Ana") and not decide(archive, one, "reject", "Ana") and decide(archive, one, "accept", "Ben")
        assert latest(archive, one) and types(archive, reviewed=True)[1] == "canceled SANCTION"
        assert [(d.reviewer, d.verdict) for d in decisions(archive)] == [("Ben", "accept")]
        assert [(d.reviewer, d.verdict) for d in decisions(archive, "Ana")] == [("Ana", "reject")]
        assert decide(archive, one, "open", "Ben") and types(archive, reviewed=True) == types(archive) and list(decisions(archive)) == []
        assert archive.db.execute("SELECT count(*) FROM decisions").fetchone() == (3,)
        for statement in ("DELETE FROM decisions", "UPDATE decisions SET verdict = 'accept'"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                archive.db.execute(statement)
        with pytest.raises(ValueError, match="not 'perhaps'"):
            decide(archive, one, "perhaps", "Ana")
        with pytest.raises(ValueError, match="somebody with a name"):
            decide(archive, one, "accept", " ")


def test_training_data_is_the_annotation_with_words_and_occurrences(path: Path) -> None:
    with open_archive(path, write=True) as archive:
        there = events(archive)
        decide(archive, there["canceled"], "accept", "Ana")
        decide(archive, there["accused"], "reject", "Ana", note="no accusation")
        (one,) = training(archive)
        assert not one["complete"] and (one["id"], one["published"], one["text"]) == ("niger", "2024-05-14", TEXT)
        (event,) = one["events"]
        assert event["anchor"] == {"text": "canceled", "n": 1} and event["date"] == {"start": "2024-03-16", "end": "2024-03-16"}
        assert event["actor"] == [{"text": "N", "n": 1, "country": "NER", "sector": "GOV"}] and event["core"] and event["decision"] == "accept"
        assert [(e["anchor"]["text"], e["note"]) for e in one["rejected"]] == [("accused", "no accusation")]
        decide(archive, there["praised"], "accept", "Ana")
        assert next(training(archive))["complete"] and list(training(archive, "Ben")) == []


def test_training_data_is_taken_by_another_archive(path: Path, tmp_path: Path) -> None:
    with open_archive(path, write=True) as archive:
        there = events(archive)
        fields = {"actor": [{"text": "The junta", "country": "NER", "sector": "MIL"}], "place": {"text": "Niamey", "country": "NER"}, "status": "negated"}
        decide(archive, there["accused"], "correct", "Ana", corrected(there["accused"], TEXT, fields))
        decide(archive, there["canceled"], "accept", "Ana")
        decide(archive, there["praised"], "reject", "Ana")
        lines, first = [json.dumps(one) for one in training(archive)], list(archive.events(reviewed=True))
    other = sketches.archive(tmp_path / "other.demarche", [sketches.report(TEXT, *LINES, name="niger")])
    with open_archive(other, write=True) as archive:
        assert [outcome.kept for outcome in apply(archive, lines, "Ben")] == [True] * 3
        assert [outcome.kept for outcome in apply(archive, lines, "Ben")] == [False] * 3
        assert [(d.reviewer, d.verdict) for d in decisions(archive)] == [("Ana", "accept"), ("Ana", "correct"), ("Ana", "reject")]
        assert [kept.event for kept in archive.events(reviewed=True)] == [kept.event for kept in first]


def test_a_file_of_decisions_is_applied_and_bad_lines_are_named(path: Path) -> None:
    good = {"report": "niger", "anchor": {"text": "accused"}, "decision": "correct", "fields": {"status": "future", "mode": None}, "note": "p. 3"}
    bad: list[tuple[Any, str]] = [
        ("no json", "not JSON"), ([], "no object"), (good | {"report": "mali"}, "report 'mali' is not in the archive"),
        (good | {"decision": "maybe"}, "decision 'maybe' is not known (use accept"), (good | {"anchor": {"text": "France"}}, "no event is coded at 'France'"),
        (good | {"anchor": {"text": "accused", "n": 2}}, "not 2 times in the report (it is there 1 times)"), (good | {"anchor": None}, "no words"),
        (good | {"fields": {"type": "WAR"}}, "type 'WAR': not known (use one of AGREE"), (good | {"fields": {"colour": 1}}, "no field that can be corrected"),
        (good | {"decision": "accept"}, 'fields go with "correct" only'), (good | {"reviewer": 7}, "reviewer or note is no text"),
        ({"events": 1}, "events is no list"), (good | {"report": None}, "report None is not in the archive"),
    ]  # fmt: skip
    lines = [json.dumps(good), "", *(one if isinstance(one, str) else json.dumps(one) for one, _ in bad), " " * (LINE_CHARACTERS + 1) + "x", "[" * 100_000]
    with open_archive(path, write=True) as archive:
        first, *rest = apply(archive, lines, "Ben", "d.jsonl")
        assert first == Outcome("d.jsonl:1", kept=True)
        told = [outcome.problem or "" for outcome in rest]
        assert all(problem in got for (_, problem), got in zip(bad, told, strict=False)) and "a line of more than" in told[-2] and "not JSON" in told[-1]
        assert rest[0].where == "d.jsonl:3"
        (one,) = decisions(archive)
        assert (one.reviewer, one.note, one.changed, one.event.status) == ("Ben", "p. 3", ("mode", "status"), "future")
        assert dt.datetime.fromisoformat(one.decided).tzinfo is not None


EVENT = sketches.report(TEXT, *LINES, name="niger").events[0]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"mode": "drone"}, "mode of SANCTION 'drone': not known (use one of convict"), ({"status": "past"}, "status 'past'"),
        ({"actor": {}}, "no list"), ({"actor": [{}]}, "no words"), ({"actor": [{"text": "Mars"}]}, "not in the report"),
        ({"actor": [{"text": "Niger", "country": "XYZ"}]}, "actor country 'XYZ': no country"),
        ({"actor": [{"text": "Niger", "sector": "ZZZ"}]}, "actor sector 'ZZZ'"), ({"date": "2024"}, "no interval"),
        ({"date": {"start": "2024-02-30", "end": None}}, "no interval"), ({"date": {"start": "2024-02-02", "end": "2024-02-01"}}, "before the start"),
        ({"place": {"name": "Niamey"}}, "no words"), ({"type": 5}, "type 5: not known"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_is_told(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(CorrectionError) as error:
        corrected(EVENT, TEXT, fields)
    assert told in str(error.value)


def test_corrections_keep_what_is_known_and_find_the_nearest_words() -> None:
    assert corrected(EVENT, TEXT, {}) == EVENT and changed(EVENT, EVENT) == ()
    plain = {name: annotation(EVENT, TEXT)[name] for name in ("type", "mode", "status", "actor", "recipient", "date", "place")}
    assert corrected(EVENT, TEXT, plain) == EVENT
    second = sketches.report(TEXT, *LINES, name="niger").events[2]
    party = corrected(second, TEXT, {"recipient": [{"text": "Niger", "country": "Niger", "sector": "gov"}]}).recipient[0]
    assert (party.span.start, party.country, party.sector) == (TEXT.rindex("Niger"), "NER", "GOV")
    place = corrected(EVENT, TEXT, {"place": {"text": "Niamey", "name": "Niamey", "country": "NER"}}).place
    assert place and place.name == "Niamey" and place.lat is not None and 13 < place.lat < 14
    country = corrected(EVENT, TEXT, {"place": {"text": "Niger", "name": "Niger", "country": "NER"}}).place
    assert country and country.precision == "country"
    assert corrected(EVENT, TEXT, {"date": None, "actor": []}).date is None
    open_end = corrected(EVENT, TEXT, {"date": {"start": "2024-03-16", "end": None}}).date
    assert open_end and open_end.end is None and open_end.rule == "review"
