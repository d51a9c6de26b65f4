"""Who held an office: 200 questions "title, country, day" put to the tables of officeholders.

Two kinds of question. `current` come from a list of heads of 2026 that the tables were not built from: one for every head in office when the tables
end. `confirmed` fill up to 200: heads of state and government of Wikidata whom a second source, REIGN, has as the country's ruler in the middle of
their time; both went into the tables, so these tell what the merging of the sources kept, not what the sources miss. Which are asked is fixed by a
digest of the row. Ministers have no second source and are not asked.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from demarche.knowledge.actors import Actors
from demarche.knowledge.countries import find_countries
from demarche.knowledge.offices import HEADS, office_of
from demarche.knowledge.spellings import like, parts
from evaluation.counting import ratio

QUESTIONS = 200
TABLES_END = dt.date(2026, 2, 1)  # the last source of the tables
_RULERS, _NAMES = "reign/leaderlist_3_21.csv", "reign/electionlist_3_21.csv"


class Question(NamedTuple):
    """Who held the office `title` in `country` on a day, and the answer."""

    kind: str
    country: str
    title: str
    day: dt.date
    person: str


class Ruler(NamedTuple):
    """A country's ruler between two days."""

    name: str
    start: dt.date
    end: dt.date


def measure(folder: Path, actors: Actors | None = None) -> dict[str, float]:
    """Shares right of all questions and of each kind, and how many there are; `folder` holds the lists of leaders."""
    actors = actors or Actors.load()
    asked = questions(folder)
    right: dict[str, list[bool]] = defaultdict(list)
    for question in asked:
        right[question.kind].append(answered(actors, question))
    shares = {f"{kind}_right": ratio(sum(found), len(found)) for kind, found in sorted(right.items())}
    return {"right": ratio(sum(map(sum, right.values())), len(asked)), **shares, "questions": len(asked)}


def answered(actors: Actors, question: Question) -> bool:
    """Whether the tables name the person, under any spelling."""
    found = actors.holder(question.country, question.title, question.day)
    return found is not None and same_person(question.person, found.name)


def same_person(left: str, right: str) -> bool:
    """Whether two names are of one person: every word of the shorter has its like in the longer, or two words have."""
    few, many = sorted((parts(left), parts(right)), key=len)
    alike = sum(any(like(word, other) for other in many) for word in few)
    return alike >= min(2, len(few)) > 0


def questions(folder: Path) -> list[Question]:
    """The questions, the current ones first, then as many confirmed ones as are missing."""
    now = list(current(folder / "world-leaders-current" / "all-leaders.csv"))
    return [*now, *sorted(confirmed(folder), key=_lot)[: max(0, QUESTIONS - len(now))]]


def current(path: Path) -> Iterator[Question]:
    """The heads of a list that the tables were not built from."""
    for row in _rows(path):
        for title, name, since in (("HoG Title", "Head of Government", "HoG Since"), ("HoS Title", "Head of State", "HoS Since")):
            code, office, start = _code(row["Country"]), office_of(row[title]), _day(row[since])
            if code and office in HEADS and start and start < TABLES_END and row[name]:
                yield Question("current", code, office, TABLES_END, row[name])


def confirmed(folder: Path) -> Iterator[Question]:
    """Heads of Wikidata whom REIGN has as the ruler in the middle of their time."""
    rulers = _rulers(folder)
    for row in _rows(folder / "officeholders" / "officeholders.csv"):
        office, start, end = office_of(row["position"]), _day(row["start"]), _day(row["end"])
        if office not in HEADS or not start or not end or end <= start:
            continue
        day = start + (end - start) / 2
        ruling = [ruler for ruler in rulers[row["country_iso3"]] if ruler.start <= day <= ruler.end]
        if any(same_person(row["person"], ruler.name) for ruler in ruling):
            yield Question("confirmed", row["country_iso3"], office, day, row["person"])


def _rulers(folder: Path) -> dict[str, list[Ruler]]:
    names = {row["ccode"]: row["country"] for row in _rows(folder / _NAMES)}
    found: dict[str, list[Ruler]] = defaultdict(list)
    for row in _rows(folder / _RULERS):
        code = _code(names.get(row["ccode"], ""))
        start = _day(f"{row['syear']}-{row['smonth']}-{row['sdate']}")
        end = _day(f"{row['eyear']}-{row['emonth']}-1")
        if code and start and end:
            found[code].append(Ruler(row["leader"], start, end))
    return found


def _lot(question: Question) -> str:
    return hashlib.blake2b("|".join(map(str, question)).encode(), digest_size=8).hexdigest()


def _code(name: str) -> str | None:
    return next((code for _, _, code, _ in find_countries(name.replace("_", " "))), None)


def _day(value: str) -> dt.date | None:
    """A full date; null for anything less."""
    try:
        return dt.date(*map(int, value.split("-")))
    except (TypeError, ValueError):
        return None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        yield from csv.DictReader(lines)
