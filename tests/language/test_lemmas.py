"""Lemmas of news words."""

import pytest

from demarche.language.lemmas import Lemmas


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "lemma"),
    [
        ("agreed", "VERB", "VBD", "agree"), ("announced", "VERB", "VBD", "announce"),
        ("shelled", "VERB", "VBD", "shell"), ("besieged", "VERB", "VBN", "besiege"),
        ("condemning", "VERB", "VBG", "condemn"), ("imposes", "VERB", "VBZ", "impose"), ("expelled", "VERB", "VBN", "expel"),
        ("withdrew", "VERB", "VBD", "withdraw"),
        ("countries", "NOUN", "NNS", "country"), ("crises", "NOUN", "NNS", "crisis"), ("was", "AUX", "VBD", "be"), ("Niger", "PROPN", "NNP", "Niger"),
        ("clashes", "NOUN", "NNS", "clash"), ("villagers", "NOUN", "NNS", "villager"), ("vowed", "VERB", "VBD", "vow"), ("seized", "VERB", "VBD", "seize"),
    ],
)  # fmt: skip
def test_lemmas(form, upos, xpos, lemma):
    assert Lemmas.load()(form, upos, xpos) == lemma
