from __future__ import annotations

import datetime as dt
from itertools import permutations
from pathlib import Path

import pytest

from demarche.archive import Archive, linking, writing
from demarche.archive.linking import link, pending, slot_of, up_to_date
from demarche.archive.sameness import Telling, Words
from demarche.archive.versions import Version
from demarche.records import Report
from tests.archive import tellings
from tests.archive.tellings import AGAIN, BLAST, LATER, MORE, PACT, keep, report


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "study.demarche", create=True)


def groups(archive: Archive) -> list[set[str]]:
    """The texts of each happening by their first words."""
    rows = archive.db.execute("SELECT h.happening, r.text FROM happening_events h JOIN events e ON e.key = h.event JOIN reports r ON r.id = e.report")
    found: dict[str, set[str]] = {}
    for id, text in rows:
        found.setdefault(id, set()).add(text)
    return sorted(found.values(), key=lambda texts: sorted(texts))


ALL = (BLAST, AGAIN, MORE, LATER, PACT)
RIGHT = sorted(({BLAST, AGAIN, MORE}, {LATER}, {PACT}), key=sorted)


def test_one_thing_in_several_reports_is_one_happening(archive: Archive) -> None:
    keep(archive, *map(report, ALL))
    assert link(archive) == linking.Linked(5, 3)
    assert groups(archive) == RIGHT
    first = report(BLAST)
    row = archive.db.execute("SELECT * FROM happenings WHERE mentions = 3").fetchone()
    assert row == (first.events[0].id, 3, 3, 3, first.id, "2023-03-04")


def test_what_comes_out_does_not_depend_on_order_or_stops(tmp_path: Path) -> None:
    for number, order in enumerate(list(permutations(ALL))[::11]):
        with Archive.open(tmp_path / f"{number}.demarche", create=True) as archive:
            for text in order:
                keep(archive, report(text))
                if number % 2:
                    link(archive)
            link(archive)
            assert groups(archive) == RIGHT


def test_an_id_stays_as_the_archive_grows(archive: Archive) -> None:
    keep(archive, report(MORE))
    link(archive)
    (id,) = archive.db.execute("SELECT id FROM happenings").fetchone()
    keep(archive, report(BLAST), report(AGAIN, dt.date(2023, 3, 3)))
    link(archive)
    rows = archive.db.execute("SELECT id, mentions, first FROM happenings").fetchall()
    assert rows == [(id, 3, report(AGAIN).id)]
    before = list(writing.content(archive))
    assert link(archive) == linking.Linked(0, 0) and list(writing.content(archive)) == before


def test_the_same_story_in_two_papers_is_one_carrier(archive: Archive) -> None:
    keep(archive, report(BLAST))
    keep(archive, report(BLAST + " More later.", source="The Paper"), story=report(BLAST).id)
    link(archive)
    assert archive.db.execute("SELECT mentions, reports, carriers FROM happenings").fetchall() == [(2, 2, 1)]


def test_events_of_one_report_stay_apart(archive: Archive) -> None:
    one = report(BLAST)
    again = tellings.event(one.id, BLAST, "wounded")
    keep(archive, Report(one.id, BLAST, published=one.published, events=(*one.events, again)), report(AGAIN))
    link(archive)
    assert archive.db.execute("SELECT max(mentions), count(*) FROM happenings").fetchone() == (2, 2)


def test_another_day_or_place_is_another_happening(archive: Archive) -> None:
    moved = AGAIN.replace("4 March", "4 July").replace("Baghdad", "Mosul")
    day = dt.date(2023, 7, 4)
    keep(archive, report(BLAST), report(moved, day, date=tellings.When(day, day, "day")))
    link(archive)
    assert archive.db.execute("SELECT count(*) FROM happenings").fetchone() == (2,)


def test_a_report_that_is_coded_anew_is_linked_anew(archive: Archive) -> None:
    keep(archive, report(BLAST), report(AGAIN))
    link(archive)
    number = writing.number(archive, Version("2", "w", "c", "a", "p"))
    changed = report(AGAIN, type="COERCE", recipient=(), place=None)
    writing.recode(archive, changed, number, "x")
    assert pending(archive) == 1 and not up_to_date(archive)
    link(archive)
    assert up_to_date(archive)
    rows = archive.db.execute("SELECT count(*), count(DISTINCT event) FROM happening_events JOIN events ON key = event WHERE latest").fetchone()
    assert rows == (2, 2) and archive.db.execute("SELECT count(*) FROM happening_events").fetchone() == (2,)
    writing.prune(archive)
    assert up_to_date(archive)


def test_pruning_the_later_coding_is_noticed(archive: Archive) -> None:
    keep(archive, report(BLAST), report(AGAIN))
    number = writing.number(archive, Version("2", "w", "c", "a", "p"))
    writing.recode(archive, report(AGAIN), number, "x")
    link(archive)
    writing.prune(archive, keep=1)
    link(archive)
    assert archive.db.execute("SELECT mentions FROM happenings").fetchall() == [(2,)] and up_to_date(archive)


def test_other_rules_link_anew(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(archive, report(BLAST), report(AGAIN))
    link(archive)
    monkeypatch.setattr(linking, "_rules", lambda: "other")
    assert not up_to_date(archive)
    assert link(archive).events == 2 and up_to_date(archive)


def test_an_empty_archive(archive: Archive) -> None:
    assert up_to_date(archive) and link(archive) == linking.Linked()


def test_undated_events_are_looked_for_by_publication() -> None:
    words = Words.of(None, BLAST)
    dated, undated = report(BLAST).events[0], report(BLAST, date=None).events[0]
    day = dt.date(2023, 3, 5)
    assert slot_of(Telling.of(dated, day, words))[1:] == (0, dt.date(2023, 3, 4).toordinal(), dt.date(2023, 3, 4).toordinal())
    assert slot_of(Telling.of(undated, day, words))[1:] == (0, day.toordinal() - 7, day.toordinal() + 1)
    assert slot_of(Telling.of(undated, None, words)).width == 3
    assert slot_of(Telling.of(dated, day, words)).keys == ("kill IRQ", "ASSAULT IRQ")
