"""The reader: from the text of one report to its coded events."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from demarche.intake.plain import split_address
from demarche.language.interval import Interval
from demarche.records import Report, fingerprint

if TYPE_CHECKING:
    from demarche.coding.coder import Coder
    from demarche.language.model import LanguageModel


class Reader:
    """Reads reports. Loads the models once; one reader can read any number of reports.

    Files of the user's are laid over what the package knows: `codebook` adds types, modes and cues (docs/codebook.md), `actors` persons
    and bodies (docs/knowledge.md), `places` toponyms (docs/places.md). ValueError names the file, the field and the remedy.
    """

    def __init__(self, codebook: str | Path | None = None, actors: str | Path | None = None, places: str | Path | None = None) -> None:
        self._files = [Path(file) if file else None for file in (codebook, actors, places)]
        self._models: tuple[LanguageModel, Coder] | None = None

    def _loaded(self) -> tuple[LanguageModel, Coder]:
        if self._models is None:
            from demarche.coding.coder import Coder
            from demarche.language.model import LanguageModel

            language = LanguageModel.load()
            self._models = language, Coder(language.embeddings, *self._files)
        return self._models

    def read(self, text: str, title: str | None = None, published: dt.date | str | None = None, url: str | None = None, source: str | None = None) -> Report:
        """Code one report.

        `text` may be the whole content of a plain-text file: a first line that is only a URL is the report's address. `published` is a
        date or an ISO string (ValueError when it is neither); without it the address, a dateline or the text itself may tell.
        """
        from demarche.language.published import infer

        address, begin = split_address(text)
        url = url or address
        given = dt.date.fromisoformat(published) if isinstance(published, str) else published
        when, how = (Interval.day(given), "given") if given else infer(text, url)
        report = fingerprint(text, source or url or "")
        language, coder = self._loaded()
        events, claims = coder.told(language.analyse(text, begin), report, when, url)
        day = when.start if when and when.start == when.end else None
        return Report(report, text, title, day, how if when else None, url, source, events, claims)


@cache
def _default() -> Reader:
    return Reader()


def read(text: str, title: str | None = None, published: dt.date | str | None = None, url: str | None = None) -> Report:
    """Code one report with the default reader; see `Reader.read`."""
    return _default().read(text, title=title, published=published, url=url)
