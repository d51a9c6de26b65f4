"""Pages for the tests, and servers that give them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PARAGRAPHS = (
    "Kenya's president withdrew a tax bill on Wednesday, a day after police fired on crowds outside parliament in Nairobi.",
    "Opposition leaders said the step came too late, and they called on him to resign before the end of the week.",
)


def page(head: str = "", body: str | None = None) -> bytes:
    """An article with menus around it."""
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) if body is None else body
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ruto yields</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ruto yields</h1>{inner}</article>
<footer>All rights reserved</footer></body></html>""".encode()


DATED = '<meta property="article:published_time" content="2024-06-26T18:00:00+03:00"><meta property="og:site_name" content="The Paper">'


class Quiet(BaseHTTPRequestHandler):
    """Answers without a line on standard error."""

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """The client may hang up: some tests are about that."""


@contextmanager
def served(site: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a site while it is served."""
    server = Server(("127.0.0.1", 0), site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
