"""What the measures ask of a language model, and the one they use by default."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from demarche.language.parse import Parse


class Analyser(Protocol):
    """A language model: raw text, or words in sentences already given, to a parse; `glued` words follow the one before without a blank."""

    def analyse(self, text: str) -> Parse: ...

    def tag(self, sentences: Sequence[Sequence[str]], glued: Sequence[Sequence[bool]] | None = None) -> Parse: ...


@cache
def default() -> Analyser:
    """The language model shipped with demarche, loaded once."""
    from demarche.language.model import LanguageModel

    return LanguageModel.load()


def places(text: str) -> list[tuple[int, int]]:
    """The places the language model names in a text."""
    parse = default().analyse(text)
    spans = [parse.chunk_span(chunk) for chunk in parse.names if chunk.label in ("Location", "Facility")]
    return [(span.start, span.end) for span in spans]
