"""Claims: what each side of a report asserts, and which happenings one side asserts and another denies.

A denied happening keeps its own event, negated, as a report tells it; its claim points to the event that others assert.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from demarche.coding.draft import Draft, Page
from demarche.knowledge.countries import find_countries
from demarche.records import Claim, Party, Side

Key = tuple[str | None, ...]
"""What tells one side from another."""
_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who"})
_LIGHT = frozenset({"be", "carry", "conduct", "do", "execute", "give", "have", "hold", "launch", "make", "mount", "play", "stage", "take"})
"""Verbs whose object names the act ("carrying out a strike")."""


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Mark each draft by which one side denies what another draft tells as having happened."""
    for draft in drafts:
        if denies(draft):
            draft.disputes = min((other for other in drafts if _disputed(page, draft, other)), key=lambda other: abs(other.word - draft.word), default=None)
        for one, other in ((draft, draft.disputes), (draft.disputes, draft)):
            if one and other:
                one.why["disputed"] = f"“{page.parse.chunk_span(other.anchor).text}”: {'denied' if denies(other) else 'asserted'} by {_teller(other)}"
    return drafts


def denies(draft: Draft) -> bool:
    """Whether a source says that a happening did not happen."""
    return bool(draft.according_to) and (draft.status == "negated" or draft.according_to[0].stance == "denies")


def sides(page: Page, drafts: Sequence[Draft], ids: Sequence[str]) -> tuple[Side, ...]:
    """What each side claims of the events with these ids, in the order in which the sides are first told of; the author is no side."""
    known = dict(zip(map(id, drafts), ids, strict=True))
    denied = {id(draft.disputes) for draft in drafts if draft.disputes}
    parties: dict[Key, list[Party]] = {}
    claims: dict[Key, list[Claim]] = {}
    named: dict[str, Key] = {}
    for draft in drafts:
        tellings = [draft, *sorted(draft.tellings, key=lambda telling: telling.word)]
        split = _split(tellings)
        for telling in tellings:
            if not telling.according_to:
                continue
            party = telling.according_to[0].party
            key = side(party) if party.name is None else named.setdefault(party.name, side(party))  # a name is of one side throughout
            said = [claim.event for claim in claims.get(key, ()) if denies(telling) == _is_denial(claim)]
            event = known[id(draft.disputes or draft)]
            if event in said:
                continue
            disputed = bool(draft.disputes) or id(draft) in denied or split
            claims.setdefault(key, []).append(_claim(page, telling, event, disputed))
            parties.setdefault(key, []).append(party)
    return tuple(Side(tuple(_distinct(parties[key])), tuple(claims[key])) for key in claims)


def side(party: Party) -> Key:
    """What tells one side from another: country and sector, else the name; a state by its bare name, or called "it", is its government."""
    text = party.span.text.removeprefix("the ").removeprefix("The ")
    if not party.country:
        return None, party.sector, (party.name or text).lower()
    state = text.lower() == "it" or any((start, end) == (0, len(text)) for start, end, _, _ in find_countries(text))
    return party.country, party.sector or ("GOV" if state else None)


def _claim(page: Page, telling: Draft, event: str, disputed: bool) -> Claim:
    source, *outer = telling.according_to
    anchor = page.parse.chunk_span(telling.anchor)
    return Claim(event, anchor, telling.status, source.stance, source.cue, source.medium, tuple(one.party for one in outer), disputed)


def _is_denial(claim: Claim) -> bool:
    return claim.status == "negated" or claim.stance == "denies"


def _split(tellings: Sequence[Draft]) -> bool:
    """Whether one side denies what another, or the author, tells in further mentions of one happening."""
    against = {_side(telling) for telling in tellings if denies(telling)}
    return bool(against) and any(_happens(telling) and _side(telling) not in against for telling in tellings)


def _side(draft: Draft) -> Key:
    return side(draft.according_to[0].party) if draft.according_to else ()


def _happens(draft: Draft) -> bool:
    return draft.status == "actual" and not denies(draft)


def _disputed(page: Page, denial: Draft, other: Draft) -> bool:
    """Whether a draft tells as having happened, in another voice, what a denial denies: the same act by name, of one type and among the same parties."""
    if other is denial or other.type != denial.type or not _happens(other) or _side(other) == _side(denial):
        return False
    shared = [_shared(getattr(denial, role), getattr(other, role)) for role in ("actor", "recipient")]
    return bool(_acts(page, denial) & _acts(page, other)) and True in shared and False not in shared


def _shared(first: Sequence[Party], second: Sequence[Party]) -> bool | None:
    """Whether two lists of parties share one; null where one of them is empty."""
    return any(_alike(one, other) for one in first for other in second) if first and second else None


def _alike(one: Party, other: Party) -> bool:
    """Whether two parties may be one: by name or words, or by country and sector, of which a state has every one."""
    if one.span.text.lower() == other.span.text.lower() or (one.name and one.name == other.name):
        return True
    return bool(one.country) and one.country == other.country and (one.sector == other.sector or None in (one.sector, other.sector))


def _acts(page: Page, draft: Draft) -> set[str]:
    """The lemmas that name an act: those of all its mentions, and of what a light verb is done to."""
    words = [draft.word, *(telling.word for telling in draft.tellings)]
    objects = [w.index for i in words if page.parse.words[i].lemma.lower() in _LIGHT for w in page.parse.dependents(i, "obj")]
    return {page.parse.words[i].lemma.lower() for i in (*words, *objects)} - _LIGHT


def _teller(draft: Draft) -> str:
    return f"“{draft.according_to[0].party.span.text}”" if draft.according_to else "the author"


def _distinct(parties: Sequence[Party]) -> Iterator[Party]:
    """The parties under each name once, named ones first; pronouns only where nothing else names the side."""
    names: set[str] = set()
    called = [party for party in parties if party.name or party.span.text.lower() not in _PRONOUNS]
    for party in sorted(called or parties, key=lambda party: party.name is None):
        name = (party.name or party.span.text).lower()
        if name not in names:
            names.add(name)
            yield party
