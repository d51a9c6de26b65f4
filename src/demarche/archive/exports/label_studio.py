"""Label Studio: one JSON list of tasks, a report each, with the events as predictions that a person can accept or correct."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from demarche import __version__
from demarche.archive.exports.annotations import ROLES, Annotated, marks, reports
from demarche.archive.exports.cells import sound
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.records import Event

COLUMNS = ("data", "predictions")
"""The keys of a task."""


def rows(report: Annotated) -> Iterator[dict[str, Any]]:
    """The one task of a report."""
    data = {"text": report.text, **report.about}
    result = [part for event in report.events for part in _event(event)]
    yield {"data": data, "predictions": [{"model_version": f"demarche {__version__}", "result": result}]}


def write(kept: Iterable[Kept], out: TextIO, settings: Settings = PLAIN) -> Tally:
    """Write the tasks to a text stream; the counts."""
    tally = Tally()
    for report in reports(kept):
        for task in rows(report):
            out.write("[\n" if tally.rows == 0 else ",\n")
            out.write(sound(json.dumps(task, ensure_ascii=False)))
            tally.rows += 1
        tally.events += len(report.events)
    out.write("\n]\n" if tally.rows else "[]\n")
    return tally


def _event(event: Event) -> Iterator[dict[str, Any]]:
    """The regions of an event, the first of them with its status, and relations from it to the others."""
    for position, (role, label, span) in enumerate(marks(event)):
        key = f"{event.id}-{position}"
        shared = {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "score": event.confidence}
        yield shared | {"value": {"start": span.start, "end": span.end, "text": span.text, "labels": [label]}}
        if position == 0:
            yield shared | {
                "from_name": "status",
                "type": "choices",
                "value": {"start": span.start, "end": span.end, "text": span.text, "choices": [event.status]},
            }
        else:
            yield {"type": "relation", "from_id": f"{event.id}-0", "to_id": key, "direction": "right", "labels": [role]}


def configuration(types: Iterable[str]) -> str:
    """The labeling interface that shows the tasks, for events of `types`."""
    labels = "".join(f'    <Label value="{name}"/>\n' for name in (*types, *ROLES))
    choices = "".join(f'    <Choice value="{status}"/>\n' for status in ("actual", "future", "hypothetical", "negated"))
    relations = "".join(f'    <Relation value="{role}"/>\n' for role in ("Mention", *ROLES))
    return (
        f'<View>\n  <Relations>\n{relations}  </Relations>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n'
        f'  <Choices name="status" toName="text" perRegion="true">\n{choices}  </Choices>\n  <Text name="text" value="$text"/>\n</View>\n'
    )
