"""Events as schemas without a status hold them: what happened, on which day, and who did it to whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product
from typing import NamedTuple

from demarche.archive.exports.tally import NotHeld
from demarche.archive.kept import Kept
from demarche.records import Event, Party, fingerprint

PROMISES = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE", "CONCEDE": "CONCEDE"}
"""PLOVER's rule: what is promised for the future is an agreement or a concession today."""
SCORES = {"AGREE": 2.5, "CONCEDE": 4.5}
"""The PLOVER scores of what a promise is."""
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which several actors without a recipient act towards each other."""
NUMBER_DIGITS = 15
"""Hexadecimal digits of an id that make its number: 60 bits, so that it fits every reader's integers."""
_DIGITS = re.compile(f"[0-9a-f]{{{NUMBER_DIGITS}}}")


class Dyad(NamedTuple):
    """One who does it to one; `number` is the same for the same event and place in it, and fits 60 bits."""

    number: int
    actor: Party | None
    recipient: Party | None


def as_happened(event: Event) -> Event:
    """What of an event happened: an actual one itself, a promise as the promising of it.

    A promise has the day of its report, and neither place nor magnitude: those are of the act to come. NotHeld for all else.
    """
    if event.status == "actual":
        return event
    promised = PROMISES.get(event.type) if event.status == "future" else None
    if promised is None:
        raise NotHeld(f"{event.status} events")
    return replace(event, type=promised, mode=None, quad="verbal-coop", intensity=SCORES[promised], status="actual", date=None, place=None, magnitude=None)


def day(event: Event, kept: Kept) -> dt.date | None:
    """The event's first day, its last one when the first is open, and the publication day when there is none."""
    date = event.date
    return (date.start or date.end if date else None) or kept.report.published


def dyads(event: Event) -> Iterator[Dyad]:
    """Every actor with every recipient; for mutual types without a recipient every actor with every other, both ways."""
    pairs: list[tuple[Party | None, Party | None]]
    if event.type in MUTUAL and len(event.actor) > 1 and not event.recipient:
        pairs = list(permutations(event.actor, 2))
    else:
        pairs = list(product(event.actor or (None,), event.recipient or (None,)))
    for position, (actor, recipient) in enumerate(pairs):
        yield Dyad(number(event.id if position == 0 else fingerprint(event.id, position)), actor, recipient)


def number(id: str) -> int:
    """An id as a number: that of its first fifteen hexadecimal digits, or of its hash when it has none."""
    digits = id if _DIGITS.match(id) else fingerprint(id)
    return int(digits[:NUMBER_DIGITS], 16)
