from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from demarche.cli import Format, app
from demarche.records import SECTORS, STATUSES, TYPES, Event, Magnitude, Party, Quantity, Report, Source, Span, When, Where

ROOT = Path(__file__).parents[1]
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def doc(name: str) -> str:
    return ROOT.joinpath(name).read_text(encoding="utf-8")


def section(verb: str) -> str:
    _, _, rest = doc("docs/cli.md").partition(f"\n## demarche {verb}\n")
    return rest.partition("\n## ")[0]


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_every_verb_and_each_of_its_options_is_described(verb: str) -> None:
    text = section(verb)
    assert text
    for parameter in COMMANDS[verb].params:
        for name in (*parameter.opts, *parameter.secondary_opts):
            assert name.startswith("-") is False or f"`{name}" in text, name


def test_every_value_of_format_is_described() -> None:
    assert all(f"`--format {value.value}`" in section("read") for value in Format)


def test_no_verb_or_option_is_described_that_does_not_exist() -> None:
    options = (name for command in COMMANDS.values() for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts))
    known = {*options, "--help", "--version"}
    for name in ("docs/cli.md", "README.md"):
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", doc(name))) <= known
        assert set(re.findall(r"^(?:.*[|&] |    |## )demarche ([a-z]+)\b", doc(name), re.MULTILINE)) <= set(COMMANDS)


@pytest.mark.parametrize("record", [Report, Event, Party, Source, When, Where, Magnitude, Quantity, Span], ids=lambda record: record.__name__)
def test_every_field_of_the_records_is_described(record: type) -> None:
    text = doc("docs/events.md")
    for field in fields(record):
        assert field.name == "party" or re.search(rf"[`{{, ]{field.name}[`}}, ]", text), field.name


def test_every_code_is_described() -> None:
    text = doc("docs/events.md")
    for code in (*TYPES, *STATUSES, *SECTORS):
        assert re.search(rf"\b{code}\b", text), code


def test_the_two_commands_of_the_readme_set_up_and_run() -> None:
    demo, tests = (line.strip() for line in doc("README.md").splitlines() if line.startswith("    python3 -m venv"))
    assert [shlex.split(part)[0] for part in demo.split("&&")] == ["python3", ".venv/bin/pip", ".venv/bin/demarche"]
    assert [shlex.split(part)[0] for part in tests.split("&&")] == ["python3", ".venv/bin/pip", ".venv/bin/pytest"]
    assert demo.endswith("demarche demo")


def test_the_python_example_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", doc("README.md"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    assert isinstance(names["report"], Report)


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_changelog_knows_the_version() -> None:
    from demarche import __version__

    assert f"## {__version__}" in doc("CHANGELOG.md")
