from __future__ import annotations

import pytest

from demarche.archive.agreement_words import nouns
from demarche.archive.namings import Naming, namings
from demarche.archive.steps import STAGES
from tests.archive import sketches


def named(text: str, *lines: str) -> list[Naming]:
    return namings(sketches.kept(sketches.report(text, *lines)))


@pytest.mark.parametrize(
    ("sentence", "line", "stage"),
    [
        ("Peru and Chile signed a border treaty.", "signed: SUPPORT PER+CHL > -", "signed"),
        ("Peru and Chile will sign a border treaty on Friday.", "sign: AGREE PER+CHL > - future", "signed"),
        ("The border treaty with Chile was later scrapped.", "scrapped: SANCTION PER > CHL", "cancelled"),
        ("Peru withdrew from the border treaty with Chile.", "withdrew: SANCTION PER > CHL", "cancelled"),
        ("Peru pulled out of the border treaty.", "pulled: REJECT PER > CHL", "cancelled"),
        ("Peru tore up the border treaty.", "tore: REJECT PER > CHL", "cancelled"),
        ("Peru suspended its participation in the border treaty.", "suspended: SANCTION PER > CHL", "suspended"),
        ("The cancellation of the border treaty angered Chile.", "cancellation: SANCTION PER > CHL", "cancelled"),
        ("The border treaty entered into force on Monday.", "entered: SUPPORT PER+CHL > -", "in force"),
        ("The border treaty took effect on Monday.", "took: SUPPORT PER+CHL > -", "in force"),
        ("The border treaty expired.", "expired: REJECT PER+CHL > -", "expired"),
        ("Peru ratified the border treaty.", "ratified: SUPPORT PER > CHL", "ratified"),
        ("Peru and Chile agreed on a border treaty.", "agreed: AGREE PER+CHL > -", "announced"),
        ("Peru and Chile reached a border agreement.", "reached: AGREE PER+CHL > -", "announced"),
        ("Peru and Chile held talks on a border treaty.", "talks: CONSULT PER+CHL > -", "negotiated"),
        ("Peru and Chile declared a ceasefire.", "declared: CONCEDE PER+CHL > -", "announced"),
    ],
)
def test_each_stage_is_told(sentence: str, line: str, stage: str) -> None:
    (one,) = named(sentence, line)
    assert [told for told, _ in one.steps] == [stage] and stage in STAGES


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Peru scrapped a meeting on the border treaty.", "scrapped: REJECT PER > CHL"),
        ("Peru canceled a visit after the border treaty collapsed.", "canceled: REJECT PER > CHL"),
        ("Peru withdrew its troops from the border, and a treaty was praised.", "withdrew: RETREAT PER > CHL"),
        ("Peru suspended talks and praised the treaty.", "suspended: SANCTION PER > CHL"),
        ("Peru suspended its cooperation with Chile.", "suspended: SANCTION PER > CHL"),
        ("Peru would have signed a border treaty.", "signed: SUPPORT PER > CHL hypothetical"),
        ("Peru has not signed the border treaty.", "signed: SUPPORT PER > CHL negated"),
        ("Peru suspended the treaty talks.", "suspended: SANCTION PER > CHL"),
        ("Peru praised the border treaty.", "praised: SUPPORT PER > CHL"),
        ("Peru canceled the treaty.", "canceled: ACCUSE PER > CHL"),
    ],
)  # fmt: skip
def test_what_tells_no_stage_of_an_agreement_is_none(sentence: str, line: str) -> None:
    assert named(sentence, line) == []


@pytest.mark.parametrize(
    ("text", "line", "parties"),
    [
        ("Qatar announced a truce between Israel and Lebanon.", "announced: AGREE QAT > -", {"ISR", "LBN"}),
        ("The rebels signed a peace accord with the government.", "signed: SUPPORT Front/REB+COL/GOV > -", {"COL", "Front"}),
        ("The Iranian nuclear deal was suspended.", "suspended: SANCTION USA > -", {"IRN", "USA"}),
    ],
)
def test_parties_are_those_it_is_between(text: str, line: str, parties: set[str]) -> None:
    (one,) = named(text, line)
    assert set(one.sides) == parties


def test_a_name_is_told_by_its_kind_and_year() -> None:
    (one,) = named("Peru and Chile signed the 12-year 2012 accord on grain exports.", "signed: SUPPORT PER+CHL > -")
    assert (one.words, one.noun, one.kind, one.year, one.definite) == ("accord", "agreement", {"grain", "export"}, 2012, True)
    (one,) = named("Peru suspended a ceasefire agreement of 2015.", "suspended: SANCTION PER > CHL")
    assert (one.words, one.noun, one.year, one.definite) == ("ceasefire agreement", "ceasefire", 2015, False)


def test_every_noun_is_a_word() -> None:
    assert {"ceasefire", "treaty", "agreement"} <= set(nouns())
