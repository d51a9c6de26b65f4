"""brat: a folder with a `.txt` and an `.ann` for every report, and the `annotation.conf` that brat asks for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from demarche.archive.exports.annotations import ROLES, Annotated, Mark, marks, reports
from demarche.archive.exports.tally import PLAIN, Settings, Tally
from demarche.archive.kept import Kept
from demarche.records import STATUSES, TYPES, Event, fingerprint

COLUMNS = ("Anchor", "Mention", *ROLES)
"""The roles of the spans."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_STRANGE = re.compile(r"[^A-Za-z0-9_-]+")


class Lines:
    """The lines of one `.ann`. A span that several events share is written once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self._spans: dict[tuple[str, int, int], str] = {}
        self._count = Counter[str]()

    def event(self, event: Event) -> None:
        """Add the spans of an event, the event itself, its status, and a note with its id and mode."""
        names = [(mark, self._span(mark)) for mark in marks(event)]
        arguments = [f"{role}:{name}" for role, name in _numbered((mark.role, name) for mark, name in names if mark.role in ROLES)]
        trigger = names[0][1]
        key = self._next("E")
        self.lines.append(f"{key}\t" + " ".join([f"{label(event.type)}:{trigger}", *arguments]))
        self.lines.append(f"{self._next('A')}\tStatus {key} {event.status}")
        self.lines.append(f"{self._next('#')}\tAnnotatorNotes {key}\t" + " ".join(filter(None, (event.id, event.mode))))
        if mentions := [name for mark, name in names if mark.role == "Mention" and name != trigger]:
            self.lines.append("*\tEquiv " + " ".join([trigger, *mentions]))

    def _span(self, mark: Mark) -> str:
        place = (label(mark.label), mark.span.start, mark.span.end)
        if place not in self._spans:
            self._spans[place] = self._next("T")
            pieces = _pieces(self.text, mark.span.start, mark.span.end)
            offsets = ";".join(f"{start} {end}" for start, end in pieces)
            self.lines.append(f"{self._spans[place]}\t{place[0]} {offsets}\t" + " ".join(self.text[start:end] for start, end in pieces))
        return self._spans[place]

    def _next(self, kind: str) -> str:
        self._count[kind] += 1
        return f"{kind}{self._count[kind]}"


def rows(report: Annotated) -> Iterator[str]:
    """The lines of the `.ann` of a report."""
    found = Lines(report.text)
    for event in report.events:
        found.event(event)
    yield from found.lines


def write(kept: Iterable[Kept], out: Path, settings: Settings = PLAIN) -> Tally:
    """Write the reports into the folder `out`, which is made; the counts."""
    out.mkdir(parents=True, exist_ok=True)
    tally, types = Tally(), dict.fromkeys(TYPES)
    for report in reports(kept):
        name = file_name(report.head.id)
        (out / f"{name}.txt").write_bytes(report.text.encode())
        lines = list(rows(report))
        (out / f"{name}.ann").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
        types |= dict.fromkeys(event.type for event in report.events)
        tally.events += len(report.events)
        tally.rows += len(report.events)
    (out / "annotation.conf").write_text(configuration(types), encoding="utf-8", newline="\n")
    return tally


def file_name(id: str) -> str:
    """A file name for a report that cannot lead out of the folder: its id, or a hash of an id that is no plain name."""
    return id if _NAME.fullmatch(id) else fingerprint(id)


def label(name: str) -> str:
    """A label that brat takes."""
    return _STRANGE.sub("-", name).strip("-") or "Event"


def configuration(types: Iterable[str]) -> str:
    """The `annotation.conf` for events of `types`."""
    arguments = ", ".join(f"{role}*:{role}" for role in ROLES)
    events = "".join(f"{label(name)}\t{arguments}\n" for name in types)
    entities = "".join(f"{role}\n" for role in ROLES)
    relations = "Equiv\tArg1:<ANY>, Arg2:<ANY>, <REL-TYPE>:symmetric-transitive\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n"
    return f"[entities]\n{entities}\n[relations]\n{relations}\n[events]\n{events}\n[attributes]\nStatus\tArg:<EVENT>, Value:{'|'.join(STATUSES)}\n"


def _numbered(roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The roles as brat numbers them: Actor, Actor2, Actor3."""
    seen = Counter[str]()
    for role, name in roles:
        seen[role] += 1
        yield (role if seen[role] == 1 else f"{role}{seen[role]}"), name


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a span between line ends, which brat does not let a span cross."""
    found = [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\r\n]+", text[start:end])]
    return found or [(start, end)]
