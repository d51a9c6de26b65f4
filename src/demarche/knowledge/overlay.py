"""Overlay: a user's codebook file laid over the compiled codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from demarche.knowledge.codebook_text import CodebookText

_Rows = dict[str, dict[str, list[list[Any]]]]


def laid_over(base: dict[str, Any], text: CodebookText) -> dict[str, Any]:
    """The compiled codebook with the additions, replacements and omissions of `text`; `base` itself is changed."""
    own = text.compiled()
    base["sets"] |= own["sets"]
    for name, entry in own["types"].items():
        base["types"][name] = _type(base["types"].get(name, {}), entry)
    _take_away(base["cues"], text.dropped())
    _replace(base["cues"], own["cues"])
    for name, entry in own["contexts"].items():
        old = base["contexts"].get(name, {"definition": "", "words": []})
        base["contexts"][name] = {"definition": entry["definition"] or old["definition"], "words": old["words"] + entry["words"]}
    for section in ("status", "reporting"):
        for name, words in own[section].items():
            base[section][name] = [*base[section].get(name, ()), *words]
    return base


def _type(old: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Own statements win; examples, choices and modes add up."""
    modes = dict(old.get("modes", {}))
    for name, mode in own["modes"].items():
        modes[name] = modes.get(name, {}) | mode
    lists = {key: [*old.get(key, ()), *own.get(key, ())] for key in ("choices", "examples")}
    return {**old, **own, **lists, "modes": modes}


def _take_away(rows: _Rows, dropped: Iterable[tuple[str, str]]) -> None:
    for pos, text in dropped:
        for lemma, filed in rows[pos].items():
            rows[pos][lemma] = [row for row in filed if row[0] != text]


def _replace(rows: _Rows, own: _Rows) -> None:
    """A cue of the user's stands in for any cue of the same words."""
    for pos, filed in own.items():
        for lemma, new in filed.items():
            texts = {row[0] for row in new}
            rows[pos][lemma] = [row for row in rows[pos].get(lemma, ()) if row[0] not in texts] + new
