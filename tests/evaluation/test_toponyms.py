import pytest

from evaluation.toponyms import documents, listed_names, measure

LGL = """<articles><article docid="1"><text>Floods reached Agadez and Zinder in Niger.</text><toponyms>
<toponym><start>15</start><end>21</end><phrase>Agadez</phrase><gaztag><lat>16.97</lat><lon>7.99</lon></gaztag></toponym>
<toponym><start>26</start><end>32</end><phrase>Zinder</phrase><gaztag><lat>40.0</lat><lon>-90.0</lon></gaztag></toponym>
<toponym><start>36</start><end>41</end><phrase>Niger</phrase></toponym></toponyms></article></articles>"""
GEOVIRUS = """<articles><article><source>a</source><text>Cholera in Lima.</text><locations>
<location><name>Lima</name><start>12</start><end>16</end><lat>-12.05</lat><lon>-77.04</lon></location></locations></article></articles>"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "gold.xml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_measures(write):
    result = measure(write(LGL), lambda text: [(15, 21), (24, 32), (0, 6)])
    assert result["given_acc161"] == 0.5
    assert result["end_to_end_f1"] == pytest.approx(2 * 1 / (3 + 2), abs=0.2)


def test_geovirus_counts_from_one(write):
    (document,) = documents(write(GEOVIRUS))
    gold = document.toponyms[0]
    assert document.text[gold.start : gold.end] == "Lima"
    assert measure(write(GEOVIRUS), listed_names) == {"given_acc161": 1.0, "end_to_end_f1": 1.0}


def test_a_document_is_in_one_half(write):
    (document,) = documents(write(LGL))
    assert document.half in ("fit", "held-out")
    assert measure(write(LGL), half=document.half, given_only=True) == {"given_acc161": 0.5}
