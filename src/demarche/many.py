"""Many reports read in their order: by this process alone or by a pool of processes."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from demarche.intake import IntakeError, Item, load
from demarche.intake.sources import STDIN
from demarche.reader import Reader
from demarche.records import Report

ALONE_BELOW = 8
"""With fewer reports than this, starting further processes and loading the models in each costs more than it saves."""

AHEAD = 4
"""Reports handed out a process before the first result is taken back: enough to keep all busy, few enough to hold in memory."""


class Files(NamedTuple):
    """The user's additions to what the package knows."""

    codebook: Path | None = None
    actors: Path | None = None
    places: Path | None = None


NO_FILES = Files()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: its report, or the line that says why there is none."""

    where: str
    name: str
    report: Report | None = None
    error: str | None = None


def default_processes(count: int) -> int:
    """How many processes read `count` reports when nobody says."""
    if count < ALONE_BELOW:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(items: Sequence[Item], published: dt.date | None = None, processes: int | None = None, files: Files = NO_FILES) -> Iterator[Outcome]:
    """The outcomes of `items`, in their order, whatever the number of processes. `files` are the user's additions."""
    chosen = min(processes or default_processes(len(items)), max(1, len(items)))
    if chosen == 1:
        yield from (read_one(item, published, files) for item in items)
    else:
        yield from _pooled(items, published, chosen, files)


def read_one(item: Item, published: dt.date | None = None, files: Files = NO_FILES) -> Outcome:
    """Take in and code one item; whatever goes wrong becomes the outcome's error line."""
    try:
        document = load(item)
        report = _reader(files).read(document.text, title=document.title, published=published or document.published, url=document.url, source=document.outlet)
    except IntakeError as error:
        return Outcome(item.where, item.name, error=str(error))
    except Exception as error:  # one report must never cost the others
        told = " ".join(f"{type(error).__name__}: {error}".split())
        return Outcome(item.where, item.name, error=f"{item.where}: reading failed: {told} (please report this together with the file)")
    if not published and document.published:
        report = replace(report, published_from=document.published_from)
    return Outcome(document.where, document.name, report)


def _pooled(items: Sequence[Item], published: dt.date | None, processes: int, files: Files) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_start_worker)
    waiting: deque[tuple[Item, Future[Outcome]]] = deque()
    try:
        for item in items:
            waiting.append((item, _submit(pool, item, published, files)))
            if len(waiting) > AHEAD * processes:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, item: Item, published: dt.date | None, files: Files) -> Future[Outcome]:
    try:
        if item.where != STDIN:
            return pool.submit(read_one, item, published, files)
    except BrokenProcessPool as error:
        return _done(error)
    return _done(read_one(item, published, files))  # only this process has the standard input


def _done(outcome: Outcome | BaseException) -> Future[Outcome]:
    future: Future[Outcome] = Future()
    if isinstance(outcome, Outcome):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)
    return future


def _result(item: Item, future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(item.where, item.name, error=f"{item.where}: a reading process was ended from outside (perhaps out of memory: use --processes 1)")


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C for all


@cache
def _reader(files: Files) -> Reader:
    return Reader(*files)
