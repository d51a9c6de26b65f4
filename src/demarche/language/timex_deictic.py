"""Rules for expressions that point from the day of publication or from the time that the narrative has reached."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from demarche.language.interval import Interval
from demarche.language.timex_calendar import part_of
from demarche.language.timex_grammar import Rule, approx, group
from demarche.language.timex_values import Context, Value, around, dated, period, relative, sided, write
from demarche.language.timex_words import DAYTIMES, WEEKDAYS, number, ordinal, unit_name

_Match = re.Match[str]
_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "before": -1, "this": 0, "current": 0, "present": 0, "ongoing": 0, "that": 0,
    "same": 0, "very same": 0, "next": 1, "coming": 1, "upcoming": 1, "following": 1, "after": 1, "that same": 0, "very next": 1, "this past": -1,
    "this coming": 1, "this same": 0, "this very": 0, "the": 0, "latest": -1,
}  # fmt: skip
_NARRATED = ("that", "same", "very same", "that same", "following", "previous", "preceding", "prior", "before", "after", "very next")
_SOLAR = ("day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century")


def timed(value: Value, daytime: str | None) -> Value:
    """A day with its part told (TMO, TAF, TEV, TNI) as a TIME."""
    letters = DAYTIMES.get(daytime or "")
    return replace(value, timex=f"{value.timex}T{letters}", type="TIME") if letters else value


def _day(match: _Match, context: Context) -> Value | None:
    word = group(match, "deictic") or ""
    value = dated(relative(context, "day", _DAYS[word]))
    return timed(_early(match, value), "night" if word == "tonight" else group(match, "daytime"))


def _early(match: _Match, value: Value) -> Value:
    mods = {"early": "START", "late": "END", "mid": "MID"}
    return replace(value, mod=mods.get(group(match, "mod") or ""))


def _this_daytime(match: _Match, context: Context) -> Value | None:
    """This morning, last night."""
    step = -1 if group(match, "which") == "last" else 0
    return timed(_early(match, dated(relative(context, "day", step))), group(match, "daytime"))


def _narrated_daytime(match: _Match, context: Context) -> Value | None:
    """The following morning, that night."""
    step = _STEPS[group(match, "which") or ""]
    return timed(dated(relative(Context(), "day", step, context.reference)), group(match, "daytime"))


def _weekday(match: _Match, context: Context) -> Value | None:
    """A weekday alone lies on the side of the publication that the tense tells; "last" and "next" decide themselves."""
    weekday, which = WEEKDAYS[group(match, "weekday") or ""], group(match, "which")
    if week := group(match, "week"):
        found = around(context.published, partial(_in_week, weekday=weekday, step=_STEPS[week]))
        return timed(_blank_weekday(found, weekday), group(match, "daytime"))
    past, future = partial(_weekday_before, weekday=weekday), partial(_weekday_after, weekday=weekday)
    if which in ("last", "this past", "previous"):
        found, other = around(context.published, partial(_weekday_before, weekday=weekday, same=False)), None
    elif which in ("next", "this coming", "coming"):
        found, other = around(context.published, future), None
    elif which in ("the following", "that"):
        found, other = around(context.reference, future if which != "that" else past), None
    else:
        found, other = sided(context, past, future)
    return timed(_early(match, _blank_weekday(found, weekday, other)), group(match, "daytime"))


def _blank_weekday(found: Interval | None, weekday: int, other: Interval | None = None) -> Value:
    return dated(found, other=other) if found else Value(f"XXXX-WXX-{weekday + 1}", "DATE", None, "")


def _weekday_before(day: dt.date, weekday: int, same: bool = True) -> Interval:
    back = (day.weekday() - weekday) % 7
    return Interval.day(day - dt.timedelta(days=back if same or back else 7))


def _weekday_after(day: dt.date, weekday: int) -> Interval:
    return Interval.day(day + dt.timedelta(days=(weekday - day.weekday()) % 7 or 7))


def _in_week(day: dt.date, weekday: int, step: int) -> Interval:
    return Interval.day(day + dt.timedelta(days=weekday - day.weekday() + 7 * step))


def _overnight(match: _Match, context: Context) -> Value | None:
    """The night before the publication and the day of it."""
    found = around(context.published, lambda day: Interval(day - dt.timedelta(days=1), day, "day"))
    return timed(replace(dated(found), timex=write(relative(context, "day", -1))), "night")


def _unit(match: _Match, context: Context) -> Value | None:
    """Last week, this year, the following month."""
    unit, which = group(match, "calendar") or "", group(match, "which") or ""
    which = re.sub(r"^(?:the|the very|very) ", "", which)
    narrated = which in _NARRATED or (match[0].lower().startswith("the next") and context.reference is not None)
    anchor = context.reference if narrated else context.published
    found = relative(Context(), _solar(unit), _STEPS[which or "the"], anchor)
    part = part_of(match)
    value = replace(_unit_value(found, unit, part), mod=_edge(match, part))
    return _clipped(value, context) if _STEPS[which or "the"] == 0 and not narrated and not part else value


def _clipped(value: Value, context: Context) -> Value:
    """What happened this week or this year happened by the publication."""
    day = context.published and context.published.single
    if context.tense != "past" or not day or not value.interval or not value.interval.meets(Interval.day(day)):
        return value
    return replace(value, interval=replace(value.interval, end=day))


def _solar(unit: str) -> str:
    return "week" if unit == "fortnight" else unit


def _unit_value(found: Interval | None, unit: str, part: str | None) -> Value:
    if unit == "fortnight" and found:
        return Value(write(found), "DATE", found.shift(-1).hull(found), "")
    return dated(found, unit, part)


def _edge(match: _Match, part: str | None) -> str | None:
    edge = group(match, "edge")
    return {"early": "START", "mid": "MID", "late": "END"}.get(part or "") or {"earlier": "START", "later": "ON_OR_AFTER"}.get(edge or "")


def _weekend(match: _Match, context: Context) -> Value | None:
    """The weekend: the last one begun, or the next, by the tense."""
    found, other = sided(context, _weekend_before, _weekend_after)
    return dated(found, "weekend", None, other)


def _weekend_before(day: dt.date) -> Interval:
    own = Interval.weekend(day)
    return own if own.start and own.start <= day else own.shift(-1)


def _weekend_after(day: dt.date) -> Interval:
    own = Interval.weekend(day)
    return own if own.start and own.start > day else own.shift(1)


def _ago(match: _Match, context: Context) -> Value | None:
    """Two years ago, a decade ago: the unit that lies so far back, as narrow as the unit told."""
    return _distance(match, context, context.published, -1) if group(match, "count") else Value("PAST_REF", "DATE", None, "")


def _ahead(match: _Match, context: Context) -> Value | None:
    return _distance(match, context, context.published, 1) if group(match, "count") else Value("FUTURE_REF", "DATE", None, "")


def _later(match: _Match, context: Context) -> Value | None:
    """Two days earlier, a week later: counted from where the narrative stands."""
    back = group(match, "way") in ("earlier", "before", "previously", "prior", "beforehand")
    return _distance(match, context, context.reference, -1 if back else 1)


def _distance(match: _Match, context: Context, anchor: Interval | None, sign: int) -> Value | None:
    unit, amount = unit_name(group(match, "unit") or ""), number(group(match, "count") or "")
    if unit in ("hour", "minute", "night"):
        unit, amount = "day", (amount if unit == "night" else 0.0)
    if unit == "week" and amount == 1:
        unit, amount = "day", 7.0  # "a week ago" is said of the same weekday, "two weeks ago" more loosely (gold/train, MEANTIME)
    if amount is None:
        return Value("PAST_REF" if sign < 0 else "FUTURE_REF", "DATE", None, "", approx(match))
    amount, unit = _whole(amount, unit)
    if unit == "year" and context.reference and context.reference.granularity in ("quarter", "half"):
        return dated(context.reference.shift(sign * round(amount), "year"), "quarter")
    step = sign * round(amount)
    place = partial(_away, unit=_solar(unit), count=step * (2 if unit == "fortnight" else 1))
    return replace(dated(around(anchor, place), unit), mod=approx(match))


def _away(day: dt.date, unit: str, count: int) -> Interval:
    if unit in ("decade", "century"):
        return Interval.containing(day, "year").shift(count * (10 if unit == "decade" else 100))
    return Interval.containing(day, unit).shift(count)


def _whole(amount: float, unit: str) -> tuple[float, str]:
    """An amount in whole units: a year and a half is 18 months."""
    if amount == int(amount):
        return amount, unit
    return {"year": (amount * 12, "month"), "decade": (amount * 10, "year"), "century": (amount * 100, "year"), "month": (amount * 4, "week"),
            "week": (amount * 7, "day")}.get(unit, (amount, unit))  # fmt: skip


def _nearby_day(match: _Match, context: Context) -> Value | None:
    """The day before, the week after."""
    unit = unit_name(group(match, "unit") or "")
    if unit not in _SOLAR and unit != "night":
        return None
    value = dated(relative(Context(), "day" if unit == "night" else _solar(unit), _STEPS[group(match, "way") or ""], context.reference), unit)
    return timed(value, "night" if unit == "night" else None)


def _year_end(match: _Match, context: Context) -> Value | None:
    return dated(relative(context, (group(match, "calendar") or "year"), 0), group(match, "calendar") or "year", "late")


def _year_ago(match: _Match, context: Context) -> Value | None:
    """The year-ago quarter: the one a year before the last that ended."""
    place = ordinal(group(match, "ordinal") or "")
    found = around(context.published, lambda day: Interval.quarter(day.year - 1, place) if 1 <= place <= 4 else Interval.containing(day, "quarter").shift(-5))
    return dated(found, "quarter")


def _bare(match: _Match, context: Context) -> Value | None:
    """The year, the month, the day: the current one, as far as one can tell."""
    unit = group(match, "calendar") or "day"
    if unit == "quarter":
        told = context.reference if context.reference and context.reference.granularity == "quarter" else None
        return dated(told or relative(context, "quarter", -1), "quarter")
    if unit == "day" and context.reference and context.reference.single:
        return dated(context.reference)
    return dated(relative(context, _solar(unit), 0), unit)


def _recent(match: _Match, context: Context) -> Value | None:
    past = group(match, "which") in ("recent", "past", "previous", "earlier", "last")
    return Value("PAST_REF" if past else "FUTURE_REF", "DATE", None, "")


def _then(match: _Match, context: Context) -> Value | None:
    """The time the narrative stands at."""
    return Value(write(context.reference) if context.reference else "PAST_REF", "DATE", context.reference, "")


def _last_span(match: _Match, context: Context) -> Value | None:
    """The past two weeks, the next three years: a duration that begins or ends at the publication."""
    unit, text = unit_name(group(match, "unit") or ""), group(match, "count")
    amount = number(text) if text else (1.0 if not match[0].endswith("s") else None)
    back = (group(match, "which") or "") in ("last", "past", "previous", "preceding", "prior")
    return Value(period(amount, unit), "DURATION", _span(context, unit, amount, back), "", approx(match))


def _span(context: Context, unit: str, amount: float | None, back: bool) -> Interval | None:
    day = context.published and context.published.single
    if not day or amount is None or unit not in _SOLAR:
        return None
    amount, unit = _whole(amount, unit)
    far = Interval.day(day).shift((-1 if back else 1) * round(amount), _solar(unit))
    return Interval.day(day).hull(replace(far, granularity=unit)) if far.start else None


_TO_END = r"(?=\s*(?:[.,;:)”\"]|$|\b(?:and|when|as|that|at|in|by|after)\b))"
_WEEKDAY_STEP = "last|next|this past|this coming|this|the following|coming|previous|that"
_UNIT_STEP = (
    "last|past|previous|preceding|this past|this coming|this same|this very|this|current|present|next|coming|upcoming|following|that same|that|very same|same"
    "|latest"
)
_SPOKEN_DAY = "the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight"
_AMOUNT = r"{approx}(?:{count}|{vague})"
_READERS: tuple[tuple[str, str, Callable[[_Match, Context], Value | None]], ...] = (
    (
        "day_deictic",
        r"(?:(?P<mod>early|late|earlier|later|mid)[\s-])?(?P<deictic>" + _SPOKEN_DAY + r")"
        r"(?: (?:early |late )?{daytime})?",
        _day,
    ),
    ("this_daytime", r"(?:(?P<mod>early|late|earlier|later) )?(?P<which>this|last) {daytime}", _this_daytime),
    ("narrated_daytime", r"(?:(?:later|early) )?(?:the )?(?P<which>that same|that|same|following|next|previous) {daytime}", _narrated_daytime),
    ("weekday_week", r"{weekday}(?: {daytime})?(?:,? (?:of )?)(?P<week>last|this|next) week", _weekday),
    ("weekday", r"(?:(?P<mod>early|late|earlier|later) )?(?:(?P<which>" + _WEEKDAY_STEP + r") )?{weekday}(?: (?:early |late )?{daytime})?", _weekday),
    ("ago", _AMOUNT + r"[\s\-–]{unit}s?[\s\-–]ago", _ago),
    ("unit_ago", r"(?P<count>){unit}[\s-]ago", lambda match, context: Value("PAST_REF", "DATE", None, "")),
    ("from_now", _AMOUNT + r" {unit}s? (?:from now|from today|hence)", _ahead),
    ("later", _AMOUNT + r" {unit}s? (?P<way>earlier|later|previously|beforehand|(?:before|after|prior|afterwards?)" + _TO_END + ")", _later),
    ("the_day_before", r"the (?P<unit>day|night|week|month|year) (?P<way>before|after)" + _TO_END, _nearby_day),
    ("part_of_unit", r"(?:the )?(?:very )?{part} of (?:the )?(?:(?P<which>" + _UNIT_STEP + ") )?{calendar}", _unit),
    ("part_unit", r"{part}[\s-](?P<which>last|this|next|that|the following) {calendar}", _unit),
    ("past_unit", r"the (?P<which>past) (?P<count>){unit}", _last_span),
    ("year_ago_unit", r"(?:the )?(?:comparable |same )?year[\s-](?:ago|earlier) (?:{ordinal} )?(?:quarter|period)", _year_ago),
    ("unit", r"(?:(?P<edge>earlier|later|sometime) )?(?:the )?(?P<which>" + _UNIT_STEP + ") (?P<calendar>{calendar2}|day)", _unit),
    ("year_end", r"(?:the )?(?P<calendar>year|month|week|decade)(?:['’]s|[\s-])[\s-]?end", _year_end),
    ("overnight", r"overnight(?= (?:on|in|by|at|after|as|when|from|and|into|to)\b|[.,;]|$)", _overnight),
    ("weekend", r"(?:the )?weekend", _weekend),
    (
        "last_span",
        r"(?:the )?(?P<which>last|past|previous|preceding|next|coming|following) (?:{count}(?: (?:to|or) {count2})?|{vague}) "
        r"(?:trading |working |business |consecutive )?{unit}s?",
        _last_span,
    ),
    (
        "recent_units",
        r"(?:(?:the|these) )?(?:more )?(?P<which>recent|past|coming|previous|earlier|last) (?:days?|weeks?|months?|years?|decades?|times?)"
        r"(?: (?:and|or) (?:weeks|months|years))?",
        _recent,
    ),
    ("bare_unit", r"the (?:full |whole |entire )?(?P<calendar>year|month|week|day|quarter)(?! of\b|-| (?:before|after|when|that|since)\b)", _bare),
    ("then", r"the time(?! of\b)|that time|then", _then),
)
_BEFORE = {"then": r"(?:(?<=\bat\s)|(?<=since\s)|(?<=until\s)|(?<=\bby\s)|(?<=back\s))"}
RULES = tuple(Rule(name, pattern, read, _BEFORE.get(name, "")) for name, pattern, read in _READERS)
