"""The reader: from the text of one report to its coded events."""

from __future__ import annotations

import datetime as dt

from demarche.records import Report, fingerprint


class Reader:
    """Reads reports. Loads the models once; one reader can read any number of reports."""

    def read(
        self, text: str, title: str | None = None, published: dt.date | str | None = None, url: str | None = None, source: str | None = None
    ) -> Report:
        """Code one report.

        `text` may be the whole content of a plain-text file: a first line that is only a URL is the report's address. `published` is a
        date or an ISO string; ValueError when it is neither.
        """
        day = dt.date.fromisoformat(published) if isinstance(published, str) else published
        return Report(id=fingerprint(text, source or url or ""), text=text, title=title, published=day, url=url, source=source)


_reader: Reader | None = None


def read(text: str, title: str | None = None, published: dt.date | str | None = None, url: str | None = None) -> Report:
    """Code one report with the default reader; see `Reader.read`."""
    global _reader
    _reader = _reader or Reader()
    return _reader.read(text, title=title, published=published, url=url)
