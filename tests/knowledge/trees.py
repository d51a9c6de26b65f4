"""Dependency trees written by hand: one word a line, `form lemma UPOS head deprel`, heads counted from 1, 0 the root."""

from __future__ import annotations

from demarche.language.parse import Chunk, Parse, Word

_XPOS = {"NOUN": "NN", "PROPN": "NNP", "VERB": "VBD", "ADJ": "JJ", "ADV": "RB", "ADP": "IN"}


def tree(lines: str) -> Parse:
    """The parse of one sentence; words are joined by single spaces, except around hyphens."""
    rows = [line.split() for line in lines.strip().splitlines()]
    words, text = [], ""
    for index, (form, lemma, upos, head, deprel) in enumerate(rows):
        text += "" if not text or form == "-" or text.endswith("-") else " "
        start = len(text)
        text += form
        xpos = "VBG" if upos == "VERB" and form.endswith("ing") else _XPOS.get(upos, "X")
        words.append(Word(index, start, len(text), form, lemma, upos, xpos, int(head) - 1, deprel, 0))
    return Parse(text, tuple(words), (Chunk(0, len(words), "sentence"),))


def at(parse: Parse, form: str) -> int:
    """The index of the first word with this form."""
    return next(word.index for word in parse.words if word.text == form)
