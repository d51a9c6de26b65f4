"""Records as JSON: one indented list, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol, TextIO


class Record(Protocol):
    """What has a JSON form."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""


def indented(found: Iterable[Record], out: TextIO) -> int:
    """Write one indented list as the records come; how many."""
    count = 0
    for count, one in enumerate(found, 1):
        out.write(f"{',' if count > 1 else '['}\n{json.dumps(one.to_dict(), ensure_ascii=False, indent=1)}")
    out.write("\n]\n" if count else "[]\n")
    return count


def lines(found: Iterable[Record], out: TextIO) -> int:
    """Write one record a line; how many."""
    return sum(1 for one in found if out.write(json.dumps(one.to_dict(), ensure_ascii=False) + "\n"))
