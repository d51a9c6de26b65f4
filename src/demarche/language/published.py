"""When a report was published, as its address, its dateline or its own words tell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import Literal

from demarche.language.interval import Interval
from demarche.language.timex import Timex, find, normalise
from demarche.language.timex_reading import tense_at
from demarche.language.timex_values import Value
from demarche.language.timex_words import MONTHS, PARTS, WEEKDAYS, number

How = Literal["url", "dateline", "text"]
_URL_LINE = re.compile(r"\s*(https?://\S+?)(?=\s|$)")
_URL_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_.](?P<m>\d{1,2}|[a-z]{3})[-/_.](?P<d>\d{1,2})(?!\d)", re.I),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>20\d\d)(?!\d)"),
    re.compile(r"(?<![\d])(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=\D|\d{2,6}\b|$)"),
)
_EPOCH = re.compile(r"-10(1[3-9]\d{8})\d{3}\.html")  # Hindustan Times: "10", then milliseconds since 1970; the paper's clock is India's
_INDIA = dt.timezone(dt.timedelta(hours=5, minutes=30))
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0?[1-9]|1[0-2])/")
_HEAD = 500  # characters of the beginning that may hold a dateline
_OPENING = 300  # characters of the first sentence or two
_LEAD = 700  # characters of the beginning that tell the news itself
_FRESH = 6  # days: a report that opens with a full date in the past tense follows it within a week (gold/train: 15 of 16)
_LABEL = re.compile(r"(?:published|updated|posted|last\s+(?:updated|modified)|first\s+published|date|issued)\s*(?:on|at|:)?\s*[:\-–]?\s*(?:\w+,?\s+)?$", re.I)
_CITY = re.compile(r"\W*(?:(?:[A-Z][\w'’.]*|de|del|la|el|al|of|and|by|news)[^\w\n]+){0,8}")
_ENTRY = re.compile(r"\b(?:on|in|by|since|until|from|for|after|before|of|the|this|and|at)\W*$", re.I)
_AGENCY = re.compile(r"\([A-Z][\w /.]{1,20}\)\s*[,:\-–—]*\s*$")
_AFTER_DATELINE = re.compile(r"\)?\s*(?:\([A-Z][\w /.,:]{1,24}\)\s*)?(?:--|[-–—:|.]|/\w)|\s*\([A-Z][\w /.]{1,20}\)|[ \t]*(?:\n|$)")
_TOGETHER = re.compile(r"\s*(?:,|\(|-|–|—)?\s*(?:(?:on|in|of)\s+)?")
_RELATIVE_YEAR = re.compile(r"\b(?P<step>last|this|next)\s+year\b", re.I)
_LAST_MONTH = re.compile(rf".*\blast\s+({'|'.join(MONTHS)})", re.I | re.S)
_STEPS = {"last": -1, "this": 0, "next": 1}
_YEARS_EVENT = re.compile(r"\b(last|this|next) year['’]s ([a-z]{4,}(?: [a-z]{4,})?)", re.I)
_NEAR = 60  # characters around an expression that tell what happened then
_ASIDE = 160  # characters around a date in which an anniversary is spoken of
_COMMON = frozenset(
    re.findall(r"\w+", "that with from have been were this which when after into over their they would since until during said year last month also than")
)
_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0, "last night": -1}


@dataclass(frozen=True, slots=True)
class _Told:
    """A time expression with what it means when nothing is known of the publication."""

    timex: Timex
    value: Value

    @property
    def day(self) -> dt.date | None:
        return self.value.interval.single if self.value.interval and self.value.type == "DATE" else None

    @property
    def lower(self) -> str:
        return " ".join(self.timex.text.lower().split())


def infer(text: str, url: str | None = None) -> tuple[Interval | None, How | None]:
    """The day of publication by the URL (given, or the text's first line), else by a dateline; else the narrowest interval that the text implies."""
    first = _URL_LINE.match(text)
    address, body = url or (first[1] if first else ""), text[first.end() :] if first else text
    if day := url_day(address):
        return Interval.day(day), "url"
    told = [_Told(timex, value) for timex in find(body) if (value := normalise(timex.text))]
    implied = _implied(body, told)
    if stated := _dateline(body, told, implied):
        return Interval.day(stated), "dateline"
    if month := _url_month(address):
        return (implied and month.intersect(implied)) or month, "url"
    return implied, "text" if implied else None


def url_day(url: str) -> dt.date | None:
    """The full date in an address: /2022/07/26/, /2022-07-26, /15/07/2022/, 20220726."""
    if epoch := _EPOCH.search(url):
        return dt.datetime.fromtimestamp(int(epoch[1]), _INDIA).date()
    return next((day for pattern in _URL_DAYS for match in pattern.finditer(url) if (day := _day(match["y"], match["m"], match["d"]))), None)


def _day(year: str, month: str, day: str) -> dt.date | None:
    number_ = MONTHS.get(month.lower()) if month.isalpha() else int(month)
    try:
        return dt.date(int(year), number_ or 0, int(day)) if 1990 <= int(year) <= 2049 else None
    except ValueError:
        return None


def _url_month(url: str) -> Interval | None:
    match = _URL_MONTH.search(url)
    return Interval.month(int(match["y"]), int(match["m"])) if match else None


def _dateline(text: str, told: list[_Told], implied: Interval | None) -> dt.date | None:
    """The day that the text itself gives as its own."""
    for one in told:
        if one.timex.start > _HEAD:
            break
        if _is_dateline(text, one.timex) and (day := one.day or _with_year(text, one, told, implied)):
            return day
    return next((day for first, second in pairwise(told) if (day := _today(text, first, second))), None)


def _is_dateline(text: str, timex: Timex) -> bool:
    before, tail = text[: timex.start], text[timex.end : timex.end + 60]
    line = before[before.rfind("\n") + 1 :]
    if not re.search(r"\d", timex.text):
        return False
    if _LABEL.search(line) or _AGENCY.search(line):
        return True
    return len(line) < 60 and _CITY.fullmatch(line) is not None and not _ENTRY.search(line) and _AFTER_DATELINE.match(tail) is not None


def _today(text: str, first: _Told, second: _Told) -> dt.date | None:
    """ "today (July 26, 2022)", "today, Friday 22 July 2022": both name the day of publication."""
    if first.lower in _DAY_WORDS and second.day and _TOGETHER.fullmatch(text[first.timex.end : second.timex.start]):
        return second.day - dt.timedelta(days=_DAY_WORDS[first.lower])
    return None


def _with_year(text: str, one: _Told, told: list[_Told], implied: Interval | None) -> dt.date | None:
    """A dateline without year: the first year that the text allows, by the years it tells and the weekdays it begins with."""
    match = re.fullmatch(r"XXXX-(\d\d)-(\d\d)", one.value.timex)
    floor = implied.start if implied and implied.start else None
    if match is None or floor is None:
        return None
    vague = (floor.month, floor.day) == (1, 1)  # a mere year: only a weekday that agrees makes its next such day likely
    weekdays = {WEEKDAYS[other.lower] for other in told if other.timex.start < _LEAD and other.lower in WEEKDAYS}
    days = [day for year in range(floor.year, floor.year + 2) if (day := _day(str(year), *match.groups())) and day >= floor]
    if implied and implied.end:
        days = [day for day in days if day <= implied.end] or days
    return next((day for day in days if day.weekday() in weekdays), None) or next(iter([] if vague else days), None)


def _implied(text: str, told: list[_Told]) -> Interval | None:
    """The narrowest interval that the text's own expressions imply."""
    pieces = [*_bounds(text, told), *_agreements(text, told)]
    implied = reduce(_narrowed, pieces) if pieces else None
    return reduce(_narrowed, _nearer(text, told, implied), implied) if implied else None


def _narrowed(first: Interval, second: Interval) -> Interval:
    """Both where they agree; where they contradict each other, the later."""
    both = first.intersect(second)
    return both or max(first, second, key=lambda interval: interval.start or dt.date.min)


def _nearer(text: str, told: list[_Told], implied: Interval) -> Iterator[Interval]:
    """From months told without a year, in a report of a known year that calls a later month "July last year": had they been of that year as
    well, they would lie further back and need its name even more; so they are of the report's own year, and it is no older than they."""
    distant = [month for one in told if _is_last_year(one) and (month := _month(one))]
    if not distant or not implied.start or not implied.end or implied.start.year != implied.end.year:
        return
    for one in told:
        match = re.fullmatch(r"XXXX-(\d\d)(?:-\d\d)?", one.value.timex)
        if match and int(match[1]) < min(distant) and _is_past(text, one):
            again = normalise(f"{one.timex.text} {implied.start.year}")
            if again and again.interval and again.interval.start:
                yield Interval(again.interval.start, None)


def _is_last_year(one: _Told) -> bool:
    step = _RELATIVE_YEAR.search(one.timex.text)
    return step is not None and step["step"].lower() == "last"


def _month(one: _Told) -> int | None:
    """The number of the month that an expression names."""
    words = (word.rstrip(".") for word in one.lower.replace("-", " ").split())
    return next((MONTHS[word] for word in words if word in MONTHS), None)


def _bounds(text: str, told: list[_Told]) -> Iterator[Interval]:
    """From full dates told in the past tense: the report cannot be older, and one that opens with such a date follows it closely."""
    past = [one for one in told if one.value.interval and one.value.rule in _FULL and _is_past(text, one)]
    starts = [one.value.interval.start for one in past if one.value.interval and one.value.interval.start]
    if not starts:
        return
    latest = max(starts)
    opening = 0 if _LATER.search(text) else _OPENING
    fresh = [one for one in past if one.day == latest and (one.timex.start < opening or re.match(r"[a-z]+day\b", one.lower)) and not _remembered(text, one)]
    yield Interval(latest, latest + dt.timedelta(days=_FRESH) if fresh else None)


_LATER = re.compile(rf"\b(?:last\s+(?:year|{'|'.join(MONTHS)})|years?\s+(?:ago|after|later))\b", re.I)
_AHEAD = re.compile(r"\b(?:to|by|until|till|for|before)\s+$", re.I)
_FULL = ("iso_date", "figures_date", "day_month", "month_day", "day_range", "month_day_range", "month_year", "year", "season_year")


def _remembered(text: str, one: _Told) -> bool:
    """Whether the date is told for its anniversary."""
    return re.search(r"\banniversar", text[max(0, one.timex.start - _ASIDE) : one.timex.end + _ASIDE], re.I) is not None


def _is_past(text: str, one: _Told) -> bool:
    lead = text[max(0, one.timex.start - 8) : one.timex.start]
    return not _AHEAD.search(lead) and tense_at(text, one.timex.start, one.timex.end) == "past"


def _agreements(text: str, told: list[_Told]) -> Iterator[Interval]:
    """From relative expressions that mean the same time as absolute ones."""
    for first, second in pairwise(told):
        if _TOGETHER.fullmatch(text[first.timex.end : second.timex.start]):
            yield from _solved(first, second)
            yield from _solved(second, first)
    for one in told:
        if (step := _RELATIVE_YEAR.search(one.timex.text)) and (year := _same_month(text, one, told)):
            yield Interval.year(year - _STEPS[step["step"].lower()])
        elif (last := _LAST_MONTH.fullmatch(one.timex.text)) and (year := _same_month(text, one, told)):
            month = Interval.month(year, MONTHS[last[1].lower()])
            yield month.shift(1).hull(month.shift(12))
    for match in _YEARS_EVENT.finditer(text):
        years = {found[1] or found[2] for found in re.finditer(rf"\b(\d{{4}}) {match[2]}\b|\b{match[2]} (?:of|in) (\d{{4}})\b", text)}
        if len(years) == 1:
            yield Interval.year(int(years.pop()) - _STEPS[match[1].lower()])


def _solved(relative: _Told, absolute: _Told) -> Iterator[Interval]:
    """When the report speaks if `relative` means `absolute`: "a decade ago, in 2014", "last year (2023)"."""
    fixed = absolute.value.interval
    if relative.value.interval or fixed is None or fixed.start is None or fixed.end is None:
        return
    if match := re.fullmatch(r"(.+) (year|decade|month)s? ago", relative.lower):
        count = number(match[1])
        years = count and round(count) * (10 if match[2] == "decade" else 1)
        if years and match[2] != "month":
            yield Interval.year(fixed.start.year + years)
    elif (match := re.fullmatch(r"(last|this|next) (year|month|week)", relative.lower)) and fixed.granularity == match[2]:
        yield fixed.shift(-_STEPS[match[1]])


def _same_month(text: str, relative: _Told, told: list[_Told]) -> int | None:
    """The year of the one absolute date that falls in the same month, and part of month, as "late July last year"."""
    month = _month(relative)
    part = next((PARTS[word] for word in relative.lower.replace("-", " ").split() if word in PARTS), None)
    fixed = [one.value.interval for one in told if month and _falls(one, month, part) and (part or _share(text, relative, one))]
    years = {interval.start.year for interval in fixed if interval and interval.start}
    return years.pop() if len(years) == 1 else None


def _share(text: str, first: _Told, second: _Told) -> bool:
    """Whether the words around two expressions have a telling one in common."""
    return bool(_around(text, first.timex) & _around(text, second.timex))


def _around(text: str, timex: Timex) -> set[str]:
    near = text[max(0, timex.start - _NEAR) : timex.start] + " " + text[timex.end : timex.end + _NEAR]
    return {word[:6].lower() for word in re.findall(r"[A-Za-z]{4,}", near)} - _COMMON


def _falls(one: _Told, month: int, part: str | None) -> bool:
    fixed = one.value.interval
    if fixed is None or fixed.start is None or fixed.end is None or fixed.granularity not in ("day", "month"):
        return False
    whole = Interval.month(fixed.start.year, fixed.start.month)
    return fixed.start.month == month and (whole.part(part) if part else whole).meets(fixed)
