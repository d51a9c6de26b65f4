"""A user's own actors, read from CSV or YAML and checked field by field.

Columns: name, aliases, country, sector, role, from, to. Only `name` is required. In CSV aliases are separated by "|"; in YAML they
may be a list. `role`, `from` and `to` describe a person's time in an office.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demarche.records import SECTORS

COLUMNS = ("name", "aliases", "country", "sector", "role", "from", "to")


class UserFileError(ValueError):
    """A user's file that cannot be used: the message names file, line, field and remedy."""

    def __init__(self, path: Path, line: int, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{path}, line {line}, field {field!r}: {problem}; {remedy}")
        self.path, self.line, self.field = path, line, field


@dataclass(frozen=True, slots=True)
class UserActor:
    """One actor of a user's file."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None


def read_actors(path: Path) -> tuple[UserActor, ...]:
    """The actors of a `.csv`, `.yaml` or `.yml` file."""
    rows = _yaml_rows(path) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(path)
    return tuple(_Checked(path, line, row).actor() for line, row in rows)


def _csv_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if "name" not in (reader.fieldnames or ()):
            raise UserFileError(path, 1, "name", "the first line names no such column", f"begin the file with a line such as {','.join(COLUMNS)}")
        for row in reader:
            yield reader.line_num, row


def _yaml_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    import yaml

    text = path.read_text(encoding="utf-8")
    try:
        node, data = yaml.compose(text, Loader=yaml.SafeLoader), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserFileError(path, line, "file", f"not YAML ({error.problem})", "correct the syntax at this line") from error
    if data is None:
        return
    if not isinstance(data, list) or not isinstance(node, yaml.SequenceNode):
        raise UserFileError(path, 1, "file", "not a list of actors", 'start every actor with "- name: ..."')
    for item, child in zip(data, node.value, strict=True):
        yield child.start_mark.line + 1, item


class _Checked:
    """One row with the checks of its fields."""

    def __init__(self, path: Path, line: int, row: object) -> None:
        self._path, self._line = path, line
        if not isinstance(row, Mapping):
            raise self._error("name", "not an actor with named fields", f"use the fields {', '.join(COLUMNS)}")
        self._row = row

    def actor(self) -> UserActor:
        unknown = next((str(key) for key in self._row if key not in COLUMNS), None)
        if unknown is not None:
            raise self._error(unknown, "unknown field", f"use the fields {', '.join(COLUMNS)}")
        start, end = self._day("from"), self._day("to")
        if start and end and end < start:
            raise self._error("to", f"{end} is before {start}", "give an end on or after the start")
        return UserActor(self._name(), self._aliases(), self._country(), self._sector(), self._text("role"), start, end)

    def _error(self, field: str, problem: str, remedy: str) -> UserFileError:
        return UserFileError(self._path, self._line, field, problem, remedy)

    def _text(self, field: str) -> str | None:
        value = self._row.get(field)
        return str(value).strip() or None if value is not None else None

    def _name(self) -> str:
        name = self._text("name")
        if name is None:
            raise self._error("name", "empty", "give every actor a name")
        return name

    def _aliases(self) -> tuple[str, ...]:
        value = self._row.get("aliases")
        found = value if isinstance(value, list) else str(value or "").split("|")
        return tuple(str(alias).strip() for alias in found if str(alias).strip())

    def _country(self) -> str | None:
        from demarche.knowledge.countries import Countries

        code = self._text("country")
        if code is not None and code not in Countries.load():
            raise self._error("country", f"{code!r} is no country code", 'use an ISO 3166 alpha-3 code such as "NER", or "IGO" for an international body')
        return code

    def _sector(self) -> str | None:
        sector = self._text("sector")
        if sector is not None and sector not in SECTORS:
            raise self._error("sector", f"{sector!r} is no sector", f"use one of {', '.join(SECTORS)}")
        return sector

    def _day(self, field: str) -> dt.date | None:
        value = self._row.get(field)
        if isinstance(value, dt.date):
            return value
        text = self._text(field)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise self._error(field, f"{text!r} is no date", "write it as YYYY-MM-DD") from None
