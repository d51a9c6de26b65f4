"""Agreements followed through life: announced, negotiated, signed, ratified, in force, suspended, cancelled, expired, with evidence at each step.

An agreement is named in a sentence ("the 2012 military cooperation agreement"); an event beside it, at words that tell a stage ("canceled", "signed"),
is evidence of a step. Namings are one agreement when parties, kind, year and the order of the dates agree; where that is not plain they stay apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from demarche.archive.kept import Kept
from demarche.knowledge.countries import Countries
from demarche.knowledge.tables import read
from demarche.records import Event, Party, Span

STAGES = ("announced", "negotiated", "signed", "ratified", "in force", "suspended", "cancelled", "expired")
"""The stages of an agreement's life, in their order."""

_TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_BEGINNINGS = ("announced", "negotiated", "signed")
_ENDS = ("cancelled", "expired")
_AGE = re.compile(r".*-(?:old|long|year|month|day)")
_REACH = 12
"""So many words may lie between the words of a stage and the agreement."""
_NEAR_DAYS = 3
"""Namings without a kind in two reports are one agreement when the same step is dated so many days apart at most."""


class Evidence(NamedTuple):
    """An event that tells a step, and the words that tell its stage."""

    kept: Kept
    words: Span


@dataclass(frozen=True)
class Step:
    """A stage that an agreement came to: on which days, whether it is still planned ("future"), and the evidence, the first told first."""

    stage: str
    evidence: tuple[Evidence, ...]

    @property
    def start(self) -> dt.date | None:
        return _days(self.evidence[0].kept.event)[0]

    @property
    def end(self) -> dt.date | None:
        return _days(self.evidence[0].kept.event)[1]

    @property
    def status(self) -> str:
        """actual, or future when nothing tells that it was done."""
        return "actual" if any(one.kept.event.status == "actual" for one in self.evidence) else "future"

    @property
    def claimed(self) -> bool:
        """Whether no report tells it in its own voice."""
        return all(one.kept.event.according_to for one in self.evidence)

    @property
    def reports(self) -> int:
        """How many reports tell it independently of each other."""
        return len({one.kept.report.story or one.kept.report.id for one in self.evidence})

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "stage": self.stage, "start": self.start and self.start.isoformat(), "end": self.end and self.end.isoformat(), "status": self.status,
            "claimed": self.claimed, "reports": self.reports,
            "evidence": [
                {"event": one.kept.event.id, "report": one.kept.report.id, "name": one.kept.report.name, "words": one.words.to_dict(),
                 "sentence": one.kept.event.sentence.text} for one in self.evidence
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class Agreement:
    """An agreement: what it is called, who its parties are (country codes, names or ids of bodies and groups), and its steps by date."""

    title: str
    parties: tuple[str, ...]
    steps: tuple[Step, ...]
    sides: tuple[Party, ...] = field(default=(), repr=False)

    @property
    def state(self) -> str:
        """The last stage it came to."""
        done = [step.stage for step in self.steps if step.status == "actual"]
        return done[-1] if done else "planned"

    def has(self, asked: str) -> bool:
        """Whether a country's code or name, a sector, a body's name or an id means one of the parties."""
        from demarche.archive.whoever import code_of, is_meant

        return code_of(asked) in self.parties or any(is_meant(asked, party) for party in self.sides)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {"title": self.title, "parties": list(self.parties), "state": self.state, "steps": [step.to_dict() for step in self.steps]}


def agreements(kept: Iterable[Kept]) -> list[Agreement]:
    """The agreements that events tell of, by their first dated step; `kept` should have all events of each report."""
    reports: dict[str, list[Kept]] = {}
    for one in kept:
        reports.setdefault(one.report.id, []).append(one)
    found = [thread for events in reports.values() for thread in _threads(_namings(events))]
    made = [_agreement(thread) for thread in _joined(found)]
    return sorted(made, key=lambda one: (min((s.start for s in one.steps if s.start), default=dt.date.max), one.title))


def nouns() -> tuple[str, ...]:
    """The words that name agreements."""
    return tuple(sorted(word for words in _table().nouns.values() for word in words))


@dataclass(frozen=True)
class _Cue:
    stage: str
    follows: tuple[tuple[str, ...], ...]
    frame: str
    types: frozenset[str]


@dataclass(frozen=True)
class _Table:
    nouns: dict[str, frozenset[str]]
    cues: dict[str, list[_Cue]]
    words: dict[str, frozenset[str]]


class _Token(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        return self.text.lower()


@dataclass
class _Naming:
    """An agreement as a sentence names it: its noun's class, kind words, the year named, the words as they stand, and the steps told beside it."""

    report: str
    at: int
    noun: str
    kind: frozenset[str]
    year: int | None
    words: str
    definite: bool
    sides: dict[str, Party | None]
    steps: list[tuple[str, Evidence]] = field(default_factory=list)


@dataclass
class _Thread:
    """Namings that are one agreement."""

    namings: list[_Naming]

    @property
    def steps(self) -> list[tuple[str, Evidence]]:
        return [step for naming in self.namings for step in naming.steps]

    @property
    def nouns(self) -> set[str]:
        return {naming.noun for naming in self.namings if naming.kind or not naming.definite} or {naming.noun for naming in self.namings}

    @property
    def kind(self) -> frozenset[str]:
        return frozenset().union(*(naming.kind for naming in self.namings))

    @property
    def sides(self) -> dict[str, Party | None]:
        return {key: party for naming in self.namings for key, party in naming.sides.items()}

    @property
    def years(self) -> set[int]:
        """The years named, or else those of the signing."""
        named = {naming.year for naming in self.namings if naming.year}
        return named or {year for stage, one in self.steps if stage == "signed" and (year := _year(one.kept.event))}

    @property
    def first(self) -> dt.date:
        return min((day for _, one in self.steps if (day := _days(one.kept.event)[0])), default=dt.date.max)


def _namings(events: Sequence[Kept]) -> list[_Naming]:
    """The agreements named in the sentences of a report's events, by where they stand."""
    sentences = {kept.event.sentence for kept in events}
    found: dict[tuple[int, int], _Naming] = {}
    for kept in events:
        if kept.event.status not in ("actual", "future"):
            continue
        for words in (kept.event.anchor, *kept.event.also):
            around = next((s for s in sentences if s.start <= words.start and words.end <= s.end), None)
            told = _told(kept.event, words, around) if around else None
            if around is None or told is None:
                continue
            stage, tokens, at = told
            naming = found.setdefault((around.start, tokens[at].start), _naming(kept.report.id, around, tokens, at))
            naming.steps.append((stage, Evidence(kept, words)))
    for naming in found.values():
        _add_sides(naming)
    return [found[at] for at in sorted(found)]


def _told(event: Event, words: Span, sentence: Span) -> tuple[str, list[_Token], int] | None:
    """The stage that words tell of an agreement named in their sentence, the sentence's words, and which of them names it."""
    low = re.split(r"\W+", words.text.lower().strip())
    cues = _table().cues
    head = next((word for word in low if word in cues), None)
    if head is None:
        return None
    tokens = [_Token(m.start() + sentence.start, m.end() + sentence.start, m.group()) for m in _TOKEN.finditer(sentence.text)]
    at = next((i for i, token in enumerate(tokens) if words.start <= token.start < words.end and token.low == head), None)
    if at is None:
        return None
    for cue in cues[head]:
        if not cue.types or event.type in cue.types:
            noun = _named_by(cue, tokens, at)
            if noun is not None:
                return cue.stage, tokens, noun
    return None


def _named_by(cue: _Cue, tokens: Sequence[_Token], at: int) -> int | None:
    """Which word names the agreement that the cue at a word is about: its object, or what stands before it ("the pact was scrapped", "a treaty signed")."""
    after = at + 1
    if cue.follows:
        length = next((len(f) for f in cue.follows if [token.low for token in tokens[after : after + len(f)]] == list(f)), None)
        if length is None:
            return None
        after += length
    if cue.frame == "object" and (found := _object(tokens, after)) is not None:
        return found
    return None if cue.follows and cue.frame == "object" and cue.follows[0][0] in ("of", "on") else _subject(tokens, at)


def _object(tokens: Sequence[_Token], after: int) -> int | None:
    """The agreement named right after a word, with no more than days, adverbs and those it is made with between."""
    for noun in range(after, min(len(tokens), after + _REACH)):
        if tokens[noun].low in _breakers() or tokens[noun].text in ".;:?!":
            return None
        if _is_noun(tokens, noun):
            first = _phrase(tokens, noun, after)
            return noun if _passable(tokens[after:first]) else None
    return None


def _subject(tokens: Sequence[_Token], at: int) -> int | None:
    """The agreement named right before a word, or before its auxiliaries."""
    word = _table().words
    back = at - 1
    while back >= 0 and (tokens[back].low in word["auxiliary"] or tokens[back].low in word["adverb"]):
        back -= 1
    passive = any(token.low in word["auxiliary"] for token in tokens[back + 1 : at])
    for noun in range(back, max(-1, back - _REACH), -1):
        if tokens[noun].low in _breakers() or tokens[noun].text in ".;:?!,":
            return None
        if _is_noun(tokens, noun):
            between = tokens[noun + 1 : back + 1]
            plain = not between or (between[0].low in ("with", "between", "of", "on") and (passive or tokens[at].low.endswith(("ed", "d"))))
            return noun if plain else None
    return None


def _is_noun(tokens: Sequence[_Token], at: int) -> bool:
    """Whether a word names an agreement: not as a part of another thing ("agreement talks", "treaty allies")."""
    if _class_of(tokens[at]) is None:
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None:
        return True
    return _class_of(following) is None and following.low not in _table().words["compound"]  # of "ceasefire agreement" the last word


def _phrase(tokens: Sequence[_Token], noun: int, least: int) -> int:
    """Where the words that name an agreement begin, its article included."""
    word, first = _table().words, noun
    while first > least:
        before = tokens[first - 1]
        if before.low in word["determiner"]:
            return first - 1
        if not _modifies(before) or before.low in _table().cues:
            return first
        first -= 1
    return first


def _modifies(token: _Token) -> bool:
    """Whether a word may stand in a name before its noun: neither a sign nor one that links clauses and phrases."""
    word = _table().words
    if not token.text[0].isalnum():
        return token.text in "“”\"'‘’"
    return not any(token.low in word[name] for name in ("linking", "breaker", "auxiliary", "adverb", "determiner")) and token.low not in ("and", "or", "to")


def _passable(between: Sequence[_Token]) -> bool:
    """Whether words between a stage and an agreement are only days, adverbs, those it is made with, or the part in it that is meant."""
    word, linked = _table().words, False
    for token in between:
        if token.low in ("in", "on", "with", "at"):
            linked = True
        elif token.low in word["adverb"] or token.text in "“”\"'‘’," or token.low in word["part"] or token.low in word["determiner"] or token.low == "and":
            continue
        elif not (linked and (token.low in word["date"] or token.text[0].isdigit() or token.text[0].isupper())):
            return False
    return True


def _naming(report: str, sentence: Span, tokens: Sequence[_Token], noun: int) -> _Naming:
    """What a sentence says of the agreement it names at a word."""
    word = _table().words
    first = _phrase(tokens, noun, max(0, noun - _REACH))
    inside = [token for token in tokens[first:noun] if token.text[0].isalnum()]
    named = list(_countries(sentence, tokens[first].start, tokens[noun].start, ("name", "adjective", "demonym", "historic")))
    states = {token.low for token in inside for start, end, _ in named if start <= token.start < end}
    own = [t for t in inside if t.low not in states and t.low not in word["determiner"] and t.low not in word["empty"] and not t.text[0].isdigit()]
    own = [t for t in own if t.low not in word["date"] and not _AGE.fullmatch(t.low)]
    years = [int(token.text) for token in inside if _YEAR.fullmatch(token.text)]
    if noun + 2 < len(tokens) and tokens[noun + 1].low in ("of", "from") and _YEAR.fullmatch(tokens[noun + 2].text):
        years.append(int(tokens[noun + 2].text))
    kind = {_singular(t.low) for t in own if _class_of(t) is None} | _about(tokens, noun)
    classes = [name for name in map(_class_of, (*own, tokens[noun])) if name]
    sides = dict.fromkeys(code for *_, code in named) | dict.fromkeys(_with(sentence, tokens, noun))
    definite = any(t.low in word["definite"] for t in inside)
    called = " ".join(t.text for t in (*own, tokens[noun]))
    return _Naming(report, tokens[noun].start, _classed(classes), frozenset(kind), years[0] if years else None, called, definite, sides)


def _about(tokens: Sequence[_Token], noun: int) -> set[str]:
    """What an agreement is about, said after it: "an agreement on grain exports"."""
    if noun + 1 >= len(tokens) or tokens[noun + 1].low not in ("on", "for"):
        return set()
    found: set[str] = set()
    for token in tokens[noun + 2 : noun + 5]:
        if not _modifies(token) or token.text[0].isupper() or token.text[0].isdigit() or token.low in _table().words["date"]:
            break
        found.add(_singular(token.low))
    return found


def _with(sentence: Span, tokens: Sequence[_Token], noun: int) -> list[str]:
    """The countries an agreement is said to be with or between."""
    start = None
    for at in range(noun + 1, min(len(tokens), noun + _REACH)):
        if tokens[at].low in _breakers() or tokens[at].text in ".;:?!":
            break
        if tokens[at].low in ("with", "between"):
            start = at
            break
    if start is None:
        return []
    end = next((at for at in range(start + 1, len(tokens)) if tokens[at].low in _breakers() or tokens[at].text in ".;:?!"), len(tokens))
    end = min(end, start + _REACH)
    return [code for *_, code in _countries(sentence, tokens[start].end, tokens[end - 1].end, None)]


def _countries(sentence: Span, start: int, end: int, kinds: Sequence[str] | None) -> Iterator[tuple[int, int, str]]:
    """Countries named between two places of a sentence, by the given kinds of names."""
    for mention in Countries.load().mentions(sentence.text):
        at, until = mention.start + sentence.start, mention.end + sentence.start
        if mention.code and at >= start and until <= end and (kinds is None or mention.kind in kinds) and mention.kind != "region":
            yield at, until, mention.code


def _add_sides(naming: _Naming) -> None:
    """The parties of the events beside an agreement are its parties, unless it is said between whom it is."""
    if len(naming.sides) >= 2:
        return
    for _, (kept, _) in naming.steps:
        for party in (*kept.event.actor, *kept.event.recipient):
            if key := _key(party):
                naming.sides[key] = naming.sides.get(key) or party


def _key(party: Party) -> str | None:
    """What tells parties of agreements apart: states by their codes, bodies and armed groups by id or name."""
    if party.country in (None, "IGO") or party.sector in ("REB", "OPP"):
        return party.id or party.name or (party.span.text if party.span.text[:1].isupper() else None)
    return party.country


def _threads(namings: Sequence[_Naming]) -> list[_Thread]:
    """The agreements of one report: a naming goes on with the one before that it fits, "the deal" only where one alone fits."""
    threads: list[_Thread] = []
    for naming in namings:
        fitting = [thread for thread in threads if _fits_within(thread, naming)]
        if len(fitting) == 1 or (fitting and naming.kind):
            fitting[-1].namings.append(naming)
        else:
            threads.append(_Thread([naming]))
    return threads


def _fits_within(thread: _Thread, naming: _Naming) -> bool:
    other = _Thread([naming])
    if not _agree(thread, other):
        return False
    if naming.sides and thread.sides and not set(naming.sides) & set(thread.sides):
        return False
    if not naming.kind:
        return naming.definite and (naming.noun == "agreement" or naming.noun in thread.nouns)
    return thread.nouns == {naming.noun} and _akin(thread.kind, naming.kind)


def _joined(threads: Iterable[_Thread]) -> list[_Thread]:
    """The agreements of all reports, those of several reports joined where they are plainly one."""
    whole: list[_Thread] = []
    for thread in sorted(threads, key=lambda one: (one.first, one.namings[0].report, one.namings[0].at)):
        fitting = [one for one in whole if _fits_across(one, thread)]
        if len(fitting) == 1:
            fitting[0].namings.extend(thread.namings)
        else:
            whole.append(thread)
    return whole


def _fits_across(one: _Thread, other: _Thread) -> bool:
    shared = set(one.sides) & set(other.sides)
    if one.nouns != other.nouns or not shared or not _agree(one, other):
        return False
    if not one.kind and not other.kind:
        return len(shared) >= 2 and _same_step(one, other)
    if not one.kind or not other.kind or not _akin(one.kind, other.kind):
        return False
    return len(shared) >= 2 or (one.kind == other.kind and bool(one.years & other.years))


def _agree(one: _Thread, other: _Thread) -> bool:
    """Whether nothing in years and order of dates speaks against two being one."""
    if one.years and other.years and not one.years & other.years:
        return False
    return not (_begins_after(one, other) or _begins_after(other, one))


def _begins_after(old: _Thread, new: _Thread) -> bool:
    """Whether `new` has a beginning that is dated after what `old` had come to: then it is another agreement."""
    for stage, evidence in new.steps:
        start, _ = _days(evidence.kept.event)
        if stage not in _BEGINNINGS or start is None:
            continue
        for other, before in old.steps:
            _, end = _days(before.kept.event)
            later = STAGES.index(other) > STAGES.index(stage) or other == stage == "signed"
            if later and end is not None and end < start:
                return True
    return False


def _same_step(one: _Thread, other: _Thread) -> bool:
    """Whether two tell the same stage of the same happening, or of nearly the same days."""
    for stage, (kept, _) in one.steps:
        for again, (told, _) in other.steps:
            if stage == again and (_near(kept.event, told.event) or (kept.happening is not None and kept.happening == told.happening)):
                return True
    return False


def _near(one: Event, other: Event) -> bool:
    (start, end), (first, last) = _days(one), _days(other)
    if None in (start, end, first, last):
        return False
    assert start and end and first and last
    short = max((end - start).days, (last - first).days) <= 31
    return short and start - dt.timedelta(_NEAR_DAYS) <= last and first - dt.timedelta(_NEAR_DAYS) <= end


def _agreement(thread: _Thread) -> Agreement:
    sides = thread.sides
    steps = _ordered(_steps(thread))
    return Agreement(_title(thread), tuple(sorted(sides)), steps, tuple(party for _, party in sorted(sides.items()) if party))


def _steps(thread: _Thread) -> list[Step]:
    """The steps of a stage that may be the same days are one; what tells the days more narrowly comes first."""
    steps: list[Step] = []
    for stage in STAGES:
        several = sorted((one for name, one in thread.steps if name == stage), key=_narrow)
        merged: list[list[Evidence]] = []
        for one in several:
            home = next((group for group in merged if _may_be_same(group[0].kept, one.kept)), None)
            (merged.append([one]) if home is None else home.append(one))
        steps += [Step(stage, tuple(group)) for group in merged]
    return steps


def _may_be_same(one: Kept, other: Kept) -> bool:
    if one.happening is not None and one.happening == other.happening:
        return True
    (start, end), (first, last) = _days(one.event), _days(other.event)
    if start is None or first is None:
        return True
    return start <= (last or dt.date.max) and first <= (end or dt.date.max)


def _narrow(one: Evidence) -> tuple[Any, ...]:
    start, end = _days(one.kept.event)
    width = (end - start).days if start and end else 10**6
    return start is None, width, start or dt.date.max, one.kept.event.status != "actual", -one.kept.event.confidence, one.kept.event.id


def _ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """By date; one without a date before the first later stage."""
    dated = sorted((step for step in steps if step.start), key=lambda step: (step.start, STAGES.index(step.stage)))
    for step in (step for step in steps if not step.start):
        rank = STAGES.index(step.stage)
        at = next((i for i, one in enumerate(dated) if STAGES.index(one.stage) > rank), len(dated))
        dated.insert(at, step)
    return tuple(dated)


def _title(thread: _Thread) -> str:
    """The year and the fullest words that name it."""
    named = max(thread.namings, key=lambda naming: (len(naming.kind), len(naming.words)))
    years = thread.years
    return f"{min(years)} {named.words}" if len(years) == 1 and not _YEAR.search(named.words) else named.words


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _days(event: Event) -> tuple[dt.date | None, dt.date | None]:
    date = event.date
    return (date.start or date.end, date.end or date.start) if date else (None, None)


def _year(event: Event) -> int | None:
    start, end = _days(event)
    return start.year if start and end and start.year == end.year else None


def _class_of(token: _Token) -> str | None:
    return next((name for name, words in _table().nouns.items() if token.low in words), None)


def _classed(classes: Sequence[str]) -> str:
    """The class of a name: "ceasefire agreement" and "memorandum agreement" are of the narrower one."""
    return next((name for name in classes if name != "agreement"), "agreement")


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _breakers() -> frozenset[str]:
    return _table().words["breaker"]


@cache
def _table() -> _Table:
    """The words of `tables/agreements.csv`."""
    rows = list(read("agreements"))
    cues: dict[str, list[_Cue]] = {}
    for row in rows:
        if row["list"] == "stage":
            follows = tuple(tuple(part.split()) for part in row["follows"].split("|") if part)
            for word in row["words"].split():
                cues.setdefault(word, []).append(_Cue(row["name"], follows, row["frame"], frozenset(row["types"].split())))
    lists = {kind: {row["name"]: frozenset(row["words"].split()) for row in rows if row["list"] == kind} for kind in ("noun", "word")}
    return _Table(lists["noun"], cues, lists["word"])
