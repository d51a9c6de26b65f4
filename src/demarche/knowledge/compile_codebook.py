"""Compile codebook.yaml to codebook.json: `python -m demarche.knowledge.compile_codebook [--check]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from demarche.knowledge.codebook import COMPILED
from demarche.knowledge.codebook_text import CodebookText

HERE = Path(__file__).parent


def compiled_text() -> str:
    """What codebook.json should hold: one entry a line, so that changes can be read."""
    return _lines(CodebookText.read(HERE / "codebook.yaml").compiled(), 3) + "\n"


def _lines(value: object, depth: int) -> str:
    if depth and isinstance(value, dict):
        return "{" + ",\n".join(f"{json.dumps(key)}:{_lines(entry, depth - 1)}" for key, entry in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main(arguments: Sequence[str] = ()) -> int:
    """Write the compiled codebook, or with `--check` only tell (status 1) when it is stale."""
    target, fresh = HERE / COMPILED, compiled_text()
    if "--check" not in arguments:
        target.write_text(fresh, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == fresh:
        return 0
    print(f"{target} is stale; run python -m demarche.knowledge.compile_codebook", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
