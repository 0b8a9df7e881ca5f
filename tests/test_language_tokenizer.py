import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.language import tokenizer

NLP = tokenizer.blank()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return NLP


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iran's 20-year pact", ["Iran", "'s", "20", "-", "year", "pact"]),
        ("the Russia–Iran treaty", ["the", "Russia", "–", "Iran", "treaty"]),
        ("the U.S.-led force", ["the", "U.S.", "-", "led", "force"]),
        ("re-elected in 1828–1829", ["re-elected", "in", "1828", "–", "1829"]),
        ("Anti-Ballistic missiles, etc.", ["Anti-Ballistic", "missiles", ",", "etc."]),
        ("They don't.", ["They", "do", "n't", "."]),
    ],
)
def test_words_are_those_of_the_treebanks(nlp: Language, text: str, words: list[str]) -> None:
    assert [token.text for token in tokenizer.make_doc(nlp, text)] == words


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_text_is_kept(text: str) -> None:
    assert tokenizer.make_doc(NLP, text).text == text


@given(st.lists(st.sampled_from(["(" * 301, "x" * 900, "'s" * 400, " ", "\n\n", "a b", "—" * 299, "\u00a0"])))
@settings(max_examples=60, deadline=None)
def test_text_with_long_runs_is_kept(parts: list[str]) -> None:
    text = "".join(parts)
    assert tokenizer.make_doc(NLP, text).text == text


def test_offsets_behind_a_long_run_are_those_of_the_text(nlp: Language) -> None:
    text = "(" * 1000 + " Iran signed it."
    doc = tokenizer.make_doc(nlp, text)
    assert [token.idx for token in doc if token.text == "Iran"] == [text.index("Iran")]


@pytest.mark.parametrize("piece", ["(", "'s", "—", '"', "a.", "/"])
def test_long_runs_do_not_stall(nlp: Language, piece: str) -> None:
    start = time.process_time()
    tokenizer.make_doc(nlp, piece * 100_000)
    assert time.process_time() - start < 1


def test_a_run_of_ordinary_length_is_read(nlp: Language) -> None:
    assert len(tokenizer.make_doc(nlp, "(" * tokenizer.LONGEST_RUN)) == tokenizer.LONGEST_RUN
    assert len(tokenizer.make_doc(nlp, "(" * (tokenizer.LONGEST_RUN + 1))) == 2
