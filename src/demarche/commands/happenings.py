"""`demarche happenings`: the same thing told in several reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.commands import filters
from demarche.commands.bar import bar
from demarche.commands.common import ArchiveFile, Output, fail, note, opened, output, width
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from typing import TextIO

    from demarche.archive import Archive
    from demarche.archive.happenings import Happening
    from demarche.archive.queries import Question


class Format(str, Enum):  # noqa: UP042  # typer 0.12 needs the older form
    """The forms in which `happenings` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(happenings)


@filters.choosing("version", "limit", "reviewed")
def happenings(
    question: Question,
    archive: ArchiveFile,
    id: Annotated[str | None, typer.Argument(metavar="[HAPPENING]", help="One happening, by its id, the first digits of it, or the id of an event.")] = None,
    carriers: Annotated[int, typer.Option("--min-carriers", metavar="N", min=1, help="Told by at least so many independent reports.")] = 1,
    limit: filters.Limit = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the happenings.")] = Format.table,
    output_file: Output = None,
) -> None:
    """List what happened, each thing once however many reports tell it; or show one whole."""
    from demarche.archive import happenings as told

    with opened(archive) as kept:
        late = not _up_to_date(kept)
    with opened(archive, write=late) as kept:
        if late:
            with kept.alone():
                linked(kept)
        with asking():
            found = [_one(kept, id)] if id else told.happenings(kept, question, carriers, limit)
            with output(output_file, [archive]) as out:
                count = _write(iter(found), form, out, whole=id is not None)
    if not count:
        note("no happenings found")


def linked(archive: Archive) -> None:
    """Bring the happenings of an archive, which this program alone writes, up to date, with progress on a terminal."""
    from demarche.archive.linking import link

    with _progress() as tell:
        link(archive, tell)


def _up_to_date(archive: Archive) -> bool:
    from demarche.archive.linking import up_to_date

    return up_to_date(archive)


def _one(archive: Archive, id: str) -> Happening:
    from demarche.archive.happenings import happening

    found = happening(archive, id)
    if found is None:
        fail(f"{archive.path}: no happening, or more than one, whose id begins with {id!r} (list them with demarche happenings {archive.path})")
    return found


def _write(found: Iterator[Happening], form: Format, out: TextIO, whole: bool) -> int:
    from demarche.printing import happenings as printing
    from demarche.printing import lists

    if form is Format.table and whole:
        for one in found:
            printing.whole(one, out, width(out))
        return 1
    if form is Format.table:
        return printing.table(found, out, width(out))
    return lists.indented(found, out) if form is Format.json else lists.lines(found, out)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A function that is told how many events of how many were compared, and shows it on a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with bar("linking") as shown:
        task = shown.add_task("linking", total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
