from __future__ import annotations

from pathlib import Path

import pytest

from demarche.archive.sameness import Words
from evaluation import coreference
from evaluation.coreference import Story, clusters, sources

ECB = """<?xml version="1.0"?><Document doc_name="{name}">
{tokens}
<Markables>
<ACTION_OCCURRENCE m_id="1"><token_anchor t_id="{first}"/></ACTION_OCCURRENCE>
<NEG_ACTION_STATE m_id="2"><token_anchor t_id="7"/><token_anchor t_id="8"/></NEG_ACTION_STATE>
<HUMAN_PART_PER m_id="3"><token_anchor t_id="5"/></HUMAN_PART_PER>
<ACTION_OCCURRENCE m_id="9" instance_id="ACT1" TAG_DESCRIPTOR="x"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="1"/><target m_id="9"/></CROSS_DOC_COREF></Relations>
</Document>"""


def written(folder: Path) -> Path:
    words = [(0, "http"), (0, ":"), (0, "//x.org/a"), (1, "Envoys"), (1, "met"), (1, "."), (2, "Nobody"), (2, "spoke"), (2, "``")]
    tokens = "\n".join(f'<token t_id="{number}" sentence="{at}" number="0">{word}</token>' for number, (at, word) in enumerate(words, 1))
    (folder / "1").mkdir()
    (folder / "1" / "1_2ecbplus.xml").write_text(ECB.format(name="x", tokens=tokens, first=5), encoding="utf-8")
    (folder / "coreference_sentences.csv").write_text("Topic,File,Sentence Number\n1,2ecbplus,1\n", encoding="utf-8")
    return folder


def test_a_document_of_ecb_plus_is_read(tmp_path: Path) -> None:
    (source,) = sources(written(tmp_path))
    assert (source.topic, source.sub, source.url, source.text) == ("1", "1ecbplus", "http://x.org/a", 'Envoys met.\n\nNobody spoke "')
    first, second = source.mentions
    assert (source.text[first.start : first.end], first.chain, first.checked) == ("met", "ACT1", True)
    assert (source.text[second.start : second.end], second.chain, second.checked) == ("Nobody spoke", None, False)


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no topic folders"):
        list(sources(tmp_path))


def story(chain: str, topic: str, sub: str) -> Story:
    return Story(None, chain, chain, topic, sub)  # type: ignore[arg-type]


def test_only_what_a_level_allows_is_grouped() -> None:
    found = [story("a", "1", "1ecb"), story("a", "1", "1ecbplus"), story("b", "2", "2ecb")]
    pairs = {(0, 1): 900, (0, 2): 900, (1, 2): 900}
    assert [len(set(clusters(found, pairs, level, 0.5)[1].values())) for level in ("sub", "topic", "corpus")] == [3, 2, 1]


def test_the_words_of_a_corpus_are_shared_by_its_mentions() -> None:
    assert Words.of(None, "x") != Words.of(None, "x")  # one per document: compared once


def test_held_out_topics_are_not_fitted_on() -> None:
    fit = (Path(__file__).parents[2] / "training" / "events" / "fit_happenings.py").read_text(encoding="utf-8")
    assert "HELD_OUT" in fit and set(coreference.HELD_OUT) >= {"2", "5", "12", "18", "21", "23", "34", "35"}
