"""The codebook as people write it (YAML): checked, and turned into the compiled form that is fast to load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from demarche.knowledge.cue import HEADINGS, WEIGHTS, Cue, CueError, read_cue

QUADS = ("verbal-coop", "material-coop", "verbal-conf", "material-conf")
SECTIONS = ("sets", "types", "not_events", "contexts", "status", "reporting", "drop")
_TYPE_KEYS = ("definition", "quad", "intensity", "choices", "examples", "default", "cues", "modes")
_MODE_KEYS = ("definition", "score", "words", "complement", "parties", "cues")
_NEW_TYPE_NEEDS = ("definition", "quad", "intensity", "cues", "examples")
_NEW_MODE_NEEDS = ("definition", "score", "cues")


class CodebookError(ValueError):
    """A codebook file that cannot be used; the message names the file, the key and what to do."""

    def __init__(self, file: str, key: str, remedy: str) -> None:
        super().__init__(f"{file}: {key}: {remedy}")
        self.file, self.key, self.remedy = file, key, remedy


@dataclass
class CodebookText:
    """One codebook file, checked. `known` is the compiled codebook that it adds to (empty for the codebook itself)."""

    file: str
    data: Mapping[str, Any]
    known: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, known: Mapping[str, Any] | None = None) -> CodebookText:
        """Read a YAML file; CodebookError when there is none or it is not a mapping of sections."""
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except OSError as error:
            raise CodebookError(str(path), "file", f"cannot be read ({error.strerror}); check the path") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise CodebookError(str(path), "file", f"is not valid YAML; {' '.join(str(error).split())}") from error
        text = cls(str(path), data if data is not None else {}, known or {})
        text._keys("file", text.data, SECTIONS)
        return text

    def compiled(self) -> dict[str, Any]:
        """The compiled form: plain dictionaries and lists, ready for JSON."""
        self._sets = self._all_sets()
        types = {name: self._type(name, self._mapping(f"types.{name}", entry)) for name, entry in self._section("types")}
        cues = self._filed(self._cues())
        self._check_examples(types, cues)
        return {
            "sets": {name: sorted(words) for name, words in self._sets.items()},
            "types": types,
            "cues": cues,
            "contexts": {name: self._context(name, entry) for name, entry in self._section("contexts")},
            "status": {name: self._words(f"status.{name}", entry) for name, entry in self._section("status")},
            "reporting": {name: self._words(f"reporting.{name}", entry) for name, entry in self._section("reporting")},
        }

    def dropped(self) -> Iterator[tuple[str, str]]:
        """Part of speech and text of the cues that the file takes away."""
        for heading, entries in self._section("drop"):
            self._heading(f"drop.{heading}", heading)
            for entry in self._words(f"drop.{heading}", entries):
                yield HEADINGS[heading], entry.rstrip("!~").strip()

    def _all_sets(self) -> dict[str, frozenset[str]]:
        known = {name: frozenset(words) for name, words in self.known.get("sets", {}).items()}
        own = {name: frozenset(self._words(f"sets.{name}", words)) for name, words in self._section("sets")}
        return known | own

    def _type(self, name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A type without its cues; one that is not known yet must be complete."""
        key = f"types.{name}"
        self._keys(key, entry, _TYPE_KEYS)
        old = self.known.get("types", {}).get(name)
        if old is None:
            self._needs(key, entry, _NEW_TYPE_NEEDS, "a new type")
        if "quad" in entry and entry["quad"] not in QUADS:
            raise CodebookError(self.file, f"{key}.quad", f"is {entry['quad']!r}; write one of {', '.join(QUADS)}")
        own = {field: entry[field] for field in ("definition", "quad", "default") if field in entry}
        own |= {field: self._words(f"{key}.{field}", entry[field]) for field in ("choices", "examples") if field in entry}
        if "intensity" in entry:
            own["intensity"] = self._number(f"{key}.intensity", entry["intensity"])
        modes = self._mapping(f"{key}.modes", entry.get("modes") or {})
        own["modes"] = {mode: self._mode(f"{key}.modes.{mode}", value, (old or {}).get("modes", {}).get(mode)) for mode, value in modes.items()}
        return own

    def _mode(self, key: str, value: object, old: Mapping[str, Any] | None) -> dict[str, Any]:
        entry = self._mapping(key, value)
        self._keys(key, entry, _MODE_KEYS)
        if old is None:
            self._needs(key, entry, _NEW_MODE_NEEDS if self.known else _NEW_MODE_NEEDS[:2], "a new mode")
        own: dict[str, Any] = {"definition": entry["definition"]} if "definition" in entry else {}
        own |= {field: self._number(f"{key}.{field}", entry[field]) for field in ("score", "parties") if field in entry}
        own |= {field: self._expanded(f"{key}.{field}", entry[field]) for field in ("words", "complement") if field in entry}
        return own

    def _expanded(self, key: str, entries: object) -> list[str]:
        """Words with the sets among them spelt out."""
        found: set[str] = set()
        for entry in self._words(key, entries):
            name = entry.strip("<>")
            if entry.startswith("<") and name not in self._sets:
                raise CodebookError(self.file, key, f"names the set {entry}, which is not defined; add it under `sets`")
            found |= self._sets[name] if entry.startswith("<") else {entry}
        return sorted(found)

    def _cues(self) -> Iterator[Cue]:
        for name, entry in self._section("types"):
            yield from self._cues_under(f"types.{name}.cues", entry.get("cues"), name, None)
            for mode, value in (entry.get("modes") or {}).items():
                yield from self._cues_under(f"types.{name}.modes.{mode}.cues", value.get("cues"), name, mode)
        yield from self._cues_under("not_events", dict(self._section("not_events")), None, None)

    def _cues_under(self, key: str, headings: object, type: str | None, mode: str | None) -> Iterator[Cue]:
        for heading, entries in self._mapping(key, headings or {}).items():
            self._heading(f"{key}.{heading}", heading)
            for entry in self._words(f"{key}.{heading}", entries):
                try:
                    yield read_cue(entry, heading, type, mode, self._sets)
                except CueError as error:
                    raise CodebookError(self.file, f"{key}.{heading}", f"the cue {entry!r} {error}") from error

    def _filed(self, cues: Iterator[Cue]) -> dict[str, dict[str, list[list[Any]]]]:
        """Part of speech -> lemma -> rows; a cue told twice in one file is an error."""
        filed: dict[str, dict[str, list[list[Any]]]] = {"verb": {}, "noun": {}, "adjective": {}}
        seen: dict[tuple[str, str], Cue] = {}
        for cue in cues:
            other = seen.setdefault((cue.pos, cue.text), cue)
            if other is not cue and (" " in cue.text or (other.type, other.mode) == (cue.type, cue.mode)):
                raise CodebookError(self.file, f"types.{cue.type}", f"the {cue.pos} cue {cue.text!r} is also under {other.type}; keep one of the two")
            filed[cue.pos].setdefault(cue.lemma, []).append(to_row(cue))
        return filed

    def _context(self, name: str, value: object) -> dict[str, Any]:
        key = f"contexts.{name}"
        entry = self._mapping(key, value)
        self._keys(key, entry, ("definition", "words"))
        if name not in self.known.get("contexts", {}):
            self._needs(key, entry, ("definition", "words"), "a context")
        return {"definition": entry.get("definition", ""), "words": self._words(f"{key}.words", entry.get("words") or [])}

    def _check_examples(self, types: Mapping[str, Any], cues: Mapping[str, Any]) -> None:
        """Every example marks its anchor in brackets; in a new type some cue must look like it, or nothing would ever be coded."""
        for name, example in ((name, example) for name, entry in types.items() for example in entry.get("examples", ())):
            key, (start, end) = f"types.{name}.examples", (example.find("["), example.find("]"))
            if not 0 <= start < end - 1:
                raise CodebookError(self.file, key, f"{example!r} marks no anchor; put its words in [brackets]")
            if name not in self.known.get("types", {}) and not _covered(example[start + 1 : end], name, cues):
                raise CodebookError(self.file, key, f"no cue of {name} fits {example[start : end + 1]}; add its verb or noun to the cues")

    def _section(self, name: str) -> Iterator[tuple[str, Any]]:
        yield from self._mapping(name, self.data.get(name) or {}).items()

    def _mapping(self, key: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise CodebookError(self.file, key, f"is {value!r}; write names with a colon and their entries below them")
        wrong = next((name for name in value if not isinstance(name, str)), None)
        if wrong is not None:
            raise CodebookError(self.file, key, f"has the name {wrong!r}; put it in quotes")
        return value

    def _words(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list):
            raise CodebookError(self.file, key, f"is {value!r}; write a list, as in [condemn, denounce]")
        wrong = next((entry for entry in value if not isinstance(entry, str)), None)
        if wrong is not None or None in value:
            raise CodebookError(self.file, key, f"has the entry {wrong!r}; put it in quotes (YAML reads a bare no, yes, on, off or number as something else)")
        return value

    def _number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CodebookError(self.file, key, f"is {value!r}; write a number between -10 and 10")
        return float(value)

    def _heading(self, key: str, heading: str) -> None:
        if heading not in HEADINGS:
            raise CodebookError(self.file, key, f"is not a part of speech; write one of {', '.join(HEADINGS)}")

    def _keys(self, key: str, entry: object, allowed: tuple[str, ...]) -> None:
        unknown = next((name for name in self._mapping(key, entry) if name not in allowed), None)
        if unknown is not None:
            raise CodebookError(self.file, f"{key}.{unknown}", f"is not known here; write one of {', '.join(allowed)}")

    def _needs(self, key: str, entry: Mapping[str, Any], needed: tuple[str, ...], what: str) -> None:
        missing = [name for name in needed if not entry.get(name) and entry.get(name) != 0]
        if missing:
            raise CodebookError(self.file, key, f"{what} needs {', '.join(missing)}; add the missing lines, see docs/codebook.md")


def to_row(cue: Cue) -> list[Any]:
    """A cue as a list for JSON."""
    conditions = [[c.kind, c.word, sorted(c.words)] for c in cue.conditions]
    return [cue.text, cue.type, cue.mode, WEIGHTS.index(cue.weight), cue.form, conditions]


def _covered(anchor: str, name: str, cues: Mapping[str, Any]) -> bool:
    """Whether some cue of the type begins as a word of the anchor does, its ending apart (short verbs may change within: met, sent, took)."""
    words = [word.strip(".,;:").lower() for word in anchor.split()]
    lemmas = [lemma for filed in cues.values() for lemma, rows in filed.items() if any(row[1] == name for row in rows)]
    return any(word.startswith(lemma[: len(lemma) - 2] if len(lemma) > 4 else lemma[0]) for word in words for lemma in lemmas)
