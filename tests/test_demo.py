from __future__ import annotations

import datetime as dt
import re

import pytest

from demarche.demo import folder
from demarche.intake import Document, gather, load


def documents() -> list[Document]:
    with folder() as path:
        return [load(item) for item in gather([str(path)])]


REPORTS = documents()
DATELINE = re.compile(r"^[A-Z][A-Z\- ]+(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?, ([A-Z][a-z]+ \d{1,2}, (\d{4})) - ")


def test_there_are_enough_from_the_years_1990_to_2025() -> None:
    years = [int(found[2]) for report in REPORTS if (found := DATELINE.search(report.text.split("\n")[2]))]
    assert len(years) == len(REPORTS) >= 12
    assert min(years) == 1990 and max(years) == 2025


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_each_has_a_headline_a_dateline_and_the_length_of_a_short_report(report: Document) -> None:
    headline, blank, first, *_ = report.text.split("\n")
    assert headline and not headline.endswith(".") and blank == ""
    found = DATELINE.match(first)
    assert found and dt.datetime.strptime(found[1], "%B %d, %Y")
    assert 120 <= len(report.text.split()) <= 220


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_file_s_name_ends_in_the_year_of_the_report(report: Document) -> None:
    assert report.name.endswith("_" + DATELINE.match(report.text.split("\n")[2])[2])  # type: ignore[index]
