from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from demarche import open_archive
from demarche.archive import Archive, frames
from demarche.archive.clause import QuestionError
from demarche.archive.queries import Question, day, searched
from demarche.archive.whereabouts import distance_km
from tests.archive import studies


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return open_archive(studies.made(tmp_path_factory.mktemp("study") / "study.demarche"))


def asked(archive: Archive, **filters: Any) -> str:
    """The first digits of the ids of the events found, in their order."""
    return "".join(kept.event.id[0] for kept in archive.events(**filters))


# 1: SANCTION/discontinue, NER MIL -> USA, 2024-03-16, Niamey, told by NER MIL. 2: THREATEN, nothing known.
# 3: CONSULT, RUS and UKR, in 2023. 4: ASSAULT, REB, Agadez, 2024-02-01, negated. 5: COERCE, KEN COP -> KEN EDU, from 2024-06 on, in Niger.
# 6: RETREAT, USA MIL, Agadez, told by the Red Cross.
QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({}, "341526"),
    ({"actor": "NER"}, "1"), ({"actor": "Niger"}, "1"), ({"actor": "niger"}, "1"), ({"actor": "NER/MIL"}, "1"), ({"actor": "Niger/mil"}, "1"),
    ({"actor": "NER/GOV"}, ""), ({"actor": "MIL"}, "16"), ({"actor": "USA"}, "6"), ({"actor": "NER-MIL"}, ""), ({"actor": "Desert Front"}, "4"),
    ({"actor": "user:desert-front"}, "4"), ({"actor": "desert"}, "4"), ({"actor": ["NER", "KEN"]}, "15"), ({"actor": "100%"}, ""),
    ({"recipient": "USA"}, "1"), ({"recipient": "NER"}, ""), ({"partner": "USA"}, "16"),
    ({"actor": "NER", "partner": "USA"}, "1"), ({"actor": "USA", "partner": "NER"}, ""), ({"actor": "RUS", "partner": "Ukraine"}, "3"),
    ({"actor": "UKR", "partner": "RUS"}, "3"), ({"actor": "KEN", "partner": "KEN"}, "5"), ({"actor": "RUS", "partner": "RUS"}, ""),
    ({"according_to": "NER"}, "1"), ({"according_to": "Red Cross"}, "6"), ({"according_to": "report"}, "3452"), ({"according_to": ["report", "IGO"]}, "34526"),
    ({"sector": "MIL"}, "16"), ({"sector": ["REB", "edu"]}, "45"),
    ({"type": "SANCTION"}, "1"), ({"type": ["sanction", "CONSULT"]}, "31"), ({"mode": "discontinue"}, "1"), ({"mode": "firearms"}, "4"),
    ({"status": "negated"}, "4"), ({"status": ["actual", "negated"]}, "341526"),
    ({"since": "2024-03-16"}, "15"), ({"since": "2024-03-17"}, "5"), ({"until": "2024-02"}, "34"), ({"until": "2023"}, "3"), ({"since": "2023-07"}, "3415"),
    ({"since": dt.date(2024, 2, 1), "until": dt.date(2024, 2, 1)}, "4"), ({"since": "2023-12-31", "until": "2024-01-31"}, "3"), ({"since": "2030"}, "5"),
    ({"near": "Agadez,200km"}, "46"), ({"near": "Agadez,NER,5"}, "46"), ({"near": "13.5,2.1,50km"}, "1"), ({"near": "Niamey, Niger, 900 km"}, "416"),
    ({"near": "Nairobi,100km"}, ""),
    ({"place": "Agadez"}, "46"), ({"place": "agadez"}, "46"), ({"place": ["Niamey", "Paris"]}, "1"), ({"country": "NER"}, "4156"), ({"country": "Mali"}, ""),
    ({"text": "drone base"}, "3456"), ({"text": '"drone base"'}, "3456"), ({"text": '"base drone"'}, ""),
    ({"text": "DRONES"}, "3456"), ({"text": "dron*"}, "3456"),
    ({"text": "around world"}, "3456"), ({"text": "newspaper"}, "12"), ({"text": "newspaper drone"}, ""), ({"text": 'x" OR text:drone'}, ""),
    ({"min_confidence": 0.9}, "346"), ({"min_confidence": 0.5}, "341526"), ({"version": 1}, "341526"), ({"limit": 2}, "34"), ({"limit": 0}, ""),
    ({"actor": "USA", "type": "RETREAT", "status": "actual", "according_to": "NGO", "near": "Agadez,1km", "text": "drone", "min_confidence": 0.8}, "6"),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "found"), QUESTIONS, ids=lambda value: str(value) if isinstance(value, dict) else "")
def test_each_filter_finds_what_it_should(archive: Archive, filters: dict[str, Any], found: str) -> None:
    assert asked(archive, **filters) == found
    assert asked(archive, question=Question(**filters)) == found


def test_one_report_and_its_text(archive: Archive) -> None:
    various = studies.various()
    assert asked(archive, report=various.id) == "3456"
    assert {kept.text for kept in archive.events(report=various.id, texts=True)} == {studies.VARIOUS}
    assert {kept.text for kept in archive.events(report=various.id)} == {None}


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"actor": "XYZ"}, "actor 'XYZ': neither a country's code nor a sector (use an ISO code such as NER, or one of GOV, "),
        ({"partner": " "}, "partner ' ': nobody (give "),
        ({"type": "WAR"}, "type 'WAR': no type of events (use one of AGREE, "),
        ({"mode": "slowly"}, "mode 'slowly': no mode of events (use one of "),
        ({"status": "maybe"}, "status 'maybe': no status of events (use one of actual, future, hypothetical, negated)"),
        ({"sector": "NAVY"}, "sector 'NAVY': no sector of events (use one of GOV, "),
        ({"since": "yesterday"}, "since 'yesterday': no date (write it as 2023-07-26, 2023-07 or 2023)"),
        ({"until": "2023-02-30"}, "until '2023-02-30': no date"),
        ({"since": "2024", "until": "2023"}, "until '2023': the days from 2024-01-01 on end before (give a later day)"),
        ({"near": "Agadez"}, "near 'Agadez': no place with a distance (write it as "),
        ({"near": "Agadez,far"}, "near 'Agadez,far': no place with a distance"),
        ({"near": "Xyzzyqq,10km"}, "near 'Xyzzyqq,10km': no place is known as 'Xyzzyqq' (write"),
        ({"near": "95,0,10km"}, "near '95,0,10km': no point on the earth"),
        ({"country": "Atlantis"}, "country 'Atlantis': no country (give its ISO code"),
        ({"text": " ,"}, "text ' ,': no words in it (give"),
        ({"version": 7}, "version '7': no such version (the archive has 1)"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_remedy(archive: Archive, filters: dict[str, Any], told: str) -> None:
    with pytest.raises(QuestionError) as caught:
        archive.events(**filters)
    assert str(caught.value).startswith(told)


def test_a_filter_that_does_not_exist_is_named(archive: Archive) -> None:
    with pytest.raises(TypeError, match="colour"):
        archive.events(colour="red")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-5-7", "2024-05-07", "2024-05-07"),
    ],
)
def test_days(value: str, first: str, last: str) -> None:
    assert (str(day(value, "since")), str(day(value, "until", last=True))) == (first, last)


def test_words_to_search_are_never_taken_for_the_language_of_the_search() -> None:
    assert searched('drone "air base" NEAR col:x* -y (z)') == '"drone" "air base" "NEAR" "col:x"* "-y" "(z)"'


def test_distances() -> None:
    assert distance_km(13.51, 2.11, 16.97, 7.99) == pytest.approx(737, abs=5)
    assert distance_km(0, 179.9, 0, -179.9) == pytest.approx(22.2, abs=0.1)


def test_near_works_across_the_date_line_and_at_the_poles(tmp_path: Path) -> None:
    path = studies.made(tmp_path / "far.demarche")
    with open_archive(path, write=True) as archive:
        archive.db.execute("UPDATE events SET lat = 0, lon = -179.9 WHERE id LIKE '4%'")
        archive.db.execute("UPDATE events SET lat = 89.9, lon = 100 WHERE id LIKE '6%'")
        assert asked(archive, near="0,179.9,30km") == "4" and asked(archive, near="0,-179.8,30km") == "4" and asked(archive, near="89.9,-80,30km") == "6"
        assert asked(archive, near="0,179.9,20km") == ""


def test_questions_use_the_indices(archive: Archive) -> None:
    plans = []
    archive.db.set_trace_callback(plans.append)
    list(archive.events(actor="NER", partner="USA", type="SANCTION", since="2023-07"))
    archive.db.set_trace_callback(None)
    (query,) = (plan for plan in plans if "ORDER BY e.start" in plan)
    told = [row[3] for row in archive.db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert not any(line.startswith("SCAN") for line in told), told


@pytest.mark.parametrize("library", frames.LIBRARIES)
def test_a_data_frame_has_typed_columns(archive: Archive, library: str) -> None:
    pytest.importorskip(library)
    frame = archive.frame(library, limit=4)
    assert tuple(frame.columns) == frames.COLUMNS and len(frame) == 4
    assert [event[0] for event in frame["event"]] == ["3", "4", "1", "5"]
    assert sum(value.year == 2024 for value in frame["published"]) == 4
    assert [str(value)[:10] for value in frame["date_start"]] == ["2023-01-01", "2024-02-01", "2024-03-16", "2024-06-01"]
    assert frame["killed_low"].sum() == 12 and frame["place_lat"].max() > 16
    assert len(archive.frame(library, actor="LUX").columns) == len(frames.COLUMNS)


def test_without_pandas_and_polars_the_error_has_the_line_to_install(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r'pip install "demarche\[pandas\]"'):
        archive.frame()
    with pytest.raises(ImportError, match=r'pip install "demarche\[polars\]"'):
        archive.frame("polars")
    with pytest.raises(ValueError, match="use one of pandas, polars"):
        archive.frame("excel")


def test_asking_in_python_loads_no_model(tmp_path: Path) -> None:
    import subprocess

    path = studies.made(tmp_path / "study.demarche")
    code = f"import sys, demarche; list(demarche.open_archive({str(path)!r}).events(actor='NER')); print('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
