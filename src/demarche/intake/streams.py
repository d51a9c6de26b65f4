"""Bytes of any length in little memory: compressed streams with their limits, encodings, lines."""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from demarche.intake.document import MAX_BYTES, MAX_RATIO, MAX_UNPACKED, RATIO_FREE_BYTES, IntakeError

BLOCK = 1 << 16
_WIDE = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Chunks:
    """A stream over the chunks that an iterator gives. An error in it is raised only once all that came before has been read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""
        self._error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        pieces, count = [self._rest], len(self._rest)
        while (size < 0 or count < size) and not self._error:
            try:
                chunk = next(self._chunks)
            except StopIteration:
                break
            except Exception as error:
                self._error = error
                break
            pieces.append(chunk)
            count += len(chunk)
        data = b"".join(pieces)
        if self._error and not data:
            raise self._error
        self._rest = data[size:] if size >= 0 else b""
        return data[:size] if size >= 0 else data


def stream(chunks: Iterator[bytes]) -> BinaryIO:
    """`chunks` as a stream that can be read, and no more."""
    return cast("BinaryIO", _Chunks(chunks))


def whole(source: BinaryIO, limit: int) -> bytes:
    """The first `limit` bytes of `source`, or all."""
    pieces, size = list[bytes](), 0
    while size < limit and (piece := source.read(limit - size)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


class Guard:
    """What compressed bytes have become so far; IntakeError when that is no longer sane."""

    def __init__(self, where: str) -> None:
        self._where, self._out = where, 0

    def count(self, packed: int, unpacked: int) -> None:
        """`unpacked` more bytes came out; `packed` bytes were taken in, all told."""
        self.total(unpacked)
        if self._out > RATIO_FREE_BYTES and self._out > MAX_RATIO * max(packed, 1):
            raise IntakeError(self._where, f"one compressed byte becomes more than {MAX_RATIO}", "unpack it yourself if you trust it")

    def total(self, unpacked: int) -> None:
        """`unpacked` more bytes came out; only their sum counts."""
        self._out += unpacked
        if self._out > MAX_UNPACKED:
            raise IntakeError(self._where, f"more than {MAX_UNPACKED // 1_000_000_000} GB when unpacked", "split it")


def gunzip(packed: BinaryIO, where: str) -> BinaryIO:
    """The content of a gzip stream of one or more members; reading it raises IntakeError where the stream is damaged or a bomb."""
    return stream(_members(packed, where))


def _members(packed: BinaryIO, where: str) -> Iterator[bytes]:
    guard, taken, rest = Guard(where), 0, b""
    while True:
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            if not rest:
                rest = packed.read(BLOCK)
                taken += len(rest)
                if not rest:
                    raise IntakeError(where, "the gzip data end too early", "fetch or copy the file again")
            try:
                out = unpacker.decompress(rest, BLOCK)
            except zlib.error:
                raise IntakeError(where, "damaged gzip data", "fetch or copy the file again") from None
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            guard.count(taken, len(out))
            if out:
                yield out
        while not (rest := rest.lstrip(b"\x00")):  # some writers pad the file behind the last member
            rest = packed.read(BLOCK)
            taken += len(rest)
            if not rest:
                return


def utf8(source: BinaryIO, where: str) -> BinaryIO:
    """`source` as UTF-8 without a byte-order mark, when it begins with one; unmarked bytes stay as they are."""
    head = source.read(4)
    rest = _with(head.removeprefix(codecs.BOM_UTF8), source)
    encoding = next((encoding for mark, encoding in _WIDE if head.startswith(mark)), None)
    return stream(_recoded(rest, encoding, where) if encoding else rest)


def _with(head: bytes, source: BinaryIO) -> Iterator[bytes]:
    if head:
        yield head
    while chunk := source.read(BLOCK):
        yield chunk


def _recoded(chunks: Iterator[bytes], encoding: str, where: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8")
        yield decoder.decode(b"", final=True).encode("utf-8")
    except UnicodeError:
        raise IntakeError(where, f"not {encoding.upper()} text, though it begins so", "save it as UTF-8") from None


def lines(source: BinaryIO, limit: int = MAX_BYTES) -> Iterator[bytes | None]:
    """The lines of `source` with their ends (LF, CRLF or CR); None stands for one longer than `limit` bytes."""
    pieces, size, held = list[bytes](), 0, b""
    while chunk := source.read(BLOCK):
        found = (held + chunk).splitlines(keepends=True)
        held = b""
        if found[-1].endswith(b"\r"):  # its LF may come with the next chunk
            held = found.pop()
        for piece in found:
            size += len(piece)
            if size <= limit:
                pieces.append(piece)
            if piece.endswith((b"\n", b"\r")):
                yield b"".join(pieces) if size <= limit else None
                pieces, size = [], 0
            elif size > limit:
                pieces = []
    size += len(held)
    if size:
        yield b"".join((*pieces, held)) if size <= limit else None


def decoded(line: bytes, where: str) -> str:
    """`line` as text; IntakeError when it is not UTF-8."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise IntakeError(where, f"not UTF-8 text (byte {error.start} of the line cannot be read)", "save the file as UTF-8") from None
