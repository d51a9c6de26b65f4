"""`demarche events`: questions to an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from demarche.commands import filters
from demarche.commands.common import ArchiveFile, Format, Output, note, opened, output, width
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from demarche.archive import Kept
    from demarche.archive.queries import Question


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(events)


@filters.choosing()
def events(
    question: Question,
    archive: ArchiveFile,
    form: Annotated[Format, typer.Option("--format", help="How to write the events.")] = Format.table,
    output_file: Output = None,
) -> None:
    """Find events in an archive."""
    with opened(archive) as kept:
        with asking():
            found = kept.events(question)
        with output(output_file, [archive]) as out:
            count = _write(found, form, out)
    if not count:
        note("no events found")


def _write(found: Iterator[Kept], form: Format, out: TextIO) -> int:
    """Write the events as they come; how many."""
    from demarche.archive.exports import FORMATS
    from demarche.printing import answers, lists

    if form is Format.table:
        return answers.table(found, out, width(out))
    return lists.indented(found, out) if form is Format.json else FORMATS[form.value].write(found, out).events
