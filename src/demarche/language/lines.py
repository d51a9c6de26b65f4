"""Lines: a text whose lines were broken to a width, read as if they were not."""

from __future__ import annotations

import re
from itertools import pairwise

LEAST = 40
"""Characters of a line that may have been broken for its width; shorter ones are headings, lists and verse."""
WRAPPED = 0.25
"""The share of single line breaks before a small letter from which on all single breaks of a text are for width: few sentences begin small."""
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


def flowing(text: str) -> str:
    """The text, of the same length, with a space for every line break inside a paragraph.

    A break is inside a paragraph when the line before it is long and the next begins with a small letter; in a text where a good part of the
    breaks are such, all single breaks after long lines are.
    """
    lines = text.split("\n")
    breaks = [i for i, (line, after) in enumerate(pairwise(lines)) if len(line.rstrip()) >= LEAST and after.strip()]
    inner = [i for i in breaks if lines[i + 1].lstrip()[0].islower() and not _CLOSED.search(lines[i].rstrip())]
    if not inner:
        return text
    chosen = set(breaks if len(inner) >= WRAPPED * len(breaks) and len(inner) > 1 else inner)
    return "".join(line + (" " if i in chosen else "\n") for i, line in enumerate(lines[:-1])) + lines[-1]
