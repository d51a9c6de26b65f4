"""Known phrases found in text: words with offsets, and a lexicon that finds the longest phrase at each place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from anyascii import anyascii

V = TypeVar("V")

_WORD = re.compile(r"[^\W_]+")
_JOIN = re.compile(r"[\s.\-'’‘`–/&()]{0,3}")
_HEADING = 4  # letters from which a word in capitals may stand for its normal form ("GERMANY", not "CAR" or "US")


class Token(NamedTuple):
    """One word of a text, folded to ASCII, with its offsets in the text."""

    start: int
    end: int
    text: str


class Hit(NamedTuple, Generic[V]):
    """A phrase found: tokens `[first, end)` and what the lexicon holds for it."""

    first: int
    end: int
    value: V


def fold(text: str) -> str:
    """`text` in plain ASCII letters, case kept."""
    return text if text.isascii() else str(anyascii(text))


def tokens(text: str) -> list[Token]:
    """The words of `text`; apostrophes, hyphens and full stops separate."""
    return [Token(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text` without offsets."""
    return tuple(token.text for token in tokens(text))


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether only what may stand inside a phrase lies between two neighbouring words."""
    gap = text[left.end : right.start]
    return gap == " " or (_JOIN.fullmatch(gap) is not None and "\n\n" not in gap)


def same_case(form: Sequence[str], found: Sequence[str]) -> bool:
    """Whether words of a text may be a form: the same letters and case, or all in capitals as in a heading."""
    if all(a == b or (a == "the" and b == "The") for a, b in zip(form, found, strict=True)):
        return True
    heading = len("".join(found)) >= _HEADING and all(word.isupper() for word in found)
    return heading and [word.upper() for word in form] == list(found)


def _lower(form: Sequence[str]) -> tuple[str, ...]:
    return tuple([word.lower() for word in form])


def same_letters(form: Sequence[str], found: Sequence[str]) -> bool:
    """Whether words are a form, both in lower case already."""
    return list(form) == list(found)


class Lexicon(Generic[V]):
    """Phrases of words with a value each; the first value given to a phrase stays."""

    def __init__(self, fits: Callable[[Sequence[str], Sequence[str]], bool] = same_case) -> None:
        self._fits = fits
        self._known: dict[tuple[str, ...], V] = {}
        self._spelt: dict[tuple[str, ...], list[tuple[str, ...]]] = {}  # forms by their letters in lower case
        self._sizes: dict[str, list[int]] = {}  # of the forms that begin with a word in lower case, longest first

    def __len__(self) -> int:
        return len(self._known)

    def add(self, form: Sequence[str], value: V) -> None:
        """Know `form` (folded words) by `value`; a form already known keeps its value."""
        key = tuple(form)
        if key and key not in self._known:
            self._known[key] = value
            letters = _lower(key)
            self._spelt.setdefault(letters, []).append(key)
            self._sizes[letters[0]] = sorted({len(key), *self._sizes.get(letters[0], ())}, reverse=True)

    def at(self, sequence: Sequence[str], first: int, joins: Callable[[int], bool] | None = None) -> Hit[V] | None:
        """The longest phrase that starts at `first`; `joins(i)` says whether words i and i + 1 may stand in one phrase."""
        for size in self._sizes.get(sequence[first].lower(), ()):
            end = min(first + size, len(sequence))
            for form in self._spelt.get(_lower(sequence[first:end]), ()):
                if self._fits(form, sequence[first:end]) and (joins is None or all(joins(i) for i in range(first, end - 1))):
                    return Hit(first, end, self._known[form])
        return None

    def find(self, sequence: Sequence[str], joins: Callable[[int], bool] | None = None) -> Iterator[Hit[V]]:
        """The phrases in `sequence` from left to right, longest first, none overlapping."""
        at = 0
        while at < len(sequence):
            hit = self.at(sequence, at, joins)
            if hit is not None:
                yield hit
            at = hit.end if hit is not None else at + 1

    def find_in(self, text: str, found: Sequence[Token]) -> Iterator[Hit[V]]:
        """The phrases in the words `found` of `text`, which must also join in the text."""
        return self.find([token.text for token in found], lambda i: joined(text, found[i], found[i + 1]))

    def get(self, form: Sequence[str]) -> V | None:
        """What is known of a whole phrase."""
        hit = self.at(form, 0) if form else None
        return hit.value if hit is not None and hit.end == len(form) else None


def split(cell: str) -> Iterable[str]:
    """The parts of a table cell, separated by "|"."""
    return (part for part in cell.split("|") if part)
