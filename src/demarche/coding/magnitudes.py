"""Magnitudes: how many were killed, injured, or took part, as told in the sentence of the event.

Every number of a sentence that counts people is first read by itself: whom it counts (the killed, the injured, or people who do or
undergo something) and at which word. It then goes to the draft that lies nearest to that word in the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from demarche.coding.counts import Count, counts
from demarche.coding.draft import Draft, Page
from demarche.coding.phrases import head
from demarche.language.parse import Chunk, Parse, Word
from demarche.records import Magnitude, Quantity, Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LIKELY = 0.45
"""A draft less probable than this takes a number only when the sentence has no likelier one; most such drafts fall away when merged."""
OWN_CLAUSE = 3
"""What it counts, in steps of the tree, that the counting verb has a subject of its own and so tells an event of its own."""
REACH = 4
"""Steps of the tree from an event within which people counted take part in it."""
KILLING = _words("kill slay murder massacre execute behead assassinate slaughter lynch")
DYING = _words("die perish succumb drown")
DEATHS = _words("dead death fatality killing murder massacre execution life")
INJURING = _words("injure wound hurt maim")
INJURIES = _words("injury injured wounded")
STATES = {"dead": "killed", "killed": "killed", "slain": "killed", "injured": "injured", "wounded": "injured", "hurt": "injured"}
PEOPLE = _words("""people person civilian soldier troop trooper protester protestor demonstrator man woman child boy girl youth worker policeman policewoman
    officer police official militant rebel insurgent guerrilla gunman jihadist terrorist attacker assailant student pupil villager resident
    fighter combatant victim migrant refugee passenger member supporter follower opponent farmer herder teacher doctor nurse lawyer judge
    journalist reporter activist campaigner prisoner inmate hostage detainee captive suspect marcher striker rioter peacekeeper personnel
    serviceman guard ranger marine sailor pilot miner driver settler pilgrim worshipper worshiper shopper tourist foreigner national citizen
    voter leader minister delegate representative envoy diplomat ambassador expert inspector observer adviser advisor trainer instructor
    contractor mercenary conscript reservist employee staff participant attendee other others individual them whom us""")
COLLECTIVE = _words("force crowd delegation group team contingent mission unit convoy army gathering mob column garrison detachment party caravan")
VIOLENT = ("ASSAULT", "PROTEST", "COERCE")
"""Types that the killed and injured are counted for: an assault of the sentence before a riot or a crackdown."""
SIZED = ("PROTEST", "MOBILIZE", "RETREAT", "COERCE", "CONSULT")
_UNDERGO = ("obj", "nsubj:pass")
_COSTING = frozenset({"claim", "cost", "take"})  # what takes lives: "saved 12 lives" kills nobody
_DRAW = _words("draw attract gather bring see involve unite organize organise mobilize mobilise")
_PHRASE = frozenset({"NOUN", "PROPN", "NUM", "PRON", "ADJ", "SYM"})
_NAMES = {"killed": "killed", "injured": "injured", "size": "people who take part"}


@dataclass(frozen=True, slots=True)
class Counted:
    """People counted: `kind` killed, injured or size; `top` is the word of the phrase that the `act` governs."""

    kind: str
    quantity: Quantity
    top: Word
    act: Word


def apply(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Give the counts of people in each sentence to the draft nearest to them."""
    found: dict[int, dict[str, tuple[int, Quantity]]] = {}
    for counted in _summed(page.parse, _counted(page)) if drafts else ():
        taker = _taker(page.parse, counted, drafts)
        if taker is not None:
            own = found.setdefault(taker.word, {})
            here = (_steps(page.parse, counted.act.index, taker.word), counted.quantity)
            own[counted.kind] = min(own.get(counted.kind, here), here, key=lambda pair: (pair[0], -pair[1].low))
    for draft in drafts:
        kinds = {kind: quantity for kind, (_, quantity) in found.get(draft.word, {}).items()}
        if kinds:
            draft.magnitude = Magnitude(kinds.get("killed"), kinds.get("injured"), kinds.get("size"))
            draft.why["magnitude"] = "; ".join(f"“{quantity.span.text}” counts the {_NAMES[kind]}" for kind, quantity in kinds.items())
    return drafts


def joined(first: Magnitude | None, second: Magnitude | None) -> Magnitude | None:
    """`first` with its gaps filled from `second`."""
    if first is None or second is None:
        return first or second
    return Magnitude(first.killed or second.killed, first.injured or second.injured, first.size or second.size)


def _counted(page: Page) -> Iterator[Counted]:
    """Every number of the report that counts people."""
    parse = page.parse
    for count in counts(parse.text):
        chunk = page.words(count.start, count.end)
        if chunk is None or any(_overlap(chunk, other) for other in (*parse.timexes, *parse.names)):
            continue
        place = _people(page, chunk, count)
        if place is None:
            continue
        top = _top(parse, place)
        act = parse.words[top.head] if top.head >= 0 else top
        kind = _state(parse, chunk.end - 1) or _state(parse, place) or _kind(parse, parse.words[place], top, act)
        if kind is None and not (_bare(parse, chunk, place) and count.high is not None):
            kind = "size"
        if kind:
            yield Counted(kind, Quantity(count.low, count.high, Span.of(parse.text, count.start, count.end)), top, act)


def _overlap(one: Chunk, other: Chunk) -> bool:
    return one.first < other.end and other.first < one.end


def _people(page: Page, chunk: Chunk, count: Count) -> int | None:
    """The word that stands for the people counted: the noun, or the number itself ("killed 14", "dozens of people"); None when it counts no people."""
    words = page.parse.words
    word = words[head(page.parse, chunk)]
    if count.sized:
        return next((w.index for w in page.parse.ancestors(word.index) if w.upos in ("NOUN", "PROPN")), None)
    if word.deprel.partition(":")[0] in ("nummod", "det", "amod", "compound", "advmod") and word.head >= 0:
        noun = words[word.head]
        return noun.index if _human(page, noun) or noun.lower in STATES or noun.lemma.lower() in DEATHS | INJURIES else None
    below = [w for i in range(chunk.first, chunk.end) for w in page.parse.dependents(i, "nmod") if w.index not in chunk]
    of = [w for w in below if any(c.lower == "of" for c in page.parse.dependents(w.index, "case"))]
    if of and not any(_human(page, w) for w in of):
        return None
    return None if word.deprel in ("appos", "parataxis", "dep", "list") else word.index


def _human(page: Page, word: Word) -> bool:
    """Whether a word stands for people: by its lemma, or as the people of a country ("Kenyans")."""
    if {word.lemma.lower(), word.lower, word.lower.removesuffix("s")} & PEOPLE:
        return True
    return word.upos in ("PROPN", "NOUN") and word.text[0].isupper() and word.lower.endswith("s") and page.cast.describe(f"two {word.text}").sector == "CVL"


def _bare(parse: Parse, chunk: Chunk, place: int) -> bool:
    """Whether a number stands alone, with no noun that says what it counts."""
    return place in chunk and not any(True for _ in parse.dependents(place, "nmod")) and parse.words[parse.words[place].head].lemma not in COLLECTIVE


def _top(parse: Parse, place: int) -> Word:
    """The word under which a phrase of people hangs on its act: past conjuncts before it and the crowd or number it is told of."""
    word = parse.words[place]
    while word.head >= 0:
        above = parse.words[word.head]
        conjunct = word.deprel == "conj" and above.upos in _PHRASE
        if not conjunct and not (word.deprel == "nmod" and (above.lemma.lower() in COLLECTIVE or above.upos == "NUM")):
            break
        word = above
    return word


def _state(parse: Parse, index: int) -> str | None:
    """The state told right after a number or its noun ("14 dead", "dozens of people injured"), unless that word is a verb they are the subject of."""
    if index + 1 >= len(parse.words) or parse.words[index + 1].sentence != parse.words[index].sentence:
        return None
    after = parse.words[index + 1]
    return None if any(True for _ in parse.dependents(after.index, "obj")) else STATES.get(after.lower)


def _kind(parse: Parse, noun: Word, top: Word, act: Word) -> str | None:
    """Whether people are killed or injured, by their noun, by what is told of them, or by the act that they undergo."""
    own, lemma = noun.lemma.lower(), act.lemma.lower()
    if noun.lower in STATES or own in DEATHS | INJURIES:
        return _named(own, noun, lemma)
    for word in parse.dependents(noun.index, "acl", "amod"):
        if word.lower in STATES and not any(True for _ in parse.dependents(word.index, "obj", "nsubj")):
            return STATES[word.lower]
    objects = [w.lemma.lower() for w in parse.dependents(act.index, "obj")]
    if top.deprel in _UNDERGO or (top.deprel == "nsubj" and not objects):
        return _undergone(parse, act, lemma)
    if top.deprel == "nsubj" and set(objects) & (INJURIES | {"wound"}):
        return "injured"
    if top.deprel == "nmod":
        return "killed" if lemma in DEATHS else "injured" if lemma in INJURIES else None
    tolls = (w.lemma.lower() for w in parse.dependents(act.index, "nsubj", "obj"))
    return "killed" if top.deprel == "obl" and noun.upos == "NUM" and "toll" in tolls else None


def _named(own: str, noun: Word, act: str) -> str | None:
    """The kind of a noun that is itself a death or an injury ("14 dead", "12 lives")."""
    if own == "life" and act not in _COSTING:
        return None
    return STATES.get(noun.lower) or ("killed" if own in DEATHS else "injured")


def _undergone(parse: Parse, act: Word, lemma: str) -> str | None:
    """The kind of those whom an act befalls."""
    if lemma in KILLING or lemma in DYING or (lemma == "shoot" and any(w.lower == "dead" for w in parse.dependents(act.index))):
        return "killed"
    return "injured" if lemma in INJURING else None


def _summed(parse: Parse, numbers: Iterable[Counted]) -> list[Counted]:
    """The numbers of one coordination added up: "killed three soldiers and 12 civilians" is 15."""
    groups: dict[tuple[str, int], list[Counted]] = {}
    for counted in numbers:
        groups.setdefault((counted.kind, counted.top.index), []).append(counted)
    return [Counted(found[0].kind, _sum(parse.text, [c.quantity for c in found]), found[0].top, found[0].act) for found in groups.values()]


def _sum(text: str, quantities: list[Quantity]) -> Quantity:
    highs = [q.high for q in quantities if q.high is not None]
    high = sum(highs) if len(highs) == len(quantities) else None
    return Quantity(sum(q.low for q in quantities), high, Span.of(text, min(q.span.start for q in quantities), max(q.span.end for q in quantities)))


def _taker(parse: Parse, counted: Counted, drafts: list[Draft]) -> Draft | None:
    """The draft that a number belongs to."""
    here = [draft for draft in drafts if parse.words[draft.word].sentence == counted.act.sentence]
    if counted.kind == "size":
        here = [draft for draft in here if draft.type in SIZED and _takes_part(parse, counted, draft)]
    else:
        violent = [draft for draft in here if draft.type in VIOLENT]
        here = [draft for draft in violent if draft.type == VIOLENT[0]] or violent
    likely = [draft for draft in here if draft.probability >= LIKELY] or here
    return min(likely, key=lambda draft: _steps(parse, counted.act.index, draft.word), default=None)


def _takes_part(parse: Parse, counted: Counted, draft: Draft) -> bool:
    """Whether people counted by themselves are those of the event: who protests, who is seized, who is moved."""
    undergo = counted.top.deprel in _UNDERGO
    if draft.type == "COERCE":
        return counted.act.index == draft.word and (undergo or counted.top.deprel == "nmod")
    if draft.type == "PROTEST" and undergo and counted.act.lemma.lower() not in _DRAW:
        return False
    return _steps(parse, counted.act.index, draft.word) <= (1 if draft.type == "RETREAT" else REACH)


def _steps(parse: Parse, start: int, goal: int) -> int:
    """The way from one word of a sentence to another in the tree; it is longer out of a clause with a subject of its own."""
    up, cost = {start: 0}, 0
    at = start
    while parse.words[at].head >= 0:
        cost += 1 + OWN_CLAUSE * any(True for _ in parse.dependents(at, "nsubj"))
        at = parse.words[at].head
        up.setdefault(at, cost)
    down, at = 0, goal
    while at not in up:
        down, at = down + 1, parse.words[at].head
    return up[at] + down
