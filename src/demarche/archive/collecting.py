"""A collection coded into an archive: every text once, whatever was done before, in the order of the input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from demarche.archive import writing
from demarche.archive.kept import Carrier
from demarche.archive.store import Archive
from demarche.archive.versions import Version
from demarche.intake.document import Document, IntakeError
from demarche.intake.duplicates import CARRIED, Duplicates, Signature, exact
from demarche.many import NO_FILES, Files, Outcome, code_all
from demarche.records import Report

Kind = Literal["coded", "coded again", "known", "carrier", "skipped"]


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one document: `where` it lies, the number of its `events` when it was coded, and why it was skipped."""

    kind: Kind
    where: str
    events: int = 0
    problem: str | None = None
    remedy: str | None = None

    @property
    def line(self) -> str:
        """The step's complaint as one line."""
        return f"{self.where}: {self.problem}" + (f" ({self.remedy})" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be done for one document.

    `text` is the digest of its text and `like` that of the text before it that tells nearly the same; `report` is the id of a kept report.
    """

    kind: Kind
    where: str
    origin: Carrier | None = None
    text: str = ""
    like: str | None = None
    report: str | None = None
    error: IntakeError | None = None


@dataclass
class Collecting:
    """Codes documents into `archive` with one version of the coding. What is known is not coded again; what failed is tried again.

    A text that tells hardly more than one before it is a carrier of that one; one that tells more is a report of the same story.
    """

    archive: Archive
    files: Files = NO_FILES
    published: dt.date | None = None
    processes: int | None = None
    version: int = field(init=False)
    _coming: dict[str, Signature] = field(default_factory=dict, init=False)  # the texts that are being coded
    _again: set[str] = field(default_factory=set, init=False)  # the kept reports that are being coded

    def __post_init__(self) -> None:
        self.version = writing.number(self.archive, Version.of(*self.files))

    @cached_property
    def _stories(self) -> Duplicates:
        """The texts kept so far that were the first to tell theirs, in the order in which they came."""
        stories = Duplicates()
        for text, signature in self.archive.db.execute("SELECT digest, signature FROM reports WHERE story = id ORDER BY key"):
            stories.restore(text, Signature.from_bytes(signature))
        return stories

    def code(self, documents: Iterable[Document | IntakeError]) -> Iterator[Step]:
        """Code `documents`, each kept before its step is handed on. Broken, ArchiveError and what `documents` raises end the run; nothing kept is lost."""
        jobs = (self._planned(found) for found in documents)
        for job, outcome in code_all(jobs, self.published, self.processes, self.files):
            yield self._done(job, outcome)

    def code_again(self) -> Iterator[Step]:
        """Code the archive's own reports that this version has not coded yet."""
        jobs = (self._recoded(id, id) for id in self._uncoded())
        for job, outcome in code_all(jobs, None, self.processes, self.files):
            yield self._done(job, outcome)

    def uncoded(self) -> int:
        """How many of the archive's reports this version has not coded yet."""
        query = "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report FROM codings WHERE version = ?)"
        return int(self.archive.db.execute(query, (self.version,)).fetchone()[0])

    def _uncoded(self) -> Iterator[str]:
        last = 0
        query = "SELECT key, id FROM reports WHERE key > ? AND id NOT IN (SELECT report FROM codings WHERE version = ?) ORDER BY key LIMIT 1"
        while row := self.archive.db.execute(query, (last, self.version)).fetchone():
            last = row[0]
            yield row[1]

    def _planned(self, found: Document | IntakeError) -> tuple[_Job, Document | None]:
        """What is to be done for what intake found, and the document to code for it."""
        if isinstance(found, IntakeError):
            return _Job("skipped", found.where, error=found), None
        origin, text = writing.carrier(found), exact(found.text)
        rows = self._carriers(text)
        if rows:
            return self._known(rows, origin, text)
        if text in self._coming:
            return _Job("carrier", found.where, origin, text, like=text), None
        signature = Signature.of(found.text)
        like = self._stories.add_signature(text, signature)
        if like and _adds_little(signature, self._signature(like)):
            return _Job("carrier", found.where, origin, text, like), None
        self._coming[text] = signature
        return _Job("coded", found.where, origin, text, like), found

    def _known(self, rows: list[tuple[str, str, str]], origin: Carrier, text: str) -> tuple[_Job, Document | None]:
        """The same for a text that came from the places `rows` before."""
        report, new = rows[0][0], (rows[0][0], origin.input, origin.name) not in rows
        if new:
            writing.carry(self.archive, report, origin, text)
        if report in self._again or self._is_coded(report):
            return _Job("carrier" if new else "known", origin.input, report=report), None
        return self._recoded(report, origin.input)

    def _recoded(self, report: str, where: str) -> tuple[_Job, Document]:
        """The same for a kept report, to be coded as it was kept."""
        self._again.add(report)
        row = self.archive.db.execute("SELECT id, text, title, publisher, url, published, published_from FROM reports WHERE id = ?", (report,)).fetchone()
        return _Job("coded again", where, report=report), writing.document_of(row)

    def _carriers(self, text: str | None) -> list[tuple[str, str, str]]:
        """Reports, inputs and names under which a text was found."""
        return self.archive.db.execute("SELECT report, input, name FROM carriers WHERE digest = ?", (text,)).fetchall()

    def _signature(self, text: str) -> Signature | None:
        if text in self._coming:
            return self._coming[text]
        row = self.archive.db.execute("SELECT signature FROM reports WHERE digest = ?", (text,)).fetchone()
        return Signature.from_bytes(row[0]) if row else None

    def _is_coded(self, report: str) -> bool:
        return self.archive.db.execute("SELECT 1 FROM codings WHERE report = ? AND version = ?", (report, self.version)).fetchone() is not None

    def _done(self, job: _Job, outcome: Outcome | None) -> Step:
        """Keep what became of a job."""
        if job.error is not None:
            return self._skipped(job, job.error.problem, job.error.remedy)
        if outcome is None:
            return self._carried(job, job.origin) if job.origin else Step(job.kind, job.where)
        if outcome.report is None:
            self._coming.pop(job.text, None)
            return self._skipped(job, (outcome.error or "").removeprefix(f"{outcome.where}: "))
        self._keep(job, outcome.report)
        return Step(job.kind, job.where, len(outcome.report.events))

    def _keep(self, job: _Job, report: Report) -> None:
        if job.origin is None:
            writing.recode(self.archive, report, self.version, job.where)
            self._again.discard(report.id)
        else:
            before = self._carriers(job.like)
            writing.keep(self.archive, report, self.version, job.origin, before[0][0] if before else None)
            self._coming.pop(job.text, None)

    def _carried(self, job: _Job, origin: Carrier) -> Step:
        """Keep a further carrier of a text that was still being coded when it came in."""
        before = self._carriers(job.like)
        if not before:
            return self._skipped(job, "the same text as a report that could not be read", "see there")
        writing.carry(self.archive, before[0][0], origin, job.text)
        return Step("carrier", job.where)

    def _skipped(self, job: _Job, problem: str, remedy: str | None = None) -> Step:
        step = Step("skipped", job.where, problem=problem, remedy=remedy)
        writing.skip(self.archive, job.where, job.origin.name if job.origin else "", step.line.removeprefix(f"{job.where}: "))
        return step


def _adds_little(new: Signature, old: Signature | None) -> bool:
    """Whether nearly all of a text's word sequences stand in a text before it; not in one that could not be read."""
    if old is None:
        return False
    share = float((new.values == old.values).mean())
    common = share * (new.sequences + old.sequences) / (1 + share)
    return common >= CARRIED * new.sequences
