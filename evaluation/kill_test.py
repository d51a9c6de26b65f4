"""Kills `demarche code` at random moments, lets it go on, and compares the archive with that of an undisturbed run.

python -m evaluation.kill_test INPUT... [--kills 20] [--seed 1] [--processes N]
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from demarche.archive import open_archive
from demarche.archive.versions import Version, _packed
from demarche.archive.writing import content

_PROGRAM = [sys.executable, "-c", "from demarche.cli import main; main()", "code"]


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.kill_test", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int)
    return parser.parse_args(given)


def started(options: argparse.Namespace, archive: Path) -> subprocess.Popen[bytes]:
    more = ["--processes", str(options.processes)] if options.processes else []
    command = [*_PROGRAM, *options.inputs, "--archive", str(archive), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def lines(archive: Path) -> list[str]:
    with open_archive(archive) as kept:
        return list(content(kept))


def intact(archive: Path) -> bool:
    """Whether SQLite and its full-text search find nothing wrong."""
    with open_archive(archive, write=True) as kept:
        kept.db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        return bool(kept.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok") and not kept.db.execute("PRAGMA foreign_key_check").fetchone()


def disturbed(options: argparse.Namespace, archive: Path, chance: random.Random, seconds: float) -> int:
    """Run until it ends by itself after `options.kills` kills; how many of them met a running program."""
    met = 0
    for _ in range(options.kills):
        process = started(options, archive)
        time.sleep(chance.uniform(0.05, seconds))
        met += process.poll() is None
        process.kill()
        process.wait()
        if archive.exists() and os.path.getsize(archive):
            assert intact(archive), "the archive is damaged"
    assert started(options, archive).wait() == 0, "the last run failed"
    return met


def main(given: Sequence[str] | None = None) -> int:
    """The exit status: 1 when a resumed archive differs."""
    options = arguments(given)
    chance, version = random.Random(options.seed), Version.of()
    with tempfile.TemporaryDirectory() as folder:
        whole, killed = Path(folder, "whole.demarche"), Path(folder, "killed.demarche")
        begun = time.monotonic()
        assert started(options, whole).wait() == 0, "the undisturbed run failed"
        seconds = time.monotonic() - begun
        met = disturbed(options, killed, chance, max(2.0, 2.5 * seconds / options.kills + 1.0))
        _packed.cache_clear()
        assert Version.of() == version, "demarche itself was changed meanwhile: try again"
        same = lines(whole) == lines(killed) and intact(killed)
        print(f"undisturbed {seconds:.1f} s, {len(lines(whole)):,} rows; {met} of {options.kills} kills met a running program; the same content: {same}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
