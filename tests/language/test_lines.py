from demarche.language.lines import flowing

WRAPPED = (
    "The Ministry of Trade said on Monday that the border with the United\nStates would stay closed until the two governments have\n"
    "Signed the treaty of March, and that no lorry may pass before the\nend of the month.\n\n"
    "A second paragraph begins here and goes on for some more words, as\npapers do."
)


def test_lines_broken_to_a_width_flow():
    found = flowing(WRAPPED)
    assert len(found) == len(WRAPPED)
    assert "United States" in found and "have Signed" in found and "the end of the month.\n\nA second" in found


def test_one_paragraph_a_line_stays():
    text = "The Ministry of Trade said on Monday that the border stays closed.\nThe union called a strike against the closure for Friday morning.\nIt rained."
    assert flowing(text) is text


def test_a_single_break_before_a_small_letter_flows_and_no_other():
    text = (
        "Union members in all the ports of the country ballot their\nmembers in June.\n"
        "Ministers met the union on Tuesday in the capital, officials said.\nIt rained."
    )
    assert flowing(text).split("\n") == [
        "Union members in all the ports of the country ballot their members in June.",
        "Ministers met the union on Tuesday in the capital, officials said.",
        "It rained.",
    ]


def test_headings_lists_and_closed_lines_keep_their_breaks():
    for text in ("Demands:\nrelease of prisoners\nlifting of the curfew", "The union, which met for hours in the capital, has three demands:\nbread\npeace"):
        assert flowing(text) is text


def test_a_long_line_is_read_once():
    text = "word and more " * 200_000
    assert flowing(text) is text  # took minutes when every character was tried as the beginning of a line


def test_the_last_line_stays_as_it_is():
    assert flowing(WRAPPED + "\n").endswith("papers do.\n")
