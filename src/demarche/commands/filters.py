"""The options that choose events of an archive, and the question they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import Parameter, Signature, signature
from types import SimpleNamespace
from typing import Annotated, Any, get_type_hints

import typer

from demarche.commands.common import fail

Names = list[str] | None

Actor = Annotated[Names, typer.Option("--actor", metavar="WHO", help="Who acts: NER, NER/GOV, GOV, a name or an id.")]
Partner = Annotated[Names, typer.Option("--with", metavar="WHO", help="Another party of the event.")]
Recipient = Annotated[Names, typer.Option("--recipient", metavar="WHO", help="To whom it is done.")]
AccordingTo = Annotated[Names, typer.Option("--according-to", metavar="WHO", help="Who tells of it; report: the report itself.")]
Sector = Annotated[Names, typer.Option("--sector", metavar="SECTOR", help="The sector of a party.")]
Type = Annotated[Names, typer.Option("--type", metavar="TYPE", help="The type of event.")]
Mode = Annotated[Names, typer.Option("--mode", metavar="MODE", help="The mode.")]
Status = Annotated[Names, typer.Option("--status", metavar="STATUS", help="actual, future, hypothetical or negated.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day, month or year on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to the end of this day, month or year.")]
Near = Annotated[str | None, typer.Option("--near", metavar="PLACE,KM", help='Within a distance: "Agadez,200km".')]
Place = Annotated[Names, typer.Option("--place", metavar="NAME", help="The name of the place.")]
Country = Annotated[Names, typer.Option("--country", metavar="COUNTRY", help="The country of the place.")]
Text = Annotated[str | None, typer.Option("--text", metavar="WORDS", help="Words that the report has.")]
MinConfidence = Annotated[float | None, typer.Option("--min-confidence", metavar="P", min=0, max=1, help="The least confidence, from 0 to 1.")]
Version = Annotated[int | None, typer.Option("--version", metavar="N", help="The version of the coding; default: each report's latest.")]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=0, help="The most events to write.")]

Reviewed = Annotated[bool, typer.Option("--reviewed", help="As people decided in review: rejected events left out, corrections applied.")]

OPTIONS: dict[str, Any] = {
    "actor": Actor, "partner": Partner, "recipient": Recipient, "according_to": AccordingTo, "sector": Sector, "type": Type, "mode": Mode, "status": Status,
    "since": Since, "until": Until, "near": Near, "place": Place, "country": Country, "text": Text, "min_confidence": MinConfidence, "version": Version,
    "limit": Limit, "reviewed": Reviewed,
}  # fmt: skip
"""All filters by the field of `Question` that they fill."""


def choosing(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a verb the filters, but those named, after its own options; it takes what they ask for as its argument `question`."""
    names = [name for name in OPTIONS if name not in without]

    def decorate(verb: Callable[..., None]) -> Callable[..., None]:
        @wraps(verb)
        def asked(**given: Any) -> None:  # noqa: ANN401  # whatever the verb's options are
            from demarche.archive.queries import Question

            chosen = {name: value for name in names if (value := given.pop(name)) is not None}
            verb(**given, question=Question(**chosen))

        notes = {name: note for name, note in verb.__annotations__.items() if name != "question"}
        own = get_type_hints(SimpleNamespace(__annotations__=notes), verb.__globals__, include_extras=True)
        parameters = [p.replace(annotation=own[name]) for name, p in signature(verb).parameters.items() if name != "question"]
        parameters += [Parameter(n, Parameter.POSITIONAL_OR_KEYWORD, default=False if n == "reviewed" else None, annotation=OPTIONS[n]) for n in names]
        asked.__signature__ = Signature([p.replace(kind=Parameter.KEYWORD_ONLY) for p in parameters])  # type: ignore[attr-defined]
        asked.__annotations__ = {p.name: p.annotation for p in parameters}
        del asked.__wrapped__
        return asked

    return decorate


@contextmanager
def asking(**names: str) -> Iterator[None]:
    """While a question is asked: what cannot be asked is one line that names the option, or what `names` calls a field, and status 2."""
    from demarche.archive.clause import QuestionError

    try:
        yield
    except QuestionError as error:
        option = "with" if error.field == "partner" else error.field.replace("_", "-")
        fail(f"{names.get(error.field, f'--{option}')} {error.value!r}: {error.problem} ({error.remedy})")
