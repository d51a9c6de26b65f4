"""Notable persons: monarchs by their short names, and who is known without a national office - opposition and rebel leaders, clerics, commanders."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from demarche.knowledge import tables
from demarche.knowledge.entities import slug
from demarche.knowledge.officeholders import Officeholder, Row
from demarche.knowledge.phrases import split
from demarche.knowledge.spellings import parts

REMEMBERED = dt.timedelta(days=15 * 365)  # how long a person is still known after the last time in the table


class Persons:
    """The table of persons by every form of a name that means one of them without more."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for _, items in groupby(tables.read("persons"), key=itemgetter("country", "name")):
            self._add(list(items))

    def _add(self, items: Sequence[dict[str, str]]) -> None:
        """Know one person, by the full name and the aliases."""
        name = parts(items[0]["name"])
        aliases = {parts(alias) for item in items for alias in split(item["aliases"])}
        rows = list(map(_row, items))
        for form in aliases | {name} if len(name) > 1 else aliases:
            self._forms[form].extend(rows)

    def titled(self, name: str, title: str | None) -> Sequence[Row]:
        """Whom a name means with the end of its title: "King Abdullah"."""
        bare, before = parts(name), parts(title or "")
        return next((self._forms[form] for i in range(len(before)) if (form := before[i:] + bare) in self._forms), ())

    def named(self, name: str) -> Sequence[Row]:
        """Whom a name means as it stands: "Navalny"."""
        return self._forms.get(parts(name), ())


def only(rows: Iterable[Row], country: str | None, on: dt.date | None) -> Officeholder | None:
    """The one person meant on a day, or the last known before it; nobody when there are two, or before the time of all."""
    known = [holder for row in rows if (holder := row.holder()).begun(on) and country in (None, holder.country)]
    serving = [holder for holder in known if holder.covers(on)]
    if len({(holder.name, holder.country) for holder in serving}) > 1:
        return None
    last = max(serving or known, key=lambda holder: (holder.end or dt.date.max, holder.start or dt.date.min), default=None)
    return last if last and (on is None or last.end is None or on - last.end <= REMEMBERED) else None


def _row(item: dict[str, str]) -> Row:
    start, end = _day(item["from"], "-01-01"), _day(item["to"], "-12-31")
    return Row(item["country"], item["role"], item["name"], start, end, slug(item["name"], item["country"]), (), item["sector"])


def _day(value: str, rest: str) -> str:
    """A year as its first or last day."""
    return value + rest if len(value) == 4 else value
