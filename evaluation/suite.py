"""The full run: every measure on the dev parts of the shared folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from evaluation import analyser
from evaluation.messages import say

Scores = dict[str, float]
Results = dict[str, Scores]
NICHE = "niger_2024"  # the article with a number of its own among the goals


@dataclass(frozen=True)
class Entry:
    """A measure on one part of the data: what it needs (below the shared folder), and how to run it on them."""

    needs: tuple[str, ...]
    run: Callable[..., Scores]


@dataclass
class Outcome:
    """The numbers by measure; `skipped` names those whose data is missing, `failed` those that broke."""

    results: Results = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def call(module: str, *arguments: object, **options: object) -> Scores:
    """`measure` of `evaluation.MODULE` on the arguments."""
    return if_built(module, lambda: import_module(f"evaluation.{module}").measure(*arguments, **options))


def if_built(measure: str, run: Callable[[], Scores]) -> Scores:
    """What `run` gives; no numbers, and a word on stderr, where the stage it measures is not built yet."""
    try:
        return run()
    except ImportError as error:
        if not (error.name or "").startswith("demarche"):
            raise
        say(f"{measure}: not built yet ({error})")
        return {}


def _parse(path: Path) -> Scores:
    return call("parse", [path])


def _timex_held_out(folder: Path) -> Scores:
    """The documents that training leaves out, by name."""
    held_out: Callable[[str], bool] = import_module("training.language.data").held_out
    with tempfile.TemporaryDirectory() as scratch:
        for path in folder.rglob("*.tml"):
            if held_out(path.stem):
                (Path(scratch) / path.name).symlink_to(path.resolve())
        return call("timex", Path(scratch))


def toponyms(path: Path) -> Scores:
    """Toponyms with the places of the language model that the other measures use."""
    return call("toponyms", path, find=analyser.places)


def _single(module: str) -> Callable[[Path], Scores]:
    return lambda path: call(module, path)


ENTRIES = {
    "parse_ewt": Entry(("data/ud/en_ewt-ud-dev.conllu",), _parse),
    "parse_gum": Entry(("data/ud/en_gum-ud-dev.conllu",), _parse),
    "names": Entry(("data/names/worldwide/dev",), _single("names")),
    "timex_tbaq": Entry(("data/time/tbaq",), _timex_held_out),
    "timex_meantime": Entry(("data/time/meantime/intra_cross-doc_annotation",), _single("timex")),
    "attribution": Entry(("data/attribution/polnear/dev",), _single("attribution")),
    "relations_train": Entry(("data/events/PLV_train.tsv",), _single("relations")),
    "toponyms_lgl": Entry(("data/places/lgl.xml",), toponyms),
    "toponyms_geovirus": Entry(("data/places/geovirus.xml",), toponyms),
    "coreference_ecbplus": Entry(("data/events/ecbplus",), _single("coreference")),
    "coreference_meantime": Entry(("data/time/meantime/intra_cross-doc_annotation",), _single("coreference")),
    "officeholders": Entry(("data/actors",), _single("officeholders")),
    "coding": Entry(("gold/dev", "gold/articles"), lambda gold, articles: call("coding", gold, articles)),
    "coding_niger": Entry(("gold/dev", "gold/articles"), lambda gold, articles: call("coding", gold, articles, only=[NICHE])),
}
MEAN = "parse_mean"


def run(shared: Path, names: Sequence[str] = ()) -> Outcome:
    """Run the measures named (all, when none is); what has no data is skipped with a message."""
    outcome = Outcome()
    for name in names or ENTRIES:
        paths = [shared / need for need in ENTRIES[name].needs]
        missing = next((path for path in paths if not path.exists()), None)
        if missing:
            say(f"{name}: skipped, {missing} is missing (give the folder of the corpora with --shared)")
            outcome.skipped.append(name)
        else:
            _run_one(name, paths, outcome)
    return with_mean(outcome)


def _run_one(name: str, paths: Sequence[Path], outcome: Outcome) -> None:
    """One failing measure must not lose the numbers of the others."""
    try:
        outcome.results[name] = ENTRIES[name].run(*paths)
    except Exception as error:
        say(f"{name}: failed, {type(error).__name__}: {error} (run the measure alone to see where)")
        outcome.failed.append(name)


def with_mean(outcome: Outcome) -> Outcome:
    """Add the mean of the treebanks, where both were measured."""
    several = [scores for name in ("parse_ewt", "parse_gum") if (scores := outcome.results.get(name))]
    if len(several) == 2:
        mean = {key: sum(scores[key] for scores in several) / 2 for key in several[0]}
        outcome.results = _placed_after("parse_gum", MEAN, mean, outcome.results)
    return outcome


def _placed_after(before: str, name: str, scores: Scores, results: Results) -> Results:
    placed: Results = {}
    for key, value in results.items():
        placed[key] = value
        if key == before:
            placed[name] = scores
    return placed
