"""The command line: everything with no verb, or one measure on any files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from evaluation import floors, results, suite
from evaluation.messages import say

MEASURES = {
    "parse": ("words, sentences, tags and trees against CoNLL-U files", "FILE.conllu"),
    "names": ("names against a folder of worldwide TSV files", "FOLDER"),
    "timex": ("time expressions against a folder of TimeML or MEANTIME files", "FOLDER"),
    "attribution": ("sources, cues and contents against a folder with text/ and attributions/", "FOLDER"),
    "relations": ("what a source does to a target against a table in the PLV format", "FILE.tsv"),
    "coreference": ("the same happening in several reports against a folder of ECB+ or MEANTIME", "FOLDER"),
    "toponyms": ("resolved places against an LGL or GeoVirus file", "FILE.xml"),
}


def parser() -> argparse.ArgumentParser:
    """The arguments."""
    top = argparse.ArgumentParser(prog="python -m evaluation", description="Score demarche. With no measure named, run all on the shared dev parts.")
    top.add_argument("--shared", type=Path, default=Path("../shared"), help="folder of the corpora and the gold (default: ../shared)")
    top.add_argument("--only", nargs="+", choices=suite.ENTRIES, default=[], metavar="NAME", help=f"run only these: {', '.join(suite.ENTRIES)}")
    top.add_argument("--json", action="store_true", help="print one flat JSON object instead of a table")
    top.add_argument("--write", action="store_true", help="write evaluation/results.json and docs/results.md")
    top.add_argument("--check-floors", action="store_true", help="fail when a number is below its floor in evaluation/floors.json")
    top.add_argument("--update-floors", action="store_true", help="raise the floors to just below the numbers measured")
    top.add_argument("--lower", action="store_true", help="let --update-floors lower floors too")
    verbs = top.add_subparsers(dest="measure", metavar="MEASURE")
    for name, (help_text, metavar) in MEASURES.items():
        _add(verbs, name, help_text).add_argument("paths", type=Path, nargs="+" if name == "parse" else 1, metavar=metavar)
    _add_coding(verbs)
    return top


def _add(verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=help_text, description=help_text)
    verb.add_argument("--json", action="store_true", help="print one flat JSON object of names to numbers", default=argparse.SUPPRESS)
    return verb


def _add_coding(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    coding = _add(verbs, "coding", "coded events against a folder of gold files and the folder of their articles")
    coding.add_argument("paths", type=Path, nargs=2, metavar="FOLDER")
    coding.add_argument("--stem", action="append", default=[], help="score only the article of this name (may be repeated)")
    coding.add_argument("--details", action="store_true", help="list misses and extras, and precision and recall by type (on stderr with --json)")
    coding.add_argument("--predictions", type=Path, help="write the events read to this JSON Lines file")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; the exit status is 1 when a floor is broken or a file cannot be scored."""
    options = parser().parse_args(arguments)
    try:
        return run_one(options) if options.measure else run_all(options)
    except (OSError, ValueError) as error:
        say(f"evaluation: {error}")
        return 1


def run_one(options: argparse.Namespace) -> int:
    """One measure on the files given."""
    for path in options.paths:
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
    scores = _scores(options)
    if options.json:
        print(json.dumps(scores))
    else:
        results.print_table({options.measure: scores}, {})
    return 0


def _scores(options: argparse.Namespace) -> dict[str, float]:
    if options.measure == "coding":
        return suite.if_built("coding", lambda: _coding(options))
    if options.measure == "toponyms":
        return suite.toponyms(options.paths[0])
    return suite.call(options.measure, options.paths if options.measure == "parse" else options.paths[0])


def _coding(options: argparse.Namespace) -> dict[str, float]:
    from evaluation import coding

    outcome = coding.evaluate(options.paths[0], options.paths[1], only=options.stem)
    if options.predictions:
        coding.write_predictions(outcome.found, options.predictions)
    if options.details:
        show = say if options.json else print
        show(outcome.details.rstrip())
        for name, tally in outcome.by_type.items():
            show(f"{name:10} {tally}")
    return outcome.scores


def run_all(options: argparse.Namespace) -> int:
    """The full run, with floors."""
    outcome = suite.run(options.shared, options.only)
    pinned = floors.load()
    skipped = [*outcome.skipped, *(name for name in pinned if options.only and name not in outcome.results)]
    broken = floors.breaches(pinned, outcome.results, skipped) if options.check_floors else []
    if options.update_floors:
        pinned = floors.updated(pinned, outcome.results, options.lower)
        floors.save(pinned)
    _show(outcome.results, pinned, options.json)
    if options.write:
        results.write(outcome.results, pinned)
    for breach in broken:
        say(f"floor: {breach}")
    return int(bool(broken or outcome.failed))


def _show(found: suite.Results, pinned: floors.Table, as_json: bool) -> None:
    if as_json:
        print(json.dumps({f"{measure}.{number}": value for measure, numbers in found.items() for number, value in numbers.items()}))
    else:
        results.print_table(found, pinned)
