from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from demarche import open_archive
from demarche.archive import Archive, ArchiveError, Head, Kept, migrations
from tests import samples
from tests.archive import studies


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return studies.made(tmp_path / "study.demarche")


def test_what_was_kept_comes_back_whole(study: Path) -> None:
    with open_archive(study) as archive:
        first, second = archive.reports()
        assert first == replace(samples.report(), source=None) and second == studies.various()
        assert archive.report(second.id) == second and archive.report("none") is None
        heads = list(archive.heads())
        assert [(head.id, head.name, head.carriers, head.words, head.story) for head in heads] == [
            (first.id, "niger", 1, len(first.text.split()), first.id), (second.id, "various", 1, len(second.text.split()), second.id),
        ]  # fmt: skip
        assert archive.carriers(first.id)[0].to_dict() == {"input": "niger.txt", "name": "niger", "publisher": "The Paper", "url": None, "published": None}


def test_kept_events_convert_without_loss(study: Path) -> None:
    with open_archive(study) as archive:
        kept = list(archive.events())
        assert [Kept.from_dict(one.to_dict()) for one in kept] == kept
        assert [Head.from_dict(one.to_dict()["head"]) for one in kept] == [one.report for one in kept]
        assert {one.event.id for one in kept} == {event.id for report in archive.reports() for event in report.events}


def test_spans_and_parties_stand_in_tables_of_their_own(study: Path) -> None:
    with open_archive(study) as archive:
        texts = dict(archive.db.execute("SELECT id, text FROM reports"))
        events = {event.id: event for report in archive.reports() for event in report.events}
        rows = archive.db.execute("SELECT e.id, e.report, s.start, s.end FROM spans s JOIN events e ON e.key = s.event").fetchall()
        for id, event in events.items():
            assert sorted(texts[row[1]][row[2] : row[3]] for row in rows if row[0] == id) == sorted(span.text for span in event.spans())
        sides = archive.db.execute("SELECT p.side, p.name, p.country FROM parties p JOIN events e ON e.key = p.event WHERE e.id = ?", ("6" * 16,)).fetchall()
        assert sides == [("actor", "drone base", "USA"), ("source", "Red Cross", "IGO")]


def test_migrating_takes_only_the_steps_that_lack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.made(tmp_path / "old.demarche")
    taken = []
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, lambda db: taken.append(db.execute("CREATE TABLE later (x)"))))
    with open_archive(study) as archive:
        assert len(list(archive.reports())) == 2
        assert migrations.version_of(archive.db) == len(migrations.STEPS)
    open_archive(study).close()
    assert len(taken) == 1


def test_keys_kept_before_stand_behind_in_the_order_of_their_table() -> None:
    db = sqlite3.connect(":memory:")
    for step in migrations.STEPS[: migrations.STEPS.index(migrations.happening_keys)]:
        step(db)
    db.execute("INSERT INTO happening_keys VALUES ('NER', 1, 10, 12, 7)")
    migrations.happening_keys(db)
    assert db.execute("SELECT key, width, start, end, event FROM happening_keys").fetchall() == [("NER", 1, 10, 12, 7)]
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.made(tmp_path / "old.demarche")

    def bad(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (x)")
        db.execute("CREATE TABLE half (x)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, bad))
    with pytest.raises(ArchiveError, match="already exists"):
        open_archive(study)
    monkeypatch.undo()
    with open_archive(study) as archive:
        assert not archive.db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchone()


def other(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return path


def test_files_that_cannot_be_used_are_told_with_a_remedy(tmp_path: Path) -> None:
    text = tmp_path / "text.demarche"
    text.write_text("no database at all, " * 100, encoding="utf-8")
    newer = other(studies.made(tmp_path / "newer.demarche"), "PRAGMA user_version = 99")
    cases = {
        tmp_path / "none.demarche": "no such archive (check the path, or make it: demarche code INPUT... --archive ",
        tmp_path: "a folder (give the archive's file)",
        text: "no archive of demarche, or a damaged one (",
        other(tmp_path / "other.db", "CREATE TABLE mine (x)"): "an SQLite file of another program (",
        newer: f"made by a newer demarche (schema 99, this one knows {len(migrations.STEPS)}) (pip install --upgrade demarche)",
    }
    for path, told in cases.items():
        with pytest.raises(ArchiveError) as caught:
            open_archive(path)
        assert str(caught.value).startswith(f"{path}: {told}")
    with pytest.raises(ArchiveError, match=r"cannot be written \(check that its folder exists"):
        Archive.open(tmp_path / "no" / "folder.demarche", create=True)
    assert not (tmp_path / "none.demarche").exists()


def test_a_locked_archive_says_so(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from demarche.archive import store

    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(study, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_archive(study, write=True) as archive:
        assert len(list(archive.events())) == 6  # reading goes on
        with pytest.raises(ArchiveError, match=r"in use by another program \(wait"):
            archive.set("x", "y")
        other.execute("ROLLBACK")
        archive.set("x", "y")
        assert archive.setting("x") == "y" and archive.setting("z") is None
    other.close()


def test_only_one_program_codes_at_a_time_and_its_end_frees_the_archive(study: Path) -> None:
    with open_archive(study, write=True) as one, open_archive(study, write=True) as two:
        with one.alone(), pytest.raises(ArchiveError, match="in use by another program"), two.alone():
            pass
        with two.alone():
            pass
    assert not study.with_name("study.demarche-lock").exists()
    code = f"import os; from demarche import open_archive; a = open_archive({str(study)!r}, True); c = a.alone(); c.__enter__(); os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with open_archive(study, write=True) as archive, archive.alone():
        assert len(list(archive.reports())) == 2


def test_an_archive_in_a_folder_where_nobody_may_write_can_be_asked(study: Path) -> None:
    import os

    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    study.parent.chmod(0o555)
    try:
        with open_archive(study) as archive:
            assert len(list(archive.events())) == 6
        with pytest.raises(ArchiveError, match="cannot be written"):
            Archive.open(study.with_name("new.demarche"), create=True)
    finally:
        study.parent.chmod(0o755)


def test_a_transaction_is_whole_or_nothing(study: Path) -> None:
    with open_archive(study, write=True) as archive:
        with pytest.raises(RuntimeError), archive.transaction() as db:
            db.execute("DELETE FROM spans")
            raise RuntimeError
        assert archive.db.execute("SELECT count(*) FROM spans").fetchone()[0]
