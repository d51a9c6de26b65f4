from __future__ import annotations

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.intake import IntakeError, streams


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(0, 600))
def test_members_are_unpacked_one_after_the_other(parts: list[bytes], zeros: int) -> None:
    packed = b"".join(map(gzip.compress, parts)) + b"\x00" * zeros
    assert streams.gunzip(io.BytesIO(packed), "a.gz").read() == b"".join(parts)


@pytest.mark.parametrize(
    ("data", "problem"),
    [(gzip.compress(b"abc" * 100)[:-9], "end too early"), (b"no gzip at all", "damaged"), (gzip.compress(b"a") + b"rest", "damaged"), (b"", "end too early")],
)
def test_damaged_data_are_told(data: bytes, problem: str) -> None:
    with pytest.raises(IntakeError, match=problem):
        streams.whole(streams.gunzip(io.BytesIO(data), "a.gz"), 1 << 20)


def test_a_bomb_ends_by_its_ratio_before_it_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RATIO_FREE_BYTES", 100_000)
    bomb, taken = streams.gunzip(io.BytesIO(gzip.compress(bytes(50_000_000))), "bomb.gz"), 0
    with pytest.raises(IntakeError, match="becomes more than 200"):
        while chunk := bomb.read(1000):
            taken += len(chunk)
    assert taken < 13_000_000  # 200 times the first block


def test_a_stream_ends_by_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_UNPACKED", 1000)
    with pytest.raises(IntakeError, match="when unpacked"):
        streams.gunzip(io.BytesIO(zlib.compress(bytes(5000), wbits=31)), "long.gz").read()


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_marked_encodings_become_utf8(text: str, encoding: str) -> None:
    text = "a" + text.encode("utf-8", "replace").decode()
    assert streams.utf8(io.BytesIO(text.encode(encoding)), "a").read().decode() == text


def test_a_false_mark_is_told() -> None:
    with pytest.raises(IntakeError, match="UTF-16"):
        streams.whole(streams.utf8(io.BytesIO(b"\xff\xfea\x00\x00\xd8\x00"), "a"), 100)


@given(st.text("ab\r\n", max_size=60), st.integers(1, 9))
def test_lines_are_those_of_python_wherever_blocks_end(text: str, block: int) -> None:
    class Source(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(block)

    assert list(streams.lines(Source(text.encode()))) == text.encode().splitlines(keepends=True)


@given(st.lists(st.integers(0, 30), max_size=10), st.integers(1, 7))
def test_long_lines_are_none(lengths: list[int], block: int) -> None:
    class Source(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(block)

    data = b"".join(b"x" * length + b"\n" for length in lengths)
    assert [line is None for line in streams.lines(Source(data), 15)] == [length + 1 > 15 for length in lengths]
