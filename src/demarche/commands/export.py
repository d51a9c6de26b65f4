"""`demarche export`: the events of an archive in the forms that others read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from demarche.commands import filters
from demarche.commands.common import ArchiveFile, apart, fail, note, opened, output, writing
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from demarche.archive import Archive, Kept
    from demarche.archive.exports import Format
    from demarche.archive.queries import Question


class Form(str, Enum):  # noqa: UP042  # typer 0.12 needs the older form
    """The forms in which `export` writes."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    plover = "plover"
    polecat = "polecat"
    icews = "icews"
    gdelt = "gdelt"
    gdelt_mentions = "gdelt-mentions"
    acled = "acled"
    brat = "brat"
    label_studio = "label-studio"
    spacy = "spacy"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(export)


@filters.choosing()
def export(
    question: Question,
    archive: ArchiveFile,
    form: Annotated[Form, typer.Option("--format", help="The form to write.")],
    output_file: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="The file to write, for brat the folder; default: standard output.")
    ] = None,
    safe: Annotated[bool, typer.Option("--safe", help="Keep spreadsheets from running text that looks like a formula.")] = False,
    header: Annotated[bool | None, typer.Option("--header/--no-header", help="Write the names of the columns; default: as the form does.")] = None,
) -> None:
    """Write the events of an archive for other programs."""
    from demarche.archive.exports import FORMATS, ExportError, Settings

    chosen = FORMATS[form.value]
    with opened(archive) as kept:
        with asking():
            found = _events(kept, chosen, question)
        try:
            with _target(chosen, output_file, archive) as out:
                tally = chosen.write(found, out, Settings(safe, header))
        except ExportError as error:
            fail(str(error))
    for line in tally.lines():
        note(line)


def _events(archive: Archive, form: Format, question: Question) -> Iterator[Kept]:
    from dataclasses import replace

    from demarche.archive.exports.annotations import by_report

    return by_report(archive, question) if form.by_report else archive.events(replace(question, texts=form.texts))


@contextmanager
def _target(form: Format, path: Path | None, archive: Path) -> Iterator[Any]:
    """What the form is written to: a stream of text or bytes, or a folder."""
    if form.target == "text":
        with output(path, [archive]) as out:
            yield out
        return
    if path is None:
        raise typer.BadParameter(f"this form goes into a {'folder' if form.target == 'folder' else 'file'}; give its name", param_hint="--output")
    if form.target == "folder":
        yield _folder(path)
        return
    apart(path, [archive])
    with writing(path):
        file = open(path, "wb")  # noqa: SIM115
    with file:
        yield file


def _folder(path: Path) -> Path:
    """A new or empty folder."""
    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
        if any(path.iterdir()):
            raise typer.BadParameter(f"{path} is not empty; give a new folder", param_hint="--output")
    return path
