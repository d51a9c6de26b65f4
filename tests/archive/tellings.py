"""Reports by several papers of the same and of other things, for tests of happenings."""

from __future__ import annotations

import datetime as dt

from demarche.archive import Archive, Carrier, writing
from demarche.archive.versions import Version
from demarche.records import Event, Magnitude, Party, Quantity, Report, Source, Span, When, Where, fingerprint

BLAST = (
    "A car bomb killed 12 people at the Karrada market in Baghdad on 4 March 2023, the interior ministry said. The blast near the fish stalls "
    "wounded dozens, and ambulances took the victims to Ibn al-Nafis hospital."
)
AGAIN = (
    "At least 12 people died when a bomb exploded at Karrada market in Baghdad on 4 March 2023, police said. The bomb went off by the fish stalls; "
    "victims were taken to Ibn al-Nafis hospital."
)
MORE = (
    "The death toll of the bomb at the Karrada market in Baghdad on 4 March 2023 rose to 19, doctors of Ibn al-Nafis hospital said. The bomb had "
    "killed people near the fish stalls."
)
LATER = (
    "Gunmen killed two policemen at a checkpoint in Mosul on 9 June 2023, officials said. The attackers fled towards the desert, and the army set up "
    "roadblocks on the road to Tal Afar."
)
PACT = "Norway and Kenya signed an agreement on fishing in Nairobi on 4 March 2023. Ministers praised the agreement and spoke of new trawlers and ports."

DAY = dt.date(2023, 3, 4)


def report(text: str, published: dt.date | None = DAY, source: str = "", events: int = 1, **known: object) -> Report:
    """A report with one event at the word that tells it."""
    id = fingerprint(text, source)
    word = next(word for word in ("killed", "died", "signed") if word in text)
    return Report(id, text, None, published, "given" if published else None, None, source or None, (event(id, text, word, **known),))


def event(report: str, text: str, word: str, **known: object) -> Event:
    """The event at a word, with fields as the text tells them where they are not `known`."""
    span, sentence = _at(text, word), Span.of(text, 0, text.index(". ") + 1)
    pact = word == "signed"
    type = "AGREE" if pact else "ASSAULT"
    place = next(name for name in ("Baghdad", "Mosul", "Nairobi") if name in text)
    country = "KEN" if place == "Nairobi" else "IRQ"
    killed = next((number for number in (12, 19) if str(number) in text), None)
    fields: dict[str, object] = {
        "type": type, "mode": None if pact else "explosives", "status": "actual",
        "actor": (Party(_at(text, "Norway"), "Norway", "NOR", "GOV"), Party(_at(text, "Kenya"), "Kenya", "KEN", "GOV")) if pact else (),
        "recipient": () if pact else (Party(_at(text, "people" if "people" in text else "policemen"), None, "IRQ", "CVL"),),
        "date": When(*[dt.date(2023, 6, 9) if "June" in text else DAY] * 2, "day"),
        "place": Where(_at(text, place), place, country, None, 33.3 if place == "Baghdad" else 36.3, 44.4, None, "town"),
        "according_to": (Source(Party(_at(text, "police"), None, "IRQ", "COP"), _at(text, "said"), "asserts"),) if "police said" in text else (),
        "magnitude": Magnitude(Quantity(killed, killed, _at(text, str(killed)))) if killed else None,
    } | known  # fmt: skip
    quad, intensity = ("verbal-coop", 3.0) if pact else ("material-conf", -9.0)
    return Event(
        id=fingerprint(report, span.start, span.end, type), report=report, contexts=(), quad=quad, intensity=intensity, anchor=span, also=(),
        sentence=sentence, confidence=0.8, why={}, **fields,
    )  # type: ignore[arg-type]  # fmt: skip


def keep(archive: Archive, *reports: Report, version: str = "1", story: str | None = None) -> None:
    """Keep reports as a version of the coding has them."""
    number = writing.number(archive, Version(version, "w", "c", "a", "p"))
    for one in reports:
        writing.keep(archive, one, number, Carrier(one.id, one.source or one.id[:6], one.source), story)


def _at(text: str, words: str) -> Span:
    return Span.of(text, text.index(words), text.index(words) + len(words))
