from demarche.coding import candidates, claims, merge, parties, sources, statuses, types
from demarche.records import Party, Span
from tests.coding.pages import Told, page

STAGES = (candidates, types, statuses, parties, sources, merge, claims)
TOOK = "France/PROPN/nsubj/2 attacked/VERB/root Mali/PROPN/obj/2 ./PUNCT/punct/2"
DENIED = "¶ France/PROPN/nsubj/2 denied/VERB/root that/SCONJ/mark/5 it/PRON/nsubj/5 attacked/VERB/ccomp/2 {0}/PROPN/obj/5 ./PUNCT/punct/2"
SAYS = "¶ {0}/PROPN/nsubj/2 said/VERB/root that/SCONJ/mark/5 France/PROPN/nsubj/5 attacked/VERB/ccomp/2 Mali/PROPN/obj/5 ./PUNCT/punct/2"
NAMES = {"Location": ["France", "Mali", "Niger", "Chad"]}
APART = {"view": (0.0, 1.0), "mode": "aerial"}


def read(*sentences, events, same=0.999, monkeypatch=None):
    if monkeypatch is not None:
        monkeypatch.setattr(merge, "SAME", same)
    made = page(*sentences, events=events, names=NAMES)
    drafts = []
    for stage in STAGES:
        drafts = stage.apply(made, drafts)
    ids = [made.parse.chunk_span(draft.anchor).text + f"@{draft.word}" for draft in drafts]
    found = claims.sides(made, drafts, ids)
    return (
        drafts,
        [([p.span.text for p in side.parties], [(c.event.partition("@")[0], c.stance, c.status, c.disputed) for c in side.claims]) for side in found],
        found,
        ids,
    )


def attack(target="Mali", **more):
    return Told(**{"attributed": 0.9, "roles": {"actor": {"France": 0.9}, "recipient": {target: 0.9}}, **more})


def denial(target="Mali", **more):
    return attack(target, status="negated", roles={"actor": {"France@2": 0.9}, "recipient": {f"{target}@2" if target == "Mali" else target: 0.9}}, **more)


def test_the_author_is_no_side(monkeypatch):
    _, told, *_ = read(TOOK, events={"attacked": attack(attributed=0.0)}, monkeypatch=monkeypatch)
    assert told == []


def test_one_side_denies_what_the_author_tells(monkeypatch):
    events = {"attacked": attack(attributed=0.0), "attacked@2": denial()}
    drafts, told, found, ids = read(TOOK, DENIED.format("Mali"), events=events, monkeypatch=monkeypatch)
    assert told == [(["France"], [("attacked", "denies", "negated", True)])]
    assert found[0].claims[0].event == ids[0]
    assert drafts[1].why["disputed"] == "“attacked”: asserted by the author"
    assert drafts[0].why["disputed"] == "“attacked”: denied by “France”"


def test_another_target_is_another_happening(monkeypatch):
    events = {"attacked": attack(attributed=0.0), "attacked@2": denial("Niger")}
    drafts, told, found, ids = read(TOOK, DENIED.format("Niger"), events=events, monkeypatch=monkeypatch)
    assert told == [(["France"], [("attacked", "denies", "negated", False)])]
    assert found[0].claims[0].event == ids[1]
    assert "disputed" not in drafts[0].why


def test_nobody_disputes_with_themselves(monkeypatch):
    events = {"attacked": attack(roles={"actor": {"France@2": 0.9}, "recipient": {"Mali": 0.9}}), "attacked@2": attack(
        status="negated", roles={"actor": {"France@4": 0.9}, "recipient": {"Mali@2": 0.9}}
    )}  # fmt: skip
    _, told, *_ = read(SAYS.format("France").removeprefix("¶ "), SAYS.format("France"), events=events, monkeypatch=monkeypatch)
    assert [claim[3] for _, claims_of in told for claim in claims_of] == [False, False]


def test_what_several_sides_say_of_one_happening(monkeypatch):
    roles = [{"actor": {f"France@{n}": 0.9} if n > 1 else {"France": 0.9}, "recipient": {f"Mali@{n}" if n > 1 else "Mali": 0.9}} for n in (1, 2)]
    events = {"attacked": attack(roles=roles[0]), "attacked@2": attack(roles=roles[1])}
    drafts, told, *_ = read(SAYS.format("Niger").removeprefix("¶ "), SAYS.format("Chad"), events=events, same=0.0, monkeypatch=monkeypatch)
    assert len(drafts) == 1
    assert sorted(side for side, _ in told) == [["Chad"], ["Niger"]]
    assert {claim for _, said in told for claim in said} == {("attacked", "asserts", "actual", False)}


def test_a_denial_merged_into_what_others_tell_is_disputed(monkeypatch):
    events = {"attacked": attack(attributed=0.0, sure=0.95), "attacked@2": denial()}
    drafts, told, *_ = read(TOOK, DENIED.format("Mali"), events=events, same=0.0, monkeypatch=monkeypatch)
    assert [draft.status for draft in drafts] == ["actual"]
    assert told == [(["France"], [("attacked", "denies", "negated", True)])]


def party(text, **more):
    return Party(Span(0, len(text), text), **more)


def test_what_tells_sides_apart():
    france = claims.side(party("France", country="FRA"))
    assert france == claims.side(party("the minister", country="FRA", sector="GOV")) == claims.side(party("it", country="FRA"))
    assert france != claims.side(party("the army", country="FRA", sector="MIL"))
    assert france != claims.side(party("a resident", country="FRA"))
    assert claims.side(party("the League", name="Arab League")) == claims.side(party("Arab League")) != claims.side(party("a league"))
