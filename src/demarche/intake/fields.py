"""Which columns of a table hold what, and the document a row of them makes."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self, cast

from demarche.intake import dates, page, plain
from demarche.intake.document import Document, IntakeError

GUESSES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext", "fulltext", "articletext", "articlebody", "bodytext", "story", "storytext", "plaintext",
             "cleantext", "cleanedtext", "rawtext", "newstext", "articlecontent", "contents", "document", "html", "rawhtml"),
    "title": ("title", "headline", "heading", "articletitle", "newstitle", "hed"),
    "date": ("date", "published", "publishdate", "publisheddate", "publicationdate", "pubdate", "datepublish", "datepublished", "publishedat",
             "publishedon", "publishtime", "articledate", "seendate", "datetime", "timestamp", "created", "createdat"),
    "url": ("url", "link", "href", "uri", "articleurl", "sourceurl", "documentidentifier", "weburl"),
    "publisher": ("publisher", "source", "outlet", "sourcename", "publication", "newspaper", "sourcedomain", "domain", "site", "sitename",
                  "publishername", "sourcecommonname"),
    "id": ("id", "docid", "documentid", "articleid", "storyid", "uuid", "guid"),
}  # fmt: skip
"""The names taken for each field, best first; capitals, blanks and signs in them do not count."""

_MARKUP = frozenset(("html", "rawhtml"))
_NAMES_OF_A_GROUP = ("name", "title", "domain", "id")
_LONE = re.compile("[\ud800-\udfff]")
MAX_SHORT = 2_000
"""The longest title, address, publisher or id, in characters; more is a column of something else."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The columns of text, title, date, address, publisher and id. None: guess by `GUESSES`; "": there is none.

    A dot leads into an object of JSON ("source.name"). `order` says whether day or month comes first in dates like 03/04/2024.
    """

    text: str | None = None
    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    id: str | None = None
    order: dates.Order | None = None

    @classmethod
    def of(cls, settings: Iterable[str]) -> Self:
        """The fields that settings such as "text=body" or "order=dmy" name; ValueError for one that cannot be."""
        found: dict[str, Any] = {}
        for setting in settings:
            name, given, value = setting.partition("=")
            if not given or name not in cls.__slots__:
                raise ValueError(f"{setting!r} does not name a field (write it as text=COLUMN; fields are {', '.join(cls.__slots__)})")
            if name == "order" and value not in ("dmy", "mdy"):
                raise ValueError(f"order={value} is not known (write order=dmy or order=mdy)")
            found[name] = value
        return cls(**found)

    def among(self, columns: Iterable[str], where: str) -> Columns:
        """The fields as columns of a table that has `columns`; IntakeError when a named one is missing or none can hold the text."""
        found = _among(self, tuple(columns))
        if isinstance(found, Columns):
            return found
        raise IntakeError(where, *found)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that were found for the fields of one table."""

    fields: Mapping[str, str]
    order: dates.Order | None = None

    def document(self, row: Mapping[str, Any], where: str, name: str) -> Document:
        """The document in `row`; `name` serves where the row has no id. IntakeError when the row is not one."""
        text = _value(row, self.fields["text"])
        if not isinstance(text, str) or not text.strip():
            problem = "no text" if text is None or isinstance(text, str) else f"its text is not text but {type(text).__name__}"
            raise IntakeError(where, f"{problem} in the column {self.fields['text']!r}", "give the row a text, or name another column for it")
        name = self._short(row, "id", where) or name
        found = self._page(text, where, name) if self._is_markup(text) else Document(where, name, _clean(text, where))
        published = self._date(row, where)
        return Document(
            where, name, found.text, self._short(row, "title", where) or found.title, published or found.published,
            "given" if published else found.published_from, self._short(row, "url", where) or found.url,
            self._short(row, "publisher", where) or found.outlet,
        )  # fmt: skip

    def _is_markup(self, text: str) -> bool:
        return _plain_name(self.fields["text"]) in _MARKUP or page.looks_like_html(text[:4000].encode("utf-8", "replace"))

    def _page(self, text: str, where: str, name: str) -> Document:
        return page.document(b"\xef\xbb\xbf" + _clean(text, where).encode(), where, name)

    def _short(self, row: Mapping[str, Any], field: str, where: str) -> str | None:
        column = self.fields.get(field)
        value = _value(row, column) if column else None
        if isinstance(value, Mapping):
            value = next((value[key] for key in _NAMES_OF_A_GROUP if isinstance(value.get(key), str)), None)
        if value is None or isinstance(value, list | dict) or (isinstance(value, float) and math.isnan(value)):
            return None
        text = " ".join(str(value).split())
        if len(text) > MAX_SHORT:
            raise IntakeError(where, f"{len(text):,} characters in the column {column!r}", f"name another column for the {field}, or none: {field}=")
        return _clean(text, where) if text else None

    def _date(self, row: Mapping[str, Any], where: str) -> dt.date | None:
        column = self.fields.get("date")
        try:
            return dates.parse(_value(row, column), self.order) if column else None
        except dates.DateError as error:
            raise IntakeError(where, str(error), f"{error.remedy}; or name another column for the date, or none: date=") from None


@lru_cache(maxsize=256)
def _among(fields: Fields, columns: tuple[str, ...]) -> Columns | tuple[str, str]:
    """The columns of `fields`, or what is wrong and what to do."""
    plain_names: dict[str, str] = {}
    for one in columns:
        plain_names.setdefault(_plain_name(one), one)
    found = {}
    for field, guesses in GUESSES.items():
        named = cast("str | None", getattr(fields, field))
        if named and not any(named == column or named.startswith(f"{column}.") for column in columns):
            return f"no column {named!r} for the {field}", f"name one of those it has: {_listed(columns)}"
        column: str | None = named if named is not None else next((plain_names[guess] for guess in guesses if guess in plain_names), None)
        if column:
            found[field] = column
    if "text" not in found:
        return "no column is known to hold the text", f"name it, as in text=COLUMN; the columns are {_listed(columns)}"
    return Columns(found, fields.order)


def holds_text(column: str) -> bool:
    """Whether `column` has one of the names guessed for the text."""
    return _plain_name(column) in GUESSES["text"]


def _value(row: Mapping[str, Any], column: str) -> Any:  # noqa: ANN401  # whatever a cell holds
    if column in row or "." not in column:
        return row.get(column)
    outer, _, inner = column.partition(".")
    group = row.get(outer)
    return _value(group, inner) if isinstance(group, Mapping) else None


def _clean(text: str, where: str) -> str:
    """`text` with newlines as line ends; IntakeError when it is no text."""
    if _LONE.search(text):
        raise IntakeError(where, "half a character in it (a lone surrogate)", "repair the encoding of the row")
    return plain.cleaned(text, where)


def _plain_name(column: str) -> str:
    return "".join(filter(str.isalnum, column)).lower()


def _listed(columns: tuple[str, ...]) -> str:
    shown = [" ".join(column.split())[:40] or "(no name)" for column in columns[:30]]
    return ", ".join(shown) + (f" and {len(columns) - 30} more" if len(columns) > 30 else "") if columns else "none"
