"""`demarche review`: people accept, correct and reject events; what they decide is kept, applied from files, and written as training data."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TextIO

import typer

from demarche.commands import filters
from demarche.commands.common import ArchiveFile, fail, note, opened, output, width
from demarche.commands.filters import asking

if TYPE_CHECKING:
    from demarche.archive import Archive
    from demarche.archive.queries import Question
    from demarche.records import Event, Report

KEYS = {"a": "accept", "c": "correct", "r": "reject", "s": "skip", "u": "undo", "q": "quit"}
"""The keys and what they do."""

_LEGEND = ", ".join(f"{key} {name}" for key, name in KEYS.items())

HINTS = {
    "type": "one of the types, such as SANCTION",
    "mode": "a mode of the type, - for none",
    "status": "actual, future, hypothetical or negated",
    "actor": "WORDS = COUNTRY/SECTOR; ... or COUNTRY/SECTOR for the one there is, - for none",
    "recipient": "as for the actor",
    "date": "2024-03-16, 2024-03, 2024, 2024-03-16..2024-04-02, an open end as 2024-03-16.., - for none",
    "place": "WORDS = NAME, COUNTRY or NAME, COUNTRY, - for none",
}
"""How the fields are typed."""

_CODES = re.compile(r"(?P<country>[A-Z]{3})?(?:/(?P<sector>[A-Z]{3})?)?")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(review)


@filters.choosing("reviewed")
def review(
    question: Question,
    archive: ArchiveFile,
    reviewer: Annotated[str | None, typer.Option("--reviewer", metavar="NAME", help="Who decides; default: your login name.")] = None,
    decisions: Annotated[Path | None, typer.Option("--decisions", metavar="FILE", help="Keep the decisions of a file (JSON Lines) and ask nothing.")] = None,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write what was decided as training data (JSON Lines).")] = None,
    again: Annotated[bool, typer.Option("--again", help="Show decided events too.")] = False,
) -> None:
    """Accept, correct or reject events, one key each; stop at any time and go on later."""
    with opened(archive, write=export is None or decisions is not None) as kept:
        refused = _from_file(kept, decisions, _name(reviewer)) if decisions else 0
        if export:
            _written(kept, export, reviewer, archive)
        if not decisions and not export:
            with output(None) as out:
                _Session(kept, question, _name(reviewer), again, out).run()
    raise typer.Exit(1 if refused else 0)


def _name(reviewer: str | None) -> str:
    """The name given, or that of the user's login."""
    from getpass import getuser

    try:
        name = getuser() if reviewer is None else reviewer.strip()
    except (OSError, KeyError, ImportError):
        name = ""
    return name or fail("nobody decides (give a name: --reviewer NAME)")


def _from_file(archive: Archive, path: Path, reviewer: str) -> int:
    """Keep the decisions of a file; how many were refused."""
    from demarche.archive.review import apply

    count: Counter[str] = Counter()
    try:
        with open(path, encoding="utf-8-sig") as file:
            for outcome in apply(archive, _lines(file), reviewer, str(path)):
                count["refused" if outcome.problem else "kept" if outcome.kept else "known before"] += 1
                if outcome.problem:
                    note(f"{outcome.where}: {outcome.problem}")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8 text'} (check the path, and save it as UTF-8)")
    print(", ".join(f"{count[name]:,} {name}" for name in ("kept", "known before", "refused") if count[name]) or "no decisions in the file")
    return count["refused"]


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file; of one that is longer than any may be only its beginning, which is then refused."""
    from demarche.archive.review import LINE_CHARACTERS

    while line := file.readline(LINE_CHARACTERS + 2):
        whole = line
        while whole and not whole.endswith("\n"):
            whole = file.readline(LINE_CHARACTERS)
        yield line


def _written(archive: Archive, path: Path, reviewer: str | None, input: Path) -> None:
    from demarche.archive.review import training

    reports = events = 0
    with output(path, [input]) as out:
        for one in training(archive, reviewer):
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
            reports, events = reports + 1, events + len(one["events"]) + len(one["rejected"])
    note(f"{events:,} decided events of {reports:,} reports written")


class _Shown(NamedTuple):
    """An event to decide: the report with its events, its name, and the event's number in it from 0 on."""

    report: Report
    name: str
    number: int

    @property
    def event(self) -> Event:
        return self.report.events[self.number]


@dataclass
class _Session:
    """A sitting: shows events and keeps what is decided, each at once."""

    archive: Archive
    question: Question
    reviewer: str
    again: bool
    out: TextIO
    done: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        """Go through the events until all are decided or somebody leaves."""
        with asking():
            wanted = self._wanted()
        before: _Shown | None = None
        shown, todo = self._shown(wanted), deque[_Shown]()
        if left := sum(map(len, wanted.values())):
            self._say(f"{left:,} event{'s' if left > 1 else ''} to decide. {_LEGEND}")
        while one := todo.popleft() if todo else next(shown, None):
            answer = self._asked(one)
            if answer == "quit":
                break
            if answer == "undo":
                todo.appendleft(one)
                if before:
                    self._take_back(before.event)
                    todo.appendleft(before)
            before = None if answer == "undo" else one
        told = ", ".join(f"{count:,} {name}ed" for name, count in sorted(self.done.items()) if count)
        self._say(f"{told}. It is kept; run the same command to go on." if told else "Nothing decided.")

    def _wanted(self) -> dict[str, set[str]]:
        """The ids of the events to decide by the ids of their reports."""
        from demarche.archive.clause import Clause
        from demarche.archive.queries import ask

        undecided = () if self.again else (Clause("e.key NOT IN (SELECT event FROM decided)"),)
        found: dict[str, set[str]] = {}
        for kept in ask(self.archive, self.question, *undecided):
            found.setdefault(kept.report.id, set()).add(kept.event.id)
        return found

    def _shown(self, wanted: dict[str, set[str]]) -> Iterator[_Shown]:
        for id, ids in wanted.items():
            kept = sorted(self.archive.events(report=id, version=self.question.version, texts=True), key=lambda one: one.event.anchor)
            events = tuple(one.event for one in kept)
            for number, one in enumerate(kept):
                if one.event.id in ids:
                    yield _Shown(one.report.report(one.text or "", events), one.report.name or id, number)

    def _asked(self, one: _Shown) -> str:
        """Show an event and do what the key says; what was done."""
        from demarche.archive.review import latest
        from demarche.printing.explanation import explain
        from demarche.printing.phrases import clean

        last = latest(self.archive, one.event) if self.again else None
        now = last.event if last and last.verdict != "open" else one.event
        report = replace(one.report, events=tuple(now if event is one.event else event for event in one.report.events))
        self._say(clean(" · ".join(filter(None, (one.name, report.title, str(report.published or ""))))))
        if last:
            self._say(clean(f"decided before: {last.verdict} by {last.reviewer}, as shown"))
        self.out.write(explain(report, one.number + 1, width(self.out)))
        while True:
            answer = KEYS.get(self._key("> "), "")
            if answer == "correct" and not self._corrected(one.event, now, report.text):
                continue
            if answer in ("accept", "reject"):
                self._keep(one.event, answer, now)
            if answer:
                return answer
            self._say(_LEGEND)

    def _corrected(self, event: Event, shown: Event, text: str) -> bool:
        """Ask for fields and values until an empty line; whether the event is then another one than coded."""
        from demarche.archive.corrections import CorrectionError, changed, corrected

        new = shown
        while name := self._line(f"field ({', '.join(HINTS)}; Enter: done) "):
            chosen = [known for known in HINTS if known.startswith(name.lower())]
            if len(chosen) != 1:
                self._say(f"no field {name!r}")
                continue
            said = self._line(f"{chosen[0]} ({HINTS[chosen[0]]}) ")
            if not said:
                continue
            try:
                new = corrected(new, text, {chosen[0]: typed(chosen[0], said, new)})
            except CorrectionError as error:
                self._say(str(error))
        if not changed(event, new):
            return False
        self._keep(event, "correct", new)
        return True

    def _keep(self, event: Event, verdict: str, shall: Event | None = None) -> None:
        from demarche.archive.corrections import changed
        from demarche.archive.review import decide

        if verdict == "accept" and shall and changed(event, shall):
            verdict = "correct"  # a correction of before that stays
        if decide(self.archive, event, verdict, self.reviewer, shall):
            self.done[verdict] += 1

    def _take_back(self, event: Event) -> None:
        from demarche.archive.review import decide, latest

        last = latest(self.archive, event)
        if last and last.verdict != "open" and last.reviewer == self.reviewer:
            decide(self.archive, event, "open", self.reviewer)
            self.done[last.verdict] = max(0, self.done[last.verdict] - 1)

    def _say(self, line: str) -> None:
        print(line, file=self.out, flush=True)

    def _key(self, prompt: str) -> str:
        """A key pressed, without Enter on a terminal; the first letter of a line of a pipe. The end of the input is "q"."""
        if not sys.stdin.isatty():
            line = self._line(prompt, None)
            return "q" if line is None else line[:1].lower()
        self.out.write(prompt)
        self.out.flush()
        try:
            key = typer.getchar()
        except (KeyboardInterrupt, EOFError):
            key = "q"
        self._say(key if key.isprintable() else "")
        return key.lower()

    def _line(self, prompt: str, ended: Any = "") -> Any:  # noqa: ANN401  # of `ended`
        """A line typed, without its blanks; `ended` at the end of the input."""
        self.out.write(prompt)
        self.out.flush()
        line = sys.stdin.readline()
        if not sys.stdin.isatty():
            self._say("")
        return line.strip() if line else ended


def typed(field: str, said: str, event: Event) -> Any:  # noqa: ANN401  # as the annotation has the field
    """What somebody typed for a field of `event`, in the form of the annotation; see `HINTS`. CorrectionError when it cannot be read."""
    if field in ("type", "status"):
        return said
    if said == "-":
        return [] if field in ("actor", "recipient") else None
    if field == "mode":
        return said
    if field == "date":
        return _typed_date(said)
    if field == "place":
        return _typed_place(said)
    return [_typed_party(field, one.strip(), event) for one in said.split(";") if one.strip()]


def _typed_date(said: str) -> dict[str, str | None]:
    from demarche.archive.clause import QuestionError
    from demarche.archive.corrections import CorrectionError
    from demarche.archive.queries import day

    first, dots, last = (part.strip() for part in said.partition(".."))
    try:
        start, end = day(first or None, "date"), day((last if dots else first) or None, "date", last=True)
    except QuestionError as error:
        raise CorrectionError("date", said, error.problem, error.remedy) from None
    return {"start": start.isoformat() if start else None, "end": end.isoformat() if end else None}


def _typed_place(said: str) -> dict[str, str | None]:
    words, given, name = (part.strip() for part in said.partition("="))
    called, _, country = (name if given else words).rpartition(",")
    if not called:
        called, country = country, ""
    return {"text": words if given else called.strip(), "name": called.strip(), "country": country.strip() or None}


def _typed_party(field: str, said: str, event: Event) -> dict[str, Any]:
    from demarche.archive.corrections import CorrectionError

    there = event.actor if field == "actor" else event.recipient
    words, given, codes = (part.strip() for part in said.rpartition("="))
    found = _CODES.fullmatch(codes)
    if given or found:
        if found is None or not codes:
            raise CorrectionError(field, said, "no codes after the sign =", "write WORDS = COUNTRY/SECTOR, such as the junta = NER/MIL")
        if not given and len(there) != 1:
            raise CorrectionError(field, said, f"{len(there) or 'no'} {field}s are there", "write WORDS = COUNTRY/SECTOR for each, parted by ;")
        return {"text": words or there[0].span.text} | found.groupdict()
    known = next((party for party in (*event.actor, *event.recipient) if party.span.text == codes), None)
    return {"text": codes, "country": known and known.country, "sector": known and known.sector}
