"""`demarche events`: questions to an archive."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.commands import filters
from demarche.commands.common import ArchiveFile, Output, note, opened, output, width
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from demarche.archive import Kept


class Format(str, Enum):  # noqa: UP042  # typer 0.12 needs the older form
    """The forms in which `events` writes."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(events)


def events(
    archive: ArchiveFile,
    actor: filters.Actor = None,
    partner: filters.Partner = None,
    recipient: filters.Recipient = None,
    according_to: filters.AccordingTo = None,
    sector: filters.Sector = None,
    type: filters.Type = None,
    mode: filters.Mode = None,
    status: filters.Status = None,
    since: filters.Since = None,
    until: filters.Until = None,
    near: filters.Near = None,
    place: filters.Place = None,
    country: filters.Country = None,
    text: filters.Text = None,
    min_confidence: filters.MinConfidence = None,
    version: filters.Version = None,
    limit: filters.Limit = None,
    reviewed: filters.Reviewed = False,
    form: Annotated[Format, typer.Option("--format", help="How to write the events.")] = Format.table,
    output_file: Output = None,
) -> None:
    """Find events in an archive."""
    from demarche.archive.queries import Question

    question = Question(
        actor or (), recipient or (), partner or (), according_to or (), sector or (), type or (), mode or (), status or (), since, until, near,
        place or (), country or (), text, min_confidence, version=version, limit=limit, reviewed=reviewed,
    )  # fmt: skip
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
    from demarche.printing import answers

    if form is Format.table:
        return answers.table(found, out, width(out))
    return answers.json_list(found, out) if form is Format.json else FORMATS[form.value].write(found, out).events
