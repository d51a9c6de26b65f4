import numpy as np
import pytest

from demarche.knowledge.atlas import digest, ints, pack, planes, unpack


@pytest.mark.parametrize("delta", [False, True])
def test_integers_survive_packing(delta):
    values = np.array([0, -1, 5, 90000, -180000, 2**30])
    assert ints(planes(values, delta), delta).tolist() == values.tolist()


def test_packing_is_deterministic_and_keeps_the_contents():
    sections = {"names": "Zürich\nOslo".encode(), "empty": b""}
    assert pack(sections) == pack(sections)
    assert unpack(pack(sections)) == (digest(sections), sections)


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="build_gazetteer"):
        unpack(b"PK\x03\x04")
