"""Names of places as keys: spelling folded away, and the shorter or differently spelt forms worth trying when a name is unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anyascii import anyascii

_SILENT = re.compile(r"['`\".\u2018\u2019]")
_BREAK = re.compile(r"[^a-z0-9]+")
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_AREA = "province|state|district|governorate|region|oblast|county|parish|borough|municipality|prefecture|department|canton|republic|territory|area|islands?"
_TOWN = "city|town|township|village|commune|suburb|neighbou?rhood|port|capital|refugee camp|camp|airport|international airport"
_OTHER = "kingdom|peoples republic|straits?|gulf|sea|coast"
_HEAD = re.compile(rf"^(?:(?:{_AREA}|{_TOWN}|{_OTHER}) of (?:the )?|greater |downtown |metro |metropolitan |port )")
_SIDE = re.compile(r"^(?:(?:north|south)(?:ern|eastern|western)?|(?:east|west)(?:ern)?|central|upper|lower|mainland) ")
_SITE = "valley|peninsula|mountains|hills|square|suburb|(?:border )?crossing|(?:military )?airport|air ?base|gas fields?|oil fields?"
_TAIL = re.compile(rf" (?:{_AREA}|{_TOWN}|metropolitan area|{_SITE})$")
_ARTICLE = re.compile(r"^(?:(?:al|el|ad|ed|an|en|ar|er|as|es|at|et|az|ez|ash|esh|ath) |[ae]l(?=[a-z]{5}))(?=[a-z]{4})", re.MULTILINE)
_SOUNDS = {"kh": "k", "gh": "g", "dh": "d", "th": "t", "sh": "ch", "ou": "u", "ee": "i", "oo": "u", "q": "k", "w": "v", "iy": "y", "ei": "i"}


def fold(name: str) -> str:
    """The key of a name: ASCII, lower case, no punctuation, no leading "the", St and Mt for Saint and Mount; "" when nothing is left."""
    plain = _BREAK.sub(" ", _SILENT.sub("", anyascii(name).lower().replace("&", " and "))).split()
    words = [_SHORT.get(word, word) for word in plain]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def variants(key: str) -> Iterator[str]:
    """Other keys the same place may be listed under, the closest first; never the key itself."""
    seen = {key}
    for form in _forms(key):
        if form not in seen and len(form) > 1:
            seen.add(form)
            yield form


def bare(key: str) -> str:
    """The key without a leading Arabic article."""
    return _ARTICLE.sub("", key)


def sound(key: str) -> str:
    """A coarse spelling for comparing transliterations: double letters single, "kh" as "k", a leading Arabic article dropped.

    Many keys are respelt at once when each is a line of its own.
    """
    rest = bare(key)
    for old, new in _SOUNDS.items():
        rest = rest.replace(old, new)
    return re.sub(r"(.)\1", r"\1", rest.replace(" ", ""))


def _forms(key: str) -> Iterator[str]:
    yield from _articles(key)
    for cut in (_HEAD, _TAIL, _SIDE):
        shorter = cut.sub("", key)
        if shorter != key:
            yield shorter
            yield from _articles(shorter)
            yield _TAIL.sub("", shorter)
            yield shorter.replace(" ", "")
    yield key.replace(" ", "")
    yield from (f"{key} {kind}" for kind in ("county", "parish", "district", "province"))


def _articles(key: str) -> Iterator[str]:
    rest = bare(key)
    if rest != key:
        yield from (f"al {rest}", f"el {rest}", rest)
    elif key and " " not in key:
        yield f"al {key}"
