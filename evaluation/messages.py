"""What the evaluation says while it runs: on stderr, so that stdout holds nothing but results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Go through `items`, showing how far: a bar on a terminal, one line elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        say(f"{label}: {len(items)}")
    yield from track(items, description=label, console=console, transient=True, disable=not console.is_terminal)
