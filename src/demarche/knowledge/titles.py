"""The person's name and the title in a party phrase."""

from __future__ import annotations

from collections.abc import Iterator

from demarche.knowledge.phrase_reading import Reading
from demarche.knowledge.tables import wordlist

_RESPECT = wordlist("respect")
_WITHIN = wordlist("within a name")
_LINKS = frozenset({"of", "for", "and"})


def person_name(reading: Reading) -> tuple[int, int] | None:
    """The words `[first, end)` of the person named, title and respect apart; null when nobody is."""
    runs = [run for run in map(lambda run: _person(reading, run), _runs(reading)) if run is not None]
    return max(runs, key=lambda run: (run[1] - run[0] > 1, run[0]), default=None)


def title_words(reading: Reading, name: tuple[int, int] | None) -> str | None:
    """The title as the phrase gives it: what stands before the name, or after it, or around the role words."""
    if name is None:
        return None
    before, after = (0, name[0]), (name[1], len(reading.found))
    for first, end in (before, after):
        if reading.titled & set(range(first, end)):
            return _trim(reading, first, end)
    return None


def _trim(reading: Reading, first: int, end: int) -> str:
    """A title without determiners at its edges and without what a comma cuts off from its role words."""
    while first < end and reading.lower[first] in _RESPECT and reading.lower[first] not in ("former", "then", "ex"):
        first += 1
    cut = next((i for i in range(first + 1, end) if "," in reading.gap(i) and reading.titled & set(range(first, i))), end)
    while cut > first and reading.lower[cut - 1] in _RESPECT | _LINKS:
        cut -= 1
    return reading.cut(first, cut)


def _runs(reading: Reading) -> Iterator[tuple[int, int]]:
    """The runs of capitalised words that are neither respect, role, country nor entity."""
    first: int | None = None
    for i in range(len(reading.found) + 1):
        inside = i < len(reading.found) and _in_name(reading, i, first)
        if first is not None and (not inside or not _close(reading, i)):
            yield first, _without_tail(reading, first, i)
            first = None
        if inside and first is None and reading.found[i].text[:1].isupper():
            first = i


def _in_name(reading: Reading, i: int, first: int | None) -> bool:
    word = reading.lower[i]
    initial = word == "s" and first is not None and "." in reading.gap(i)
    if i in reading.named or i in reading.titled or (word in _RESPECT and not initial):
        return False
    return reading.found[i].text[:1].isupper() or (first is not None and (word in _WITHIN or reading.gap(i) == "-"))


def _without_tail(reading: Reading, first: int, end: int) -> int:
    while end > first + 1 and not reading.found[end - 1].text[:1].isupper() and reading.gap(end - 1) != "-":
        end -= 1
    return end


def _close(reading: Reading, i: int) -> bool:
    return reading.gap(i).strip(" .-'’") == ""


def _person(reading: Reading, run: tuple[int, int]) -> tuple[int, int] | None:
    """The run without the field of an office before it ("Minister of Health Ali Hassan"); null when it is nothing but that."""
    first, end = run
    if first and reading.lower[first - 1] in _LINKS and "," not in reading.gap(first) and reading.titled & set(range(first)):
        starts = [i for i in range(first, end) if i == first or reading.gap(i) == " " or "." in reading.gap(i)]
        if len(starts) < 3:
            return None
        first = starts[-2]
    if end - first == 1 and len(reading.found[first].text) < 2:
        return None
    return first, end
