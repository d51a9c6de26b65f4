"""Any collection in, one document after the other out: files, folders, patterns, archives, feeds, tables."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace

from demarche.intake import feed, formats, plain, sources, tongue, web
from demarche.intake.document import MAX_CHARACTERS, Document, IntakeError
from demarche.intake.fields import Fields
from demarche.intake.formats import Found
from demarche.intake.place import KINDS, Place, kind_of


def documents(inputs: Sequence[str], fields: Fields | None = None, *, fetch: bool = False) -> Iterator[Found]:
    """The documents that `inputs` stand for, in their order, and an IntakeError for each row, member or file that is refused.

    An input is a file, a folder (read at any depth, sorted by path), a pattern ("news/**/*.csv", sorted), a URL of a report or a feed, or
    "-". `fields` names the columns of tables. `fetch` allows to fetch the pages that a feed in a local file only links to. The files are
    read as the iterator goes; nothing is kept.
    """
    for argument in inputs:
        for found in _read(argument, fields or Fields(), fetch):
            yield _checked(found) if isinstance(found, Document) else found


def _read(argument: str, fields: Fields, fetch: bool) -> Iterator[Found]:
    if argument == sources.STDIN:
        yield _loaded(argument)
    elif web.is_url(argument):
        yield from _fetched(argument, fields)
    else:
        for path in _paths(argument):
            yield from [path] if isinstance(path, IntakeError) else _file(Place.of(path, fields, fetch, given=path == argument))


def _checked(document: Document) -> Found:
    """`document`, or the error that it is too long or not in English."""
    try:
        if len(document.text) > MAX_CHARACTERS:
            raise IntakeError(document.where, f"{len(document.text):,} characters in one report", "split it into one file or row a report")
        tongue.check(document.text[plain.split_address(document.text)[1] :], document.where)
    except IntakeError as error:
        return error
    return document


def _loaded(argument: str) -> Found:
    try:
        return sources.load(sources.Item(argument))
    except IntakeError as error:
        return error


def _fetched(url: str, fields: Fields) -> Iterator[Found]:
    try:
        answer = web.download(url, accept="text/html, text/plain, application/rss+xml, application/atom+xml, application/xml")
        if feed.looks_like_feed(answer.data):
            yield from feed.read_url(answer, url, fields)
        else:
            yield web.document(answer, url)
    except IntakeError as error:
        yield error


def _paths(argument: str) -> Iterator[str | IntakeError]:
    """The files of a path, a folder or a pattern, sorted."""
    if os.path.isdir(argument):
        yield from _inside(argument)
    elif glob.has_magic(argument) and not os.path.lexists(argument):
        matches = sorted(set(glob.glob(argument, recursive=True)))
        if not any(map(os.path.isfile, matches)):
            yield IntakeError(argument, "no file fits the pattern", "check it; ** stands for folders at any depth")
        yield from (match for match in matches if os.path.isfile(match))
    else:
        yield argument


def _inside(folder: str) -> Iterator[str | IntakeError]:
    found, refused = list[str](), list[OSError]()
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [path for name in files if not name.startswith(".") and kind_of(name)[0] and os.path.isfile(path := os.path.join(parent, name))]
    for error in refused:
        yield IntakeError(str(error.filename), f"cannot be opened: {error.strerror}", "check its permissions")
    if not found and not refused:
        yield IntakeError(folder, "a folder with no reports in it", f"give files, or a folder with files of these kinds: {' '.join(KINDS)}")
    yield from sorted(found)


def _file(place: Place) -> Iterator[Found]:
    try:
        with open(place.where, "rb") as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode) and kind_of(place.where)[0] is None:
                place = _sniffed(place, formats.told_by(file.peek(formats.HEAD_BYTES)))
            yield from formats.read(file, place)
    except FileNotFoundError:
        yield IntakeError(place.where, "no such file", "check the path")
    except (OSError, ValueError) as error:
        yield IntakeError(place.where, f"cannot be read: {getattr(error, 'strerror', None) or error}", "check the path and its permissions")


def _sniffed(place: Place, told: str | None) -> Place:
    return replace(place, kind=told, packed=False) if told else place
