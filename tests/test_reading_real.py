"""Short reports read with everything the package carries: what must hold of every reading, and what no reading may miss."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from demarche import Reader, Report
from demarche.coding.reading import EventModel
from demarche.language.model import LanguageModel

PUBLISHED = "2024-05-14"
REPORTS = {
    "withdrawal": (
        "The United States will pull its soldiers out of Niger by mid-September, the two governments said on Sunday.\n\n"
        "About 1,000 Americans were stationed there. Niger's junta cancelled a military pact with Washington in March, and Russian instructors "
        "arrived in Niamey a month later. “We asked them to leave,” Prime Minister Ali Lamine Zeine said."
    ),
    "law": (
        "TBILISI, May 14 — Georgia's parliament passed the law on foreign agents on Tuesday despite weeks of protests.\n\n"
        "Tens of thousands marched through the capital on Saturday. Police arrested at least 20 people. The European Union and the United States "
        "criticised the law; Prime Minister Irakli Kobakhidze rejected their criticism."
    ),
    "war": (
        "Russian forces attacked the Kharkiv region on Friday and took several villages, Ukraine's army said.\n\n"
        "President Volodymyr Zelensky asked his allies for more air defences. Germany promised to send a third Patriot battery, and "
        "U.S. Secretary of State Antony Blinken arrived in Kyiv on Tuesday. He said: “The assistance is now on its way.”"
    ),
    "quarrel": "Niger expelled the French ambassador in August 2023. France refused to withdraw him; its embassy closed that December.",
}
HARD = {
    "empty": "",
    "blank": " \n\n\t ",
    "one word": "Coup",
    "capitals": "JUNTA EXPELS FRENCH AMBASSADOR\n\nTHOUSANDS MARCH IN NIAMEY AS FRANCE WITHDRAWS ITS TROOPS FROM NIGER, STATE TELEVISION SAID.",
    "quotations in quotations": (
        "“He said, ‘They told me: “The minister cried, ‘Leave “our” country!’ and hung up” before noon’,” a diplomat in Bamako recalled. "
        '"""" "“‘«»’”" ‘“”’ “““The army fired.” “” said she.'
    ),
}
CLEAR = [
    ("The French government condemned Russia's invasion of Ukraine on Thursday.", "ACCUSE", "FRA", "RUS"),
    ("The United States has withdrawn its troops from Niger.", "RETREAT", "USA", "NER"),
    ("France withdrew its last soldiers from Mali in August 2022.", "RETREAT", "FRA", "MLI"),
    ("The United States imposed sanctions on Iran over its missile programme.", "SANCTION", "USA", "IRN"),
    ("The European Union imposed new sanctions on Belarus on Monday.", "SANCTION", "IGO", "BLR"),
    ("Niger expelled the French ambassador on Friday.", "SANCTION", "NER", "FRA"),
    ("German Foreign Minister Annalena Baerbock visited Israel on Wednesday.", "CONSULT", "DEU", "ISR"),
    ("Thousands of protesters demonstrated in Tbilisi on Sunday against the Georgian government.", "PROTEST", "GEO", "GEO"),
    ("Russian police arrested opposition leader Alexei Navalny in Moscow on Sunday.", "COERCE", "RUS", "RUS"),
    ("Turkish police detained the mayor of Istanbul, Ekrem Imamoglu, on Wednesday.", "COERCE", "TUR", "TUR"),
    ("North Korea threatened to attack South Korea with nuclear weapons.", "THREATEN", "PRK", "KOR"),
    ("Japan sent humanitarian aid to Turkey after the earthquake.", "AID", "JPN", "TUR"),
    ("Ethiopia accused Egypt of arming rebels.", "ACCUSE", "ETH", "EGY"),
    ("Iran rejected a proposal by the United States to hold talks.", "REJECT", "IRN", "USA"),
    ("Ukraine asked Germany for more tanks.", "REQUEST", "UKR", "DEU"),
    ("Israeli warplanes bombed Rafah on Monday, killing at least 45 Palestinians.", "ASSAULT", "ISR", "PSE"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("text", [*REPORTS.values(), *HARD.values()], ids=[*REPORTS, *HARD])
def test_every_span_is_cut_from_the_text_and_the_record_survives_its_dictionary(reader: Reader, text: str) -> None:
    report = reader.read(text, published=PUBLISHED)
    assert report.text == text
    assert all(text[span.start : span.end] == span.text != "" for event in report.events for span in event.spans())
    assert Report.from_dict(report.to_dict()) == report


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_events_with_parties(reader: Reader, name: str) -> None:
    events = reader.read(REPORTS[name], published=PUBLISHED).events
    assert events and any(event.actor and event.recipient for event in events)
    assert [event.anchor for event in events] == sorted({event.anchor for event in events})
    assert len({event.id for event in events}) == len(events)


def test_a_report_reads_the_same_again_alone_and_after_others(reader: Reader) -> None:
    texts = [*REPORTS.values(), *HARD.values()]
    once = [reader.read(text, published=PUBLISHED).to_dict() for text in texts]
    again = [reader.read(text, published=PUBLISHED).to_dict() for text in reversed(texts)]
    assert again == once[::-1]
    for text, known in zip(REPORTS.values(), once, strict=False):
        assert reader.read(text, published=PUBLISHED).to_dict() == known
    assert Reader().read(texts[-1], published=PUBLISHED).to_dict() == once[-1]
    assert Reader().read(texts[0], published=PUBLISHED).to_dict() == once[0]


@pytest.mark.parametrize(("text", "kind", "actor", "recipient"), CLEAR, ids=[f"{kind} {actor} {recipient}" for _, kind, actor, recipient in CLEAR])
def test_a_clear_sentence_gives_its_event(reader: Reader, text: str, kind: str, actor: str, recipient: str) -> None:
    found = [event for event in reader.read(text, published=PUBLISHED).events if event.type == kind]
    left = {event.id: {event.place.country} if event.place and kind == "RETREAT" else set() for event in found}  # troops leave a party or a place
    told = [(event.status, {p.country for p in event.actor}, {p.country for p in event.recipient} | left[event.id]) for event in found]
    assert any(status == "actual" and actors == {actor} and recipient in recipients for status, actors, recipients in told), told


@pytest.mark.parametrize("name", ["empty", "blank", "one word"])
def test_nothing_told_nobody_acts(reader: Reader, name: str) -> None:
    events = reader.read(HARD[name]).events
    assert len(events) <= (name == "one word") and not any(event.actor or event.recipient for event in events)


def test_capitals_are_read_too(reader: Reader) -> None:
    assert reader.read(HARD["capitals"]).events


def test_the_event_model_begins_from_what_the_language_model_saw():
    language = LanguageModel.load()
    parse = language.analyse(REPORTS["withdrawal"])
    assert parse.states is not None
    assert parse.states.shape == (len(parse.words), 384)
    model = EventModel.load(language.embeddings)
    seen, blind = model.read(parse), model.read(replace(parse, states=None))
    assert seen.event.shape == blind.event.shape
    assert np.abs(seen.event - blind.event).max() > 0.1
