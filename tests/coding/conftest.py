import pytest

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


@pytest.fixture
def own(tmp_path):
    """A codebook with a type of the user's."""
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf-8")
    return Codebook.load(path)
