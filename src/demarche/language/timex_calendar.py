"""Rules for calendar dates, whole and partial: days, months, quarters, seasons, years, decades and centuries, figures and words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import partial

from demarche.language.interval import Interval
from demarche.language.timex_grammar import MACROS, Rule, group
from demarche.language.timex_values import Context, Value, around, dated, nearer, relative, sided, write
from demarche.language.timex_words import MONTHS, PARTS, SEASONS, WEEKDAYS, ordinal, year

_Match = re.Match[str]
_STEPS = {"last": -1, "previous": -1, "preceding": -1, "past": -1, "this": 0, "current": 0, "that": 0, "same": 0, "next": 1, "coming": 1, "following": 1,
          "this past": -1, "this coming": 1}  # fmt: skip
_FRESH = 30  # days
_ANCHORED = ("that", "same", "previous", "preceding", "following")
WHICH = r"(?:,? (?:of |in )?(?:the )?(?P<which>last|this|next|that|same|previous|preceding|following) year)"
PRE = r"(?:(?:the )?(?:very )?{part}(?: part| half)?(?: of| in)?(?: the)?[\s\-–]+)?"


def day_of(year_: int, month: int, day: int) -> Interval | None:
    """The day, or None when the calendar has no such day."""
    try:
        return Interval.day(dt.date(year_, month, day))
    except ValueError:
        return None


def part_of(match: _Match) -> str | None:
    """Early, mid or late, when the match says so."""
    return PARTS.get(group(match, "part") or "")


def year_of(match: _Match, context: Context) -> tuple[bool, Interval | None]:
    """Whether a year is told ("2022", "last year"), and that year when it is known."""
    if text := group(match, "year"):
        return True, Interval.year(year(text))
    if which := group(match, "which"):
        anchor = context.reference if which in _ANCHORED else context.published
        return True, relative(context, "year", _STEPS[which], anchor) if anchor else None
    return False, None


def _iso(match: _Match, context: Context) -> Value | None:
    found = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return dated(found) if found else None


def _figures(match: _Match, context: Context) -> Value | None:
    """16/03/2024: day first unless that cannot be; where both can be, the reading nearer to the publication."""
    first, second, year_ = int(match["a"]), int(match["b"]), year(match["y"])
    readings = [found for found in (day_of(year_, second, first), day_of(year_, first, second)) if found]
    if context.published and (near := context.published.single):
        readings.sort(key=lambda reading: abs((reading.start or near) - near))
    return dated(readings[0]) if readings else None


def _month_day(match: _Match, context: Context) -> Value | None:
    """A day and a month, with or without year and weekday."""
    month, day = MONTHS[group(match, "month") or ""], int(re.sub(r"\D", "", match["day"]))
    told, the_year = year_of(match, context)
    if the_year and the_year.start:
        found = day_of(the_year.start.year, month, day)
        return dated(found) if found else None
    if told or day_of(2000, month, day) is None:
        return Value(f"XXXX-{month:02}-{day:02}", "DATE", None, "") if day_of(2000, month, day) else None
    return yearless_day(context, month, day, group(match, "weekday"))


def yearless_day(context: Context, month: int, day: int, weekday: str | None) -> Value:
    """A day and month without a year: the nearer to the publication, or the one on which the weekday told falls."""
    if weekday and (agreed := around(context.published, partial(_by_weekday, month=month, day=day, weekday=WEEKDAYS[weekday]))):
        return dated(agreed)
    found, other = nearer(context, partial(_turn, month=month, day=day, step=-1), partial(_turn, month=month, day=day, step=1))
    return dated(found, other=other) if found else Value(f"XXXX-{month:02}-{day:02}", "DATE", None, "")


def _turn(near: dt.date, month: int, day: int, step: int) -> Interval:
    """The day of that name that lies nearest to `near` on the side of `step`, `near` itself included."""
    for year_ in range(near.year, near.year + 9 * step, step):
        found = day_of(year_, month, day)
        if found and found.start and (found.start - near).days * step >= 0:
            return found
    raise ValueError(f"no day {day} in month {month}")


def _by_weekday(near: dt.date, month: int, day: int, weekday: int) -> Interval:
    """The nearest year's day that falls on the weekday told; the nearest at all when it is fresh (writers err in weekdays) or when none does."""
    days = [found for year_ in (near.year, near.year - 1, near.year + 1) if (found := day_of(year_, month, day))]
    agreed = [found for found in days if found.start and found.start.weekday() == weekday]
    fresh = [found for found in days if found.start and abs((found.start - near).days) <= _FRESH]
    return min(fresh or agreed or days or [_turn(near, month, day, -1)], key=lambda found: abs((found.start or near) - near))


def _day_range(match: _Match, context: Context) -> Value | None:
    """3 to 5 May: two days of one month."""
    month = MONTHS[group(match, "month") or ""]
    first, last = sorted(int(re.sub(r"\D", "", match[name])) for name in ("num2", "day"))
    told, the_year = year_of(match, context)
    anchor = the_year and the_year.start and day_of(the_year.start.year, month, first)
    value = dated(anchor) if anchor else yearless_day(context, month, first, None)
    if (told and not anchor) or not (value.interval and value.interval.start):
        return Value(f"XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}", "DATE", None, "")
    span = _stretch(value.interval.start, last)
    return Value(write(span), "DATE", span, "") if span else None


def _stretch(start: dt.date, last: int) -> Interval | None:
    end = day_of(start.year, start.month, last)
    return end and Interval(start, end.end, "day")


def _month(match: _Match, context: Context) -> Value | None:
    """A month, or its early, mid or late part; its year told, or on the side of the publication that the tense tells."""
    month, part = MONTHS[group(match, "month") or ""], part_of(match)
    told, the_year = year_of(match, context)
    if the_year and the_year.start:
        return dated(Interval.month(the_year.start.year, month), "month", part)
    found, other = (None, None) if told else sided(context, _latest_month(month), _next_month(month))
    value = dated(found, "month", part, other)
    return value if found else Value(f"XXXX-{month:02}", "DATE", None, "", value.mod)


def _latest_month(month: int) -> Callable[[dt.date], Interval]:
    return lambda day: Interval.month(day.year - (month > day.month), month)


def _next_month(month: int) -> Callable[[dt.date], Interval]:
    return lambda day: Interval.month(day.year + (month < day.month), month)


def _which_month(match: _Match, context: Context) -> Value | None:
    """Last July, this July, next July."""
    month, step = MONTHS[group(match, "month") or ""], _STEPS[group(match, "step") or ""]
    makers: dict[int, Callable[[dt.date], Interval]] = {
        -1: lambda day: Interval.month(day.year - (month >= day.month), month),
        0: lambda day: Interval.month(day.year, month),
        1: lambda day: Interval.month(day.year + (month <= day.month), month),
    }
    found = around(context.published, makers[step])
    value = dated(found, "month", part_of(match))
    return value if found else Value(f"XXXX-{month:02}", "DATE", None, "", value.mod)


def _piece_of_month(match: _Match, context: Context) -> Value | None:
    """The first week of May, the second half of July."""
    whole = _month(match, context)
    if whole is None or whole.interval is None or whole.interval.start is None or whole.interval.end is None:
        return whole
    return dated(_piece(whole.interval.start, whole.interval.end, ordinal(group(match, "ordinal") or ""), match["piece"].lower()))


def _piece(start: dt.date, end: dt.date, count: int, piece: str) -> Interval:
    size = {"week": 7, "half": 15, "day": 1, "weekend": 7}[piece.rstrip("s")]
    if count < 0:
        return Interval(end - dt.timedelta(days=size - 1), end, "day")
    first = min(start + dt.timedelta(days=size * (count - 1)), end)
    last = end if piece == "half" and count == 2 else min(first + dt.timedelta(days=size - 1), end)
    return Interval(first, last, "day")


def _year(match: _Match, context: Context) -> Value | None:
    _, the_year = year_of(match, context)
    value = dated(the_year, "year", part_of(match))
    return value


def _year_range(match: _Match, context: Context) -> Value | None:
    first, last = year(match["year"]), match["last"]
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    span = Interval.year(first).hull(Interval.year(end)) if first < end <= first + 100 else None
    return Value(f"{first}/{end}", "DATE", Interval(span.start, span.end, "year"), "") if span else None


def _share_of_year(match: _Match, context: Context) -> Value | None:
    """A quarter or half: of a year told, or the one nearest before the publication."""
    unit, place = group(match, "share") or "", ordinal(group(match, "ordinal") or "")
    count = {"quarter": 4, "half": 2}[unit]
    if not (place == -1 or 1 <= place <= count):
        return None
    number = count if place == -1 else place
    _, the_year = year_of(match, context)
    if the_year and the_year.start:
        return dated(_share(the_year.start.year, number, unit))
    found = None if group(match, "which") else around(context.published, partial(_latest_share, number=number, unit=unit))
    return dated(found) if found else Value(f"XXXX-{unit[0].upper()}{number}", "DATE", None, "")


def _share(year_: int, number: int, unit: str) -> Interval:
    return Interval.quarter(year_, number) if unit == "quarter" else Interval.half(year_, number)


def _latest_share(day: dt.date, number: int, unit: str) -> Interval:
    found = _share(day.year, number, unit)
    return found if found.start and found.start <= day else _share(day.year - 1, number, unit)


def _season(match: _Match, context: Context) -> Value | None:
    month, letters = SEASONS[group(match, "season") or ""]
    _, the_year = year_of(match, context)
    step = _STEPS.get(group(match, "step") or "")
    if the_year and the_year.start:
        return dated(Interval.season(the_year.start.year, month), "season", part_of(match))
    found = around(context.published, partial(_nearby_season, month=month, step=step)) if not group(match, "which") else None
    return dated(found, "season", part_of(match)) if found else Value(f"XXXX-{letters}", "DATE", None, "")


def _nearby_season(day: dt.date, month: int, step: int | None) -> Interval:
    own = Interval.season(day.year, month)
    if step == 0:
        return own if not (month == 12 and day.month < 3) else Interval.season(day.year - 1, month)
    if step == 1:
        return own if own.start and own.start > day else Interval.season(day.year + 1, month)
    ended = own.end if step == -1 else own.start
    return own if ended and ended <= day else Interval.season(day.year - 1, month)


def _decade(match: _Match, context: Context) -> Value | None:
    text = match["decade"].lower()
    tens = _DECADES.get(text)
    first = 1900 + tens if tens is not None else year(re.sub(r"\D", "", text))
    return dated(Interval.decade(first), "decade", part_of(match))


_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}


def _century(match: _Match, context: Context) -> Value | None:
    count = ordinal(group(match, "ordinal") or "")
    return dated(Interval.century((count - 1) * 100), "century", part_of(match)) if 1 < count < 30 else None


def _fiscal(match: _Match, context: Context) -> Value | None:
    """A fiscal year: which days it covers depends on whose it is."""
    return Value(f"{year(group(match, 'year') or group(match, 'year2') or '')}", "DATE", None, "")


_NOT_AGE = r"(?<!his\s)(?<!her\s)(?<!their\s)(?<!my\s)(?<!\d)"
_THIS = "(?:last |this |next )?"
MONTH_ALONE = re.sub(r"\(\?-i:(?:Jan|Feb|Apr|Jun|Jul|Aug|Dec|Mar)\|[A-Z]+\)\\b\\.\?", lambda m: m[0].replace(r"\b\.?", r"\."), MACROS["month"])
YEAR = r"(?:,? (?:of )?{year}|" + WHICH + ")"
RULES = (
    Rule("iso_date", r"(?<![\d-])(?P<y>(?:1[5-9]|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)", _iso),
    Rule("figures_date", r"(?<![\d/.-])(?P<a>\d{1,2})(?:/|\.|-)(?P<b>\d{1,2})(?:/|\.|-)(?P<y>(?:19|20)\d\d)(?![\d/])", _figures),
    Rule("short_figures_date", r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)(?![\d/])", _figures),
    Rule("day_range", r"{num2}(?:st|nd|rd|th)?(?: (?:to|and|through|until|till) |\s?[-–—]\s?){day}\s?(?:of )?{month}(?:,? {year}|" + WHICH + ")?", _day_range),
    Rule("month_day_range", r"{month} {num2}(?:st|nd|rd|th)?(?: (?:to|and|through) |\s?[-–—]\s?){day}(?! {month2})(?:,? {year}|" + WHICH + ")?", _day_range),
    Rule("day_month", r"(?:" + _THIS + r"{weekday},? (?:the )?)?(?:the )?{day}(?: of|,)?[\s\-–]{month}(?:\s?,?[\s\-–]{year}|" + WHICH + ")?", _month_day),
    Rule("month_day", r"(?:" + _THIS + r"{weekday},? )?" + _THIS + r"{month}[\s\-–]\s?{day}(?:\s?,\s?{year}| {year}|" + WHICH + ")?", _month_day),
    Rule("piece_of_month", r"(?:the )?{ordinal} (?P<piece>week|half|days?|weekend) of {month}" + YEAR + "?", _piece_of_month),
    Rule("month_year", PRE + "{month}(?:,? (?:of )?{year}|" + WHICH + ")", _month),
    Rule("which_month", PRE + r"(?P<step>last|this|next|this past|this coming) {month}", _which_month),
    Rule("month", PRE + "(?P<month>" + MONTH_ALONE + ")", _month),
    Rule("share_of_year", r"(?:the )?{ordinal}[\s\-–]+(?P<share>quarter|half)(?:(?: of(?: the)?(?: year)?)? {year}|(?: of)?" + WHICH + ")", _share_of_year),
    Rule("quarter", r"(?:the )?{ordinal} (?P<share>quarter)|{ordinal}[\-–](?P<share>quarter)", _share_of_year),
    Rule("quarter_figure", r"q(?P<number>[1-4]),? {year}", lambda m, _: dated(Interval.quarter(year(m["year"]), int(m["number"])))),
    Rule("fiscal_year", r"(?:the )?(?:fiscal|financial|academic|marketing|crop)(?: years?)? {year}(?:\s?[/–-]\s?\d\d(?:\d\d)?)?|FY\s?{year2}", _fiscal),
    Rule("season_year", PRE + r"(?:the )?{season}" + YEAR, _season),
    Rule("which_season", PRE + r"(?P<step>last|this|next|this past|this coming|that) {season}", _season),
    Rule("season", "(?:the )?{season}", _season, before=r"(?=(?:the\s+)?(?:summer|winter|autumn)(?:[.,;]|\s+(?:of|and|in|when|to)\b))"),
    Rule("decade", PRE + r"(?:the )?(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]?[2-9]0s|" + "|".join(_DECADES) + ")", _decade, before=_NOT_AGE),
    Rule("century", r"(?:the )?(?:{part}[\s\-–])?{ordinal}[\s\-–]century", _century),
    Rule("year_range", r"{year}\s?[-–/]\s?(?P<last>(?:1[5-9]|20)\d\d|\d\d)(?![\d-])", _year_range),
    Rule("year", PRE + r"(?:the year )?{year}(?: and beyond)?", _year),
)
