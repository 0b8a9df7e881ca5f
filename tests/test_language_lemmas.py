from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.language.lemmas import Lemmatizer

SEEN = [
    ("signed", "VBD", "sign"),
    ("joined", "VBD", "join"),
    ("ceded", "VBD", "cede"),
    ("seceded", "VBD", "secede"),
    ("went", "VBD", "go"),
    ("treaties", "NNS", "treaty"),
    ("parties", "NNS", "party"),
    ("pacts", "NNS", "pact"),
    ("states", "NNS", "state"),
    ("'s", "POS", "'s"),
    ("n't", "RB", "not"),
]


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    return Lemmatizer().learn(SEEN)


@pytest.mark.parametrize(("form", "tag", "lemma"), SEEN)
def test_what_was_learnt_is_known(lemmatizer: Lemmatizer, form: str, tag: str, lemma: str) -> None:
    assert lemmatizer.lemma(form, tag) == lemma


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [("acts", "NNS", "act"), ("Deputies", "NNS", "deputy"), ("acceded", "VBD", "accede"), ("n’t", "RB", "not")],
)
def test_endings_carry_over(lemmatizer: Lemmatizer, form: str, tag: str, lemma: str) -> None:
    assert lemmatizer.lemma(form, tag) == lemma


@pytest.mark.parametrize(("form", "tag"), [("Parties", "NNP"), ("Iran", "NNP"), ("", "NNS"), ("s", "NNS"), ("x", "??")])
def test_names_and_the_unknown_stay(lemmatizer: Lemmatizer, form: str, tag: str) -> None:
    assert lemmatizer.lemma(form, tag) == form


def test_more_frequent_lemma_wins_and_then_the_longer() -> None:
    learnt = Lemmatizer().learn(
        [("left", "VBD", "leave"), ("fined", "VBD", "fin"), ("fined", "VBD", "fine"), ("left", "VBD", "leave")]
    )
    assert (learnt.lemma("left", "VBD"), learnt.lemma("fined", "VBD")) == ("leave", "fine")


def test_capitals_of_initials_and_of_adjectives_inside_a_sentence_stay(lemmatizer: Lemmatizer) -> None:
    doc = Doc(Vocab(), ["Good", "TV", "on", "Dutch", "Parties"], tags=["JJ", "NN", "IN", "JJ", "NNS"])
    doc[0].is_sent_start = True
    assert [token.lemma_ for token in lemmatizer(doc)] == ["good", "TV", "on", "Dutch", "party"]


def test_tables_survive_the_disk(lemmatizer: Lemmatizer, tmp_path: Path) -> None:
    lemmatizer.to_disk(tmp_path / "lemmas")
    read = Lemmatizer().from_disk(tmp_path / "lemmas")
    assert (read.words, read.endings) == (lemmatizer.words, lemmatizer.endings)
