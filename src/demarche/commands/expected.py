"""How many documents a collection will give, where that can be told without reading it through: for the time left."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence

from demarche.intake.place import kind_of
from demarche.intake.web import is_url

_CHUNK = 1 << 20


def expected(inputs: Sequence[str]) -> int | None:
    """About how many documents `inputs` stand for; None when that is not known beforehand (feeds, web archives, packed files)."""
    total = 0
    for path in (path for one in inputs for path in _files(one)):
        count = _count(path)
        if count is None:
            return None
        total += count
    return total


def _files(argument: str) -> Iterator[str]:
    if os.path.isdir(argument):
        for parent, folders, files in os.walk(argument):
            folders[:] = [name for name in folders if not name.startswith(".")]
            yield from (os.path.join(parent, name) for name in files if not name.startswith(".") and kind_of(name)[0])
    elif glob.has_magic(argument) and not os.path.lexists(argument):
        yield from filter(os.path.isfile, glob.iglob(argument, recursive=True))
    else:
        yield argument


def _count(path: str) -> int | None:
    kind, packed = kind_of(path)
    if kind == "report" or not os.path.isfile(path):
        return None if is_url(path) else 1
    if packed or kind not in ("lines", "table"):
        return None
    try:
        with open(path, "rb") as file:
            lines = sum(part.count(b"\n") for part in iter(lambda: file.read(_CHUNK), b""))
    except OSError:
        return 1
    return max(1, lines - (kind == "table"))
