from itertools import chain
from pathlib import Path
from random import Random

import pytest
from spacy.vocab import Vocab

from kg.language import corpus
from kg.training.augment import vary

ROWS = """\
# newdoc id = a
# text = Iran's envoy left.
1-2\tIran's\t_\t_\t_\t_\t_\t_\t_\t_
1\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t3\tnmod:poss\t_\t_
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
3\tenvoy\tenvoy\tNOUN\tNN\tNumber=Sing\t4\tnsubj\t_\t_
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
4.1\tleft\tleave\tVERB\tVBD\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = They met
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_

# newdoc id = b
1\tPeace\tpeace\tNOUN\tNN\t_\t0\troot\t_\t_
"""


@pytest.fixture
def documents(tmp_path: Path) -> list[list[corpus.Sentence]]:
    path = tmp_path / "x.conllu"
    path.write_text(ROWS, encoding="utf-8")
    return corpus.read_conllu(path)


def test_words_and_blanks_of_multi_word_tokens(documents: list[list[corpus.Sentence]]) -> None:
    assert [len(document) for document in documents] == [2, 1]
    assert corpus.to_doc(Vocab(), documents[0]).text == "Iran's envoy left. They met "


def test_tree_and_sentences(documents: list[list[corpus.Sentence]]) -> None:
    doc = corpus.to_doc(Vocab(), documents[0])
    assert [token.head.text for token in doc] == ["envoy", "Iran", "left", "left", "left", "met", "met"]
    assert [token.dep_ for token in doc if token.head == token] == ["ROOT", "ROOT"]
    assert [sentence.start for sentence in doc.sents] == [0, 5]


def test_paragraphs_stay_inside_documents_and_lose_nothing(documents: list[list[corpus.Sentence]]) -> None:
    texts = list(corpus.paragraphs([documents[0] * 5, documents[1]], longest=3))
    assert [len(text) for text in texts] == [1, 2, 3, 1, 2, 1, 1]
    assert list(chain.from_iterable(texts)) == documents[0] * 5 + documents[1]


def test_variants_are_still_trees(documents: list[list[corpus.Sentence]]) -> None:
    rng = Random(0)
    variants = [vary(documents[0] * 2, rng) for _ in range(200)]
    for sentences in variants:
        for sentence in sentences:
            roots = [i for i, word in enumerate(sentence) if word.head == i]
            assert len(roots) == 1
            assert all(0 <= word.head < len(sentence) for word in sentence)
    texts = {corpus.to_doc(Vocab(), sentences).text for sentences in variants}
    assert any("“" in text for text in texts)
    assert any("LEFT" in text for text in texts)
