from __future__ import annotations

import argparse
from pathlib import Path

from evaluation import cli, suite

PAGE = Path(__file__).parents[2].joinpath("docs", "evaluation.md").read_text(encoding="utf-8")
NUMBERS = [
    "upos",
    "uas",
    "las",
    "raw_words_f1",
    "raw_sents_f1",
    "raw_las",
    "f1",
    "strict_f1",
    "relaxed_f1",
    "value_f1",
    "source_f1",
    "cue_f1",
    "content_f1",
    "source_of_content",
    "root_macro_f1",
    "root_micro_f1",
    "quad_macro_f1",
    "given_acc161",
    "end_to_end_f1",
    "found_f1",
    "found_p",
    "found_r",
    "type_f1",
    "type_p",
    "type_r",
    "quad_f1",
    "actor_country_f1",
    "recipient_country_f1",
    "status",
    "mode",
    "sector",
    "date_exact",
    "dated_exact",
    "date_overlap",
    "place_country",
    "place_name",
    "according_to",
    "full_record",
    "predicted",
    "core",
    "calibration_error",
]


def parsers() -> dict[str, argparse.ArgumentParser]:
    top = cli.parser()
    (verbs,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    return {"": top, **verbs.choices}


def test_every_measure_and_option_is_described() -> None:
    for name, parser in parsers().items():
        assert not name or f"### `python -m evaluation {name} " in PAGE
        options = {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
        assert all(f"`{option}" in PAGE for option in options)


def test_every_part_and_number_is_described() -> None:
    assert all(f"`{name}`" in PAGE for name in (*suite.ENTRIES, suite.MEAN, *NUMBERS))
