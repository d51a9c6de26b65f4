"""`demarche events`: questions to an archive."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.commands.common import ArchiveFile, Output, fail, opened, output, width

if TYPE_CHECKING:
    from collections.abc import Iterable
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


def _several(option: str, help: str, metavar: str = "WHO") -> object:
    return typer.Option(option, metavar=metavar, help=help)


Names = list[str] | None


def events(
    archive: ArchiveFile,
    actor: Annotated[Names, _several("--actor", "Who acts: NER, NER/GOV, GOV, a name or an id.")] = None,
    partner: Annotated[Names, _several("--with", "Another party of the event.")] = None,
    recipient: Annotated[Names, _several("--recipient", "To whom it is done.")] = None,
    according_to: Annotated[Names, _several("--according-to", "Who tells of it; report: the report itself.")] = None,
    sector: Annotated[Names, _several("--sector", "The sector of a party.", "SECTOR")] = None,
    type: Annotated[Names, _several("--type", "The type of event.", "TYPE")] = None,
    mode: Annotated[Names, _several("--mode", "The mode.", "MODE")] = None,
    status: Annotated[Names, _several("--status", "actual, future, hypothetical or negated.", "STATUS")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to the end of this day, month or year.")] = None,
    near: Annotated[str | None, typer.Option("--near", metavar="PLACE,KM", help='Within a distance: "Agadez,200km".')] = None,
    place: Annotated[Names, _several("--place", "The name of the place.", "NAME")] = None,
    country: Annotated[Names, _several("--country", "The country of the place.", "COUNTRY")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Words that the report has.")] = None,
    min_confidence: Annotated[float | None, typer.Option("--min-confidence", metavar="P", min=0, max=1, help="The least confidence, from 0 to 1.")] = None,
    version: Annotated[int | None, typer.Option("--version", metavar="N", help="The version of the coding; default: each report's latest.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="The most events to write.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write the events.")] = Format.table,
    output_file: Output = None,
) -> None:
    """Find events in an archive."""
    from demarche.archive.clause import QuestionError
    from demarche.archive.queries import Question

    question = Question(
        actor or (), recipient or (), partner or (), according_to or (), sector or (), type or (), mode or (), status or (), since, until, near,
        place or (), country or (), text, min_confidence, version=version, limit=limit,
    )  # fmt: skip
    with opened(archive) as kept:
        try:
            found = kept.events(question)
        except QuestionError as error:
            option = "with" if error.field == "partner" else error.field.replace("_", "-")
            fail(f"--{option} {error.value!r}: {error.problem} ({error.remedy})")
        with output(output_file, [archive]) as out:
            count = _write(found, form.value, out)
    if not count:
        fail("no events found", 0)


def _write(found: Iterable[Kept], form: str, out: TextIO) -> int:
    """Write the events as they come; how many."""
    from demarche.printing.answers import writer

    count = 0
    with writer(form, out, width(out)) as written:
        for count, one in enumerate(found, 1):  # noqa: B007
            written.write(one)
    return count
