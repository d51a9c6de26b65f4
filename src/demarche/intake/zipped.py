"""ZIP archives: each member read as the file it is, without unpacking to disk; what is unsafe is refused by name."""

from __future__ import annotations

import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from demarche.intake import formats, streams
from demarche.intake.document import MAX_MEMBERS, Document, IntakeError
from demarche.intake.place import Place, kind_of

MAX_INSIDE = 1
"""So many archives may stand around a ZIP archive that is still read: one in one."""

MAX_LIST_BYTES = 200 * MAX_MEMBERS
"""The largest list of members; a record of one takes 46 bytes and its name."""

MAX_SPOOLED = 2_000_000_000
"""The largest member that has to be laid on disk for a while, in bytes: formats that are read from both ends."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, struct.error, OverflowError, ValueError, LookupError, OSError)
"""What `zipfile` lets through on damaged archives."""


def read(source: BinaryIO, place: Place) -> Iterator[Document | IntakeError]:
    """The documents of the members of an archive, sorted by name; a member that cannot be read is an IntakeError."""
    if place.inside > MAX_INSIDE:
        raise IntakeError(place.where, "an archive in an archive in an archive", "unpack the outer ones")
    _check_list(source, place.where)
    try:
        archive = zipfile.ZipFile(source)
    except _UNREADABLE as error:
        raise IntakeError(place.where, f"not a sound ZIP archive: {_told(error)}", "fetch or pack it again") from None
    with archive:
        guard, found = streams.Guard(place.where), False
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            if member.filename.endswith("/") or _is_hidden(member.filename):
                continue
            if kind_of(member.filename)[0]:
                found = True
                yield from _member(archive, member, place.within(member.filename), guard)
        if not found:
            raise IntakeError(place.where, "an archive with no reports in it", "pack files of the kinds that are read")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place, guard: streams.Guard) -> Iterator[Document | IntakeError]:
    try:
        _check(member, place.where)
        with archive.open(member) as file:
            stream = streams.stream(_guarded(file, member, place.where, guard))
            if place.kind in ("zip", "parquet"):
                with _spooled(stream, place.where) as laid:
                    yield from formats.read(laid, place)
            else:
                yield from formats.read(stream, place)
    except IntakeError as error:
        yield error
    except _UNREADABLE as error:
        yield _damaged(place.where, error)


def _check(member: zipfile.ZipInfo, where: str) -> None:
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0] or "\\" in member.filename:
        raise IntakeError(where, "its name leads out of the archive", "do not trust this archive; unpack it by a safe tool if you must")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise IntakeError(where, "a link, not a file", "pack the file itself")
    if member.flag_bits & 1:
        raise IntakeError(where, "encrypted", "unpack it with its password first")


def _guarded(file: IO[bytes], member: zipfile.ZipInfo, where: str, whole: streams.Guard) -> Iterator[bytes]:
    own = streams.Guard(where)
    try:
        while chunk := file.read(streams.BLOCK):
            own.count(member.compress_size, len(chunk))
            whole.total(len(chunk))
            yield chunk
    except _UNREADABLE as error:
        raise _damaged(where, error) from None


def _spooled(source: BinaryIO, where: str) -> BinaryIO:
    """`source` laid into a temporary file, which formats that are read from both ends need."""
    laid = tempfile.TemporaryFile()  # noqa: SIM115  # the caller closes it
    try:
        size = 0
        while chunk := source.read(streams.BLOCK):
            size += len(chunk)
            if size > MAX_SPOOLED:
                raise IntakeError(where, f"larger than {MAX_SPOOLED // 1_000_000_000} GB inside an archive", "unpack the archive")
            laid.write(chunk)
        laid.seek(0)
    except BaseException:
        laid.close()
        raise
    return cast("BinaryIO", laid)


def _check_list(source: BinaryIO, where: str) -> None:
    """IntakeError when the list of members is larger than can be held; `zipfile` would read it whole."""
    size = source.seek(0, os.SEEK_END)
    start = max(0, size - 66_000)
    source.seek(start)
    tail = source.read()
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) >= at + 22:
        members, listed = struct.unpack_from("<HL", tail, at + 10)
        far = tail.rfind(b"PK\x06\x06", 0, at)  # the record of large archives, which stands before the short one
        if far >= 0 and at >= far + 56:
            members, listed = struct.unpack_from("<QQ", tail, far + 32)
        if members > MAX_MEMBERS or listed > MAX_LIST_BYTES:
            raise IntakeError(where, f"more than {MAX_MEMBERS:,} files in one archive", "split it")
    source.seek(0)


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.replace("\\", "/").split("/"))


def _damaged(where: str, error: Exception) -> IntakeError:
    return IntakeError(where, f"cannot be unpacked: {_told(error)}", "fetch or pack the archive again")


def _told(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
