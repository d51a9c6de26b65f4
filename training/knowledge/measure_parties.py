"""Measure `describe` alone: the country and sector it gives to the party spans of the training annotation.

    python -m training.knowledge.measure_parties --shared ../shared [--list country|sector] [--home]

A country is right, wrong (another one than the annotation's, or one where the annotation has none) or open (none where it has one). A span
whose words name no country is open by right; only the report can settle it. IGO counts as no country. With `--home` the country annotated most
often in an article is given to `describe` as the report's own.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from demarche.knowledge.parties import Profile, describe
from training.events.data import locate, records, text_of

SIDES = ("actor", "recipient", "according_to")


class Case(NamedTuple):
    """A party span as annotated and as described."""

    text: str
    published: str
    country: str | None
    sector: str | None
    found: Profile


def cases(shared: Path, at_home: bool = False) -> Iterator[Case]:
    """Every annotated party, each text once an article and annotation."""
    for record in records(shared):
        text, seen = text_of(record["id"], shared), set()
        told = record.get("published") or ""
        day = dt.date.fromisoformat(told) if len(told) == 10 else None
        parties = [party for event in record["events"] for side in SIDES for party in event.get(side) or ()]
        named = Counter(party["country"] for party in parties if party["country"] not in (None, "IGO"))
        home = named.most_common(1)[0][0] if at_home and named else None
        for party in parties:
            start, end = locate(text, party)
            key = (text[start:end], party["country"], party["sector"])
            if key not in seen:
                seen.add(key)
                yield Case(*key[:1], told, *key[1:], describe(key[0], day, country=home))


def outcome(given: str | None, found: str | None) -> str:
    given, found = (None if value == "IGO" else value for value in (given, found))
    if given == found:
        return "right" if given else "none by right"
    return "open" if found is None else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--list", choices=("country", "sector"), help="print what is not right, most frequent first")
    parser.add_argument("--home", action="store_true", help="give the country annotated most often as the report's own")
    options = parser.parse_args()
    found = list(cases(options.shared, options.home))
    for field in ("country", "sector"):
        counts = Counter(outcome(getattr(case, field), getattr(case.found, field)) for case in found)
        print(field, len(found), dict(counts.most_common()))
    if options.list:
        show(found, options.list)


def show(found: list[Case], field: str) -> None:
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for case in found:
        given, got = getattr(case, field), getattr(case.found, field)
        if outcome(given, got) in ("wrong", "open"):
            groups[str(given), str(got)][f"{' '.join(case.text.split())} [{case.published}]" if field == "country" else " ".join(case.text.split())] += 1
    for (given, got), texts in sorted(groups.items(), key=lambda item: -item[1].total()):
        print(f"\n{given} described as {got}: {texts.total()}")
        print("\n".join(f"  {count} {text}" for text, count in texts.most_common()))


if __name__ == "__main__":
    main()
