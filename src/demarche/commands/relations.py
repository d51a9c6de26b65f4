"""`demarche relations`: the ledger of two sides, its intensity over time, and their agreements."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from demarche.commands import filters
from demarche.commands.common import ArchiveFile, Output, apart, fail, note, opened, output, width, writing
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from demarche.archive import Archive
    from demarche.archive.queries import Question
    from demarche.archive.relations import Relation

PIPED = 80
"""The columns of the chart where there is no terminal."""


class Format(str, Enum):  # noqa: UP042  # typer 0.12 needs the older form
    """The forms in which `relations` writes."""

    table = "table"
    json = "json"
    csv = "csv"


class By(str, Enum):  # noqa: UP042
    """The periods of the chart."""

    month = "month"
    year = "year"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(relations)


@filters.choosing("actor", "partner", "recipient", "limit")
def relations(
    question: Question,
    archive: ArchiveFile,
    one: Annotated[str, typer.Argument(metavar="WHO", help="One side: NER, NER/GOV, GOV, a name or an id.")],
    other: Annotated[str | None, typer.Argument(metavar="[WHO]", help="The other side; all partners of the first when left out.")] = None,
    agreements: Annotated[bool, typer.Option("--agreements", help="Follow their agreements through life.")] = False,
    by: Annotated[By | None, typer.Option("--by", help="The periods of the chart; default: months, or years for long stretches.")] = None,
    plot: Annotated[Path | None, typer.Option("--plot", metavar="FILE", help="Draw the intensity over time (.svg or .png).")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.table,
    output_file: Output = None,
) -> None:
    """Show what happened between two sides over time, or rank the partners of one."""
    _check(plot, archive)
    with opened(archive) as kept:
        with asking(who="WHO"):
            write = _partners(kept, one, question, form) if other is None and not agreements and plot is None else None
            found = None if write else kept.relations(one, other, question=question)
        with output(output_file, [archive]) as out:
            if write:
                write(out)
            elif found:
                _write(found, by.value if by else None, agreements, form, out)
        if found and plot:
            _draw(found, by.value if by else None, plot)


def _write(found: Relation, by: str | None, agreements: bool, form: Format, out: TextIO) -> None:
    from demarche.printing import relations as printed

    if form is Format.json:
        data: Any = [one.to_dict() for one in found.agreements] if agreements else found.to_dict(by)
        out.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.csv:
        columns = printed.STEPS if agreements else printed.LEDGER
        printed.write_csv(columns, printed.step_rows(found.agreements) if agreements else printed.ledger_rows(found.entries), out)
    elif agreements:
        out.write(printed.agreements(found.agreements, width(out)))
    elif found.entries:
        out.write(printed.ledger(found.entries, width(out)))
        out.write(_chart(found, by, width(out)))
    if not (found.agreements if agreements else found.entries):
        note("no agreements found" if agreements else "no events found")


def _chart(found: Relation, by: str | None, wide: int | None) -> str:
    """The chart with its heading and what it leaves out."""
    from demarche.archive.chart import drawn

    series = found.series(by)
    chart = drawn(series, wide or PIPED)
    left = f"; {series.left_out} not dated to the {series.by}" if series.left_out else ""
    marks = "* claimed, not told by a report itself; ( ) does not count\n" if any(e.claimed or not e.counts for e in found.entries) else ""
    counted = [entry.event.intensity for entry in found.entries if entry.counts]
    mean = f", mean {sum(counted) / len(counted):+.2f}, sum {sum(counted):+.1f}" if counted else ""
    return f"{marks}\nIntensity by {series.by}: cooperation above, conflict below the line ({len(counted)} count{mean}{left})\n{chart}"


def _partners(archive: Archive, one: str, question: Question, form: Format) -> Any:  # noqa: ANN401  # a function of the stream
    """What writes the partners of one side."""
    from demarche.archive.relations import partners
    from demarche.printing import relations as printed

    found = partners(archive, one, question)

    def write(out: TextIO) -> None:
        if form is Format.json:
            out.write(json.dumps([partner.to_dict() for partner in found], ensure_ascii=False, indent=1) + "\n")
        elif form is Format.csv:
            printed.write_csv(printed.PARTNERS, (partner.to_dict() for partner in found), out)
        elif found:
            out.write(printed.partners(found, width(out)))
        if not found:
            note("no events found")

    return write


def _check(plot: Path | None, archive: Path) -> None:
    if plot is None:
        return
    if plot.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter(f"{plot} is neither .svg nor .png", param_hint="--plot")
    apart(plot, [archive], "--plot")


def _draw(found: Relation, by: str | None, path: Path) -> None:
    from demarche.archive.chart import PlotError, png, svg

    series = found.series(by)
    title = f"{found.one} and {found.other}" if found.other else f"{found.one} and others"
    try:
        data = svg(series, title).encode() if path.suffix.lower() == ".svg" else png(series, title)
    except PlotError as error:
        fail(str(error))
    with writing(path, "--plot"):
        path.write_bytes(data)
