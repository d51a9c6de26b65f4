"""Many reports read in their order: by this process alone or by a pool of processes."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import multiprocessing.connection
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import NamedTuple, TypeVar, cast

from demarche.intake import Document, IntakeError, Item, load
from demarche.intake.sources import STDIN
from demarche.reader import Reader
from demarche.records import Report

_K = TypeVar("_K")
_Work = Callable[[], "Outcome"]

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


class Broken(Exception):
    """A reading process was ended from outside, so that what it was reading is lost."""


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
        return
    tasks = ((item, partial(read_one, item, published, files), item.where == STDIN) for item in items)
    for item, future in _pooled(tasks, chosen):
        try:
            yield cast(Outcome, future.result())
        except BrokenProcessPool:
            error = f"{item.where}: a reading process was ended from outside (perhaps out of memory: use --processes 1)"
            yield Outcome(item.where, item.name, error=error)


def code_all(
    jobs: Iterable[tuple[_K, Document | None]], published: dt.date | None = None, processes: int | None = None, files: Files = NO_FILES
) -> Iterator[tuple[_K, Outcome | None]]:
    """Code the documents of a stream of jobs, and give back each job with its outcome, in their order; a job without a document just passes.

    Few documents are held at a time. Broken when a process is ended from outside.
    """
    stream = iter(jobs)
    begun = list(islice(stream, ALONE_BELOW))
    chosen = processes or default_processes(len(begun))
    stream = chain(begun, stream)
    if chosen == 1:
        yield from ((job, read_document(document, published, files) if document else None) for job, document in stream)
        return
    tasks = ((job, partial(read_document, document, published, files) if document else None, False) for job, document in stream)
    for job, future in _pooled(tasks, chosen):
        try:
            yield job, future.result()
        except BrokenProcessPool:
            raise Broken from None


def read_one(item: Item, published: dt.date | None = None, files: Files = NO_FILES) -> Outcome:
    """Take in and code one item; whatever goes wrong becomes the outcome's error line."""
    try:
        return read_document(load(item), published, files)
    except IntakeError as error:
        return Outcome(item.where, item.name, error=str(error))
    except Exception as error:  # one report must never cost the others
        return Outcome(item.where, item.name, error=_failure(item.where, error))


def read_document(document: Document, published: dt.date | None = None, files: Files = NO_FILES) -> Outcome:
    """Code one document; whatever goes wrong becomes the outcome's error line."""
    try:
        report = _reader(files).read(document.text, title=document.title, published=published or document.published, url=document.url, source=document.outlet)
    except Exception as error:  # one report must never cost the others
        return Outcome(document.where, document.name, error=_failure(document.where, error))
    if not published and document.published:
        report = replace(report, published_from=document.published_from)
    return Outcome(document.where, document.name, report)


def _failure(where: str, error: Exception) -> str:
    told = " ".join(f"{type(error).__name__}: {error}".split())
    return f"{where}: reading failed: {told} (please report this together with the file)"


def _pooled(tasks: Iterable[tuple[_K, _Work | None, bool]], processes: int) -> Iterator[tuple[_K, Future[Outcome | None]]]:
    """Hand work out to `processes`, a few tasks ahead, and give it back in its order; a task that says so is done here."""
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_start_worker)
    waiting: deque[tuple[_K, Future[Outcome | None]]] = deque()
    try:
        for key, work, here in tasks:
            waiting.append((key, _done(work and work()) if here or not work else _submit(pool, work)))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, work: _Work) -> Future[Outcome | None]:
    try:
        return pool.submit(work)
    except BrokenProcessPool as error:
        return _done(error)


def _done(outcome: Outcome | BaseException | None) -> Future[Outcome | None]:
    future: Future[Outcome | None] = Future()
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
    return future


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent answers Ctrl-C for all
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that hands out the work was killed: nobody else would tell it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


@cache
def _reader(files: Files) -> Reader:
    return Reader(*files)
