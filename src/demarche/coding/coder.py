"""The coder: Parse -> events, through stages of one shape. Each stage takes the page and the drafts and returns the drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from demarche.coding import candidates, claims, confidence, magnitudes, merge, parties, places, sources, statuses, times, types
from demarche.coding.belonging import Hint
from demarche.coding.cast import Cast
from demarche.coding.draft import Draft, Page
from demarche.coding.places import toponyms
from demarche.coding.reading import EventModel
from demarche.coding.toponyms import default_gazetteer
from demarche.knowledge.codebook import Codebook
from demarche.knowledge.countries import find_countries
from demarche.knowledge.gazetteer import Gazetteer
from demarche.language.interval import Interval
from demarche.language.model import Embeddings
from demarche.language.parse import Chunk, Parse
from demarche.language.timex_reading import read as read_times
from demarche.records import Event, Side, Where, fingerprint

Stage = Callable[[Page, list[Draft]], list[Draft]]
STAGES: tuple[Stage, ...] = (
    candidates.apply, types.apply, statuses.apply, parties.apply, times.apply, places.apply, sources.apply, magnitudes.apply, confidence.apply, merge.apply,
    claims.apply,
)  # fmt: skip


class Coder:
    """Codes parses. `codebook`, `actors` and `places` are files of the user's laid over the package's knowledge."""

    def __init__(self, embeddings: Embeddings, codebook: Path | None = None, actors: Path | None = None, places: Path | None = None) -> None:
        self.codebook = Codebook.load(codebook)
        self._actors = actors
        self._gazetteer = Gazetteer.load(places) if places else default_gazetteer()
        self.model = EventModel.load(embeddings)

    def page(self, parse: Parse, published: Interval | None, url: str | None) -> Page:
        """Read a parse and gather what the stages need."""
        day: dt.date | None = None if published is None else published.end or published.start
        body = parse.flowing[: parse.words[-1].end] if parse.words else parse.text
        found = [t for t in read_times(body, published) if parse.words and t.timex.start >= parse.words[0].start]
        places = toponyms(parse, self._gazetteer)
        towns = towns_of(parse, places)
        return Page(parse, self.model.read(parse), self.codebook, Cast(parse, day, url, towns, self._actors), tuple(found), places, published)

    def code(self, parse: Parse, report: str, published: Interval | None = None, url: str | None = None) -> tuple[Event, ...]:
        """The events of one report, in the order they are told."""
        return self.told(parse, report, published, url)[0]

    def told(self, parse: Parse, report: str, published: Interval | None = None, url: str | None = None) -> tuple[tuple[Event, ...], tuple[Side, ...]]:
        """The events of one report, in the order they are told, and what each side claims of them."""
        if not parse.words:
            return (), ()
        page = self.page(parse, published, url)
        drafts: list[Draft] = []
        for stage in STAGES:
            drafts = stage(page, drafts)
        events = tuple(self._event(page, report, draft) for draft in drafts)
        return events, claims.sides(page, drafts, [event.id for event in events])

    def _event(self, page: Page, report: str, draft: Draft) -> Event:
        anchor = page.parse.chunk_span(draft.anchor)
        return Event(
            id=fingerprint(report, anchor.start, anchor.end, draft.type), report=report, type=draft.type, mode=draft.mode, contexts=draft.contexts,
            quad=self.codebook.quad(draft.type), intensity=self.codebook.intensity(draft.type, draft.mode), status=draft.status, anchor=anchor,
            also=tuple(sorted(page.parse.chunk_span(chunk) for chunk in draft.also)), sentence=page.parse.chunk_span(page.parse.sentence_of(draft.word)),
            actor=draft.actor, recipient=draft.recipient, date=draft.date, place=draft.place, according_to=draft.according_to,
            magnitude=draft.magnitude, confidence=round(draft.probability, 3), why=draft.why,
        )  # fmt: skip


def towns_of(parse: Parse, places: Sequence[tuple[Chunk, Where]]) -> list[Hint]:
    """Where the places begin that are named and not themselves read as a country ("Washington"), and their countries."""
    states = [(start, end) for start, end, _, _ in find_countries(parse.text)]
    inside = (where for _, where in places if where.country and where.precision != "country")
    return [(w.span.start, str(w.country)) for w in inside if not any(w.span.start < end and start < w.span.end for start, end in states)]
