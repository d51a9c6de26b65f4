from __future__ import annotations

import subprocess
import sys
import time

import pytest

from demarche.knowledge.codebook import Codebook, read_compiled
from demarche.knowledge.codebook_text import QUADS, CodebookError
from demarche.knowledge.compile_codebook import main as compile_main
from demarche.knowledge.cue import CueError, read_cue
from demarche.records import TYPES
from tests.knowledge.trees import at, tree

BOOK = Codebook.load()

CALLED_OFF = """
The the DET 2 det
visit visit NOUN 4 nsubj:pass
was be AUX 4 aux:pass
called call VERB 0 root
off off ADP 4 compound:prt
on on ADP 7 case
Monday Monday PROPN 4 obl
"""
SIGNED = """
Chad Chad PROPN 4 nsubj
and and CCONJ 3 cc
Sudan Sudan PROPN 1 conj
signed sign VERB 0 root
a a DET 7 det
border border NOUN 7 compound
agreement agreement NOUN 4 obj
"""
TROOPS_LEFT = """
Rwanda Rwanda PROPN 2 nsubj
withdrew withdraw VERB 0 root
thousands thousand NOUN 2 obj
of of ADP 5 case
troops troops NOUN 3 nmod
"""
PACT_LEFT = """
Mali Mali PROPN 2 nsubj
withdrew withdraw VERB 0 root
from from ADP 5 case
the the DET 5 det
pact pact NOUN 2 obl
"""
URGED = """
Unions union NOUN 2 nsubj
urged urge VERB 0 root
the the DET 4 det
premier premier NOUN 2 obj
to to PART 6 mark
resign resign VERB 2 xcomp
"""
CALLED_ON = """
Lagos Lagos PROPN 2 nsubj
called call VERB 0 root
on on ADP 4 case
rebels rebel NOUN 2 obl
to to PART 6 mark
stop stop VERB 2 advcl
attacks attack NOUN 6 obj
"""


def fired(lines: str, form: str) -> list[tuple[str, str | None]]:
    parse = tree(lines)
    return [(cue.type, cue.mode) for cue in BOOK.match(parse, at(parse, form))]


def test_the_sixteen_types_and_the_thirty_seven_contexts() -> None:
    assert tuple(BOOK.types) == TYPES
    assert len(read_compiled()["contexts"]) == 37
    assert all(entry.definition and entry.choices and entry.examples for entry in BOOK.types.values())
    assert {entry.quad for entry in BOOK.types.values()} == set(QUADS)
    assert BOOK.added_types == BOOK.added_modes == frozenset()


@pytest.mark.parametrize(
    ("type", "mode", "score"), [("SANCTION", "expel", -5.5), ("RETREAT", "disarm", 10), ("AGREE", None, 2.5), ("ASSAULT", "unheard-of", -9)]
)
def test_intensity_is_the_modes_or_else_the_types(type: str, mode: str | None, score: float) -> None:
    assert BOOK.intensity(type, mode) == score


def test_quads() -> None:
    assert [BOOK.quad(type) for type in ("AGREE", "AID", "REJECT", "SANCTION")] == list(QUADS)


def test_there_are_many_cues_for_every_type() -> None:
    cues = list(BOOK)
    assert len(cues) > 3000
    assert all(sum(cue.type == type for cue in cues) > 60 for type in TYPES)


def test_cues_are_looked_up_by_lemma_and_part_of_speech() -> None:
    assert ("ACCUSE", "disapprove") in [(cue.type, cue.mode) for cue in BOOK.cues("condemn", "VERB")]
    assert BOOK.cues("condemn", "NOUN") == ()
    assert BOOK.cues("condemn", "PUNCT") == ()
    assert any(cue.text == "talks" for cue in BOOK.cues("talk", "NOUN"))


def test_a_particle_and_a_passive_subject() -> None:
    assert fired(CALLED_OFF, "called")[0] == ("REJECT", "meet")


def test_the_words_that_bear_a_cue_out() -> None:
    parse = tree(CALLED_OFF)
    assert BOOK.matches(parse, 3)[0].words == (1, 3, 4)


def test_an_object_decides_the_type() -> None:
    assert fired(SIGNED, "signed")[0] == ("SUPPORT", None)


def test_what_is_counted_is_the_object() -> None:
    assert fired(TROOPS_LEFT, "withdrew")[0] == ("RETREAT", "withdraw")


def test_a_preposition_decides_the_type() -> None:
    assert fired(PACT_LEFT, "withdrew")[0] == ("SANCTION", "withdraw")


def test_a_complement_clause_decides_the_mode() -> None:
    assert fired(URGED, "urged")[0] == ("REQUEST", "yield")
    assert fired(CALLED_ON, "called")[0] == ("REQUEST", "yield")


def test_calling_on_a_day_is_no_request() -> None:
    assert ("REQUEST", "yield") not in fired(CALLED_OFF, "called")


def test_a_that_clause_counts_like_an_infinitive() -> None:
    lines = """
    MPs mp NOUN 2 nsubj
    demanded demand VERB 0 root
    that that SCONJ 6 mark
    the the DET 5 det
    governor governor NOUN 6 nsubj
    resign resign VERB 2 ccomp
    """
    assert fired(lines, "demanded")[0] == ("REQUEST", "yield")


def test_calling_for_talks_and_calling_for_aid() -> None:
    lines = "Paris Paris PROPN 2 nsubj\ncalled call VERB 0 root\nfor for ADP 4 case\n{} {} NOUN 2 obl"
    assert fired(lines.format("talks", "talk"), "called")[0] == ("REQUEST", "meet")
    assert fired(lines.format("aid", "aid"), "called")[0] == ("REQUEST", "assist")


@pytest.mark.parametrize(
    ("object", "expected"), [("complaint", ("ACCUSE", "allege")), ("motion", ("REQUEST", None))]
)  # fmt: skip
def test_filing(object: str, expected: tuple[str, str | None]) -> None:
    assert fired(f"He he PRON 2 nsubj\nfiled file VERB 0 root\na a DET 4 det\n{object} {object} NOUN 2 obj", "filed")[0] == expected


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [("talks", "talk", ("CONSULT", None)), ("rally", "rally", ("PROTEST", "demo")), ("drills", "drill", ("MOBILIZE", "troops"))],
)
def test_holding(form: str, lemma: str, expected: tuple[str, str | None]) -> None:
    assert fired(f"They they PRON 2 nsubj\nheld hold VERB 0 root\n{form} {lemma} NOUN 2 obj", "held")[0] == expected


def test_the_noun_a_participle_describes_is_its_object() -> None:
    lines = """
    sanctions sanction NOUN 4 nsubj
    imposed impose VERB 1 acl
    yesterday yesterday ADV 2 advmod
    hurt hurt VERB 0 root
    """
    assert fired(lines, "imposed")[0][0] == "SANCTION"


def test_a_modifier_before_a_noun() -> None:
    lines = "A a DET 3 det\ntroop troop NOUN 3 compound\nwithdrawal withdrawal NOUN 0 root"
    assert fired(lines, "withdrawal")[0] == ("RETREAT", "withdraw")


def test_words_split_at_a_hyphen() -> None:
    motion = "no no DET 3 det\n- - PUNCT 3 punct\nconfidence confidence NOUN 4 compound\nmotion motion NOUN 0 root"
    assert fired(motion, "motion")[0] == ("ACCUSE", "disapprove")
    sit_in = "A a DET 2 det\nsit sit NOUN 0 root\n- - PUNCT 4 punct\nin in ADP 2 compound"
    assert fired(sit_in, "sit")[0] == ("PROTEST", "demo")


def test_a_wording_that_is_no_event_silences_the_bare_word() -> None:
    assert fired("A a DET 3 det\nheart heart NOUN 3 compound\nattack attack NOUN 0 root", "attack") == []
    assert fired("He he PRON 2 nsubj\nmet meet VERB 0 root\nthe the DET 4 det\ndeadline deadline NOUN 2 obj", "met") == []


def test_not_guilty_is_not_guilty() -> None:
    lines = "He he PRON 2 nsubj\npleaded plead VERB 0 root\n{}guilty guilty ADJ 2 xcomp"
    assert fired(lines.format(""), "pleaded")[0] == ("CONCEDE", None)
    assert fired(lines.format("not not PART 4 advmod\n"), "pleaded")[0] == ("REJECT", None)


def test_the_month_of_march_is_no_march() -> None:
    assert fired("in in ADP 2 case\nMarch March PROPN 0 root", "March") == []


def test_an_inflected_form_whose_lemma_failed() -> None:
    assert ("PROTEST", "riot") in fired("riots riots NOUN 0 root", "riots")


def test_the_more_a_cue_asks_for_the_earlier_it_comes() -> None:
    parse = tree(SIGNED)
    cues = BOOK.match(parse, 3)
    assert [cue.specificity for cue in cues] == sorted((cue.specificity for cue in cues), reverse=True)
    assert len(cues) > 1


def mode(lines: str, form: str, type: str) -> str | None:
    parse = tree(lines)
    return BOOK.mode(parse, at(parse, form), type)[0]


def test_mode_from_words_of_the_clause() -> None:
    lines = """
    A a DET 3 det
    drone drone NOUN 3 compound
    hit hit NOUN 4 nsubj
    killed kill VERB 0 root
    ten ten NUM 4 obj
    """
    assert mode(lines, "killed", "ASSAULT") == "drone"


def test_mode_from_a_cue_names_the_cue() -> None:
    parse = tree("Police police NOUN 2 nsubj\njailed jail VERB 0 root\nhim he PRON 2 obj")
    found, cue = BOOK.mode(parse, 1, "COERCE")
    assert (found, cue and cue.text) == ("arrest", "jail")


def test_mode_of_a_request_is_change_when_something_else_is_asked() -> None:
    lines = "They they PRON 2 nsubj\nsought seek VERB 0 root\na a DET 4 det\nreferendum referendum NOUN 2 obj"
    assert mode(lines, "sought", "REQUEST") == "change"


def test_mode_of_three_who_meet() -> None:
    lines = "Iran Iran PROPN 4 nsubj\nIraq Iraq PROPN 1 conj\nOman Oman PROPN 1 conj\nmet meet VERB 0 root"
    assert mode(lines, "met", "CONSULT") == "multilateral"


def test_types_without_modes_have_none() -> None:
    assert mode(SIGNED, "signed", "SUPPORT") is None


def test_other_clauses_do_not_decide_the_mode() -> None:
    lines = """
    Rebels rebel NOUN 2 nsubj
    attacked attack VERB 0 root
    and and CCONJ 6 cc
    a a DET 5 det
    drone drone NOUN 6 nsubj
    crashed crash VERB 2 conj
    """
    assert mode(lines, "attacked", "ASSAULT") is None


def test_contexts() -> None:
    assert BOOK.contexts(["Boko", "Haram", "raided", "a", "refugee", "camp"]) == ("asylum", "terrorism")
    assert BOOK.contexts(["Al", "-", "Shabaab"]) == BOOK.contexts(["al-Shabaab"]) == ("terrorism",)
    assert BOOK.contexts([]) == ()


def test_what_words_entail_and_how_they_report() -> None:
    assert [BOOK.entails(word) for word in ("manage", "refuse", "vow", "urge", "table")] == ["implies", "negates", "future", "hypothetical", None]
    assert BOOK.stances("deny") == ("denies",)
    assert "demands" in BOOK.stances("call for")


def test_no_word_entails_two_things() -> None:
    words = [word for group in BOOK.status.values() for word in group]
    assert len(words) == len(set(words))


def test_loading_is_quick() -> None:
    def once() -> float:
        start = time.process_time()
        Codebook(read_compiled())
        return time.process_time() - start

    assert min(once() for _ in range(5)) < 0.06


def test_loading_needs_no_yaml() -> None:
    code = "import sys; from demarche.knowledge.codebook import Codebook; Codebook.load(); assert 'yaml' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_compiled_codebook_is_fresh() -> None:
    assert compile_main(["--check"]) == 0


BALLOT = """
types:
  STRIKE-BALLOT:
    definition: A union asks its members to vote on a strike.
    quad: verbal-conf
    intensity: -3
    cues:
      verbs: [ballot]
      phrases: [vote on strike/walkout!]
      nouns: [strike ballot!, strike vote]
    modes:
      indicative:
        definition: The vote does not bind.
        score: -2
        cues: {nouns: [indicative ballot]}
    examples:
      - Nurses will be [balloted] next month.
      - The [strike ballot] closed on Friday.
drop:
  nouns: [hartal]
"""


def write(tmp_path, text: str):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_type_of_the_users_own(tmp_path) -> None:
    book = Codebook.load(write(tmp_path, BALLOT))
    parse = tree("A a DET 3 det\nstrike strike NOUN 3 compound\nballot ballot NOUN 4 nsubj\nclosed close VERB 0 root")
    assert [cue.type for cue in book.match(parse, 2)] == ["STRIKE-BALLOT"]
    assert book.added_types == {"STRIKE-BALLOT"} and book.added_modes == {("STRIKE-BALLOT", "indicative")}
    assert (book.quad("STRIKE-BALLOT"), book.intensity("STRIKE-BALLOT", "indicative")) == ("verbal-conf", -2)
    assert book.cues("hartal", "NOUN") == ()
    assert BOOK.cues("hartal", "NOUN") and "STRIKE-BALLOT" not in BOOK.types


def test_cues_added_to_a_known_type_and_put_in_place_of_others(tmp_path) -> None:
    book = Codebook.load(write(tmp_path, "types: {PROTEST: {cues: {verbs: [honk!]}}, REJECT: {cues: {verbs: [condemn]}}}"))
    assert [cue.type for cue in book.cues("honk", "VERB")] == ["PROTEST"]
    assert [cue.type for cue in book.cues("condemn", "VERB") if not cue.conditions] == ["REJECT"]
    assert book.types["PROTEST"].modes["hunger"].score == -4.5


def test_an_empty_file_changes_nothing(tmp_path) -> None:
    assert list(Codebook.load(write(tmp_path, ""))) == list(BOOK)


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("typs: {}", "file.typs", "types"),
        ("types: {NEW: {definition: x}}", "types.NEW", "quad, intensity, cues, examples"),
        (BALLOT.replace("verbal-conf", "angry"), "types.STRIKE-BALLOT.quad", "material-conf"),
        (BALLOT.replace("intensity: -3", "intensity: much"), "types.STRIKE-BALLOT.intensity", "number"),
        (BALLOT.replace("[balloted]", "balloted"), "types.STRIKE-BALLOT.examples", "[brackets]"),
        (BALLOT.replace("[balloted]", "[polled]"), "types.STRIKE-BALLOT.examples", "[polled]"),
        (BALLOT.replace("strike/walkout", "<industrial>"), "types.STRIKE-BALLOT.cues.phrases", "<industrial>"),
        (BALLOT.replace("verbs: [ballot]", "verb: [ballot]"), "types.STRIKE-BALLOT.cues.verb", "verbs"),
        ("types: {PROTEST: {cues: {verbs: honk}}}", "types.PROTEST.cues.verbs", "list"),
        ("types: {PROTEST: {cues: {verbs: [on]}}}", "types.PROTEST.cues.verbs", "quotes"),
        ("types: {PROTEST: {cues: {verbs: [honk, honk]}}}", "types.PROTEST", "keep one"),
        ("types: {PROTEST: {modes: {honking: {score: -4}}}}", "types.PROTEST.modes.honking", "definition, cues"),
        ("types: [", "file", "YAML"),
    ],
)
def test_errors_name_file_key_and_remedy(tmp_path, text: str, key: str, says: str) -> None:
    with pytest.raises(CodebookError) as caught:
        Codebook.load(write(tmp_path, text))
    assert caught.value.file.endswith("mine.yaml")
    assert caught.value.key == key
    assert says in caught.value.remedy


def test_a_missing_file(tmp_path) -> None:
    with pytest.raises(CodebookError, match="check the path"):
        Codebook.load(tmp_path / "none.yaml")


def test_the_notation_tells_what_is_wrong() -> None:
    with pytest.raises(CueError, match="extra slash"):
        read_cue("sign pact/", "phrases", "SUPPORT", None, {})
    with pytest.raises(CueError, match="empty"):
        read_cue(" ", "verbs", "SUPPORT", None, {})


def test_marks_are_weights() -> None:
    assert [read_cue(entry, "nouns", "AID", None, {}).weight for entry in ("aid!", "aid", "aid~")] == ["high", "medium", "low"]


def test_a_particle_is_no_preposition() -> None:
    lines = "They they PRON 2 nsubj\ngave give VERB 0 root\n{}"
    assert fired(lines.format("in in ADV 2 advmod"), "gave")[0] == ("CONCEDE", None)
    assert fired(lines.format("books book NOUN 2 obj\nin in ADP 5 case\nMay May PROPN 2 obl"), "gave") == []
