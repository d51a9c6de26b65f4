"""The grammar's machinery: rules written with {macros}, compiled once, matched whole or found in running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from demarche.language.timex_values import Context, Value, named
from demarche.language.timex_words import DAYTIMES, MONTHS, NUMBERS, ONES, ORDINALS, PARTS, SEASONS, TENS, UNITS, WEEKDAYS

Reader = Callable[["re.Match[str]", Context], Value | None]
_GAP = r"[\s\-‐-–]+"


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


_CASED = {"may": r"(?-i:May|MAY)", "march": r"(?-i:March|MARCH)(?!\s+of\s+(?:the|a)\b)", "mar": r"(?-i:Mar|MAR)\.?", "august": r"(?-i:August|AUGUST)"}
_SHORT_MONTHS = [rf"(?-i:{m.capitalize()}|{m.upper()})\b\.?" for m in MONTHS if len(m) <= 4 and m not in _CASED and m not in ("june", "july")]
_LONG_MONTHS = [m for m in MONTHS if (len(m) > 4 or m in ("june", "july")) and m not in _CASED]
_LONG_DAYS = [d for d in WEEKDAYS if d.endswith("day")]
_BARE = {"sun": ")", "sat": ")"}  # words of their own: they need a full stop or a figure
_SHORT_DAYS = [rf"(?-i:{d.capitalize()}|{d.upper()})(?:\.|\b(?=,?\s+\d)" + _BARE.get(d, r"|(?-i:(?!\s+[A-Z])))") for d in WEEKDAYS if not d.endswith("day")]
_SMALL = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_WORDS = _any(w for w in NUMBERS if w not in ("a", "an", "zero", "half"))
_LARGE = "hundred|thousand|dozen"
_DECIMAL = _any(TENS)
_SPELLED = rf"nineteen[\s-]+(?:{_DECIMAL})(?:[\s-]+(?:{_any(ONES[1:10])}))?|two\s+thousand(?:\s+and\s+(?:{_any(ONES[1:])}))?(?!\s+\w+s\b)"

MACROS = {
    "month": "|".join([*sorted(_LONG_MONTHS, key=len, reverse=True), *_CASED.values(), *_SHORT_MONTHS]),
    "weekday": "|".join([*_LONG_DAYS, *_SHORT_DAYS]),
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d|[.,]\d|\s?%)",
    "num2": r"0?[1-9]|[12]\d|3[01]",
    "year": rf"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d)|{_SPELLED}",
    "count": "|".join(
        (
            r"(?:a\s+)?(?:couple|pair)(?:\s+of)?(?:\s+more)?",
            r"\d+\s+\d/\d",
            rf"{_SMALL}(?:\s+and\s+a\s+half)?",
            rf"(?:a\s+(?={_LARGE}))?(?:{_WORDS})(?:[\s-]+(?:and[\s-]+)?(?:a[\s-]+)?(?:{_WORDS}|half))*",
            r"half(?:\s+an?)?",
            "an?",
        )
    ),
    "vague": r"a\s+few|a\s+number\s+of|several|many|some|a\s+handful\s+of|few|countless|numerous|various|multiple|a\s+lot\s+of",
    "unit": _any(["centuries", *(u for u in UNITS if u != "second")]),
    "calendar": "week|weekend|fortnight|month|quarter|year|decade|century",
    "ordinal": r"\d{1,2}(?:st|nd|rd|th)|" + _any(ORDINALS),
    "season": _any(SEASONS),
    "daytime": _any(w for w in DAYTIMES if w not in ("overnight", "nighttime")),
    "part": _any(w for w in PARTS if w not in ("onset", "outset")),
    "approx": r"(?P<approx>(?:more\s+than|less\s+than|fewer\s+than|well\s+over|over|under|about|around|nearly|almost|approximately|roughly|up\s+to"
    r"|an?\s+additional|another)\s+)?",
    "clock": "|".join(
        (
            r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d(?::[0-5]\d)?)?\s?(?:[ap]\.\s?m\b\.?|[ap]m\b)",
            r"(?:[01]?\d|2[0-3]):[0-5]\d(?:\s?hrs|\s?hours|h)?",
            r"(?:[01]\d|2[0-3])[0-5]\d(?=\s?(?:gmt|utc|hrs|hours|local))(?:\s?hrs|\s?hours)?",
        )
    ),
    "zone": r"(?:\s(?:\(?(?:gmt|utc|est|edt|pst|pdt|cst|cet|bst|ist|wat|eat|sast|jst|et|a\.?e\.?s\.?t)\)?(?:\s?[+-]\s?\d{1,2})?\)?|local\s+time))",
    "gap": _GAP,
}
_MOD_WORDS = (
    (r"more|over|least|well", "MORE_THAN"), (r"less|fewer|under|nearly|almost|most|up to|as long", "LESS_THAN"), (r"about|around|approx|rough|some", "APPROX"),
)  # fmt: skip


def expand(pattern: str, groups: bool = True) -> str:
    """A rule's pattern with its macros filled in: `{month}` becomes the named group `month`, a blank any white space."""

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        body = MACROS[name.rstrip("0123456789")] if name not in MACROS else MACROS[name]
        return f"(?P<{name}>{body})" if name not in ("approx", "gap") else body

    full = re.sub(r"\{([a-z]\w*)\}", fill, pattern.replace(" ", r"\s+"))
    return _distinct(full) if groups else re.sub(r"\(\?P<\w+>", "(?:", full)


def _distinct(pattern: str) -> str:
    """The pattern with a group name's second use numbered: `year`, `year__2`; `group` reads whichever matched."""
    seen: Counter[str] = Counter()

    def number(match: re.Match[str]) -> str:
        seen[match[1]] += 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}__{seen[match[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", number, pattern)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of telling a time: a pattern and the function that reads its match. `before` must hold, too, where it starts in running text."""

    name: str
    pattern: str
    read: Reader
    before: str = ""


class Grammar:
    """An ordered table of rules; earlier rules win."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._whole = [(rule, re.compile(expand(rule.pattern), re.I)) for rule in self.rules]
        every = "|".join(f"{rule.before}(?:{expand(rule.pattern, groups=False)})" for rule in self.rules)
        self._any = re.compile(rf"(?:{every})(?!\w)", re.I)
        self.match = self._any.match
        self.parse = lru_cache(maxsize=4096)(self._parse)

    def value(self, expression: str, context: Context) -> Value | None:
        """The reading of the first rule that matches the whole expression and makes sense of it."""
        for rule, match in self.parse(expression):
            if (value := _within_calendar(rule, match, context)) is not None:
                return named(value, rule.name)
        return None

    def _parse(self, expression: str) -> list[tuple[Rule, re.Match[str]]]:
        return [(rule, match) for rule, pattern in self._whole if (match := pattern.fullmatch(expression))]


def _within_calendar(rule: Rule, match: re.Match[str], context: Context) -> Value | None:
    """The rule's reading; when it falls outside the calendar ("5,000 years ago"), the one that knows no anchor."""
    try:
        return rule.read(match, context)
    except (ValueError, OverflowError):
        return rule.read(match, Context())


def approx(match: re.Match[str]) -> str | None:
    """The TIMEX3 mod of "more than", "nearly", "about" before an amount."""
    words = group(match, "approx") or ""
    return next((mod for pattern, mod in _MOD_WORDS if re.search(pattern, words)), None)


def group(match: re.Match[str], name: str) -> str | None:
    """A named group in lower case without its full stop; None when absent or not matched."""
    groups = match.groupdict()
    text = next((found for key in (name, f"{name}__2", f"{name}__3") if (found := groups.get(key))), None)
    return re.sub(r"\s+", " ", text).strip().lower().rstrip(".") if text else None
