"""Which language a report is in: only English is read."""

from __future__ import annotations

import math

from demarche.intake.document import IntakeError

FOREIGN_MARGIN = 6.0
"""By how much another language must lead English, in log-likelihood over the root of the length in bytes.

Measured on 924 English reports from 79 outlets: as wholes all are English, and their lines of mere names, the worst case, reach 5.2.
Single foreign sentences start above 10; an English sentence that quotes as much French reaches 10 too, so whole reports are judged."""

MIN_LETTERS = 20
SAMPLE_CHARACTERS = 5000

_NAMES = {
    "ar": "Arabic", "bn": "Bengali", "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def check(text: str, where: str) -> None:
    """IntakeError when `text` is surely not in English; short texts and near calls pass."""
    if code := foreign(text):
        raise IntakeError(where, f"not in English (it looks like {_NAMES.get(code, 'the language ' + code)})", "translate it first; only English is read")


def foreign(text: str) -> str | None:
    """The ISO 639 code of the language `text` is in when that is surely not English, else None."""
    sample = text[:SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    import py3langid

    ranked = py3langid.rank(sample)
    best, lead = ranked[0][0], float(ranked[0][1]) - float(dict(ranked)["en"])
    return best if lead > FOREIGN_MARGIN * math.sqrt(len(sample.encode("utf-8", "surrogatepass"))) else None
