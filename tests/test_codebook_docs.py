"""What docs/codebook.md shows is done as it stands there: its files written, its commands and Python run, and what they print compared."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from demarche.cli import app
from demarche.knowledge.codebook import Codebook

TEXT = (Path(__file__).parents[1] / "docs/codebook.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`([\w-]+\.\w+)`:\n\n```\w+\n(.*?)```", TEXT, re.DOTALL))
COMMANDS = re.findall(r"^    \$ demarche (.+)\n((?:    .*\n)+)", TEXT, re.MULTILINE)
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_worked_example_is_there() -> None:
    assert set(FILES) >= {"ballots.yaml", "report.txt"} and COMMANDS and PYTHON


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_the_commands_print_what_stands_there(folder: Path, command: str, printed: str) -> None:
    result = CliRunner().invoke(app, shlex.split(command))
    assert (result.exit_code, result.stdout.split("\n")) == (0, [line.removeprefix("    ") for line in printed.split("\n")] + [""])


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_gives_what_stands_there(folder: Path, code: str) -> None:
    names: dict[str, object] = {}
    for line in code.splitlines():
        statement, _, value = line.partition("  # ")
        if value:
            assert repr(eval(statement, names)) == value.strip()
        else:
            exec(statement, names)


def test_without_the_file_a_vote_passes_for_a_strike_or_is_not_found(folder: Path) -> None:
    _, _, *rows = CliRunner().invoke(app, ["read", "report.txt", "--published", "2024-05-14"]).stdout.splitlines()
    assert re.findall("[A-Z]+/[a-z]+", "".join(rows)) == ["PROTEST/strike"] * 3


def test_every_yaml_block_loads(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"{number}.yaml").write_text(block, encoding="utf-8")
    first, evictions, changed = (Codebook.load(tmp_path / f"{number}.yaml") for number in range(len(blocks)))
    assert first.added_types == {"STRIKE-BALLOT"}
    assert evictions.added_modes == {("COERCE", "eviction")} and evictions.intensity("COERCE", "eviction") == -7
    assert [cue.type for cue in changed.cues("boycott", "VERB") if not cue.conditions] == ["REJECT"]
    assert "tourism" in changed.contexts(["tourists"])
