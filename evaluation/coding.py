"""Coded events against gold annotation, with the scorer that lies beside the gold (`GOLD_FOLDER/../score.py`)."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from demarche.reader import Reader
from demarche.records import Report
from evaluation import calibration
from evaluation.counting import ratio
from evaluation.messages import progress

Events = dict[str, list[dict[str, Any]]]


class Reads(Protocol):
    """What the measure asks of a reader."""

    def read(self, text: str, *, published: str | None = None) -> Report: ...


@dataclass
class Articles:
    """Gold events, texts and publication dates (null where the gold gives none), by article."""

    gold: Events
    texts: dict[str, str]
    published: dict[str, str | None]


@dataclass(slots=True)
class ByType:
    """How often a type was predicted and rightly so, and how often it was in the gold and found (another accepted type counts)."""

    predicted: int = 0
    right: int = 0
    gold: int = 0
    found: int = 0

    def __str__(self) -> str:
        return f"P {ratio(self.right, self.predicted):.3f}  R {ratio(self.found, self.gold):.3f}  ({self.predicted} predicted, {self.gold} gold)"


@dataclass(frozen=True)
class Outcome:
    """The numbers, the events read, precision and recall by type, and the scorer's list of misses and extras."""

    scores: dict[str, float]
    found: Events
    by_type: dict[str, ByType]
    details: str


def measure(gold: Path, articles: Path, reader: Reads | None = None, only: Sequence[str] = ()) -> dict[str, float]:
    """The scorer's numbers under flat names, and how well confidence is calibrated."""
    return evaluate(gold, articles, reader, only).scores


def evaluate(gold: Path, articles: Path, reader: Reads | None = None, only: Sequence[str] = ()) -> Outcome:
    """Read every article that has gold (or those named in `only`) and score the events."""
    known = load(gold, articles, only)
    return judge(scorer(gold), known, read(known, reader or Reader()))


def load(gold: Path, articles: Path, only: Sequence[str] = ()) -> Articles:
    """The gold files with their articles; FileNotFoundError when there are none."""
    known = Articles({}, {}, {})
    for path in sorted(gold.glob("*.json")):
        if not only or path.stem in only:
            record = json.loads(path.read_text(encoding="utf-8"))
            known.gold[path.stem], known.published[path.stem] = record["events"], record.get("published")
            known.texts[path.stem] = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
    if not known.gold:
        raise FileNotFoundError(f"{gold}: no gold files (*.json){' named ' + ', '.join(only) if only else ''}")
    return known


def read(known: Articles, reader: Reads) -> Events:
    """The events of every article, in their JSON form."""
    found: Events = {}
    for name in progress(list(known.texts), "coding"):
        report = reader.read(known.texts[name], published=known.published[name])
        found[name] = [event.to_dict() for event in report.events]
    return found


def judge(score: ModuleType, known: Articles, found: Events) -> Outcome:
    """Score the events of all articles."""
    details = io.StringIO()
    with contextlib.redirect_stdout(details):
        result = score.score(known.gold, found, known.texts, details=True)
    by_type, verdicts = _verdicts(score, known, found)
    return Outcome(flat(result) | duplicates(score, known, found) | calibration.scores(verdicts), found, by_type, details.getvalue())


def duplicates(score: ModuleType, known: Articles, found: Events) -> dict[str, float]:
    """Predicted events for each gold happening that is found: those whose anchor overlaps the anchor or a further mention of a gold event,
    whatever their types, divided by the gold events so overlapped at least once. 1 when every happening found is told by one event."""
    events = happenings = 0
    for name, golds in known.gold.items():
        anchors = [(event["anchor"]["start"], event["anchor"]["end"]) for event in found[name]]
        spans = [score.gold_spans(known.texts[name], gold) for gold in golds]
        touching = [{j for j, anchor in enumerate(anchors) if any(max(anchor[0], a) < min(anchor[1], b) for a, b in one)} for one in spans]
        events += len(set().union(*touching))
        happenings += sum(map(bool, touching))
    return {"duplicates": ratio(events, happenings)}


def flat(result: Mapping[str, Any]) -> dict[str, float]:
    """The scorer's result as one level of names."""
    numbers: dict[str, float] = {}
    for name, value in result.items():
        if isinstance(value, tuple):
            numbers |= zip((f"{name}_p", f"{name}_r", f"{name}_f1"), value, strict=True)
        elif isinstance(value, dict):
            numbers |= value
        else:
            numbers[name] = value
    return numbers


def _verdicts(score: ModuleType, known: Articles, found: Events) -> tuple[dict[str, ByType], list[tuple[float, bool]]]:
    """By type, what was right; and for each event its confidence with whether its type was right."""
    by_type: dict[str, ByType] = defaultdict(ByType)
    verdicts = []
    for name, golds in known.gold.items():
        of_gold, of_found = score.match(known.texts[name], golds, found[name])
        for j, event in enumerate(found[name]):
            right = j in of_found and event["type"] in score.accepted(golds[of_found[j]])
            by_type[event["type"]].predicted += 1
            by_type[event["type"]].right += right
            verdicts.append((float(event["confidence"]), right))
        for i, gold in enumerate(golds):
            by_type[gold["type"]].gold += 1
            by_type[gold["type"]].found += i in of_gold and found[name][of_gold[i]]["type"] in score.accepted(gold)
    return dict(sorted(by_type.items())), verdicts


def write_predictions(found: Events, path: Path) -> None:
    """One report a line, in the form the scorer and `demarche read --format jsonl` share."""
    lines = (json.dumps({"id": name, "events": events}, ensure_ascii=False) for name, events in found.items())
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


@cache
def scorer(gold: Path) -> ModuleType:
    """The module `score.py` beside the gold folder; FileNotFoundError when there is none."""
    path = gold.resolve().parent / "score.py"
    spec = importlib.util.spec_from_file_location("gold_score", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise FileNotFoundError(f"{path}: the scorer lies beside the gold folder; put it there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
