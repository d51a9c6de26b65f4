"""brat, Label Studio and spaCy: reports with marked spans."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.archive.exports import FORMATS, ExportError
from demarche.archive.exports.annotations import ROLES
from demarche.archive.exports.brat import file_name
from demarche.archive.exports.label_studio import configuration
from demarche.records import TYPES, Span
from tests import samples
from tests.archive.exports.kept import HEAD, Kept, canceled, kept, threatened, written


def brat(folder: Path, *events: Kept) -> tuple[str, list[str]]:
    FORMATS["brat"].write(events, folder)
    return folder.joinpath(f"{HEAD.id}.txt").read_bytes().decode(), folder.joinpath(f"{HEAD.id}.ann").read_text(encoding="utf-8").splitlines()


def test_brat_offsets_point_at_their_words(tmp_path: Path) -> None:
    text, lines = brat(tmp_path, canceled(), threatened())
    assert text == samples.TEXT
    spans = [re.fullmatch(r"(T\d+)\t(\S+) (\d+) (\d+)\t(.*)", line) for line in lines if line.startswith("T")]
    assert all(found and text[int(found[3]) : int(found[4])] == found[5] for found in spans)
    assert len({found[1] for found in spans if found}) == len(spans) == 10


def test_brat_events_have_trigger_roles_status_and_id(tmp_path: Path) -> None:
    _, lines = brat(tmp_path, canceled(), threatened())
    assert "E1\tSANCTION:T1 Actor:T3 Recipient:T4 Date:T5 Place:T6 Source:T7 Cue:T8 Killed:T9" in lines
    assert "A1\tStatus E1 actual" in lines
    assert "#1\tAnnotatorNotes E1\t1111aaaa1111aaaa discontinue" in lines
    assert "*\tEquiv T1 T2" in lines
    assert [line for line in lines if line.startswith("E2")] == ["E2\tTHREATEN:T10"]


def test_brat_numbers_roles_and_writes_a_shared_span_once(tmp_path: Path) -> None:
    event = canceled().event
    _, lines = brat(tmp_path, canceled(actor=(*event.actor, *event.recipient)), canceled(id="2222"))
    assert "Actor:T3 Actor2:T4 Recipient:T5" in next(line for line in lines if line.startswith("E1"))
    assert sum(line.startswith("T") for line in lines) == 10


def test_brat_spans_do_not_cross_lines(tmp_path: Path) -> None:
    text = "one\r\ntwo three"
    event = threatened(anchor=Span(0, 8, text[:8])).event
    _, lines = brat(tmp_path, kept(event, text=text))
    assert lines[0] == "T1\tTHREATEN 0 3;5 8\tone two"


def test_brat_declares_what_it_uses(tmp_path: Path) -> None:
    brat(tmp_path, canceled(type="STRIKE BALLOT"))
    conf = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert all(re.search(rf"^{name}\t", conf, re.MULTILINE) for name in (*TYPES, "STRIKE-BALLOT"))
    assert all(re.search(rf"^{role}$", conf, re.MULTILINE) for role in ROLES)


@given(st.one_of(st.text(min_size=1), st.sampled_from(["..", "../x", "/etc/passwd", "a/b", "CON.txt", "-rf", "x" * 300])))
def test_no_report_leads_out_of_the_folder(id: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", file_name(id))


def test_label_studio_tasks_are_one_list() -> None:
    other = kept(threatened().event, replace(HEAD, id="other"))
    tasks = json.loads(written("label-studio", [canceled(), threatened(), other])[0])
    assert [task["data"]["report"] for task in tasks] == [HEAD.id, "other"]
    assert json.loads(written("label-studio", [])[0]) == []
    (prediction,) = tasks[0]["predictions"]
    regions = [part for part in prediction["result"] if part["type"] == "labels"]
    text = tasks[0]["data"]["text"]
    assert all(text[region["value"]["start"] : region["value"]["end"]] == region["value"]["text"] for region in regions)
    keys = {region["id"] for region in regions}
    assert len(keys) == len(regions)
    relations = [part for part in prediction["result"] if part["type"] == "relation"]
    assert {end for part in relations for end in (part["from_id"], part["to_id"])} <= keys
    assert [part["labels"][0] for part in relations] == ["Mention", "Actor", "Recipient", "Date", "Place", "Source", "Cue", "Killed"]
    assert [part["value"]["choices"] for part in prediction["result"] if part["type"] == "choices"] == [["actual"], ["actual"]]


def test_the_interface_of_label_studio_has_every_label() -> None:
    view = ElementTree.fromstring(configuration(TYPES))
    assert {label.get("value") for label in view.iter("Label")} == {*TYPES, *ROLES}
    assert {element.get("name") for element in view if element.get("name")} == {"label", "status", "text"}


def test_spacy_spans_point_at_their_words() -> None:
    (line,) = written("spacy", [canceled(), threatened()])[0].splitlines()
    found = json.loads(line)
    words = {found["text"][span["start"] : span["end"]] for span in found["spans"] if span["role"] == "Anchor"}
    assert words == {"canceled", "threatened"}
    assert {span["label"] for span in found["spans"]} <= {*TYPES, *ROLES}
    assert found["meta"]["report"] == HEAD.id


@pytest.mark.parametrize("form", ["brat", "label-studio", "spacy"])
def test_events_must_come_with_their_text_and_report_by_report(form: str, tmp_path: Path) -> None:
    def write(events: list[Kept]) -> None:
        if form == "brat":
            FORMATS[form].write(events, tmp_path)
        else:
            written(form, events)

    with pytest.raises(ExportError, match="text"):
        write([kept(threatened().event, text=None)])
    other = kept(threatened().event, replace(HEAD, id="other"))
    with pytest.raises(ExportError, match="several places"):
        write([canceled(), other, threatened()])
