import pytest

from demarche.coding import candidates, magnitudes, merge, parties, places, sources, times, types
from demarche.knowledge.codebook import Codebook

OWN = """
types:
  HANDOVER:
    definition: Somebody leaves office and another takes it.
    quad: verbal-coop
    intensity: 2
    cues:
      verbs: [step]
      phrases: [hand over]
    modes:
      sudden:
        definition: At once.
        score: 1
        cues:
          verbs: [oust]
    examples:
      - The premier [stepped] down.
      - She [handed] power over.
"""


THRESHOLDS = {
    (candidates, "CANDIDATE"): 0.15,
    (types, "MODE"): 0.45,
    (parties, "ROLE"): 0.3,
    (parties, "JOINED"): 0.05,
    (parties, "BESIDE"): 0.5,
    (parties, "SECTOR"): 0.5,
    (times, "GOVERNS"): 0.35,
    (places, "HAPPENED"): 0.4,
    (sources, "ATTRIBUTED"): 0.5,
    (sources, "ALONE"): 0.6,
    (magnitudes, "LIKELY"): 0.45,
    (merge, "THRESHOLD"): 0.45,
    (merge, "SAME"): 0.5,
}
"""Thresholds of the tests' own: the package's are tuned now and then, and what the stages do with them must not depend on that."""


@pytest.fixture(autouse=True)
def thresholds(monkeypatch):
    for (stage, name), value in THRESHOLDS.items():
        monkeypatch.setattr(stage, name, value)


@pytest.fixture
def own(tmp_path):
    """A codebook with a type of the user's."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    return Codebook.load(path)
