from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("DEMARCHE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and gold annotation beside the project, which not everybody has."""
    if not SHARED.is_dir():
        pytest.skip(f"no corpora at {SHARED} (set DEMARCHE_SHARED to their folder)")
    return SHARED
