from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.conllu import read

SAMPLE = """\
# newdoc id = one
# newpar
# text = They didn't go.
1	They	they	PRON	_	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	_	_	4	aux	_	_
3	n't	not	PART	_	_	4	advmod	_	_
4	go	go	VERB	_	_	0	root	_	SpaceAfter=No
4.1	there	there	ADV	_	_	_	_	_	_
5	.	.	PUNCT	_	_	4	punct	_	_

# text = Nobody spoke
1	Nobody	nobody	PRON	_	_	2	nsubj:x	_	_
2	spoke	speak	VERB	_	_	0	root	_	_

# newpar
# text = Silence
1	Silence	silence	NOUN	_	_	0	root	_	_

# newdoc id = two
# text = this is not what the tokens say
1	End	end	NOUN	_	_	0	root	_	SpaceAfter=No
2	.	.	PUNCT	_	_	1	punct	_	_
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sample.conllu"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_documents_paragraphs_and_sentences_make_the_raw_text(path: Path) -> None:
    assert [document.text for document in read(path)] == ["They didn't go. Nobody spoke\n\nSilence", "End."]


def test_multiword_tokens_hold_words_and_empty_nodes_are_left_out(path: Path) -> None:
    sentence = read(path)[0].sentences[0]
    assert [word.form for word in sentence.words] == ["They", "did", "n't", "go", "."]
    assert [(token.form, token.words) for token in sentence.tokens] == [("They", 1), ("didn't", 2), ("go", 1), (".", 1)]
    assert sentence.glued == [False, False, True, False, True]


def test_a_file_without_newdoc_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "plain.conllu"
    path.write_text("1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n\n1\tB\tb\tX\t_\t_\t0\troot\t_\t_\n", encoding="utf-8")
    assert [document.text for document in read(path)] == ["A B"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.conllu"
    path.write_text("1\tA\ta\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.conllu: a line of 3 columns"):
        read(path)
