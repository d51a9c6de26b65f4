"""Review: what people decide about events, kept apart from the coding and found again by the report and the words of the anchor."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from demarche.archive.corrections import FIELDS, CorrectionError, annotation, changed, corrected, span_of
from demarche.archive.store import event as event_of
from demarche.records import Event, Span

if TYPE_CHECKING:
    from demarche.archive.store import Archive

ACCEPT, CORRECT, REJECT, OPEN = VERDICTS = ("accept", "correct", "reject", "open")
"""What can be decided; "open" takes back what was decided before."""

LINE_CHARACTERS = 20_000_000
"""A longer line of a file of decisions is refused."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What `reviewer` decided about the event of a report at the words `anchor`.

    `event` is the event as it shall be; of a rejected one as it was. `changed` names the fields corrected, `decided` is the time in UTC.
    """

    report: str
    anchor: Span
    verdict: str
    reviewer: str
    event: Event
    changed: tuple[str, ...] = ()
    note: str | None = None
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision of a file: kept, known before, or refused with a `problem`."""

    where: str
    kept: bool = False
    problem: str | None = None


def decide(archive: Archive, now: Event, verdict: str, reviewer: str, shall: Event | None = None, note: str | None = None) -> bool:
    """Keep that `reviewer` decided `verdict` about the event as it is coded `now`, and for "correct" what it `shall` be.

    Whether it was kept: the same decision as the reviewer's last about these words is not kept twice. ValueError for no verdict or no name.
    """
    if verdict not in VERDICTS or not reviewer.strip():
        raise ValueError(f"a decision is one of {', '.join(VERDICTS)} by somebody with a name, not {verdict!r} by {reviewer!r}")
    new = shall or now
    names = changed(now, new) if verdict == CORRECT else ()
    last = latest(archive, now)
    if last and (last.verdict, last.reviewer, last.note) == (verdict, reviewer, note) and (verdict in (REJECT, OPEN) or not changed(last.event, new)):
        return False
    record, anchor = json.dumps(new.to_dict(), ensure_ascii=False, separators=(",", ":")), now.anchor
    row = (now.report, anchor.start, anchor.end, anchor.text, verdict, reviewer, json.dumps(names), note, record, _time())
    with archive.transaction() as db:
        db.execute(
            "INSERT INTO decisions (report, start, end, anchor, verdict, reviewer, changed, note, record, decided) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row
        )
    return True


def decisions(archive: Archive, reviewer: str | None = None) -> Iterator[Decision]:
    """The latest decision, of `reviewer` when given, about each event that was decided on, report by report in the order of the text."""
    by = "" if reviewer is None else "AND l.reviewer = ?"
    query = (
        f"{_SELECT} JOIN reports r ON r.id = d.report WHERE d.verdict <> 'open' AND d.key = (SELECT max(l.key) FROM decisions l "
        f"WHERE l.report = d.report AND l.start = d.start AND l.end = d.end {by}) ORDER BY r.key, d.start, d.end"
    )
    yield from map(_decision, archive.db.execute(query, () if reviewer is None else (reviewer,)))


def latest(archive: Archive, event: Event) -> Decision | None:
    """The last decision about an event at these words; None when there is none. One that was taken back is "open"."""
    key = (event.report, event.anchor.start, event.anchor.end)
    row = archive.db.execute(f"{_SELECT} WHERE d.report = ? AND d.start = ? AND d.end = ? ORDER BY d.key DESC LIMIT 1", key).fetchone()
    return _decision(row) if row else None


def settled(event: Event, record: str, verdict: str, reviewer: str, names: str) -> Event:
    """The event of a coding as the decision of a row of `decided` wants it: the fields that people decide on are those of its `record`."""
    shall = event_of(record)
    told = f"{'accepted' if verdict == ACCEPT else 'corrected'} by {reviewer}" + (f": {', '.join(json.loads(names))}" if verdict == CORRECT else "")
    fields: dict[str, Any] = {name: getattr(shall, name) for name in (*FIELDS, "quad", "intensity")}
    return replace(event, **fields, why={**event.why, "review": told})


def training(archive: Archive, reviewer: str | None = None) -> Iterator[dict[str, Any]]:
    """The decided reports as annotation: one object a report with its text, the events accepted or corrected, and apart those rejected.

    `complete` says whether every event of the report's latest coding was decided on, so that what is not there is no event.
    """
    grouped: dict[str, list[Decision]] = {}
    for decision in decisions(archive, reviewer):
        grouped.setdefault(decision.report, []).append(decision)
    for id, several in grouped.items():
        report = archive.report(id)
        if report is None:
            continue
        name = archive.db.execute("SELECT name FROM reports WHERE id = ?", (id,)).fetchone()[0]
        decided = {decision.anchor for decision in several}
        yield {
            "id": name, "report": id, "published": report.published and report.published.isoformat(), "published_from": report.published_from,
            "complete": all(event.anchor in decided for event in report.events), "text": report.text,
            "events": [_annotated(one, report.text) for one in several if one.verdict != REJECT],
            "rejected": [_annotated(one, report.text) for one in several if one.verdict == REJECT],
        }  # fmt: skip


def apply(archive: Archive, lines: Iterable[str], reviewer: str, where: str = "decisions") -> Iterator[Outcome]:
    """Keep the decisions of a file, a line of JSON each or a line of `training` a report; those without a name are by `reviewer`.

    What becomes of each comes as an Outcome; a bad line is refused and the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        place = f"{where}:{number}"
        if not line.strip():
            continue
        try:
            if len(line) > LINE_CHARACTERS:
                raise _Refused(f"a line of more than {LINE_CHARACTERS:,} characters (split the file)")
            asked = _asked(json.loads(line))
        except (ValueError, RecursionError) as error:
            yield Outcome(place, problem=str(error) if isinstance(error, _Refused) else "not JSON (write one object a line)")
            continue
        for part, one in enumerate(asked, 1):
            spot = place if len(asked) == 1 else f"{place}, event {part}"
            try:
                yield Outcome(spot, kept=_applied(archive, one, reviewer))
            except (_Refused, CorrectionError) as error:
                yield Outcome(spot, problem=str(error))


class _Refused(ValueError):
    """A decision of a file that cannot be kept: what is wrong, and what to do."""


def _asked(data: Any) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401  # from a file
    """The decisions of a line: its own, or one for each event of a report of `training`."""
    if not isinstance(data, dict):
        raise _Refused("no object (write one object a line)")
    if "events" not in data:
        return [data]
    whole: list[Mapping[str, Any]] = []
    for name, verdict in (("events", CORRECT), ("rejected", REJECT)):
        listed = data.get(name, [])
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise _Refused(f"{name} is no list of events (see docs/review.md)")
        for one in listed:
            fields = {field: one[field] for field in FIELDS if field in one} if verdict == CORRECT else {}
            report = data.get("report") or data.get("id")
            whole.append({"report": report, "anchor": one.get("anchor"), "decision": verdict, "fields": fields, "reviewer": one.get("reviewer")})
    return whole


def _applied(archive: Archive, asked: Mapping[str, Any], reviewer: str) -> bool:
    verdict, name, note = asked.get("decision"), asked.get("reviewer") or reviewer, asked.get("note")
    if verdict not in VERDICTS:
        raise _Refused(f"decision {verdict!r} is not known (use {', '.join(VERDICTS)})")
    if not isinstance(name, str) or not (note is None or isinstance(note, str)):
        raise _Refused("reviewer or note is no text (write it in quotation marks)")
    id, text = _report(archive, asked.get("report"))
    now = _event_at(archive, id, span_of("anchor", asked.get("anchor"), text))
    fields = asked.get("fields", {})
    if not isinstance(fields, dict) or (fields and verdict != CORRECT):
        raise _Refused('fields go with "correct" only, as an object (see docs/review.md)')
    shall = corrected(now, text, fields)
    return decide(archive, now, ACCEPT if verdict == CORRECT and not changed(now, shall) else verdict, name, shall, note)


def _report(archive: Archive, said: Any) -> tuple[str, str]:  # noqa: ANN401
    """Id and text of a report by its id or, where only one has it, its short name."""
    rows = archive.db.execute("SELECT id, text FROM reports WHERE id = ?", (said,)).fetchall() if isinstance(said, str) else []
    rows = rows or (archive.db.execute("SELECT id, text FROM reports WHERE name = ? LIMIT 2", (said,)).fetchall() if isinstance(said, str) else [])
    if len(rows) != 1:
        raise _Refused(f"report {said!r} is {'several reports' if rows else 'not in the archive'} (give the id of a report that the archive has)")
    return str(rows[0][0]), str(rows[0][1])


def _event_at(archive: Archive, report: str, anchor: Span) -> Event:
    """The event at these words, in the newest coding that has one."""
    row = archive.db.execute(
        "SELECT e.record FROM events e JOIN spans s ON s.event = e.key AND s.field = 'anchor' WHERE e.report = ? AND s.start = ? AND s.end = ? "
        "ORDER BY e.version DESC, e.confidence DESC LIMIT 1",
        (report, anchor.start, anchor.end),
    ).fetchone()
    if row is None:
        raise _Refused(f"no event is coded at {anchor.text!r}, character {anchor.start} (give the words of an event's anchor, and n)")
    return event_of(row[0])


_SELECT = "SELECT d.report, d.start, d.end, d.anchor, d.verdict, d.reviewer, d.record, d.changed, d.note, d.decided FROM decisions d"


def _decision(row: Sequence[Any]) -> Decision:
    report, start, end, anchor, verdict, reviewer, record, names, note, decided = row
    return Decision(report, Span(start, end, anchor), verdict, reviewer, event_of(record), tuple(json.loads(names)), note, decided)


def _annotated(decision: Decision, text: str) -> dict[str, Any]:
    more = {"core": True, "decision": decision.verdict, "reviewer": decision.reviewer} | ({"note": decision.note} if decision.note else {})
    return annotation(decision.event, text) | more


def _time() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
