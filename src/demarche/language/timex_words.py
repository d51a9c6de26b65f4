"""The words that time expressions are made of, and what they are worth."""

from __future__ import annotations

import re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"), ("tuesday", "tues", "tue"), ("wednesday", "wed"), ("thursday", "thurs", "thur", "thu"),
            ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
        )
    )
    for name in names
}  # fmt: skip

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: dict[str, float] = (
    {word: float(value) for value, word in enumerate(ONES)}
    | {word: float(value * 10) for value, word in enumerate(TENS, 2)}
    | {"a": 1.0, "an": 1.0, "one": 1.0, "half": 0.5, "dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
)

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_HIGHER = {"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
           "thirtieth": 30}  # fmt: skip
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), 1)} | _HIGHER | {"twenty-first": 21, "last": -1, "final": -1}

UNITS = ["second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century"]
UNIT_LETTERS = {
    "second": "T1S", "minute": "T1M", "hour": "T1H", "day": "1D", "night": "1D", "week": "1W", "weekend": "2D", "fortnight": "2W",
    "month": "1M", "quarter": "1Q", "year": "1Y", "decade": "10Y", "century": "100Y",
}  # fmt: skip

SEASONS = {"spring": (3, "SP"), "summer": (6, "SU"), "autumn": (9, "FA"), "fall": (9, "FA"), "winter": (12, "WI")}
DAYTIMES = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nighttime": "NI", "dawn": "MO", "dusk": "EV", "midday": "MI",
            "noon": "MI", "midnight": "NI", "overnight": "NI", "daytime": "DT", "lunchtime": "MI"}  # fmt: skip

PARTS = {
    name: part
    for part, names in {
        "early": "early beginning start onset outset",
        "mid": "mid middle midway",
        "late": "late end",
    }.items()
    for name in names.split()
}
PART_MODS = {"early": "START", "mid": "MID", "late": "END"}

FIXED_DAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26), "new year's day": (1, 1),
    "new year’s day": (1, 1), "new year's eve": (12, 31), "new year’s eve": (12, 31), "valentine's day": (2, 14), "valentine’s day": (2, 14),
    "may day": (5, 1), "labour day": (5, 1), "international women's day": (3, 8), "international women’s day": (3, 8), "halloween": (10, 31),
    "bastille day": (7, 14), "fourth of july": (7, 4), "armistice day": (11, 11), "veterans day": (11, 11), "st patrick's day": (3, 17),
    "st. patrick's day": (3, 17), "human rights day": (12, 10), "world press freedom day": (5, 3), "world refugee day": (6, 20),
    "international workers' day": (5, 1), "juneteenth": (6, 19), "april fools' day": (4, 1), "all saints' day": (11, 1), "anzac day": (4, 25),
}  # fmt: skip
MOVING_DAYS = ("good friday", "easter sunday", "easter monday", "easter", "ash wednesday", "palm sunday", "thanksgiving day", "thanksgiving",
               "martin luther king day", "memorial day", "labor day", "mother's day", "black friday")  # fmt: skip
FESTIVALS = (
    *(f"eid{gap}{article}{tie}{name}" for gap in " -" for article in ("al", "ul") for tie in " -" for name in ("fitr", "adha", "azha")), "eid", "ramadan",
    "ramzan", "diwali", "passover", "hanukkah", "lunar new year", "chinese new year", "nowruz", "holi", "ashura", "yom kippur", "rosh hashanah",
    "independence day", "national day", "republic day", "victory day",
)  # fmt: skip

PRESENT = ("now", "currently", "right now", "nowadays", "at present", "at the moment", "these days", "presently", "the time being", "the present",
           "the present time", "current", "the present day")  # fmt: skip
PAST = ("recently", "recent", "the past", "the recent past", "not long ago", "long ago", "lately", "some time ago", "more recently",
        "a long time ago", "the old days", "the distant past")  # fmt: skip
FUTURE = ("the future", "soon", "the near future", "the near term", "the short term", "the long term", "the coming future", "the foreseeable future",
          "the longer term", "the medium term", "as soon as possible")  # fmt: skip


def number(text: str) -> float | None:
    """What a number in figures or words is worth: "three", "twenty-five", "2.5", "two and a half", "a couple of"; None for "several"."""
    total, half = 0.0, False
    for word in text.lower().replace("-", " ").split():
        if re.fullmatch(r"\d/\d", word):
            total += int(word[0]) / max(1, int(word[2]))
        elif word in ("and", "of", "more", "couple", "pair"):
            total += 2.0 - total if word in ("couple", "pair") else 0.0
        elif word.replace(",", "").replace(".", "", 1).isdigit():
            total += float(word.replace(",", ""))
        elif word == "half" and total:
            half = True
        elif word in ("hundred", "dozen", "thousand"):
            total = max(total, 1.0) * NUMBERS[word]
        elif word in NUMBERS:
            total += 0.0 if word in ("a", "an") and total else NUMBERS[word]
        else:
            return None
    return total + (0.5 if half else 0.0)


def ordinal(text: str) -> int:
    """What "third" or "3rd" counts; "last" is -1."""
    return ORDINALS.get(text.lower()) or int(re.sub(r"\D", "", text) or 0)


def unit_name(text: str) -> str:
    """The singular of a unit of time."""
    return "century" if text == "centuries" else text.rstrip("s")


def year(text: str) -> int:
    """A year of four figures, of two after an apostrophe ('98, '07), or in words (nineteen ninety-six)."""
    if not any(map(str.isdigit, text)):
        century, _, rest = text.lower().replace("-", " ").partition(" ")
        return (1900 if century == "nineteen" else 2000) + int(number(rest.removeprefix("thousand").removeprefix(" and")) or 0)
    digits = "".join(filter(str.isdigit, text))
    value = int(digits)
    return value if len(digits) > 2 else value + (1900 if value >= 30 else 2000)
