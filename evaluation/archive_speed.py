"""Fills an archive with made-up events and times questions to it.

python -m evaluation.archive_speed [--events 100000] [--archive FILE]
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from demarche.archive import Archive, writing
from demarche.archive.kept import Carrier
from demarche.archive.versions import Version
from demarche.records import SECTORS, STATUSES, TYPES, Event, Party, Report, Source, Span, When, Where, fingerprint

LIMITS = {"filtered": 0.100, "full text": 0.200}
"""Seconds a question of a kind may take."""

A_REPORT = 8
COUNTRIES = ("NER", "USA", "MLI", "BFA", "FRA", "RUS", "CHN", "NGA", "KEN", "SDN", "ETH", "UKR", "DEU", "GBR", "IRN", "IRQ", "SYR", "TUR", "IND", "PAK")
WORDS = tuple(
    f"{start}{end}" for start in ("nor", "tal", "kem", "var", "sul", "pod", "mir", "gan") for end in ("a", "ent", "or", "ist", "um", "ile", "and", "esh")
)
RARE = ("drone", "base", "agadez")
WEIGHTS = (*(1 / (rank + 3) for rank in range(len(WORDS))), *[0.005] * len(RARE))
QUESTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("filtered", "actor with partner, type", {"actor": "NER", "partner": "USA", "type": "SANCTION"}),
    ("filtered", "actor with partner, type, mode, since, status, source", {
        "actor": "NER", "partner": "USA", "type": "SANCTION", "since": "2023-07", "status": "actual", "according_to": "GOV"}),
    ("filtered", "actor by country and sector, until", {"actor": "NER/GOV", "until": "2013-05", "status": "actual"}),
    ("filtered", "by name", {"actor": "Party 4242"}),
    ("filtered", "near", {"near": "Agadez,200km"}),
    ("filtered", "near, by country and type", {"near": "16.97,7.99,500km", "country": "NER", "type": "ASSAULT"}),
    ("filtered", "place", {"place": "Agadez", "since": "2020"}),
    ("filtered", "days", {"since": "2024-03-01", "until": "2024-03-07"}),
    ("filtered", "the first of all", {"limit": 100}),
    ("filtered", "sector, confidence", {"sector": "REB", "min_confidence": 0.99}),
    ("full text", "phrase", {"text": '"drone base"'}),
    ("full text", "words, actor", {"text": "drone base", "actor": "NER"}),
    ("full text", "three words, type, since", {"text": "drone base agad*", "type": "SANCTION", "since": "2022"}),
)  # fmt: skip


def made_up(chance: random.Random, number: int) -> Report:
    """A report of made-up sentences with made-up events."""
    sentences = [" ".join(chance.choices((*WORDS, *RARE), WEIGHTS, k=50)).capitalize() + "." for _ in range(A_REPORT)]
    text = f"Report {number}. " + " ".join(sentences)
    id = fingerprint(text, "")
    day = dt.date(2010, 1, 1) + dt.timedelta(days=chance.randrange(5500))
    events = tuple(event(chance, id, text, text.index(sentence), len(sentence), day) for sentence in sentences)
    return Report(id, text, f"Report {number}", day, "given", None, "The Paper", events)


def event(chance: random.Random, report: str, text: str, start: int, length: int, day: dt.date) -> Event:
    anchor, sentence = Span.of(text, start, start + 6), Span.of(text, start, start + length)
    date = day - dt.timedelta(days=chance.randrange(60))

    def party() -> Party:
        return Party(anchor, f"Party {chance.randrange(20_000)}", chance.choice(COUNTRIES), chance.choice((*SECTORS, None)))

    def somewhere() -> Where:
        agadez = chance.random() < 0.005
        lat, lon = (16.97, 7.99) if agadez else (chance.uniform(-60, 70), chance.uniform(-180, 180))
        return Where(anchor, "Agadez" if agadez else f"Town {chance.randrange(5_000)}", chance.choice(COUNTRIES), None, lat, lon, None, "town")

    kind = chance.choice(TYPES)
    return Event(
        id=fingerprint(report, start, kind), report=report, type=kind, mode=None, contexts=("military",), quad="verbal-coop", intensity=1.0,
        status=chance.choices(STATUSES, (7, 1, 1, 1))[0], anchor=anchor, also=(), sentence=sentence, actor=(party(),), recipient=(party(),),
        date=When(date, date, "day", anchor, date.isoformat(), "made up") if chance.random() < 0.8 else None,
        place=somewhere() if chance.random() < 0.6 else None, according_to=(Source(party(), anchor),) if chance.random() < 0.4 else (),
        magnitude=None, confidence=round(chance.uniform(0.45, 1), 3), why={"type": "made up"},
    )  # fmt: skip


def fill(archive: Archive, count: int) -> None:
    """Keep `count` events."""
    chance, version = random.Random(7), writing.number(archive, Version("0", "0", "0", "0", "0"))
    for number in range(count // A_REPORT):
        writing.keep(archive, made_up(chance, number), version, Carrier("made up", str(number)))


def timed(work: Callable[[], Iterator[object]]) -> tuple[float, float, int]:
    """The seconds until the last answer, at best of three, by the clock and of the processor; and the number of answers."""
    clock, processor, count = float("inf"), float("inf"), 0
    for _ in range(3):
        begun, worked = time.perf_counter(), time.process_time()
        count = sum(1 for _ in work())
        clock, processor = min(clock, time.perf_counter() - begun), min(processor, time.process_time() - worked)
    return clock, processor, count


def main(given: Sequence[str] | None = None) -> int:
    """The exit status: 1 when a question takes too long."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.archive_speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--archive", type=Path, help="keep the archive here, and use it again")
    options = parser.parse_args(given)
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder, "speed.demarche")
        if not path.exists():
            begun = time.perf_counter()
            with Archive.open(path, create=True) as archive:
                fill(archive, options.events)
            print(f"filled in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        with Archive.open(path) as archive:
            for kind, name, filters in QUESTIONS:
                seconds, worked, count = timed(lambda filters=filters: archive.events(**filters))  # type: ignore[misc]
                slow += seconds > LIMITS[kind]
                print(
                    f"{1000 * seconds:7.1f} ms ({1000 * worked:.1f} of the processor) {count:6,} events  {kind}: {name}"
                    + ("  TOO SLOW" if seconds > LIMITS[kind] else ""),
                    flush=True,
                )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
