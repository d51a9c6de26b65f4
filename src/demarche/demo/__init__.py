"""Short reports on real events, written for demarche, that show what it does."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def folder() -> AbstractContextManager[Path]:
    """The folder of the bundled reports, as a real folder while the context lasts."""
    return as_file(files("demarche.demo").joinpath("reports"))
