"""Reports fetched from a URL: http and https only, with a time-out, a size limit, and no step from the public net into a private one."""

from __future__ import annotations

import ipaddress
import socket
import time
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from demarche.intake import page, plain
from demarche.intake.document import DEADLINE_SECONDS, MAX_BYTES, TIMEOUT_SECONDS, Document, IntakeError

_AGENT = "demarche (offline event coder; fetches single articles on request)"
_BY_HAND = "save the page in a browser and give the file"


def is_url(argument: str) -> bool:
    """Whether `argument` names something by a scheme rather than by a path."""
    scheme, found, _ = argument.partition("://")
    return bool(found) and scheme.replace("+", "").replace("-", "").isalnum() and len(scheme) > 1


class Answer(NamedTuple):
    """What a server sent: the bytes, their media type ("" when it names none) and the address they came from in the end."""

    data: bytes
    kind: str
    url: str


def fetch(url: str) -> Document:
    """The report at `url`."""
    return document(download(url), url)


def document(answer: Answer, url: str) -> Document:
    """The report in the answer to a request for `url`."""
    data, kind, final = answer
    if kind == "text/plain" and not page.looks_like_html(data):
        text = plain.document(data, url, name_of(url))
        return Document(url, text.name, text.text, url=final)
    if kind in ("text/html", "application/xhtml+xml") or page.looks_like_html(data):
        return page.document(data, url, name_of(url), final)
    raise IntakeError(url, f"not a page but {kind or 'something unnamed'}", "give the address of an HTML page or a plain text")


def name_of(url: str) -> str:
    """A short name for the report at `url`: the last part of its path without suffix, or the host."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    stem = last.rsplit(".", 1)[0] if last.lower().endswith((".html", ".htm", ".txt", ".php")) else last
    return stem or parts.hostname or url


def download(url: str, base: str | None = None, accept: str = "text/html, text/plain") -> Answer:
    """What stands at `url`, within the limits of size and time. IntakeError when `base`, which names it, is public and `url` is not."""
    _check(url)
    if base is not None and _private(url) and not _private(base):
        raise IntakeError(url, "an address in a private network, named by a public page", "give the address itself if that is intended")
    try:
        with _opener().open(Request(url, headers={"User-Agent": _AGENT, "Accept": accept}), timeout=TIMEOUT_SECONDS) as answer:
            return Answer(_body(answer, url), answer.headers.get_content_type() if answer.headers.get("Content-Type") else "", answer.geturl())
    except HTTPError as error:
        raise IntakeError(url, f"the server answers {error.code} {error.reason}".rstrip(), f"check the address, or {_BY_HAND}") from None
    except (TimeoutError, socket.timeout):  # noqa: UP041
        raise _late(url) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _late(url) from None
        raise IntakeError(url, f"cannot be reached: {_reason(error.reason)}", f"check the address and the network, or {_BY_HAND}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise IntakeError(url, f"the transfer failed: {_reason(error)}", f"try again, or {_BY_HAND}") from None


def _body(answer: Any, url: str) -> bytes:  # noqa: ANN401
    if int(answer.headers.get("Content-Length") or 0) > MAX_BYTES:
        raise _large(url)
    parts, size, end = [], 0, time.monotonic() + DEADLINE_SECONDS
    while block := answer.read1(65536):
        parts.append(block)
        size += len(block)
        if size > MAX_BYTES:
            raise _large(url)
        if time.monotonic() > end:
            raise _late(url)
    return b"".join(parts)


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme and parts.scheme.lower() not in ("http", "https"):
        raise IntakeError(url, f"{parts.scheme} addresses are not read", "give an http or https address, or a file")
    if not host or any(c.isspace() or ord(c) < 32 for c in url):
        raise IntakeError(url, "not a valid address", "give it in full, as in https://example.org/article")
    if parts.username or parts.password:
        raise IntakeError(f"{parts.scheme}://{host}", "an address with a user name in it is not read", _BY_HAND)


class _Redirects(HTTPRedirectHandler):
    max_redirections = 5

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> Request | None:
        _check(newurl)
        if _private(newurl) and not _private(req.full_url):
            raise IntakeError(req.full_url, "redirects into a private network", "give the final address if that is intended")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _private(url: str) -> bool:
    """Whether the host of `url` stands for an address outside the public net; False where the name cannot be looked up here."""
    try:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)


def _opener() -> OpenerDirector:
    return build_opener(_Redirects(), ProxyHandler())


def _reason(error: object) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())


def _late(url: str) -> IntakeError:
    return IntakeError(url, "the server takes too long", f"try again later, or {_BY_HAND}")


def _large(url: str) -> IntakeError:
    return IntakeError(url, f"larger than {MAX_BYTES // 1_000_000} MB", "give the address of a single article")
