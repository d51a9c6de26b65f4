from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demarche.demo import folder
from demarche.intake import duplicates
from demarche.intake.duplicates import Duplicates, Signature, exact
from demarche.intake.plain import split_address


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    with folder() as path:
        return {file.stem: file.read_text(encoding="utf-8") for file in sorted(path.iterdir()) if file.suffix == ".txt"}


def story(seed: int, words: int = 400) -> str:
    """A text of our own making with the word frequencies of a language."""
    rng = random.Random(seed)
    vocabulary = [f"{number:04}".translate(str.maketrans("0123456789", "abcdefghij")) for number in range(3000)]
    chosen = rng.choices(vocabulary, [1 / (number + 1) for number in range(3000)], k=words)
    return "\n\n".join(" ".join(chosen[at : at + 50]) + "." for at in range(0, words, 50))


def test_different_reports_are_different(texts: dict[str, str]) -> None:
    index = Duplicates()
    assert [index.add(name, text) for name, text in texts.items()] == [None] * len(texts)
    assert len(index) == len(texts)


def test_the_same_words_are_the_same_text() -> None:
    one, other = "https://a.example/b\n\nNiger's junta  cancelled the accord.", "NIGER’S junta — cancelled\nthe accord!".replace("’", "'")
    assert exact(one) == exact(other) != exact(one + " Again.")
    index = Duplicates()
    assert (index.add("a", one), index.add("b", other), index.add("c", "Niger's junta kept the accord.")) == (None, "a", None)


EDITS = {
    "dateline": lambda parts: ["LAGOS, 17 March (Agency) - " + parts[0], *parts[1:]],
    "cut": lambda parts: [*parts[:3], *parts[4:]],
    "boilerplate": lambda parts: [*parts, "Sign up to our newsletter to get the news that matters in your inbox every morning, and call 555 1234."],
    "first half": lambda parts: parts[: len(parts) // 2 + 1],
    "reordered": lambda parts: [parts[0], *reversed(parts[1:])],
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_papers_do_to_a_story_does_not_hide_it(edit: str) -> None:
    index, count = Duplicates(), 40
    for seed in range(count):
        assert index.add(str(seed), story(seed)) is None
    hits = [index.add(f"copy {seed}", "\n\n".join(EDITS[edit](story(seed).split("\n\n")))) for seed in range(count)]
    assert sum(hit == str(seed) for seed, hit in enumerate(hits)) >= 0.9 * count
    assert all(hit in (None, str(seed)) for seed, hit in enumerate(hits))


def test_bulletins_made_on_one_last_are_different() -> None:
    frame = story(1, 300)
    first, second = (frame + f" {a} ships and {b} aircraft crossed in {c} sorties near {d}." for a, b, c, d in ((7, 31, 12, 3), (9, 45, 18, 4)))
    assert Signature.of(first).alike(Signature.of(frame))
    assert not Signature.of(first).alike(Signature.of(second))


def test_the_first_of_several_is_named_and_copies_are_not_kept() -> None:
    index = Duplicates()
    assert [index.add(name, story(1)) for name in "abc"] == [None, "a", "a"]
    assert len(index) == 1


def test_a_restored_index_answers_as_one_that_never_stopped() -> None:
    rng = random.Random(3)
    stream = [(str(number), story(rng.randrange(60), 120) + (" more" if rng.random() < 0.5 else "")) for number in range(150)]
    whole = Duplicates()
    answers = [whole.add(*one) for one in stream]
    before, after = Duplicates(), Duplicates()
    stored = [(name, Signature.of(text).to_bytes()) for name, text in stream[:70] if before.add(name, text) is None]
    for name, data in stored:
        after.restore(name, Signature.from_bytes(data))
    assert [after.add(*one) for one in stream[70:]] == answers[70:]
    assert len(after) == len(whole)


def test_it_grows_without_forgetting(monkeypatch: pytest.MonkeyPatch) -> None:
    index = Duplicates()
    index._table = index._table[:64]
    index._kept = index._kept[:4]
    signatures = [Signature.of(story(seed, 60)) for seed in range(300)]
    for number, signature in enumerate(signatures):
        index.restore(str(number), signature)
    assert [index.find(signature) for signature in signatures] == list(map(str, range(300)))
    assert index._used <= duplicates.MAX_LOAD * len(index._table)


def test_a_signature_is_pinned() -> None:
    """Stored signatures must stay good: this changes only together with a new version of what is stored."""
    data = Signature.of("Niger cancelled its military accord with the United States on Saturday 16 March 2024.").to_bytes()
    assert (len(data), data[:8].hex(), data[-20:].hex()) == (404, *PINNED)


PINNED = ("f9d869132350dc1c", "0a00000000000000000000000000100004000000")


@given(st.text(max_size=200))
def test_any_text_has_a_signature_that_comes_back(text: str) -> None:
    made = Signature.of(text)
    assert Signature.from_bytes(made.to_bytes()).to_bytes() == made.to_bytes()
    assert made.alike(made)
    assert made.sequences >= 1


def test_a_wrong_signature_is_refused() -> None:
    with pytest.raises(ValueError, match="not 404"):
        Signature.from_bytes(b"short")


def test_an_article_takes_little_time_and_memory() -> None:
    index, stories = Duplicates(), [story(seed, 600) for seed in range(200)]
    start = time.process_time()
    for number, text in enumerate(stories):
        index.add(str(number), text)
    assert (time.process_time() - start) / len(stories) < 0.005  # 1 ms where nothing else runs
    for number in range(3000):
        index.restore(str(number), Signature.of(f"{number} {number * 7} {number * 13}"))
    assert (index._kept.nbytes + index._table.nbytes) / len(index) < 1000


def test_the_address_is_no_part_of_the_text(texts: dict[str, str]) -> None:
    text = next(iter(texts.values()))
    bare = text[split_address(text)[1] :]
    assert Signature.of("https://other.example/page\n\n" + bare).to_bytes() == Signature.of(bare).to_bytes()
