"""Events as an archive hands them out, from the sample report; and short ways to write them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from demarche.archive.exports import FORMATS, PLAIN, Settings, Tally
from demarche.archive.kept import Head, Kept
from demarche.records import Event, Magnitude, Party, Quantity, Span, Where
from tests import samples

HEAD = Head(
    "c0ffee00c0ffee00", "Niger and the US", "The Daily", "https://www.daily.example/niger", samples.PUBLISHED, "given", "c0ffee00c0ffee00", 1, 62, "niger"
)
ANYWHERE = Span(0, 5, "Niger")


def canceled(**changes: Any) -> Kept:
    """The event with every field filled, changed as given."""
    return kept(replace(samples.canceled(HEAD.id), **changes))


def threatened(**changes: Any) -> Kept:
    """The event with as little as an event can have, changed as given."""
    return kept(replace(samples.threatened(HEAD.id), **changes))


def assault(mode: str | None = None, actor: str | None = "MIL", recipient: str | None = "CVL", **changes: Any) -> Kept:
    """An actual ASSAULT by one sector on another."""
    sides = {"actor": () if actor is None else (party("Army", "NER", actor),), "recipient": () if recipient is None else (party("Village", "NER", recipient),)}
    return canceled(**({"type": "ASSAULT", "mode": mode} | sides | changes))


def kept(event: Event, head: Head = HEAD, text: str | None = samples.TEXT) -> Kept:
    return Kept(event, head, "h1", text)


def party(name: str, country: str | None, sector: str | None = None) -> Party:
    return Party(ANYWHERE, name, country, sector)


def place(precision: str | None, country: str | None = "NER") -> Where:
    return Where(ANYWHERE, "Agadez", country, "Agadez Region", 16.97, 7.99, 2448085, precision)


def killed(low: int, high: int | None = None) -> Magnitude:
    return Magnitude(killed=Quantity(low, high, ANYWHERE))


def written(form: str, kept: Iterable[Kept], settings: Settings = PLAIN) -> tuple[str, Tally]:
    """What a text format writes, after it went through UTF-8, and the counts."""
    out = io.StringIO()
    tally = FORMATS[form].write(kept, out, settings)
    return out.getvalue().encode("utf-8").decode("utf-8"), tally


def table(form: str, kept: Iterable[Kept], delimiter: str = "\t", header: bool | None = True) -> list[dict[str, str]]:
    """The rows of a table format as the csv module reads them, by column."""
    text, _ = written(form, kept, Settings(header=header))
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def one(form: str, kept: Kept, delimiter: str = "\t") -> dict[str, str]:
    """The only row."""
    (found,) = table(form, [kept], delimiter)
    return found


DAY = dt.date(2024, 3, 16)
