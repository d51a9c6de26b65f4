"""Who says what, against PolNeAR: a folder with `text/*.txt` and `attributions/*.ann` (brat).

Spans match when they cover exactly the same characters once white space and punctuation are trimmed from the ends of each piece and
pieces with nothing else between them are joined. A span in several pieces matches as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demarche.language.parse import Chunk, Parse
from evaluation import analyser
from evaluation.counting import Tally, ratio
from evaluation.messages import progress

Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Said:
    """One attribution; a part that is not stated has no pieces."""

    source: Pieces
    cue: Pieces
    content: Pieces


def measure(folder: Path, model: analyser.Analyser | None = None) -> dict[str, float]:
    """Micro F1 of sources, cues and contents; of the contents found, the share that goes to the right source."""
    model = model or analyser.default()
    tallies = {part: Tally() for part in ("source", "cue", "content")}
    right = reached = 0
    for text_path, note_path in progress(pairs(folder), "attribution"):
        text = text_path.read_text(encoding="utf-8")
        gold, found = gold_said(text, note_path), found_said(model.analyse(text))
        for part, tally in tallies.items():
            tally.compare(_spans(gold, part), _spans(found, part))
        verdicts = [_same_source(said, best) for said in gold if (best := closest(said, found))]
        right, reached = right + sum(verdicts), reached + len(verdicts)
    return {f"{part}_f1": tally.f1 for part, tally in tallies.items()} | {"source_of_content": ratio(right, reached)}


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """Every text with its annotation: the first, where several annotators left one."""
    notes = sorted((folder / "attributions").glob("*.ann"))
    found = []
    for text in sorted((folder / "text").glob("*.txt")):
        note = next((note for note in notes if note.stem == text.stem or note.stem.startswith(f"{text.stem}_")), None)
        if note:
            found.append((text, note))
    return found


def _spans(attributions: Iterable[Said], part: str) -> set[Pieces]:
    return {pieces for said in attributions if (pieces := getattr(said, part))}


def gold_said(text: str, path: Path) -> list[Said]:
    """The attributions of a brat file; notes that belong to none are left out."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key, _, rest = line.partition("\t")
        fields = rest.partition("\t")[0]
        if key.startswith("T"):
            spans[key] = _ranges(fields.partition(" ")[2])
        elif key.startswith("E"):
            events.append(fields.split())
    return [_event(text, roles, spans) for roles in events]


def _ranges(places: str) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in (place.split() for place in places.split(";"))]


def _event(text: str, roles: list[str], spans: dict[str, list[tuple[int, int]]]) -> Said:
    parts: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
    for role, _, target in (role.partition(":") for role in roles):
        name = role.rstrip("0123456789")
        if name in parts:
            parts[name] += spans.get(target, [])
    return Said(*(trimmed(text, parts[name]) for name in ("Source", "Cue", "Content")))


def found_said(parse: Parse) -> list[Said]:
    """The predicted attributions; contents of one cue are one content where they meet, or where the cue parts them."""
    groups: dict[object, list[int]] = {}
    for i, one in enumerate(parse.attributions):
        before = [k for k, group in groups.items() if one.cue and parse.attributions[group[-1]].cue == one.cue and _parted(parse, group[-1], i)]
        groups.setdefault(before[-1] if before else i, []).append(i)
    return [_merged(parse, members) for members in groups.values()]


def _parted(parse: Parse, first: int, second: int) -> bool:
    """Whether nothing stands between two contents, or their cue does."""
    one, other = parse.attributions[first], parse.attributions[second]
    between = range(one.content.end, other.content.first)
    return not any(map(str.isalnum, "".join(parse.words[i].text for i in between))) or (one.cue is not None and one.cue.first in between)


def _merged(parse: Parse, members: list[int]) -> Said:
    several = [parse.attributions[i] for i in members]
    source = next((one.source for one in several if one.source), None)
    return Said(_trimmed_chunks(parse, [source]), _trimmed_chunks(parse, [several[0].cue]), _trimmed_chunks(parse, [one.content for one in several]))


def _trimmed_chunks(parse: Parse, chunks: Iterable[Chunk | None]) -> Pieces:
    spans = [parse.chunk_span(chunk) for chunk in chunks if chunk]
    return trimmed(parse.text, [(span.start, span.end) for span in spans])


def trimmed(text: str, ranges: Iterable[tuple[int, int]]) -> Pieces:
    """The ranges without white space and punctuation at their ends, joined where nothing else lies between them."""
    pieces: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        while start < end and not text[start].isalnum():
            start += 1
        while start < end and not text[end - 1].isalnum():
            end -= 1
        if start == end:
            continue
        if pieces and not any(map(str.isalnum, text[pieces[-1][1] : start])):
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((start, end))
    return tuple(pieces)


def shared(left: Pieces, right: Pieces) -> int:
    """How many characters two spans share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def size(pieces: Pieces) -> int:
    return sum(end - start for start, end in pieces)


def closest(gold: Said, found: Iterable[Said]) -> Said | None:
    """The attribution whose content comes nearest among those that cover at least half of the gold content."""
    near = [one for one in found if gold.content and 2 * shared(gold.content, one.content) >= size(gold.content)]
    return max(near, key=lambda one: _nearness(gold.content, one.content), default=None)


def _nearness(gold: Pieces, found: Pieces) -> float:
    both = shared(gold, found)
    return ratio(both, size(gold) + size(found) - both)


def _same_source(gold: Said, found: Said) -> bool:
    return shared(gold.source, found.source) > 0 if gold.source and found.source else not gold.source and not found.source
