"""A report with events built by hand, for tests that must not depend on the models."""

from __future__ import annotations

import datetime as dt

from demarche.records import Event, Magnitude, Party, Quantity, Report, Source, Span, When, Where, fingerprint

TEXT = (
    "Niger's prime minister spoke to a newspaper on Tuesday.\n\n"
    "The ruling military regime in Niger canceled a pact with the United States on March 16th, the junta said in Niamey. "
    "Ali Lamine Zeine told the paper that Washington had threatened sanctions. At least 12 people were killed."
)
PUBLISHED = dt.date(2024, 5, 14)


def span(words: str) -> Span:
    """The first occurrence of `words` in the text."""
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


def report() -> Report:
    """The report with both events."""
    key = fingerprint(TEXT, "")
    return Report(id=key, text=TEXT, title="Niger and the US", published=PUBLISHED, published_from="given", events=(canceled(key), threatened(key)))


def canceled(key: str) -> Event:
    """An event with every field filled."""
    return Event(
        id="1111aaaa1111aaaa",
        report=key,
        type="SANCTION",
        mode="discontinue",
        contexts=("military",),
        quad="material-conf",
        intensity=-6.5,
        status="actual",
        anchor=span("canceled"),
        also=(span("pact"),),
        sentence=span(TEXT[TEXT.index("The ruling") : TEXT.index(" Ali Lamine")]),
        actor=(Party(span("The ruling military regime in Niger"), "Niger's junta", "NER", "MIL", None, "NER-MIL"),),
        recipient=(Party(span("the United States"), "United States", "USA", None),),
        date=When(dt.date(2024, 3, 16), dt.date(2024, 3, 16), "day", span("March 16th"), "2024-03-16", "past-day-of-year"),
        place=Where(span("Niamey"), "Niamey", "NER", "Niamey", 13.51, 2.11, 2440485, "town"),
        according_to=(Source(Party(span("the junta"), None, "NER", "MIL"), span("said")),),
        magnitude=Magnitude(killed=Quantity(12, None, span("At least 12"))),
        confidence=0.875,
        why={
            "type": "codebook cancel+pact",
            "mode": "event model (0.91)",
            "status": "past tense",
            "actor": "subject",
            "recipient": "object of with",
            "date": "event model (0.80), rule past-day-of-year",
            "place": "gazetteer",
            "according_to": "said in the same clause",
        },
    )


def threatened(key: str) -> Event:
    """An event with as little as an event can have."""
    return Event(
        id="2222bbbb2222bbbb",
        report=key,
        type="THREATEN",
        mode=None,
        contexts=(),
        quad="verbal-conf",
        intensity=-4.4,
        status="actual",
        anchor=span("threatened"),
        also=(),
        sentence=span("Ali Lamine Zeine told the paper that Washington had threatened sanctions."),
        actor=(),
        recipient=(),
        date=None,
        place=None,
        according_to=(),
        magnitude=None,
        confidence=0.5,
        why={},
    )
