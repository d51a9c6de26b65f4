import pytest

from demarche.coding import candidates, magnitudes, types
from demarche.coding.counts import counts
from tests.coding.pages import Told, drafts, page


def magnitude(sentence, *anchors, **kinds):
    """Low and high of what is counted for the last anchor; `kinds` maps anchors to types other than ASSAULT."""
    events = {anchor: Told(kinds.get(anchor, "ASSAULT")) for anchor in anchors}
    made = page(sentence, events=events)
    draft = next(d for d in drafts(made, candidates, types, magnitudes) if made.parse.words[d.word].text == anchors[-1])
    found = draft.magnitude
    if found is None:
        return {}
    told = {kind: getattr(found, kind) for kind in ("killed", "injured", "size")}
    assert all(made.parse.text[q.span.start : q.span.end] == q.span.text for q in told.values() if q)
    return {kind: (q.low, q.high) for kind, q in told.items() if q}


KILLED_AND_WOUNDED = (
    "Gunmen/NOUN/nsubj/2 killed/VERB/root three/NUM/nummod/4 soldiers/NOUN/obj/2 and/CCONJ/cc/6 wounded/VERB/conj/2"
    " 12/NUM/nummod/8 others/NOUN/obj/6 ./PUNCT/punct/2"
)


def test_killed_and_wounded_by_one_anchor():
    assert magnitude(KILLED_AND_WOUNDED, "killed") == {"killed": (3, 3), "injured": (12, 12)}


def test_each_anchor_takes_the_number_nearest_to_it_and_merging_joins_them():
    assert magnitude(KILLED_AND_WOUNDED, "wounded", "killed") == {"killed": (3, 3)}
    assert magnitude(KILLED_AND_WOUNDED, "killed", "wounded") == {"injured": (12, 12)}
    made = page(KILLED_AND_WOUNDED, events={"killed": Told(), "wounded": Told()})
    one, two = (d.magnitude for d in drafts(made, candidates, types, magnitudes))
    whole = magnitudes.joined(one, two)
    assert (whole.killed.low, whole.injured.low) == (3, 12)
    assert magnitudes.joined(None, two) == two == magnitudes.joined(two, None)


def test_an_unlikely_draft_takes_no_number_from_a_likely_one():
    def told(sure):
        made = page(KILLED_AND_WOUNDED, events={"killed": Told(), "wounded": Told(sure=sure)})
        return [draft.magnitude for draft in drafts(made, candidates, types, magnitudes)]

    killed, wounded = told(magnitudes.LIKELY - 0.01)
    assert killed.injured.low == 12 and wounded is None
    killed, wounded = told(magnitudes.LIKELY + 0.01)
    assert killed.injured is None and wounded.injured.low == 12


def test_a_participle_clause():
    sentence = (
        "Rebels/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 market/NOUN/obj/2 ,/PUNCT/punct/6 killing/VERB/advcl/2 at/ADP/case/8"
        " least/ADJ/nmod/9 30/NUM/nummod/10"
        " people/NOUN/obj/6 ./PUNCT/punct/2"
    )
    assert magnitude(sentence, "attacked") == {"killed": (30, None)}


def test_left_dead_and_injured():
    sentence = (
        "The/DET/det/2 attack/NOUN/nsubj/3 left/VERB/root 14/NUM/nummod/5 dead/ADJ/obj/3 and/CCONJ/cc/8 dozens/NOUN/nsubj/8"
        " injured/VERB.VBN/conj/5 ./PUNCT/punct/3"
    )
    assert magnitude(sentence, "attack") == {"killed": (14, 14), "injured": (24, None)}
    other = (
        "The/DET/det/2 attack/NOUN/nsubj/3 left/VERB/root 14/NUM/obj/3 dead/ADJ/xcomp/3 and/CCONJ/cc/7 dozens/NOUN/conj/4"
        " injured/VERB.VBN/acl/7 ./PUNCT/punct/3"
    )
    assert magnitude(other, "attack") == {"killed": (14, 14), "injured": (24, None)}


@pytest.mark.parametrize(
    ("sentence", "anchor", "expected"),
    [
        (
            "At/ADP/case/2 least/ADJ/nmod/3 12/NUM/nummod/4 people/NOUN/nsubj:pass/6 were/AUX/aux:pass/6 killed/VERB.VBN/root ./PUNCT/punct/6",
            "killed",
            {"killed": (12, None)},
        ),
        ("Dozens/NOUN/nsubj:pass/2 injured/VERB.VBN/root in/ADP/case/4 blast/NOUN/obl/2", "blast", {"injured": (24, None)}),
        ("Five/NUM/nummod/2 villagers/NOUN/nsubj/3 died/VERB/root in/ADP/case/6 the/DET/det/6 raid/NOUN/obl/3 ./PUNCT/punct/3", "raid", {"killed": (5, 5)}),
        (
            "Police/NOUN/nsubj/2 shot/VERB/root dead/ADJ/xcomp/2 three/NUM/nummod/5 students/NOUN/obj/2 ./PUNCT/punct/2",
            "shot",
            {"killed": (3, 3)},
        ),
        (
            "The/DET/det/2 massacre/NOUN/nsubj/3 claimed/VERB/root the/DET/det/5 lives/NOUN/obj/3 of/ADP/case/8 forty/NUM/nummod/8"
            " farmers/NOUN/nmod/5 ./PUNCT/punct/3",
            "massacre",
            {"killed": (40, 40)},
        ),
        (
            "The/DET/det/2 shelling/NOUN/nsubj/3 killed/VERB/root three/NUM/nummod/5 soldiers/NOUN/obj/3 and/CCONJ/cc/8 12/NUM/nummod/8"
            " civilians/NOUN/conj/5 ./PUNCT/punct/3",
            "shelling",
            {"killed": (15, 15)},
        ),
        (
            "Between/ADP/case/2 20/NUM/nummod/5 and/CCONJ/cc/4 30/NUM/conj/2 people/NOUN/nsubj:pass/7 were/AUX/aux:pass/7 hurt/VERB.VBN/root ./PUNCT/punct/7",
            "hurt",
            {"injured": (20, 30)},
        ),
        (
            "Dozens/NOUN/nsubj:pass/5 of/ADP/case/3 Kenyans/PROPN.NNPS/nmod/1 were/AUX/aux:pass/5 killed/VERB.VBN/root ./PUNCT/punct/5",
            "killed",
            {"killed": (24, None)},
        ),
        (
            "The/DET/det/3 death/NOUN/compound/3 toll/NOUN/nsubj/4 rose/VERB/root to/ADP/case/6 34/NUM/obl/4 after/ADP/case/9 the/DET/det/9"
            " bombing/NOUN/obl/4 ./PUNCT/punct/4",
            "bombing",
            {"killed": (34, 34)},
        ),
    ],
)
def test_killed_and_injured(sentence, anchor, expected):
    assert magnitude(sentence, anchor) == expected


@pytest.mark.parametrize(
    ("sentence", "anchor", "kind", "expected"),
    [
        ("Thousands/NOUN/nsubj/2 marched/VERB/root through/ADP/case/5 the/DET/det/5 capital/NOUN/obl/2 ./PUNCT/punct/2", "marched", "PROTEST", (2000, None)),
        (
            "More/ADJ/advmod/3 than/ADP/fixed/1 2,000/NUM/nummod/4 protesters/NOUN/nsubj/5 gathered/VERB/root ./PUNCT/punct/5",
            "gathered",
            "PROTEST",
            (2000, None),
        ),
        ("The/DET/det/2 rally/NOUN/nsubj/3 drew/VERB/root 500/NUM/nummod/5 people/NOUN/obj/3 ./PUNCT/punct/3", "rally", "PROTEST", (500, 500)),
        (
            "Mali/PROPN/nsubj/2 sent/VERB/root a/DET/det/5 200-strong/ADJ/amod/5 force/NOUN/obj/2 ./PUNCT/punct/2",
            "sent",
            "MOBILIZE",
            (200, 200),
        ),
        (
            "Mali/PROPN/nsubj/2 sent/VERB/root a/DET/det/7 200/NUM/nummod/6 -/PUNCT/punct/6 strong/ADJ/amod/7 force/NOUN/obj/2 ./PUNCT/punct/2",
            "sent",
            "MOBILIZE",
            (200, 200),
        ),
        (
            "France/PROPN/nsubj/2 withdrew/VERB/root up/ADP/case/5 to/ADP/fixed/3 1,500/NUM/nummod/6 troops/NOUN/obj/2 ./PUNCT/punct/2",
            "withdrew",
            "RETREAT",
            (0, 1500),
        ),
        (
            "A/DET/det/2 delegation/NOUN/nsubj/5 of/ADP/case/4 12/NUM/nmod/2 visited/VERB/root Niamey/PROPN/obj/5 ./PUNCT/punct/5",
            "visited",
            "CONSULT",
            (12, 12),
        ),
        ("Police/NOUN/nsubj/2 arrested/VERB/root 40/NUM/nummod/4 demonstrators/NOUN/obj/2 ./PUNCT/punct/2", "arrested", "COERCE", (40, 40)),
        ("Tens/NOUN/nsubj/4 of/ADP/case/3 thousands/NOUN/nmod/1 marched/VERB/root ./PUNCT/punct/4", "marched", "PROTEST", (20_000, None)),
    ],
)
def test_people_who_take_part(sentence, anchor, kind, expected):
    assert magnitude(sentence, anchor, **{anchor: kind}) == {"size": expected}


@pytest.mark.parametrize(
    ("sentence", "anchor", "kind"),
    [
        ("Three/NUM/nummod/2 gunmen/NOUN/nsubj/3 killed/VERB/root the/DET/det/5 mayor/NOUN/obj/3 ./PUNCT/punct/3", "killed", "ASSAULT"),
        (
            "Gunmen/NOUN/nsubj/2 killed/VERB/root Ilan/PROPN/obj/2 Dero/PROPN/flat/3 ,/PUNCT/punct/6 34/NUM/appos/3 ,/PUNCT/punct/6"
            " at/ADP/case/9 home/NOUN/obl/2",
            "killed",
            "ASSAULT",
        ),
        (
            "Gunmen/NOUN/nsubj/2 killed/VERB/root the/DET/det/4 mayor/NOUN/obj/2 on/ADP/case/6 12/NUM/obl/2 March/PROPN/flat/6 ./PUNCT/punct/2",
            "killed",
            "ASSAULT",
        ),
        ("The/DET/det/2 bombing/NOUN/nsubj/3 destroyed/VERB/root 14/NUM/nummod/5 houses/NOUN/obj/3 ./PUNCT/punct/3", "bombing", "ASSAULT"),
        (
            "Aid/NOUN/nsubj/2 saved/VERB/root 12/NUM/nummod/4 lives/NOUN/obj/2 after/ADP/case/7 the/DET/det/7 attack/NOUN/obl/2 ./PUNCT/punct/2",
            "attack",
            "ASSAULT",
        ),
        ("Protesters/NOUN/nsubj/2 marched/VERB/root 12/NUM/nummod/4 kilometres/NOUN/obj/2 ./PUNCT/punct/2", "marched", "PROTEST"),
        ("Strikers/NOUN/nsubj/2 demanded/VERB/root $/SYM/obj/2 300/NUM/nummod/3 a/DET/det/6 month/NOUN/nmod/3 ./PUNCT/punct/2", "demanded", "PROTEST"),
        (
            "The/DET/det/2 court/NOUN/nsubj/3 jailed/VERB/root him/PRON/obj/3 for/ADP/case/7 12/NUM/nummod/7 years/NOUN/obl/3 ./PUNCT/punct/3",
            "jailed",
            "COERCE",
        ),
        ("He/PRON/nsubj/2 praised/VERB/root 200/NUM/nummod/4 teachers/NOUN/obj/2 ./PUNCT/punct/2", "praised", "SUPPORT"),
    ],
)
def test_what_is_not_counted(sentence, anchor, kind):
    assert magnitude(sentence, anchor, **{anchor: kind}) == {}


def test_the_arrested_are_not_the_marchers():
    sentence = "Police/NOUN/nsubj/2 arrested/VERB/root 40/NUM/nummod/4 people/NOUN/obj/2 at/ADP/case/7 the/DET/det/7 march/NOUN/obl/2 ./PUNCT/punct/2"
    assert magnitude(sentence, "march", march="PROTEST") == {}
    assert magnitude(sentence, "march", "arrested", march="PROTEST", arrested="COERCE") == {"size": (40, 40)}


def test_a_number_belongs_to_the_event_of_its_own_clause():
    sentence = (
        "Gunmen/NOUN/nsubj/2 attacked/VERB/root a/DET/det/4 village/NOUN/obj/2 a/DET/det/6 week/NOUN/obl/10 after/SCONJ/mark/10 a/DET/det/9"
        " bombing/NOUN/nsubj/10"
        " killed/VERB/advcl/2 19/NUM/nummod/12 people/NOUN/obj/10 ./PUNCT/punct/2"
    )
    assert magnitude(sentence, "attacked", "bombing") == {"killed": (19, 19)}
    assert magnitude(sentence, "bombing", "attacked") == {}


def test_why_names_the_words():
    made = page(KILLED_AND_WOUNDED, events={"killed": Told()})
    (draft,) = drafts(made, candidates, types, magnitudes)
    assert draft.why["magnitude"] == "“three” counts the killed; “12” counts the injured"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("at least 12 people", 12, None),
        ("no fewer than thirty people", 30, None),
        ("no more than 20 men", 0, 20),
        ("not less than five people", 5, None),
        ("as many as 1,500 troops", 0, 1500),
        ("nearly 300 people", 300, 300),
        ("10 or more people", 10, None),
        ("between 20 and 30 people", 20, 30),
        ("20 to 30 people", 20, 30),
        ("20–30 people", 20, 30),
        ("three or four men", 3, 4),
        ("1.5 million people", 1_500_000, 1_500_000),
        ("2 to 3 million people", 2_000_000, 3_000_000),
        ("two hundred and fifty men", 250, 250),
        ("a hundred people", 100, 100),
        ("two dozen people", 24, 24),
        ("half a dozen people", 6, 6),
        ("a couple of men", 2, 2),
        ("dozens of people", 24, None),
        ("several hundred people", 300, None),
        ("tens of thousands of people", 20_000, None),
        ("hundreds of thousands of people", 200_000, None),
        ("several people", 3, None),
        ("a 15-member delegation", 15, 15),
    ],
)
def test_counts(text, low, high):
    assert [(c.low, c.high) for c in counts(text)] == [(low, high)]


@pytest.mark.parametrize(
    "text",
    ["a 12-year-old boy", "$12 million", "€ 3 million", "5% of voters", "12km away", "3.5 miles", "at 10:30", "9/11", "COVID-19", "G-20", "0 people", "nobody"],
)
def test_no_counts(text):
    assert list(counts(text)) == []


def test_conjoined_numbers_are_two_counts():
    assert [(c.low, c.high) for c in counts("three soldiers, four policemen and five or six guards")] == [(3, 3), (4, 4), (5, 6)]


def test_a_rising_number_is_the_last_one():
    assert [(c.low, c.high) for c in counts("The toll rose from 12 to 34.")] == [(34, 34)]


@pytest.mark.parametrize("text", ["1" * 400, "two" + " hundred" * 400, "1,234," * 3000, "half a " * 3000, "between 20 and " * 2000])
def test_nonsense_of_numbers_ends(text):
    assert all(c.low > 0 for c in counts(text))
