"""Texts that are not well-behaved prose: reading them must end in a report whose spans hold."""

from __future__ import annotations

import pytest

import demarche
from demarche import Report

TEXTS = {
    "unbalanced quote": 'The minister said: "We will never sign. He left the talks in Geneva on Monday.',
    "closing quote only": 'We will never sign," the minister said on Monday. Protesters blocked roads in Lima.',
    "nested quotes": "“He told us, ‘The army said “withdraw or die” and fired’,” a witness in Goma said on Friday.",
    "mixed quotes": '«The president” said ‘no" to „talks“ in Kyiv.',
    "one word": "Attack",
    "one line": "France recalled its ambassador from Niger on Tuesday",
    "capitals": "PRESIDENT ARRESTED IN NIAMEY AS ARMY SEIZES POWER\n\nTROOPS BLOCK ROADS, POLICE SAY",
    "list": "- Army attacks town\n- Rebels withdraw\n* Talks fail\n1. Minister resigns\n2) Union calls strike\n",
    "table": "Country | Killed | Injured\n--- | --- | ---\nSudan | 12 | 40\nChad\t3\t9\n",
    "no spaces": "troopsattackedthetown" * 40,
    "blank lines": "\n\n\n  \t\n\nThe army attacked Goma.\n\n\n\n",
    "controls": "The army\x0b attacked\x0c Goma.\u200b It\u2028withdrew\u2029later.\ufeff",
    "combining": "Le\u0301o\u0308n\u0327 condemned the attack in Bogota\u0301. 🇺🇳 sent 👩‍👩‍👧 aid. 𝔗𝔥𝔢 army withdrew.",
    "long sentence": "The army, " + "which the minister said the rebels had accused, " * 200 + "withdrew.",
    "address only in line one": "https://example.org/2023/07/26/coup\n\nSoldiers detained President Mohamed Bazoum in Niamey on Wednesday.",
    "punctuation": "... !!! ??? --- (( )) [[ ]] “” '' \"\"",
    "numbers": "16 17 18.5 1,000 2024-03-16 12:30",
    "foreign": "Le président a déclaré lundi que le gouvernement retirera ses troupes.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_hard_texts_give_a_report_whose_spans_hold(name: str) -> None:
    text = TEXTS[name]
    report = demarche.read(text, published="2024-05-14")
    assert report.text == text
    assert Report.from_dict(report.to_dict()) == report
    for event in report.events:
        for span in event.spans():
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("name", ["one line", "nested quotes", "capitals", "address only in line one"])
def test_the_same_text_gives_the_same_record(name: str) -> None:
    assert demarche.Reader().read(TEXTS[name]).to_dict() == demarche.Reader().read(TEXTS[name]).to_dict()


def test_an_empty_text_is_a_report_without_events() -> None:
    assert demarche.read("").events == demarche.read(" \n ").events == ()


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="yesterday"):
        demarche.read("The army withdrew.", published="yesterday")
