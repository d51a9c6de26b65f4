from __future__ import annotations

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche import many, open_archive
from demarche.archive import ArchiveError, collecting, writing
from demarche.archive.versions import Version
from demarche.cli import app
from demarche.commands.expected import expected
from tests.archive import studies

ROOT = Path(__file__).parents[2]
SLOW = "import time; from demarche import cli, many; from tests.archive.studies import Rules; many._reader = Rules; read = Rules.read; "
SLOW += "from demarche.archive import versions; versions._packed = lambda: ('1', '1', '1', '1', '1'); "
SLOW += "Rules.read = lambda *a, **k: (time.sleep(0.01), read(*a, **k))[1]; cli.main()"
"""A program that takes a hundredth of a second a report, and is the same version whatever is changed in the package meanwhile."""


@pytest.fixture(autouse=True)
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_reader", studies.Rules)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def folder(path: Path, count: int) -> Path:
    path.mkdir(exist_ok=True)
    for number in range(count):
        (path / f"{number:03}.txt").write_text(studies.story(number), encoding="utf-8")
    return path


def lines(archive: Path) -> list[str]:
    with open_archive(archive) as kept:
        return list(writing.content(kept))


def test_a_folder_goes_into_an_archive_and_the_summary_says_what_was_done(tmp_path: Path) -> None:
    reports, study = folder(tmp_path / "reports", 3), tmp_path / "study.demarche"
    (reports / "copy.txt").write_text(studies.story(1), encoding="utf-8")
    (reports / "empty.txt").write_text("", encoding="utf-8")
    french = "Le président a déclaré que le gouvernement retirera ses troupes de la région."
    (reports / "french.txt").write_text(french, encoding="utf-8")
    result = run("code", reports, "--archive", study, "--processes", 1)
    assert result.exit_code == 0, result.stderr
    first, second, third = result.stdout.splitlines()
    assert re.fullmatch(r"coded 3 reports: 3 events, \d+\.\d seconds, \d+\.\d reports a second", first)
    assert (second, third) == ("found 1 further carriers of the same texts", "skipped 2: 1 empty file; 1 not in English")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == [str(reports / "empty.txt"), str(reports / "french.txt")]
    again = run("code", reports, "--archive", study, "--processes", 1)
    assert "coded 0 reports" in again.stdout and "known before: 4" in again.stdout


def test_columns_of_tables_can_be_named(tmp_path: Path) -> None:
    table, study = tmp_path / "news.csv", tmp_path / "study.demarche"
    with table.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("blob", "when"), (studies.story(1), "2024-01-05"), (studies.story(2), "2024-01-06")])
    assert run("code", table, "--archive", study, "--field", "text=blob", "--field", "date=when").exit_code == 0
    with open_archive(study) as archive:
        assert [str(head.published) for head in archive.heads()] == ["2024-01-05", "2024-01-06"]
    wrong = run("code", table, "--archive", study, "--field", "blob")
    assert wrong.exit_code == 2 and "--field" in wrong.stderr


def test_a_date_for_all_wins(tmp_path: Path) -> None:
    study = tmp_path / "study.demarche"
    run("code", folder(tmp_path / "reports", 1), "--archive", study, "--published", "2020-02-02")
    with open_archive(study) as archive:
        assert [str(head.published) for head in archive.heads()] == ["2020-02-02"]


def test_a_collection_of_which_nothing_can_be_read_fails(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    result = run("code", tmp_path / "empty.txt", "--archive", tmp_path / "study.demarche")
    assert result.exit_code == 1 and "skipped 1: 1 empty file" in result.stdout


def test_of_many_skipped_documents_only_the_first_are_named(tmp_path: Path) -> None:
    table = tmp_path / "news.jsonl"
    table.write_text("".join(json.dumps({"id": number, "text": ""}) + "\n" for number in range(50)) + json.dumps({"text": studies.story(1)}), encoding="utf-8")
    result = run("code", table, "--archive", tmp_path / "study.demarche")
    told = result.stderr.splitlines()
    assert len(told) == 21 and told[-1].startswith("more documents are skipped")
    assert "skipped 50: 50 no text in the column ..." in result.stdout
    with open_archive(tmp_path / "study.demarche") as archive:
        assert archive.db.execute("SELECT count(*) FROM skipped").fetchone() == (50,)


def test_what_cannot_be_an_archive_is_one_line_and_status_2(tmp_path: Path) -> None:
    reports = folder(tmp_path / "reports", 1)
    text = tmp_path / "text.demarche"
    text.write_text("no database", encoding="utf-8")
    for path, told in ((text, "no archive of demarche"), (tmp_path / "no" / "a.demarche", "cannot be written"), (reports, "a folder")):
        result = run("code", reports, "--archive", path)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1) and told in result.stderr
    assert text.read_text(encoding="utf-8") == "no database"
    nothing = run("code", "--archive", tmp_path / "none.demarche")
    assert nothing.exit_code == 2 and "no INPUT to make it from" in nothing.stderr


def test_a_second_program_on_the_same_archive_is_refused(tmp_path: Path) -> None:
    reports, study = folder(tmp_path / "reports", 1), tmp_path / "study.demarche"
    run("code", reports, "--archive", study)
    with open_archive(study, write=True) as archive, archive.alone():
        result = run("code", reports, "--archive", study)
    assert result.exit_code == 2 and "in use by another program (wait" in result.stderr


def test_a_new_version_codes_again_and_prune_drops_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports, study = folder(tmp_path / "reports", 2), tmp_path / "study.demarche"
    for name in ("old", "new"):
        monkeypatch.setattr(collecting.Version, "of", classmethod(lambda cls, *files, name=name: Version(name, "w", "c", "a", "p")))
        result = run("code", *([reports] if name == "old" else []), "--archive", study, "--processes", 1)
    assert "coded 2 reports, 2 of them again: 2 events" in result.stdout
    assert run("prune", study, "--keep", 9).stderr == f"{study}: no version 9 (it has 1, 2)\n"
    assert run("prune", study).stdout == "2 codings with 2 events dropped\n"
    assert run("prune", study).stdout == "nothing to drop: every report has one coding\n"


def started(reports: Path, study: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SLOW, "code", str(reports), "--archive", str(study), "--processes", "1"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=None if sys.platform == "win32" else heeding)


def heeding() -> None:
    """Ctrl-C is heeded even where the tests run in the background, whose programs a shell tells to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_archive_whose_program_was_killed_goes_on_to_the_same_content(tmp_path: Path) -> None:
    reports, killed, whole = folder(tmp_path / "reports", 80), tmp_path / "killed.demarche", tmp_path / "whole.demarche"
    begun = time.monotonic()
    assert started(reports, whole).wait() == 0
    seconds, chance, met = time.monotonic() - begun, random.Random(5), 0
    for part in (0.5, 0.8, 0.7):
        process = started(reports, killed)
        time.sleep(seconds * part * chance.uniform(0.8, 1.2))
        met += process.poll() is None
        process.kill()
        process.communicate()
    assert met and started(reports, killed).wait() == 0
    assert lines(killed) == lines(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_ctrl_c_ends_with_a_line_and_keeps_what_was_coded(tmp_path: Path) -> None:
    reports, study = folder(tmp_path / "reports", 1500), tmp_path / "study.demarche"
    process = started(reports, study)
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        time.sleep(0.1)
        try:
            with open_archive(study) as archive:
                if len(list(archive.heads())) > 5:
                    break
        except ArchiveError:  # not made yet
            continue
    process.send_signal(signal.SIGINT)
    told = process.communicate()[1].decode()
    assert process.returncode == 130 and "Stopped. What was coded is kept" in told and "Traceback" not in told
    with open_archive(study) as archive:
        assert len(list(archive.heads())) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_shows_the_rate_and_the_time_left(tmp_path: Path) -> None:
    import pty

    terminal, end = pty.openpty()
    command = [sys.executable, "-c", SLOW, "code", str(folder(tmp_path / "reports", 40)), "--archive", str(tmp_path / "study.demarche"), "--processes", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=end, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"})
    os.close(end)
    told = b""
    with suppress(OSError):  # the end, once nobody writes there any more
        while part := os.read(terminal, 65536):
            told += part
    os.close(terminal)
    assert process.wait() == 0
    assert b"coding" in told and b"/40" in told and b"a second" in told and b"0:00:0" in told


def test_how_many_documents_are_expected(tmp_path: Path) -> None:
    reports = folder(tmp_path / "reports", 3)
    (tmp_path / "a.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\n1\n2\n3\n", encoding="utf-8")
    assert expected([str(reports), str(tmp_path / "a.jsonl"), str(tmp_path / "*.csv"), "-"]) == 3 + 2 + 3 + 1
    assert expected([str(tmp_path / "x.warc.gz"), str(reports)]) == 1 + 3
    (tmp_path / "x.warc.gz").write_bytes(b"")
    assert expected([str(tmp_path / "x.warc.gz"), str(reports)]) is None


def test_a_worker_ends_when_the_program_was_killed(tmp_path: Path) -> None:
    code = f"""
import os, sys, time
from concurrent.futures import ProcessPoolExecutor
import multiprocessing
from demarche import many
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=many._start_worker)
    open({str(tmp_path / "pid")!r}, "w").write(str(pool.submit(os.getpid).result()))
    os.kill(os.getpid(), 9)
"""
    script = tmp_path / "pool.py"
    script.write_text(code, encoding="utf-8")
    subprocess.run([sys.executable, str(script)], cwd=ROOT, check=False)
    worker = int((tmp_path / "pid").read_text(encoding="utf-8"))
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(worker, 9)
    raise AssertionError("the worker went on alone")
