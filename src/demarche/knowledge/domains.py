"""What a report's address tells of its outlet's country: the national domain, and country names inside the host ("kuwaittimes")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from demarche.knowledge import tables
from demarche.knowledge.countries import Countries

GENERIC = frozenset({"co", "io", "tv", "me", "ai", "fm", "cc", "ws", "to", "ly", "gg", "is", "st", "la", "ag"})
"""National domains that are mostly used for their sound."""
SHORTEST = 5
"""Letters that a country's name or adjective needs to count inside a host."""


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["code"] for row in tables.read("domains")}


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """Names, adjectives and capitals as they stand in hosts, longest first."""
    found = {
        form.lower().replace(" ", ""): country.code
        for country in Countries.load()
        if country.code != "IGO"
        for form in (*country.capitals, *country.adjectives, country.name, *country.names)
        if form.isascii() and len(form.replace(" ", "")) >= SHORTEST
    }
    found["korea"] = "KOR"  # no outlet of the North writes its country so
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def outlet_countries(url: str) -> Iterator[str]:
    """The alpha-3 codes that an address's host hints at, at most one by its domain and one by a name inside it."""
    labels = (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower().split(".")
    if len(labels) > 1 and labels[-1] not in GENERIC and labels[-1] in _domains():
        yield _domains()[labels[-1]]
    host = "".join(labels[:-1])
    inside = next((code for name, code in _names() if name in host), None)
    if inside:
        yield inside
