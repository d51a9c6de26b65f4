from collections import Counter

import pytest

from demarche.coding.stances import stance_of, stances
from demarche.knowledge import tables
from demarche.records import STANCES
from tests.coding.pages import at, parse

PLAIN = "The/DET/det/2 army/NOUN/nsubj/3 {cue}/VERB/root a/DET/det/5 camp/NOUN/obj/3"


@pytest.mark.parametrize(
    ("cue", "stance"),
    [("said", "asserts"), ("denied", "denies"), ("alleged", "alleges"), ("vowed", "promises"), ("urged", "demands"), ("warned", "fears"), ("danced", None)],
)
def test_the_stance_of_a_cue(cue, stance):
    read = parse(PLAIN.format(cue=cue))
    assert stance_of(read, at(read, cue)) == stance


def test_a_particle_decides():
    read = parse("The/DET/det/2 army/NOUN/nsubj/3 called/VERB/root for/ADP/case/6 a/DET/det/6 truce/NOUN/obl/3")
    assert stance_of(read, at(read, "called for")) == stance_of(read, at(read, "called")) == "demands"


def test_the_noun_tells_where_the_verb_is_light():
    read = parse("The/DET/det/2 army/NOUN/nsubj/3 voiced/VERB/root fears/NOUN.NNS/obj/3")
    assert stance_of(read, at(read, "voiced fears")) == "fears"


@pytest.mark.parametrize("cue", ["did not deny", "deny"])
def test_a_negated_cue_has_none(cue):
    read = parse("The/DET/det/2 army/NOUN/nsubj/5 did/AUX/aux/5 not/PART/advmod/5 deny/VERB/root it/PRON/obj/5")
    assert stance_of(read, at(read, cue)) is None
    assert stance_of(read, None) is None


def test_the_table_is_well_formed():
    rows = list(tables.read("stances"))
    assert [row["stance"] for row in rows] == list(STANCES)
    counts = Counter(cue for row in rows for cue in row["cues"].split())
    assert not [cue for cue, count in counts.items() if count > 1]
    assert len(stances()) > 300
