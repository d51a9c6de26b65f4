from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree

import pytest

from demarche import open_archive
from demarche.archive import Archive, chart
from demarche.archive.clause import QuestionError
from demarche.archive.ledger import Entry, entries
from demarche.archive.queries import Question
from demarche.archive.relations import between
from tests.archive import sketches, studies

TEXT = (
    "Peru praised Chile. Chile criticised Peru. Peru and Chile attacked rebels. Peru and Chile fought. Mali blamed Peru and Chile. "
    "Peru may expel Chileans. Peru met Bolivia. Police beat marchers. Chile cut ties, Bolivia said."
)
LINES = (
    "praised: SUPPORT PER/GOV > CHL 2023-01-05",
    "criticised: ACCUSE/disapprove CHL > PER 2023-03-02..2023-03-09",
    "attacked: ASSAULT PER+CHL > Front/REB 2023-03-03",
    "fought: ASSAULT PER/MIL+CHL/MIL > - 2021",
    "blamed: ACCUSE MLI > PER+CHL 2023-03-04",
    "expel: SANCTION/expel PER > CHL 2023-04-01 future",
    "met: CONSULT PER > BOL 2023-05-06",
    "beat: ASSAULT PER/COP > PER/CVL 2023-06-01",
    "cut: SANCTION/discontinue CHL > PER by BOL",
)
PACT = "The junta in Niamey canceled on March 16 the military pact signed in 2012 with the United States."
SECOND = "Niger scrapped its pact with the United States. Peru praised Chile."


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    path = tmp_path_factory.mktemp("study") / "study.demarche"
    pact = sketches.report(PACT, "canceled: SANCTION/discontinue NER/GOV > - 2024-03-16", "signed: SUPPORT USA > - 2012", name="niger")
    sketches.archive(path, [sketches.report(TEXT, *LINES, name="andes"), pact])
    return open_archive(path)


def words(found: tuple[Entry, ...]) -> list[str]:
    return [entry.event.anchor.text for entry in found]


def test_the_ledger_has_what_lies_between_two_sides_by_date(archive: Archive) -> None:
    there, back = archive.relations("PER", "CHL"), archive.relations("Chile", "Peru")
    assert words(there.entries) == words(back.entries) == ["fought", "praised", "criticised", "expel", "cut"]
    assert [entry.counts for entry in there.entries] == [True, True, True, False, True]
    assert [entry.claimed for entry in there.entries] == [False, False, False, False, True]
    assert [source.party.country for source in there.entries[-1].sources] == ["BOL"]
    assert words(archive.relations("PER/GOV", "CHL").entries) == ["praised"] and words(archive.relations("PER", "PER").entries) == ["beat"]
    assert words(archive.relations("PER", "Front").entries) == ["attacked"]


def test_filters_narrow_the_ledger_and_statuses_asked_for_count(archive: Archive) -> None:
    assert words(archive.relations("PER", "CHL", since="2023-02", until="2023-03").entries) == ["criticised"]
    (one,) = archive.relations("PER", "CHL", status="future").entries
    assert one.event.anchor.text == "expel" and one.counts
    with pytest.raises(QuestionError, match="who 'XYZ': neither"):
        archive.relations("XYZ", "CHL")


def test_steps_of_agreements_are_in_the_ledger_though_their_words_name_one_side(archive: Archive) -> None:
    found = archive.relations("NER", "USA")
    assert [(entry.event.anchor.text, *entry.steps) for entry in found.entries] == [
        ("signed", "2012 military pact: signed"), ("canceled", "2012 military pact: cancelled"),
    ]  # fmt: skip
    (one,) = archive.agreements("USA", "Niger")
    assert one.state == "cancelled" and archive.agreements("NER", "FRA") == [] and archive.agreements("NER") == [one]
    assert archive.agreements("NER", "USA", since="2024") == [one] and archive.agreements("NER", "USA", since="2025") == []
    assert words(archive.relations("NER", "USA", since="2024").entries) == ["canceled"]


def test_partners_are_ranked_by_their_entries(archive: Archive) -> None:
    found = {partner.name: partner.to_dict() for partner in archive.partners("PER")}
    assert list(found) == ["CHL", "BOL", "Front", "MLI", "PER"]
    row = found["CHL"]
    scores = [-9.0, 5.0, -2.0, -6.0]
    assert (row["entries"], row["counted"], row["sum"], row["cooperation"], row["conflict"]) == (5, 4, sum(scores), 5.0, -17.0)
    assert math.isclose(row["mean"], sum(scores) / 4) and (row["first"], row["last"]) == ("2021-01-01", "2023-04-01")
    assert [partner.name for partner in archive.partners("CHL")] == ["PER", "Front", "MLI"]


def test_one_side_alone_has_a_ledger_with_everybody(archive: Archive) -> None:
    assert len(archive.relations("PER").entries) == 9


@pytest.mark.parametrize(("line", "lies"), [
    ("Peru: SUPPORT PER > CHL", True), ("Peru: SUPPORT CHL > PER", True), ("Peru: CONSULT PER+CHL > -", True), ("Peru: CONSULT PER+CHL > BOL", False),
    ("Peru: SUPPORT BOL > PER+CHL", False), ("Peru: SUPPORT PER > -", False), ("Peru: SUPPORT PER+CHL > PER", True),
])  # fmt: skip
def test_what_lies_between_two_sides(line: str, lies: bool) -> None:
    event = sketches.report("Peru praised Chile.", line).events[0]
    assert between(event, "PER", "CHL") is lies and between(event, "CHL", "PER") is lies


def test_events_of_a_happening_are_one_entry_told_best_by_the_first() -> None:
    from dataclasses import replace

    one = sketches.report("Peru praised Chile.", "praised: SUPPORT PER > CHL by PER", name="a")
    two = sketches.report("Peru praised Chile.", "praised: SUPPORT PER > CHL 2023-01-05", name="b")
    kept = [replace(kept, happening="h") for kept in sketches.kept(one, two)]
    (entry,) = entries(kept)
    assert (entry.id, entry.reports, entry.claimed, entry.event.report) == ("h", 2, False, two.id)
    assert len(entries(sketches.kept(one, two))) == 2


def test_periods_have_means_and_sums_and_leave_wide_dates_out(archive: Archive) -> None:
    found = archive.relations("PER", "CHL")
    months = found.series("month")
    assert [period.name for period in months.periods] == ["2023-01", "2023-02", "2023-03"] and months.left_out == 2
    assert [(period.entries, period.mean, period.sum) for period in months.periods] == [(1, 5.0, 5.0), (0, 0.0, 0.0), (1, -2.0, -2.0)]
    years = found.series("year")
    assert [(p.name, p.entries, p.sum, p.cooperation, p.conflict) for p in years.periods] == [
        ("2021", 1, -9.0, 0.0, -9.0), ("2022", 0, 0.0, 0.0, 0.0), ("2023", 2, 3.0, 5.0, -2.0),
    ]  # fmt: skip
    assert chart.series([], None).periods == () and found.series().by == "month"
    with pytest.raises(ValueError, match="month or year"):
        found.series("week")


def test_long_stretches_go_by_year() -> None:
    text = "Peru praised Chile. Peru thanked Chile."
    told = sketches.report(text, "praised: SUPPORT PER > CHL 1990-01-05", "thanked: SUPPORT PER > CHL 2020-01-05")
    found = chart.series(entries(sketches.kept(told)))
    assert found.by == "year" and len(found.periods) == 31
    lines = chart.drawn(found, 40).splitlines()
    assert max(map(len, lines)) <= 40 and "1990" in lines[-1]


def test_the_chart_has_cooperation_above_and_conflict_below_its_line(archive: Archive) -> None:
    lines = chart.drawn(archive.relations("PER", "CHL").series("year"), 60).splitlines()
    line = next(at for at, text in enumerate(lines) if "┼" in text)
    assert line == chart.ROWS and max(map(len, lines)) <= 60
    above, below = (sum(text.count("█") for text in part) for part in (lines[:line], lines[line + 1 :]))
    assert 0 < above < below
    assert lines[0].strip().startswith("+9") and lines[2 * chart.ROWS].strip().startswith("-9") and lines[-3].split() == ["2021", "2022", "2023"]
    assert lines[-2].split() == ["sum", "-9.0", "+3.0"] and lines[-1].split() == ["mean", "-9.0", "+1.5"]
    assert chart.drawn(chart.series([])) == ""


def test_the_drawing_is_the_same_bytes_and_well_formed(archive: Archive) -> None:
    found = archive.relations("PER", "CHL").series()
    drawing = chart.svg(found, 'Peru & <"Chile">\x1b')
    assert drawing == chart.svg(archive.relations("PER", "CHL").series(), 'Peru & <"Chile">\x1b')
    root = ElementTree.fromstring(drawing)
    texts = [node.text for node in root.iter() if node.tag.endswith("text")]
    assert 'Peru & <"Chile"> ' in texts and {"2023-01", "2023-03"} <= set(texts)
    fills = [node.get("fill") for node in root.iter() if node.tag.endswith("rect")]
    assert fills.count("#2a7f62") == 2 and fills.count("#b3392f") == 2  # a bar each, and the legend
    assert "nothing dated" in chart.svg(chart.series([]), "none")


def test_a_png_or_what_to_install(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    found = archive.relations("PER", "CHL").series()
    monkeypatch.setitem(__import__("sys").modules, "cairosvg", None)
    with pytest.raises(chart.PlotError, match=r'pip install "demarche\[plot\]"'):
        chart.png(found, "Peru")
    monkeypatch.undo()
    pytest.importorskip("cairosvg")
    assert chart.png(found, "Peru").startswith(b"\x89PNG")


def test_the_archive_of_the_article(shared: Path, tmp_path: Path) -> None:
    """The pact of 2012, its end in March 2024 and the promise of April, as the package's own models code the article."""
    import datetime as dt

    from demarche.intake.document import Document

    text = (shared / "gold/articles/niger_2024.txt").read_text(encoding="utf-8")
    with Archive.open(tmp_path / "study.demarche", create=True) as study:
        studies.coded(study, [Document("niger_2024.txt", "niger_2024", text, None, dt.date(2024, 5, 14), "given")])
        found = study.relations("NER", "USA")
    (pact,) = [one for one in found.agreements if "military cooperation" in one.title]
    assert pact.title.startswith("2012") and pact.parties == ("NER", "USA")
    steps = {step.stage: (str(step.start), str(step.end)) for step in pact.steps}
    assert steps["signed"] == ("2012-01-01", "2012-12-31") and steps.get("cancelled", steps.get("suspended")) == ("2024-03-16", "2024-03-16")
    april = [entry for entry in found.entries if str(entry.start) == "2024-04-11" and entry.event.type in ("CONCEDE", "AGREE", "RETREAT")]
    assert april and any({party.country for party in entry.event.actor} == {"USA"} for entry in april)


def test_a_question_may_be_given_whole(archive: Archive) -> None:
    assert words(archive.relations("PER", "CHL", question=Question(type="SUPPORT")).entries) == ["praised"]
