import datetime as dt

import pytest

from demarche.language.interval import Interval
from demarche.language.published import infer, url_day

DAY = dt.date(2022, 7, 26)


@pytest.mark.parametrize(
    "url",
    [
        "https://paper.example/2022/07/26/minister-resigns/", "https://paper.example/news/2022/7/26/x", "https://paper.example/2022-07-26/x",
        "https://paper.example/article/26/07/2022/x", "https://paper.example/stories/202207260121.html", "https://paper.example/20220726/ab12cd/c.html",
        "https://paper.example/2022/jul/26/x",
    ],
)  # fmt: skip
def test_an_address_tells_the_day(url):
    assert url_day(url) == DAY
    assert infer("No date here.", url) == infer(f"{url}\n\nNo date here.") == (Interval.day(DAY), "url")


@pytest.mark.parametrize("url", ["https://paper.example/news/3081251", "https://paper.example/2022/13/45/x", "https://paper.example/id/00082865.html", ""])
def test_an_address_without_a_day_tells_none(url):
    assert url_day(url) is None


@pytest.mark.parametrize(
    "text",
    [
        "LOME - 26 July 2022: The cabinet met.", "LOME, July 26, 2022 (Agency) -- The cabinet met.", "LOME (Agency) July 26, 2022 - The cabinet met.",
        "LOME (July 26, 2022): The cabinet met.",
        "Published: 26 July 2022\nThe cabinet met.", "Cabinet meets\nUpdated on July 26, 2022 at 10:30\nThe cabinet met.", "Cabinet meets\n26/07/2022\nIt met.",
        "Police today (July 26, 2022) freed him.", "The two have today, Tuesday 26th July 2022, signed it.", "He left yesterday (25 July 2022).",
        "LOME, Jul. 26 (Agency) -- The cabinet met. The deal was signed on 3 May 2022.",
    ],
)  # fmt: skip
def test_a_dateline_tells_the_day(text):
    assert infer(text) == (Interval.day(DAY), "dateline")


def test_a_relative_year_told_elsewhere_fixes_the_year_of_publication():
    text = "Envoys met the general. He came to power in the coup of July 26, 2023. Sanctions have bitten since the coup in late July last year."
    assert infer(text) == (Interval.year(2024), "text")


def test_agreeing_neighbours_fix_the_year_of_publication():
    assert infer("The mine opened a decade ago, in 2014.") == (Interval.year(2024), "text")
    assert infer("Turnout fell last year (2021).") == (Interval.year(2022), "text")
    assert infer("The 2023 coup divided them. Last year's coup was bloodless.") == (Interval.year(2024), "text")


def test_last_july_is_within_a_year():
    told, how = infer("The mayor fled. Many remember the flood of July 14, 2021. The flood last July took forty lives.")
    assert (told, how) == (Interval(dt.date(2021, 8, 1), dt.date(2022, 7, 31)), "text")


def test_a_report_is_no_older_than_what_it_tells_as_past():
    filler = "Nobody in the valley expects much of it. " * 8
    told, how = infer(f"The mine has been closed for long. {filler}It was opened in 1998, it was sold on 3 May 2019. It is due to reopen in 2030.")
    assert (told.start, told.end, how) == (dt.date(2019, 5, 3), None, "text")


def test_a_report_that_opens_with_a_day_and_date_follows_within_the_week():
    told, _ = infer("The minister resigned on Tuesday July 26, 2022.")
    assert told == Interval(DAY, dt.date(2022, 8, 1))


def test_an_anniversary_is_not_fresh_news():
    told, _ = infer("The kingdom marks the 71st anniversary of the king's death; he was shot on Friday July 20, 1951.")
    assert told.end is None


def test_nothing_tells_nothing():
    assert infer("The minister resigned on Tuesday.") == (None, None)


def test_earlier_months_of_the_own_year_narrow_it() -> None:
    text = "Envoys met the general. He came to power in the coup of July 26, 2023. {} Sanctions have bitten since the coup in late July last year."
    year = Interval.year(2024)
    assert infer(text.format("The treaty was cancelled on March 16th.")) == (Interval(dt.date(2024, 3, 16), year.end), "text")
    assert infer(text.format("The border was closed in October.")) == (year, "text"), "October may be that of either year"
    assert infer(text.format("Elections will be held in March.")) == (year, "text"), "what lies ahead tells nothing of how old the report is"
