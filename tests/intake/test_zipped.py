from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demarche.intake import streams, zipped
from demarche.intake.place import Place
from tests.intake.collections import KENYA, NIGER, ends, found
from tests.intake.pages import page


def packed(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_members_are_read_as_the_files_they_are_in_order(tmp_path: Path) -> None:
    inner = packed({"deep.txt": NIGER})
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed(
            {"z/b.txt": KENYA, "rows.csv": f'text\n"{NIGER}"\n', "page.html": page(), "in.zip": inner, "notes.md": "x", "__MACOSX/._b.txt": "x", ".h.txt": "x"}
        )
    )
    made, errors = found(path)
    assert not errors
    assert [one.where.removeprefix(str(path)) for one in made] == [":in.zip:deep.txt", ":page.html", ":rows.csv:row 2", ":z/b.txt"]
    assert [one.name for one in made] == ["deep", "page", "rows:2", "z/b"]


def test_an_archive_is_told_by_its_beginning_when_its_name_tells_nothing(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(packed({"a.txt": NIGER}))
    assert [one.text for one in found(path)[0]] == [NIGER]


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:/out.txt", "..\\out.txt"])
def test_a_name_that_leads_out_is_refused_and_the_rest_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({name: NIGER, "m.txt": KENYA}))
    made, errors = found(path)
    assert [one.text for one in made] == [KENYA]
    assert ["leads out" in error.problem for error in errors] == [True]
    assert name in errors[0].where


def test_archives_nested_deeper_links_and_secrets_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("n.zip", packed({"n.zip": packed({"a.txt": NIGER}), "b.txt": KENYA}))
        archive.writestr("secret.txt", NIGER)
    data = bytearray(out.getvalue())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption in the last record of the list
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    made, errors = found(path)
    assert ends(made) == ["a.zip:n.zip:b.txt"]
    assert [error.problem for error in errors] == ["a link, not a file", "an archive in an archive in an archive", "encrypted"]


def test_a_bomb_is_refused_and_the_rest_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RATIO_FREE_BYTES", 100_000)
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"b.csv": b"text\n" + b"a" * 5_000_000, "bomb.txt": bytes(3_000_000), "c.txt": NIGER}))
    made, errors = found(path)
    assert [one.text for one in made] == [NIGER]
    assert ends(errors) == ["a.zip:b.csv", "a.zip:bomb.txt"]
    assert all("becomes more than" in error.problem for error in errors)


def test_the_sum_of_the_members_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_UNPACKED", 300)
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{number}.txt": NIGER for number in range(4)}))
    made, errors = found(path)
    assert (len(made), len(errors)) == (2, 2)
    assert "when unpacked" in errors[0].problem


def test_too_many_members_are_refused_before_their_list_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_MEMBERS", 3)
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{number}.txt": NIGER for number in range(4)}))
    monkeypatch.setattr(zipped.zipfile, "ZipFile", None)
    assert "more than 3 files" in found(path)[1][0].problem
    far = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 900, 0) + struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    path.write_bytes(far + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))
    assert "more than 3 files" in found(path)[1][0].problem


def test_a_member_for_the_disk_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MAX_SPOOLED", 50)
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"in.zip": packed({"a.txt": NIGER})}))
    assert "inside an archive" in found(path)[1][0].problem


def test_damage_is_told_by_member(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": NIGER, "b.txt": KENYA}))
    at = data.find(b"a.txt") + 10
    data[at : at + 20] = b"\xff" * 20
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    made, errors = found(path)
    assert ([one.text for one in made], ends(errors)) == ([KENYA], ["a.zip:a.txt"])
    for broken in (b"PK\x03\x04 not really", bytes(data[:-30]), b""):
        path.write_bytes(broken)
        assert ["ZIP archive" in error.problem for error in found(path)[1]] == [True]
    path.write_bytes(packed({"a.png": "x"}))
    assert "no reports" in found(path)[1][0].problem


GOOD = packed({"a.txt": NIGER, "b.csv": f'text\n"{KENYA}"\n'})


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_changed_byte_makes_it_fail(at: int, value: int) -> None:
    data = bytearray(GOOD)
    data[at] = value
    from demarche.intake import formats

    assert not any("reading failed" in str(one) for one in formats.read(io.BytesIO(data), Place("a.zip", "a", "zip")))
