from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demarche import __version__, many
from demarche.cli import app
from demarche.records import Report
from tests import samples
from tests.intake.pages import page

PROGRAM = [sys.executable, "-c", "from demarche.cli import main; main()"]
STANDIN = [sys.executable, "-c", "from demarche import cli, many; from tests.test_cli import Reader; many._reader = Reader; cli.main()"]
ROOT = Path(__file__).parents[1]


class Reader:
    """Finds the hand-made events in reports that tell of the pact, and none in others."""

    def __init__(self, files: many.Files = many.NO_FILES) -> None:
        self.files = files

    def read(self, text: str, **known: object) -> Report:
        return samples.report() if "pact" in text else Report("0" * 16, text)


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_reader", Reader)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "niger.txt"
    path.write_text(samples.TEXT, encoding="utf-8")
    return path


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def test_read_prints_a_table(good: Path) -> None:
    result = run("read", good)
    assert result.exit_code == 0 and result.stderr == ""
    assert "niger · Niger and the US · published 2024-05-14 · 2 events" in result.stdout
    assert "SANCTION/discontinue" in result.stdout and "\x1b" not in result.stdout


def test_claims_take_the_place_of_the_events(good: Path) -> None:
    shown = run("read", "--claims", good).stdout
    assert "niger · Niger and the US" in shown and "No side claims anything" in shown and "SANCTION" not in shown
    assert json.loads(run("read", "--claims", good, "--format", "jsonl").stdout)["claims"] == []


def test_claims_have_no_csv_form(good: Path) -> None:
    result = run("read", "--claims", good, "--format", "csv")
    assert result.exit_code == 2 and "use table, json or jsonl" in re.sub(r"[\W_]*\n[\W_]*", " ", result.stderr)


def test_json_lines_carry_the_file_stem(good: Path) -> None:
    found = [json.loads(line) for line in run("read", good, good, "--format", "jsonl").stdout.splitlines()]
    assert [one["id"] for one in found] == ["niger", "niger"]
    assert [event["type"] for event in found[0]["events"]] == ["SANCTION", "THREATEN"]


def test_two_reports_of_one_name_are_pointed_out(good: Path) -> None:
    assert "another report is named niger too" in run("read", good, good).stderr


@pytest.mark.parametrize(("form", "start"), [("json", "[\n{"), ("jsonl", '{"id": "niger"'), ("csv", "id,report,"), ("table", "niger · ")])
def test_every_format_goes_to_a_file_too(good: Path, tmp_path: Path, form: str, start: str) -> None:
    out = tmp_path / "out"
    result = run("read", good, "--format", form, "--output", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith(start)


def test_standard_input(good: Path) -> None:
    found = json.loads(run("read", "-", "--format", "json", stdin=good.read_bytes()).stdout)
    assert (found[0]["id"], len(found[0]["events"])) == ("stdin", 2)


def test_a_report_without_events_says_so(tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.txt"
    quiet.write_text("The weather in the capital will stay fine all week.", encoding="utf-8")
    result = run("read", quiet)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"{quiet}: no events found\n")


BAD: dict[str, tuple[bytes | None, str]] = {
    "empty.txt": (b"", "empty file"),
    "binary.txt": (bytes(range(256)) * 9, "a binary file"),
    "latin.txt": ("São Tomé recalled its envoy.".encode("latin-1"), "not UTF-8 text"),
    "french.txt": ("Le président a déclaré que le gouvernement retirera ses troupes de la région.".encode(), "not in English"),
    "menu.html": (b"<html><body><nav><a href=/>Home</a></nav></body></html>", "no article found"),
    "missing.txt": (None, "no such file"),
    "huge.txt": (b"huge", "larger than 20 MB"),
    "folder.d": (b"folder", "a folder with no reports in it"),
}


def make(folder: Path, name: str, data: bytes | None) -> str:
    path = folder / name
    if data == b"folder":
        path.mkdir()
    elif data is not None:
        path.write_bytes(data)
    if data == b"huge":
        os.truncate(path, 50_000_000)
    return str(path)


@pytest.mark.parametrize("name", BAD)
def test_each_bad_input_is_one_line_and_the_good_file_is_still_printed(good: Path, tmp_path: Path, name: str) -> None:
    data, problem = BAD[name]
    where = make(tmp_path, name, data)
    result = run("read", where, good)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{where}: {problem}") and line.endswith(")") and " (" in line
    assert "SANCTION/discontinue" in result.stdout


def test_a_url_that_fails_is_one_line(good: Path) -> None:
    result = run("read", "http://127.0.0.1:9/story", good)
    assert result.exit_code == 1
    assert result.stderr.startswith("http://127.0.0.1:9/story: cannot be reached") and result.stderr.count("\n") == 1
    assert "SANCTION" in result.stdout


def test_all_bad_inputs_at_once_give_a_line_each(good: Path, tmp_path: Path) -> None:
    bad = [make(tmp_path, name, data) for name, (data, _) in BAD.items()]
    result = run("read", *bad, good, "--format", "jsonl", "--processes", 1)
    assert len(result.stderr.splitlines()) == len(bad)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["niger"]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("read",), "Missing argument"),
        (("read", "x.txt", "--published", "yesterday"), "write it as 2024-03-16"),
        (("read", "x.txt", "--format", "xml"), "xml"),
        (("read", "x.txt", "--processes", "0"), "--processes"),
        (("read", "x.txt", "--output", "/no/such/folder/out"), "cannot be written"),
        (("explain",), "Missing argument"),
        (("recite",), "recite"),
    ],
)
def test_wrong_use_is_told_with_status_2(arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr and "Traceback" not in result.stderr


def test_the_output_may_not_be_an_input(good: Path) -> None:
    result = run("read", good, "--output", good)
    assert result.exit_code == 2 and "one of the reports to read" in result.stderr
    assert good.read_text(encoding="utf-8") == samples.TEXT


def test_explain_shows_one_event_by_number_or_id_and_all_without(good: Path) -> None:
    one, same, both = run("explain", good, 2), run("explain", good, "2222bb"), run("explain", good)
    assert one.exit_code == same.exit_code == both.exit_code == 0
    assert one.stdout == same.stdout and one.stdout.startswith("Event 2 of 2 · THREATEN")
    assert both.stdout.count("Event ") == 2


@pytest.mark.parametrize("event", ["3", "0", "zzzz", "1"])
def test_explain_names_the_choice_when_there_is_no_such_event(good: Path, tmp_path: Path, event: str) -> None:
    if event == "1":
        good.write_text("The weather in the capital will stay fine all week.", encoding="utf-8")
    result = run("explain", good, event)
    assert result.exit_code == 2
    assert ("has none" if event == "1" else "number from 1 to 2") in result.stderr


def test_explain_of_a_bad_file_is_one_line(tmp_path: Path) -> None:
    result = run("explain", tmp_path / "gone.txt")
    assert (result.exit_code, result.stderr) == (1, f"{tmp_path}/gone.txt: no such file (check the path)\n")


def test_demo_reads_every_bundled_report_and_says_what_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_reader", lambda files: type("All", (), {"read": lambda self, text, **known: samples.report()})())
    result = run("demo")
    assert result.exit_code == 0
    assert result.stdout.count("2 events") == len(list(ROOT.glob("src/demarche/demo/reports/*.txt"))) >= 12
    assert result.stderr.startswith("Next: `demarche explain ") and result.stderr.count("\n") == 1


def test_version_and_help() -> None:
    assert run("--version").stdout == f"demarche {__version__}\n"
    shown = run("--help").stdout
    assert all(verb in shown for verb in ("read", "explain", "demo"))
    assert run().stdout.startswith("Usage") or run().stderr.startswith("Usage")


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, demarche.cli; print(*sorted({'numpy', 'onnxruntime', 'yaml', 'lxml', 'demarche.language.timex', 'demarche.coding'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split() == []


def test_a_reader_that_goes_away_ends_the_program_quietly(good: Path) -> None:
    with subprocess.Popen([*STANDIN, "read", str(good), "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert (process.returncode, told) == (141, "")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(("count", "shown"), [(2, False), (5, True)])
def test_progress_is_shown_on_a_terminal_for_more_than_a_few_files(tmp_path: Path, count: int, shown: bool) -> None:
    import pty

    for number in range(count):
        (tmp_path / f"{number}.txt").write_text("The minister left the talks on Monday.", encoding="utf-8")
    terminal, end = pty.openpty()
    subprocess.run(
        [*STANDIN, "read", str(tmp_path), "--format", "jsonl"], stdout=subprocess.DEVNULL, stderr=end, check=True, cwd=ROOT, env={**os.environ, "TERM": "xterm"}
    )
    os.close(end)
    told = b""
    try:
        while part := os.read(terminal, 65536):
            told += part
    except OSError:
        pass
    os.close(terminal)
    assert (b"reading" in told) is shown


def test_output_is_utf8_whatever_the_locale(good: Path) -> None:
    good.write_text("The minister left Göteborg – “angry” – on Monday.", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    found = subprocess.run([*STANDIN, "read", str(good), "--format", "jsonl"], capture_output=True, check=True, cwd=ROOT, env=environment).stdout
    assert json.loads(found.decode("utf-8"))["text"] == good.read_text(encoding="utf-8")


def test_html_pages_are_read_like_texts(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_bytes(page(body=f"<p>{samples.TEXT}</p>"))
    assert run("read", path).exit_code == 0


@pytest.mark.parametrize("option", ["--codebook", "--actors", "--places"])
def test_a_bad_file_of_the_users_is_one_line_and_status_2(good: Path, tmp_path: Path, option: str) -> None:
    bad = tmp_path / "mine.csv"
    bad.write_text("nonsense: [\n", encoding="utf-8")
    result = run("read", good, option, bad)
    assert result.exit_code == 2 and result.stdout == ""
    assert str(bad) in result.stderr and len(result.stderr.splitlines()) == 1
    missing = run("read", good, option, tmp_path / "none.csv")
    assert missing.exit_code == 2 and "none.csv" in missing.stderr


def test_files_of_the_users_reach_the_reader(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = tmp_path / "places.csv"
    places.write_text("name,country,lat,lon\nFort Test,NER,13.5,2.1\n", encoding="utf-8")
    seen: list[many.Files] = []
    monkeypatch.setattr(many, "_reader", lambda files: seen.append(files) or Reader(files))
    assert run("read", good, "--places", places).exit_code == 0
    assert [files.places for files in seen] == [places]
