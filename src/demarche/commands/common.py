"""What the verbs share: options, notes on standard error, and where output goes."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

if TYPE_CHECKING:
    from demarche.archive import Archive
    from demarche.many import Files

SIGPIPE_STATUS = 141
"""What a shell reports for a program whose reader went away."""


class Format(str, Enum):  # noqa: UP042  # typer 0.12 needs the older form
    """The forms in which events are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def day(value: str) -> dt.date:
    """The date that an option gives; typer.BadParameter when it is none."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a date; write it as 2024-03-16") from None


Published = Annotated[dt.date | None, typer.Option("--published", metavar="DATE", parser=day, help="The day the reports were published (2024-03-16).")]
CodebookFile = Annotated[Path | None, typer.Option("--codebook", metavar="FILE", help="Types, modes and cues of your own (YAML).")]
ActorsFile = Annotated[Path | None, typer.Option("--actors", metavar="FILE", help="Persons and bodies of your own (CSV or YAML).")]
PlacesFile = Annotated[Path | None, typer.Option("--places", metavar="FILE", help="Places of your own (CSV).")]
Output = Annotated[Path | None, typer.Option("--output", metavar="FILE", help="Write to FILE instead of standard output.")]
ArchiveFile = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="The archive's file, as made by demarche code.")]


def checked(files: Files) -> Files:
    """The user's files, once each has been read without a complaint; a bad one is one line and status 2."""
    from demarche.knowledge.actors import Actors
    from demarche.knowledge.codebook import Codebook
    from demarche.knowledge.gazetteer import Gazetteer

    for load, file in ((Codebook.load, files.codebook), (Actors.load, files.actors), (Gazetteer.load, files.places)):
        if file is not None:
            try:
                load(file)
            except (ValueError, OSError) as error:
                fail(str(error))
    return files


@contextmanager
def opened(path: Path, write: bool = False, create: bool = False) -> Iterator[Archive]:
    """The archive at `path` while a verb works with it; what is wrong with it is one line and status 2."""
    from demarche.archive import Archive, ArchiveError

    try:
        with Archive.open(path, write, create) as archive:
            yield archive
    except ArchiveError as error:
        fail(str(error))


@contextmanager
def output(path: Path | None, inputs: Iterable[str | Path] = (), called: str = "files") -> Iterator[TextIO]:
    """The stream to write to, which none of the files `inputs`, as the user calls them, may be; a reader that goes away ends the program quietly."""
    if path is None:
        settle(sys.stdout)
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(SIGPIPE_STATUS) from None
        return
    apart(path, inputs, called=called)
    with writing(path):
        file = open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
    with file:
        yield file


def apart(path: Path, inputs: Iterable[str | Path], option: str = "--output", called: str = "files") -> None:
    """See that the path which an option gives to write to is none of `inputs`, as the user calls them; else typer.BadParameter."""
    if any(os.path.exists(one) and os.path.exists(path) and os.path.samefile(one, path) for one in inputs):
        raise typer.BadParameter(f"{path} is one of the {called} to read", param_hint=option)


@contextmanager
def writing(path: Path, option: str = "--output") -> Iterator[None]:
    """While the path that an option gives is written to; typer.BadParameter when it cannot be."""
    try:
        yield
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be written: {error.strerror}", param_hint=option) from None


def settle(stream: TextIO) -> None:
    """Make a stream take every character: UTF-8 for a file or pipe, what the terminal has with the rest escaped."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace", newline="\n")


def width(out: TextIO) -> int | None:
    """The columns of the terminal `out` writes to; None for a file or pipe."""
    if not out.isatty():
        return None
    from shutil import get_terminal_size

    return max(40, get_terminal_size().columns)


def note(line: str) -> None:
    """Write a line to standard error."""
    from demarche.printing.phrases import clean

    print(clean(line), file=sys.stderr, flush=True)


def fail(line: str, status: int = 2) -> NoReturn:
    """Write a line to standard error and end with `status`."""
    note(line)
    raise typer.Exit(status) from None
