from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import demarche

SURFACE = [
    "Archive", "ArchiveError", "Event", "Head", "Kept", "Magnitude", "Party", "Quantity", "Reader", "Report", "Source", "Span", "When", "Where",
    "__version__", "open_archive", "read",
]  # fmt: skip
HEAVY = ("numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "py3langid", "yaml", "rich.table")


def test_the_surface_is_exactly_this() -> None:
    assert sorted(demarche.__all__) == sorted(SURFACE)
    assert all(hasattr(demarche, name) for name in SURFACE)


def test_star_import_brings_nothing_else() -> None:
    names: dict[str, object] = {}
    exec("from demarche import *", names)
    assert sorted(set(names) - {"__builtins__"}) == sorted(SURFACE)


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert demarche.__version__ == project["version"]


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, demarche.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_package_tells_type_checkers_that_it_is_typed() -> None:
    assert Path(demarche.__file__).with_name("py.typed").is_file()
