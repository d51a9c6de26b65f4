"""Attributions: sources and contents joined with the cue that their link points to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from demarche.language.parse import Attribution, Chunk, Parse

_OPEN, _CLOSE, _EITHER = frozenset("“«‟„") | {"``"}, frozenset("”»") | {"''"}, frozenset('"')


class Linked(Protocol):
    """Chunks of sources, cues and contents, and for the first word of a source or content the word its cue begins at (-1 none)."""

    chunks: dict[str, list[Chunk]]
    links: dict[str, dict[int, int]]


def attributions(report: Linked) -> Iterator[Attribution]:
    """One attribution a content chunk; a content that continues the one before (across a window) shares its cue and source."""
    cues = report.chunks["cue"]
    sources: dict[Chunk, Chunk] = {}
    for source in report.chunks["source"]:
        cue = _cue(cues, report.links["source"].get(source.first, -1))
        if cue is not None:
            sources.setdefault(cue, source)
    contents = _joined(report.chunks["content"])
    for content in contents:
        cue = _cue(cues, report.links["content"].get(content.first, -1))
        yield Attribution(sources.get(cue) if cue else None, cue, Chunk(content.first, content.end, "content"))


def _joined(contents: list[Chunk]) -> list[Chunk]:
    """Join a chunk labelled "I" (it continues across a window) to the one that ends where it begins."""
    out: list[Chunk] = []
    for chunk in contents:
        if chunk.label == "I" and out and out[-1].end == chunk.first:
            out[-1] = Chunk(out[-1].first, chunk.end)
        else:
            out.append(chunk)
    return out


def _cue(cues: list[Chunk], word: int) -> Chunk | None:
    """The cue at or nearest to a word: links may point inside a cue."""
    if word < 0 or not cues:
        return None
    best = min(cues, key=lambda cue: 0 if word in cue else min(abs(cue.first - word), abs(cue.end - 1 - word)))
    return best if word in best or abs(best.first - word) <= 3 else None


def quotations(parse: Parse) -> tuple[Chunk, ...]:
    """The words between quotation marks; a mark left open in a paragraph closes at its end, as when a quotation goes on in the next."""
    found, begun, paragraph = [], -1, -1
    for word in parse.words:
        now = parse.paragraphs[word.sentence]
        if now != paragraph and begun >= 0:
            found.append(Chunk(begun, word.index))
            begun = -1
        paragraph = now
        if begun < 0 and word.text in _OPEN | _EITHER:
            begun = word.index + 1
        elif begun >= 0 and word.text in _CLOSE | _EITHER:
            found.append(Chunk(begun, word.index))
            begun = -1
    if begun >= 0:
        found.append(Chunk(begun, len(parse.words)))
    return tuple(chunk for chunk in found if len(chunk))
