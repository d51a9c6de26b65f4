from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from demarche import many
from demarche.archive import Archive, collecting, open_archive, writing
from demarche.archive.collecting import Collecting
from demarche.archive.versions import Version
from demarche.intake.document import Document, IntakeError
from tests.archive import studies
from tests.archive.studies import coded, documents


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_reader", studies.Rules)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "study.demarche", create=True)


def dump(archive: Archive) -> list[str]:
    archive.db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    assert archive.db.execute("PRAGMA foreign_key_check").fetchall() == []
    return list(writing.content(archive))


def as_version(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(collecting.Version, "of", classmethod(lambda cls, *files: Version(name, "w", "c", "a", "p")))


def kinds(steps: list[collecting.Step]) -> list[str]:
    return [step.kind for step in steps]


def test_a_collection_is_coded_once_however_often_it_comes(archive: Archive) -> None:
    assert kinds(coded(archive, documents(5))) == ["coded"] * 5
    before = dump(archive)
    assert kinds(coded(archive, documents(5))) == ["known"] * 5
    assert dump(archive) == before
    assert kinds(coded(archive, documents(7))) == ["known"] * 5 + ["coded"] * 2


@pytest.mark.parametrize("after", [0, 1, 3, 6])
def test_a_run_that_was_stopped_goes_on_to_the_same_content(archive: Archive, tmp_path: Path, after: int) -> None:
    found = [*documents(4), documents(1)[0], *documents(3, 4)]
    with pytest.raises(RuntimeError):
        coded(archive, studies.stopping(found, after))
    coded(archive, found)
    with Archive.open(tmp_path / "whole.demarche", create=True) as whole:
        coded(whole, found)
        assert dump(whole) == dump(archive)


def test_the_number_of_processes_does_not_change_the_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_start_worker", use_rules)
    found = [*documents(9), replace(documents(1)[0], where="other.csv:row 1", name="other:1"), IntakeError("x", "wrong", "mend it")]
    dumps = []
    for processes in (1, 2):
        with Archive.open(tmp_path / f"{processes}.demarche", create=True) as archive:
            assert kinds(list(Collecting(archive, processes=processes).code(iter(found)))) == ["coded"] * 9 + ["carrier", "skipped"]
            dumps.append(dump(archive))
    assert dumps[0] == dumps[1]


def use_rules() -> None:
    many._reader = studies.Rules  # type: ignore[assignment]


def test_one_text_has_several_carriers(archive: Archive) -> None:
    (first,) = documents(1)
    found = [first, Document("b.txt", "b", f"{first.text.upper()}\n", outlet="The Paper"), Document("c.txt", "c", first.text)]
    assert kinds(coded(archive, found)) == ["coded", "carrier", "carrier"]
    assert kinds(coded(archive, found)) == ["known"] * 3
    (head,) = archive.heads()
    assert head.carriers == 3 and [carrier.publisher for carrier in archive.carriers(head.id)] == ["The Paper", None, None]


LONG = " ".join(f"word{number}" for number in range(200))


def test_a_text_that_says_hardly_more_is_a_carrier_and_one_that_says_more_a_report_of_the_story(archive: Archive) -> None:
    wire = f"The minister accused the mayor. {LONG}"
    short, longer = wire.rsplit(" ", 20)[0], f"{wire} Yet the bishop praised the mayor. " + " ".join(f"more{number}" for number in range(90))
    texts = {"wire": wire, "short": short, "longer": longer, "other": studies.story(1)}
    found = [Document(f"{name}.txt", name, text) for name, text in texts.items()]
    assert kinds(coded(archive, found)) == ["coded", "carrier", "coded", "coded"]
    first, second, third = archive.heads()
    assert (first.carriers, second.story, third.story) == (2, first.id, third.id)
    before = dump(archive)
    assert kinds(coded(archive, found)) == ["known"] * 4
    assert dump(archive) == before


def test_near_duplicates_are_found_again_after_a_stop(archive: Archive) -> None:
    coded(archive, [Document("a.txt", "a", f"The minister accused the mayor. {LONG}")])
    (step,) = coded(archive, [Document("b.txt", "b", f"The minister accused the mayor. {LONG} today")])
    assert step.kind == "carrier" and [head.carriers for head in archive.heads()] == [2]


def test_what_is_skipped_is_kept_with_its_reason_and_tried_again(archive: Archive) -> None:
    bad = Document("b.txt", "b", "This will break.")
    steps = coded(archive, [bad, replace(bad, where="c.txt", name="c"), IntakeError("a.txt", "empty file", "give one with a text")])
    assert kinds(steps) == ["skipped"] * 3
    assert [step.line for step in steps] == [
        "b.txt: reading failed: ValueError: broken (please report this together with the file)",
        "c.txt: the same text as a report that could not be read (see there)",
        "a.txt: empty file (give one with a text)",
    ]
    assert archive.db.execute("SELECT * FROM skipped ORDER BY input").fetchall() == [
        ("a.txt", "", "empty file (give one with a text)"),
        ("b.txt", "b", "reading failed: ValueError: broken (please report this together with the file)"),
        ("c.txt", "c", "the same text as a report that could not be read (see there)"),
    ]
    mended = [Document("a.txt", "a", studies.story(1)), Document("b.txt", "b", studies.story(2))]
    assert kinds(coded(archive, mended)) == ["coded", "coded"]
    assert [input for input, *_ in archive.db.execute("SELECT * FROM skipped")] == ["c.txt"]


def test_another_version_codes_again_and_both_are_kept_until_pruned(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    as_version(monkeypatch, "old")
    coded(archive, documents(3))
    as_version(monkeypatch, "new")
    assert kinds(coded(archive, documents(2))) == ["coded again"] * 2
    assert len(list(archive.events())) == 3
    assert [len(list(archive.events(version=number))) for number in (1, 2)] == [3, 2]
    assert writing.prune(archive) == (2, 2)
    assert archive.db.execute("SELECT demarche FROM versions ORDER BY id").fetchall() == [("old",), ("new",)]
    assert len(list(archive.events())) == 3 and archive.db.execute("SELECT count(DISTINCT event) FROM spans").fetchone() == (3,)
    assert writing.prune(archive) == (0, 0)
    dump(archive)


def test_a_version_can_be_kept_by_number(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("old", "new"):
        as_version(monkeypatch, name)
        coded(archive, documents(2))
    assert writing.prune(archive, 1) == (2, 2)
    assert archive.db.execute("SELECT demarche FROM versions").fetchall() == [("old",)]
    assert len(list(archive.events())) == 2


def test_an_archive_codes_its_own_reports_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    as_version(monkeypatch, "old")
    coded(archive, documents(3))
    as_version(monkeypatch, "new")
    run = Collecting(archive, processes=1)
    assert run.uncoded() == 3
    assert kinds(list(run.code_again())) == ["coded again"] * 3
    assert Collecting(archive, processes=1).uncoded() == 0
    assert {head.published for head in archive.heads()} == {document.published for document in documents(3)}


def test_version_depends_on_the_contents_of_the_user_s_files(tmp_path: Path) -> None:
    mine = tmp_path / "places.csv"
    mine.write_text("name,country,lat,lon\nFort Test,NER,13.5,2.1\n", encoding="utf-8")
    bare, with_mine = Version.of(), Version.of(places=mine)
    assert Version.of() == bare and (with_mine.actors, with_mine.weights) == (bare.actors, bare.weights)
    assert with_mine.places != bare.places and with_mine.fingerprint != bare.fingerprint
    mine.rename(tmp_path / "other.csv")
    assert Version.of(places=tmp_path / "other.csv") == with_mine
    (tmp_path / "other.csv").write_text("name,country,lat,lon\nFort Test,NER,13.5,2.2\n", encoding="utf-8")
    assert Version.of(places=tmp_path / "other.csv") != with_mine


def test_names_that_no_database_takes_are_written_out(archive: Archive) -> None:
    (document,) = documents(1)
    coded(archive, [replace(document, where="bad\udcff.txt", name="bad\udcff"), IntakeError("worse\udcff.txt", "empty", "mend it")])
    assert [head.name for head in archive.heads()] == ["bad\\udcff"]


def test_documents_are_not_gathered_before_they_are_coded(archive: Archive) -> None:
    taken = 0

    def stream() -> object:
        nonlocal taken
        for document in documents(60):
            taken += 1
            yield document

    steps = Collecting(archive, processes=1).code(stream())  # type: ignore[arg-type]
    for done, _ in enumerate(steps, 1):
        assert taken - done <= many.ALONE_BELOW


def test_the_archive_can_be_asked_while_it_is_made(archive: Archive) -> None:
    steps = Collecting(archive, processes=1).code(documents(3))
    next(steps)
    with open_archive(archive.path) as other:
        assert len(list(other.events())) == 1
    assert len(list(steps)) == 2
