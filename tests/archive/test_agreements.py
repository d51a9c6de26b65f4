from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from demarche.archive.agreements import Agreement, agreements
from demarche.archive.kept import Head, Kept
from demarche.records import Event, Party, Report, Span
from tests.archive import sketches


def found(*reports: Report) -> list[Agreement]:
    return agreements(sketches.kept(*reports))


def lives(*reports: Report) -> list[tuple[str, str, str]]:
    """Title, parties and stages with their first days."""
    return [
        (one.title, " ".join(one.parties), ", ".join(f"{step.stage} {step.start}" + (" planned" if step.status == "future" else "") for step in one.steps))
        for one in found(*reports)
    ]


PACT = "The junta in Niamey formally canceled on March 16 the military pact signed in 2012 with the United States."
STORY = sketches.report(PACT, "canceled: SANCTION/discontinue NER/GOV > - 2024-03-16", "signed: SUPPORT USA > - 2012")


def test_an_agreement_is_followed_from_its_signing_to_its_end() -> None:
    assert lives(STORY) == [("2012 military pact", "NER USA", "signed 2012-01-01, cancelled 2024-03-16")]
    (one,) = found(STORY)
    assert one.state == "cancelled" and one.has("Niger") and one.has("USA") and not one.has("FRA")
    assert [step.to_dict()["evidence"][0]["words"]["text"] for step in one.steps] == ["signed", "canceled"]
    assert one.to_dict()["steps"][1]["evidence"][0]["sentence"] == PACT


def test_the_deal_is_the_one_agreement_named_before() -> None:
    text = "Peru and Chile signed a grain accord in May. Peru suspended the deal in June."
    story = sketches.report(text, "signed: SUPPORT PER+CHL > - 2023-05-10", "suspended: SANCTION PER > CHL 2023-06-02")
    assert lives(story) == [("2023 grain accord", "CHL PER", "signed 2023-05-10, suspended 2023-06-02")]


def test_the_deal_is_no_agreement_of_others_and_an_agreement_is_a_new_one() -> None:
    text = "Peru and Chile signed a grain accord in May. Mali suspended the deal in June. Peru and Chile signed an agreement in July."
    lines = ("signed: SUPPORT PER+CHL > - 2023-05-10", "suspended: SANCTION MLI > FRA 2023-06-02")
    later = sketches.event(sketches.report(text).id, text[text.rindex("Peru") :], "signed: SUPPORT PER+CHL > - 2023-07-02")
    story = sketches.report(text, *lines)
    assert len(found(story)) == 2
    assert len(agreements([*sketches.kept(story), *sketches.kept(Report("x", text, "x", events=(later,)))])) == 3


def test_reports_tell_of_one_agreement_when_parties_and_kind_agree() -> None:
    other = sketches.report("Niger suspended the 2012 military pact with Washington.", "suspended: SANCTION NER > USA 2023-08-01", name="b")
    third = sketches.report("Niger suspended the fishing pact with Washington.", "suspended: SANCTION NER > USA 2023-08-01", name="c")
    fourth = sketches.report("Niger suspended the 2015 military pact with Washington.", "suspended: SANCTION NER > USA 2023-08-01", name="d")
    fifth = sketches.report("Mali suspended the military pact with France.", "suspended: SANCTION MLI > FRA 2023-08-01", name="e")
    assert lives(STORY, other) == [("2012 military pact", "NER USA", "signed 2012-01-01, suspended 2023-08-01, cancelled 2024-03-16")]
    assert len(found(STORY, other, third, fourth, fifth)) == 4
    assert found(third, fifth, STORY, fourth, other) == found(STORY, other, third, fourth, fifth)


def test_what_is_signed_after_the_end_is_another_agreement() -> None:
    again = sketches.report("Niger and the United States signed a military pact.", "signed: SUPPORT NER+USA > - 2025-02-03", name="b")
    assert lives(STORY, again) == [
        ("2012 military pact", "NER USA", "signed 2012-01-01, cancelled 2024-03-16"),
        ("2025 military pact", "NER USA", "signed 2025-02-03"),
    ]


def test_parties_are_those_it_is_between() -> None:
    text = "Qatar announced a truce between Israel and Lebanon."
    assert [one.parties for one in found(sketches.report(text, "announced: AGREE QAT > -"))] == [("ISR", "LBN")]
    text = "The Iranian nuclear deal was suspended."
    assert lives(sketches.report(text, "suspended: SANCTION USA > -")) == [("nuclear deal", "IRN USA", "suspended None")]


def gold(shared: Path) -> list[Kept]:
    """The annotated article as an archive would give it."""
    text = (shared / "gold/articles/niger_2024.txt").read_text(encoding="utf-8")
    data = json.loads((shared / "gold/dev/niger_2024.json").read_text(encoding="utf-8"))

    def at(words: dict[str, Any]) -> Span:
        start = -1
        for _ in range(words.get("n", 1)):
            start = text.index(words["text"], start + 1)
        return Span.of(text, start, start + len(words["text"]))

    def events() -> list[Event]:
        made = []
        for number, one in enumerate(data["events"]):
            anchor = at(one["anchor"])
            start, end = text.rfind("\n", 0, anchor.start) + 1, text.find("\n", anchor.end)
            sentence = Span.of(text, start, len(text) if end < 0 else end)
            sides = [tuple(Party(at(p), None, p["country"], p["sector"]) for p in one[side]) for side in ("actor", "recipient")]
            date = one["date"] and f"{one['date']['start']}..{one['date']['end']}"
            day = sketches.when(date) if date and "None" not in date else None
            made.append(Event(str(number), "r", one["type"], one["mode"], (), "", 0.0, one["status"], anchor, tuple(map(at, one["also"])), sentence,
                              sides[0], sides[1], day, None, (), None, 1.0, {}))  # fmt: skip
        return made

    return [Kept(one, Head("r", name="niger_2024", story="r")) for one in events()]


def test_the_agreement_of_the_annotated_article(shared: Path) -> None:
    one = next(one for one in agreements(gold(shared)) if "USA" in one.parties)
    assert (one.title, one.parties) == ("2012 military cooperation agreement", ("NER", "USA"))
    assert [(s.stage, str(s.start), str(s.end)) for s in one.steps] == [("signed", "2012-01-01", "2012-12-31"), ("cancelled", "2024-03-16", "2024-03-16")]
    assert one.state == "cancelled"
