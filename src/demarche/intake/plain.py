"""Plain text: bytes decoded without guessing, and the address that may stand on the first line."""

from __future__ import annotations

import codecs
import re
import shlex

from demarche.intake.document import Document, IntakeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"{\\rtf", "a rich-text file"),
)
_ADDRESS = re.compile(r"\ufeff?\s*(https?://\S+)[^\S\n]*(?:\n\s*|\Z)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROL_SHARE = 0.01
"""More control characters than this share mean a binary file; text that passed through old systems has a stray one here and there."""


def decode(data: bytes, where: str) -> str:
    """The text of `data`: UTF-8, or UTF-16 and UTF-32 with a byte-order mark; line ends become newlines. IntakeError otherwise."""
    encoding = _marked(data)
    text = _strict(data, encoding, where) if encoding else _unmarked(data, where)
    if not text.strip():
        raise IntakeError(where, "empty file", "give a file with the text of a report")
    return cleaned(text, where)


def cleaned(text: str, where: str) -> str:
    """`text` with newlines as line ends; IntakeError when its characters are those of a binary file."""
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise _binary(where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_address(text: str) -> tuple[str | None, int]:
    """The address on the first line of `text`, if that line is only a URL, and the offset at which the report itself begins."""
    found = _ADDRESS.match(text)
    return (found[1], found.end()) if found else (None, 0)


def document(data: bytes, where: str, name: str) -> Document:
    """The document in the plain text `data`; its text is whole, address line included."""
    text = decode(data, where)
    url, body = split_address(text)
    if not text[body:].strip("\ufeff \t\r\n"):
        raise IntakeError(where, "empty report" if url is None else "only an address, no text", "put the text of the report into the file")
    return Document(where, name, text, url=url)


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _unmarked(data: bytes, where: str) -> str:
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise IntakeError(where, f"{kind}, not text", "save the report as plain text or HTML")
    if b"\x00" in data:
        if _looks_like_utf16(data):
            raise IntakeError(where, "UTF-16 without a byte-order mark", f"convert it: iconv -f utf-16le -t utf-8 {shlex.quote(where)}")
        raise _binary(where)
    return _strict(data, "utf-8", where)


def _strict(data: bytes, encoding: str, where: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _binary_looking(data):
            raise _binary(where) from None
        shown = encoding.removesuffix("-sig").upper()
        problem = f"not {shown} text (byte {error.start} cannot be read)"
        raise IntakeError(where, problem, f"save it as UTF-8, for example: iconv -f windows-1252 -t utf-8 {shlex.quote(where)}") from None


def _binary(where: str) -> IntakeError:
    return IntakeError(where, "a binary file, not text", "give plain text or HTML")


def _binary_looking(data: bytes) -> bool:
    return len(_CONTROL.findall(data.decode("latin-1"))) > MAX_CONTROL_SHARE * len(data)


def _looks_like_utf16(data: bytes) -> bool:
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return max(even, odd) > 0.6 * len(head) / 2 > 0.1 * len(head) / 2 > min(even, odd)
