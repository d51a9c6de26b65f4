"""Happenings as a table, and one whole happening, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from rich.text import Text

from demarche.archive.happenings import Field, Happening, Value
from demarche.printing.phrases import clean
from demarche.printing.table import bare, render

COLUMNS = ("date", "actor", "type", "recipient", "place", "status", "carriers", "reports", "disputed", "first told", "id")
PAGE = 500
"""So many happenings make one table."""
ID_DIGITS = 8
"""So many digits of an id are shown; `demarche happenings` takes them."""


def table(found: Iterable[Happening], out: TextIO, width: int | None = None) -> int:
    """Write tables, `width` columns wide on a terminal; how many happenings."""
    count, rest = 0, iter(found)
    while page := list(islice(rest, PAGE)):
        grid = bare(width)
        for column in COLUMNS:
            grid.add_column(column, no_wrap=width is None or column in ("type", "status", "id"), overflow="fold")
        for one in page:
            grid.add_row(*map(Text, _cells(one, whole=width is None)))
        out.write(render([grid], width))
        count += len(page)
    return count


def _cells(one: Happening, whole: bool) -> Iterator[str]:
    for name in ("date", "actor", "type", "recipient", "place", "status"):
        yield clean(one.value(name) or "")
    yield str(one.carriers)
    yield str(one.reports)
    yield ", ".join(one.disputed)
    yield clean(one.first.name or one.first.id)
    yield one.id if whole else one.id[:ID_DIGITS]


def whole(one: Happening, out: TextIO, width: int | None = None) -> None:
    """Write everything about one happening."""
    out.write(render(map(Text, _lines(one)), width))


def _lines(one: Happening) -> Iterator[str]:
    yield f"happening {one.id}: {_count(one.carriers, 'independent report')}, {_count(one.reports, 'report')}, {_count(len(one.mentions), 'mention')}"
    first = one.first
    yield f"first told: {clean(first.name or first.id)}" + "".join(f", {clean(str(known))}" for known in (first.publisher, first.published) if known)
    yield ""
    for field in one.fields:
        yield _field(field)
    yield ""
    for claim in one.claims:
        more = "; ".join(", ".join(part) for part in (claim.stances, claim.statuses, claim.counts) if part)
        yield f"according to {clean(claim.side)} ({_count(claim.carriers, 'independent report')}): {clean(more)}"
    yield ""
    for mention in one.mentions:
        head = mention.report
        yield f"{head.published or 'no date'}  {clean(head.publisher or head.name or head.id)}: {clean(mention.event.sentence.text)}"


def _field(field: Field) -> str:
    def told(value: Value) -> str:
        return f"{clean(value.value)} ({value.carriers})"

    line = f"{field.name}: {told(field.chosen)}"
    return f"{line}; disputed: {'; '.join(map(told, field.others))}" if field.disputed else line


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("s" if number != 1 else "")
