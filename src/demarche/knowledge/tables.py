"""The reviewed text tables of this room, read as rows."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


def read(name: str) -> Iterator[dict[str, str]]:
    """The rows of `tables/NAME.csv` as dictionaries."""
    return csv.DictReader(io.StringIO(text(name)))


def text(name: str) -> str:
    """The text of `tables/NAME.csv`."""
    return (FOLDER / f"{name}.csv").read_text(encoding="utf-8")


def packed_lines(name: str) -> list[str]:
    """The lines of `tables/NAME.tsv.gz` below its head."""
    return gzip.decompress((FOLDER / f"{name}.tsv.gz").read_bytes()).decode("utf-8").splitlines()[1:]


@cache
def _wordlists() -> dict[str, frozenset[str]]:
    return {row["list"]: frozenset(row["words"].split()) for row in read("wordlists")}


def wordlist(name: str) -> frozenset[str]:
    """The words of one list of `tables/wordlists.csv`."""
    return _wordlists()[name]
