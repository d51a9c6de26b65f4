"""The command line: verbs only; what they need is imported when they run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from demarche.commands import code, events, export, happenings, relations, review
from demarche.commands.bar import above, bar
from demarche.commands.common import ActorsFile, CodebookFile, Format, Output, PlacesFile, Published, checked, note, width
from demarche.commands.common import output as output_to

if TYPE_CHECKING:
    from demarche.many import Outcome
    from demarche.records import Report

app = typer.Typer(
    name="demarche",
    help="Read news reports and keep the record: who did what to whom, when, where - and according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PROGRESS_ABOVE = 3
"""A progress bar is shown for more reports than this."""


def _version(wanted: bool) -> None:
    if wanted:
        from demarche import __version__

        typer.echo(f"demarche {__version__}")
        raise typer.Exit


@app.callback()
def _common(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False) -> None:
    pass


@app.command()
def read(
    sources: Annotated[list[str], typer.Argument(metavar="PATH|URL|-...", help="Files, folders, URLs, or - for standard input.")],
    form: Annotated[Format, typer.Option("--format", help="How to write the events.")] = Format.table,
    claims: Annotated[bool, typer.Option("--claims", help="Show what each side claims instead of the events.")] = False,
    published: Published = None,
    output: Output = None,
    processes: Annotated[
        int | None, typer.Option("--processes", metavar="N", min=1, help="Reading processes; default: 1 below 8 reports, else one a core.")
    ] = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    places: PlacesFile = None,
) -> None:
    """Code the events of reports and print them."""
    from demarche.intake import gather
    from demarche.many import Files, read_all

    if claims and form is Format.csv:
        raise typer.BadParameter("the CSV form has a row for an event, not for a claim; use table, json or jsonl", param_hint="--claims")
    files = checked(Files(codebook, actors, places))
    items = list(gather(sources))
    with output_to(output, [item.file or item.where for item in items], "reports") as out:
        failed = _write_all(read_all(items, published, processes, files), len(items), form, out, claims)
    raise typer.Exit(1 if failed else 0)


@app.command()
def explain(
    source: Annotated[str, typer.Argument(metavar="PATH|URL|-", help="The report.")],
    event: Annotated[str | None, typer.Argument(metavar="EVENT", help="Number of the event in the table, or its id; all when left out.")] = None,
    published: Published = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    places: PlacesFile = None,
) -> None:
    """Show an event's sentence with its spans marked, and what decided each field."""
    from demarche.intake import Item
    from demarche.many import Files, read_one
    from demarche.printing.explanation import explain as explanation

    outcome = read_one(Item(source), published, checked(Files(codebook, actors, places)))
    if outcome.report is None:
        note(outcome.error or "")
        raise typer.Exit(1)
    numbers = _chosen(outcome.report, event)
    if not numbers:
        note(f"{source}: no events found")
    with output_to(None) as out:
        for number in numbers:
            out.write(explanation(outcome.report, number, width(out)))


@app.command()
def demo() -> None:
    """Read the bundled reports and print their events."""
    from demarche.demo import folder
    from demarche.intake import gather
    from demarche.many import read_all

    with folder() as path, output_to(None) as out:
        items = list(gather([str(path)]))
        failed = _write_all(read_all(items, processes=1), len(items), Format.table, out)
        first = min(items[0].where, os.path.relpath(items[0].where), key=len)
        hint = f"Next: `demarche explain {first} 1` shows why; `demarche read YOUR_REPORT.txt` reads your own."
    note(hint)
    raise typer.Exit(1 if failed else 0)


for _verb in (code, events, happenings, export, relations, review):
    _verb.register(app)


def main() -> None:
    """The entry point."""
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # the matrices are small: further threads only spin, and cost the other processes
    app()


def _write_all(outcomes: Iterator[Outcome], count: int, form: Format, out: TextIO, claims: bool = False) -> bool:
    """Write the reports of `outcomes` as they come and name what failed or is empty; whether any failed."""
    from demarche.printing.claims import Claims
    from demarche.printing.writers import writer

    failed, names = False, set[str]()
    chosen = Claims(out, width(out)) if claims and form is Format.table else writer(form.value, out, width(out))
    with chosen as written, _progress(count, out) as (note, step):
        for outcome in outcomes:
            if outcome.report is None:
                failed = True
                note(outcome.error or "")
            else:
                written.write(outcome.name, outcome.report)
                out.flush()
                _remark(outcome, names, note)
            step()
    return failed


def _remark(outcome: Outcome, names: set[str], note: Callable[[str], None]) -> None:
    """What is worth knowing about a report that was read well."""
    if outcome.report and not outcome.report.events:
        note(f"{outcome.where}: no events found")
    if outcome.name in names:
        note(f"{outcome.where}: another report is named {outcome.name} too (rename the file if ids must differ)")
    names.add(outcome.name)


def _chosen(report: Report, event: str | None) -> Sequence[int]:
    """The numbers of the events that `event` names: by number from 1, by id or its beginning, or all."""
    count = len(report.events)
    if event is None:
        return range(1, count + 1)
    if event.isdecimal() and 1 <= int(event) <= count:
        return [int(event)]
    found = [number for number, one in enumerate(report.events, 1) if len(event) > 3 and one.id.startswith(event)]
    if len(found) != 1:
        choice = f"has {count}; give a number from 1 to {count} or an id" if count else "has none"
        raise typer.BadParameter(f"no event {event!r}: the report {choice}", param_hint="EVENT")
    return found


@contextmanager
def _progress(count: int, out: TextIO) -> Iterator[tuple[Callable[[str], None], Callable[[], None]]]:
    """A function that writes a line to standard error and one that counts a report, with a bar where it disturbs nothing."""
    if count <= PROGRESS_ABOVE or not sys.stderr.isatty() or out.isatty():
        yield note, lambda: None
        return
    with bar("reading") as shown:
        task = shown.add_task("reading", total=count)
        yield partial(above, shown), lambda: shown.advance(task)
