from __future__ import annotations

import re
from pathlib import Path

from demarche.intake.document import MAX_BYTES, MAX_CHARACTERS, MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, MIN_ARTICLE_WORDS, RATIO_FREE_BYTES
from demarche.intake.duplicates import ALIKE, CARRIED, Signature
from demarche.intake.feed import MAX_FEEDS
from demarche.intake.fields import GUESSES, MAX_SHORT
from demarche.intake.place import KINDS
from demarche.intake.sources import MAX_LISTED
from demarche.intake.table import MAX_COLUMNS

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "intake.md").read_text(encoding="utf-8")


def test_every_suffix_and_every_guessed_name_is_described() -> None:
    assert set(re.findall(r"`(\.\w+)`", TEXT.partition("## Fields")[0])) == {*KINDS, ".gz"}
    for field, guesses in GUESSES.items():
        assert f"| `{field}` | {', '.join(guesses)} |" in TEXT


def test_every_limit_is_described() -> None:
    for number in (MAX_MEMBERS, MAX_CHARACTERS, MAX_FEEDS, MAX_SHORT, MAX_COLUMNS):
        assert f" {number:,} " in TEXT
    for words in (
        f"{MAX_BYTES // 1_000_000} MB", f"{MAX_RATIO} bytes from one", f"above {RATIO_FREE_BYTES // 1_000_000} MB",
        f"{MAX_UNPACKED // 1_000_000_000} GB in all",
        f"{ALIKE:.0%}".replace("%", " %"), f"{CARRIED:.0%}".replace("%", " %"), f"{len(Signature.of('a').to_bytes())} bytes", f"{MIN_ARTICLE_WORDS} words",
    ):  # fmt: skip
        assert words in TEXT, words
    assert f"{MAX_LISTED:,} rows" in (DOCS / "cli.md").read_text(encoding="utf-8")
