"""Lines: a text whose lines were broken to a width, read as if they were not."""

from __future__ import annotations

import re

LEAST = 40
"""Characters of a line that may have been broken for its width; shorter ones are headings, lists and verse."""
WRAPPED = 0.25
"""The share of single line breaks before a small letter from which on all single breaks of a text are for width: few sentences begin small."""
_SINGLE = re.compile(r"(?P<line>[^\n]*\S)[ \t\r]*(?P<break>\n)(?=[ \t]*(?P<next>[^\s]))")
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


def flowing(text: str) -> str:
    """The text, of the same length, with a space for every line break inside a paragraph.

    A break is inside a paragraph when the line before it is long and the next begins with a small letter; in a text where a good part of the
    breaks are such, all single breaks after long lines are.
    """
    breaks = [match for match in _SINGLE.finditer(text) if len(match["line"]) >= LEAST]
    inner = [match for match in breaks if match["next"].islower() and not _CLOSED.search(match["line"])]
    if not inner:
        return text
    chosen = breaks if len(inner) >= WRAPPED * len(breaks) and len(inner) > 1 else inner
    out = list(text)
    for match in chosen:
        out[match.start("break")] = " "
    return "".join(out)
