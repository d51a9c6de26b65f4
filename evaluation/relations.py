"""What a marked source does to a marked target, against PLOVER roots in the PLV format: a table with a header line.

Columns: `marked_sentence` (or `sentence`), `source`, `target`, `gold_root` and, where the file has it, `gold_penta` (the quad class,
1 to 4). The 15 roots join CONCEDE and RETREAT as YIELD.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from evaluation.counting import Tally, ratio
from evaluation.messages import progress

Place = tuple[int, int]
Classifier = Callable[[str, Place, Place], str]

NOWHERE: Place = (0, 0)  # a source or target that the sentence does not state
_QUADS = {"1": "AGREE CONSULT SUPPORT", "2": "COOPERATE AID YIELD", "3": "REQUEST ACCUSE REJECT THREATEN", "4": "PROTEST SANCTION MOBILIZE COERCE ASSAULT"}
QUAD = {root: quad for quad, roots in _QUADS.items() for root in roots.split()}
_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True)
class Pair:
    """A sentence with a source and a target, and what the one does to the other."""

    sentence: str
    source: Place
    target: Place
    root: str
    quad: str


def measure(path: Path, classify: Classifier | None = None) -> dict[str, float]:
    """Accuracy (micro F1) and macro F1 over the roots, and over the quad classes, that the gold holds."""
    classify = classify or cast(Classifier, import_module("demarche.coding.relations").classify)
    pairs = read(path)
    found = [folded(classify(pair.sentence, pair.source, pair.target)) for pair in progress(pairs, "relations")]
    roots = [pair.root for pair in pairs]
    return {
        "root_macro_f1": macro_f1(roots, found),
        "root_micro_f1": ratio(sum(a == b for a, b in zip(roots, found, strict=True)), len(roots)),
        "quad_macro_f1": macro_f1([pair.quad for pair in pairs], [QUAD.get(root, "") for root in found]),
    }


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean F1 of the classes in `gold`."""
    tallies = {label: Tally() for label in gold}
    for a, b in zip(gold, found, strict=True):
        for label in {a, b} & tallies.keys():
            tallies[label].add(a == b, b == label, a == label)
    return ratio(sum(tally.f1 for tally in tallies.values()), len(tallies))


def folded(root: str) -> str:
    """The root among the 15 of the format."""
    root = root.upper()
    return "YIELD" if root in ("CONCEDE", "RETREAT") else root


def read(path: Path) -> list[Pair]:
    """The pairs of a file; ValueError names a column it lacks."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"source", "target", "gold_root"} - set(table.fieldnames or ())
        if missing:
            raise ValueError(f"{path}: no column {', '.join(sorted(missing))}; the first line must name the columns")
        return [_pair(row) for row in table if row["gold_root"]]


def _pair(row: dict[str, str]) -> Pair:
    sentence, marks = unmark(row.get("marked_sentence") or row["sentence"])
    root = folded(row["gold_root"])
    source, target = (marks.get(key) or _search(sentence, row[name]) for key, name in (("s", "source"), ("t", "target")))
    return Pair(sentence, source, target, root, row.get("gold_penta") or QUAD.get(root, ""))


def unmark(marked: str) -> tuple[str, dict[str, Place]]:
    """The sentence without its marks, and the first place marked `s` and `t`."""
    text, last, open_at, places = "", 0, dict[str, int](), dict[str, Place]()
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        last, key = mark.end(), mark[0][-2]
        if mark[0].startswith("</"):
            places.setdefault(key, _trim(text, open_at.get(key, 0)))
        else:
            open_at[key] = len(text)
    return text + marked[last:], places


def _trim(text: str, start: int) -> Place:
    piece = text[start:]
    return start + len(piece) - len(piece.lstrip()), len(text) - (len(piece) - len(piece.rstrip()))


def _search(sentence: str, words: str) -> Place:
    at = sentence.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else NOWHERE
