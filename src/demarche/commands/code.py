"""`demarche code`: whole collections coded into an archive. `demarche prune`: its older codings dropped."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from demarche.commands.bar import above, bar
from demarche.commands.common import ActorsFile, ArchiveFile, CodebookFile, PlacesFile, Published, checked, fail, note, opened
from demarche.commands.happenings import linked

if TYPE_CHECKING:
    from demarche.archive.collecting import Collecting, Step
    from demarche.intake.fields import Fields

TOLD = 20
"""So many skipped documents are named as they come; of more only the number is told, and the archive has them all."""

STOPPED_STATUS = 130
"""What a shell reports for a program ended by Ctrl-C."""

_NUMBERS = re.compile(r"\d[\d,.]*|'[^']*'|\"[^\"]*\"")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(code)
    app.command()(prune)


def code(
    archive: Annotated[Path, typer.Option("--archive", metavar="FILE", help="The archive's file; made when there is none.")],
    inputs: Annotated[list[str] | None, typer.Argument(metavar="[INPUT]...", help="Files, folders, patterns, URLs, or - for standard input.")] = None,
    columns: Annotated[list[str] | None, typer.Option("--field", metavar="NAME=COLUMN", help="Which column of tables holds text, title, date, ...")] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch the pages that feeds in local files only link to.")] = False,
    published: Published = None,
    processes: Annotated[int | None, typer.Option("--processes", metavar="N", min=1, help="Reading processes; default: one a core.")] = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    places: PlacesFile = None,
) -> None:
    """Code whole collections into an archive; run again to go on, or after an update to code again."""
    from demarche.archive import ArchiveError
    from demarche.archive.collecting import Collecting
    from demarche.many import Broken, Files

    fields, files = _fields(columns or []), checked(Files(codebook, actors, places))
    if not inputs and not archive.exists():
        fail(f"{archive}: no such archive, and no INPUT to make it from (give files or folders: demarche code INPUT... --archive {archive})")
    with opened(archive, write=True, create=bool(inputs)) as kept, kept.alone():
        collecting = Collecting(kept, files, published, processes)
        total, steps = _steps(collecting, inputs or [], fields, fetch)
        summary = Summary()
        with _progress(total, summary) as tell:
            try:
                for step in steps:
                    summary.count(step)
                    tell(step)
            except KeyboardInterrupt:
                fail(f"{summary.line()}\nStopped. What was coded is kept; run the same command again to go on.", STOPPED_STATUS)
            except Broken:
                fail(f"{summary.line()}\nA reading process was ended from outside, perhaps out of memory. Run the command again, with --processes 1.", 1)
            except ArchiveError as error:
                fail(str(error), 1)
        try:
            linked(kept)
        except KeyboardInterrupt:
            fail(f"{summary.text()}\nStopped while happenings were found. Run the same command again to go on.", STOPPED_STATUS)
        print(summary.text(), flush=True)
    raise typer.Exit(1 if summary.barren else 0)


def prune(
    archive: ArchiveFile,
    version: Annotated[int | None, typer.Option("--keep", metavar="N", help="The version to keep where a report has it; default: the latest.")] = None,
) -> None:
    """Drop all codings but each report's latest."""
    from demarche.archive.writing import prune as drop

    with opened(archive, write=True) as kept, kept.alone():
        if version is not None and not kept.db.execute("SELECT 1 FROM versions WHERE id = ?", (version,)).fetchone():
            known = ", ".join(str(id) for (id,) in kept.db.execute("SELECT id FROM versions ORDER BY id"))
            fail(f"{archive}: no version {version} (it has {known or 'none'})")
        codings, events = drop(kept, version)
    print(f"{codings:,} codings with {events:,} events dropped" if codings else "nothing to drop: every report has one coding")


@dataclass
class Summary:
    """What a run has done so far."""

    begun: float = field(default_factory=time.monotonic)
    kinds: Counter[str] = field(default_factory=Counter)
    why: Counter[str] = field(default_factory=Counter)
    events: int = 0

    def count(self, step: Step) -> None:
        """Take in what became of one document."""
        self.kinds[step.kind] += 1
        self.events += step.events
        if step.problem:
            self.why[_NUMBERS.sub("...", step.problem.split(" (")[0].split(":")[0])] += 1

    @property
    def coded(self) -> int:
        """Reports coded in this run."""
        return self.kinds["coded"] + self.kinds["coded again"]

    @property
    def barren(self) -> bool:
        """Whether there were documents and all were skipped."""
        return self.kinds["skipped"] == self.kinds.total() > 0

    @property
    def rate(self) -> float:
        """Reports coded a second."""
        return self.coded / max(time.monotonic() - self.begun, 1e-9)

    def line(self) -> str:
        """The first line: what was coded, and how fast."""
        again = f", {self.kinds['coded again']:,} of them again" if self.kinds["coded again"] else ""
        reports = "1 report" if self.coded == 1 else f"{self.coded:,} reports"
        return f"coded {reports}{again}: {self.events:,} events, {time.monotonic() - self.begun:.1f} seconds, {self.rate:.1f} reports a second"

    def text(self) -> str:
        """The whole summary."""
        lines = [self.line()]
        if self.kinds["carrier"]:
            lines.append(f"found {self.kinds['carrier']:,} further carriers of the same texts")
        if self.kinds["known"]:
            lines.append(f"known before: {self.kinds['known']:,}")
        if self.kinds["skipped"]:
            lines.append(f"skipped {self.kinds['skipped']:,}: " + "; ".join(f"{count:,} {reason}" for reason, count in self.why.most_common()))
        return "\n".join(lines)


def _fields(settings: Sequence[str]) -> Fields:
    from demarche.intake.fields import Fields

    try:
        return Fields.of(settings)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--field") from None


def _steps(collecting: Collecting, inputs: Sequence[str], fields: Fields, fetch: bool) -> tuple[int | None, Iterator[Step]]:
    """How many documents there are to go through, None when only reading them would tell, and what becomes of each."""
    if not inputs:
        return collecting.uncoded(), collecting.code_again()
    from demarche.commands.expected import expected
    from demarche.intake.collection import documents

    return expected(inputs) if sys.stderr.isatty() else None, collecting.code(documents(inputs, fields, fetch=fetch))


@contextmanager
def _progress(total: int | None, summary: Summary) -> Iterator[Callable[[Step], None]]:
    """A function that is told each step: it names the first documents skipped, and shows on a terminal how far the run is."""
    if not sys.stderr.isatty():
        yield lambda step: _complain(step, summary, note)
        return
    from rich.progress import TimeElapsedColumn, TimeRemainingColumn

    end = TimeElapsedColumn() if total is None else TimeRemainingColumn()
    with bar("coding", "{task.fields[rate]:.1f} a second", end) as shown:
        task = shown.add_task("coding", total=total, rate=0.0)

        def tell(step: Step) -> None:
            _complain(step, summary, partial(above, shown))
            shown.update(task, advance=1, rate=summary.rate)

        yield tell


def _complain(step: Step, summary: Summary, tell: Callable[[str], None]) -> None:
    """Name a skipped document, unless many were named before."""
    from demarche.printing.phrases import clean

    if step.kind != "skipped" or (number := summary.kinds["skipped"]) > TOLD + 1:
        return
    tell(clean(step.line) if number <= TOLD else "more documents are skipped: they are counted below, and the archive keeps their names and reasons")
