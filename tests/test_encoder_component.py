from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import load, tokenizer
from kg.language.encoder.component import Encoder, Scores, Tables
from kg.language.encoder.marks import MARKS
from kg.language.encoder.runs import Run
from kg.language.encoder.windows import MOST_WORDS
from kg.language.encoder.wordpiece import END, START, UNKNOWN, WordPieces

LABELS = {
    "tags": ["NN", "VB", "."],
    "pos": ["NOUN", "VERB", "PUNCT"],
    "relations": ["nsubj", "punct", "root", "flat"],
    "names": list(MARKS),
}


class Scripted(Encoder):
    """Answers without a network: capitals begin sentences, "ran" is a verb, all words hang on it, "Iran" is a place."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp.vocab)
        self._tables = Tables.of(LABELS, nlp.vocab)
        self._pieces_of = WordPieces(["[PAD]", UNKNOWN, START, END])
        self.runs: list[list[str]] = []
        self.texts: list[list[str]] = []

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 2) -> Iterator[Doc]:
        docs = list(stream)
        self.texts = [[token.text for token in doc if not token.is_space] for doc in docs]
        return super().pipe(docs, batch_size=len(docs))

    def _scores(self, batch: Sequence[Run]) -> Iterator[Scores]:
        return (
            Scores.of(self._outputs(self.texts[run.text][run.start : run.end]), run.end - run.start) for run in batch
        )

    def _outputs(self, forms: list[str]) -> list[Any]:
        self.runs.append(forms)
        count = len(forms)
        kinds = np.array([1 if form == "ran" else 2 if form == "." else 0 for form in forms])
        tags = np.eye(3, dtype=np.float32)[kinds]
        starts = np.array([1 if form[:1].isupper() else -1 for form in forms])
        marks = [MARKS.index("S-PLACE" if form == "Iran" else "O") for form in forms]
        names = 12 * np.eye(len(MARKS), dtype=np.float32)[marks]
        arcs = np.zeros((count + 1, count + 1), dtype=np.float32)
        arcs[:, 1:][:, kinds == 1] = 2
        arcs[1:, 0][kinds == 1] = 5
        left = np.zeros((count + 1, 4, 1), dtype=np.float32)
        left[1:, :2, 0] = np.eye(3)[kinds][:, [0, 2]]
        by_word = [np.concatenate([scores[:1], scores]) if count else scores for scores in (tags, tags, starts, names)]
        return [*by_word, arcs, left, np.ones((count + 1, 1), dtype=np.float32)]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return tokenizer.blank()


def read(nlp: Language, text: str) -> Doc:
    return Scripted(nlp)(nlp.tokenizer(text))


def test_everything_is_set(nlp: Language) -> None:
    doc = read(nlp, "Iran ran.")
    assert [token.tag_ for token in doc] == ["NN", "VB", "."]
    assert [token.pos_ for token in doc] == ["NOUN", "VERB", "PUNCT"]
    assert [token.head.i for token in doc] == [1, 1, 1]
    assert [token.dep_ for token in doc] == ["nsubj", "ROOT", "punct"]
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("Iran", "PLACE")]
    for layer in ("TAG", "POS", "HEAD", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(layer), layer


def test_sentences_have_trees_of_their_own(nlp: Language) -> None:
    doc = read(nlp, "Iran ran. They ran.")
    assert [sentence.text for sentence in doc.sents] == ["Iran ran.", "They ran."]
    assert [sentence.root.i for sentence in doc.sents] == [1, 4]


def test_no_sentence_begins_where_the_rules_forbid_it(nlp: Language) -> None:
    assert [sentence.text for sentence in read(nlp, "Iran ran. Mr. Iran ran.").sents] == ["Iran ran.", "Mr. Iran ran."]


@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n Iran ran.", "Iran  ran.\n\nThey ran.\n", "Iran\tran. ", "x"])
def test_blanks_are_in_the_sentence_before_them(nlp: Language, text: str) -> None:
    doc = read(nlp, text)
    assert doc.text == text
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == text
    assert all(token.pos_ == "SPACE" and token.tag_ == "_SP" for token in doc if token.is_space)
    assert all(sentence.root.is_space is False for sentence in doc.sents if sentence.text.strip())


def test_texts_of_all_lengths_go_through_together_and_come_back_in_order(nlp: Language) -> None:
    texts = ["Iran ran. " * size for size in (9, 1, 0, 9, 4, 1)]
    docs = list(Scripted(nlp).pipe([nlp.tokenizer(text) for text in texts]))
    assert [doc.text for doc in docs] == texts
    assert [len(doc.ents) for doc in docs] == [9, 1, 0, 9, 4, 1]
    assert [len(list(doc.sents)) for doc in docs] == [9, 1, 0, 9, 4, 1]


def test_names_skip_blanks(nlp: Language) -> None:
    doc = read(nlp, "They ran\n\nto  Iran .")
    assert [entity.text for entity in doc.ents] == ["Iran"]


def test_a_long_text_is_read_in_runs(nlp: Language) -> None:
    encoder = Scripted(nlp)
    doc = encoder(nlp.tokenizer("Iran ran . " * 100))
    assert max(map(len, encoder.runs)) <= MOST_WORDS
    assert [form for run in encoder.runs for form in run] == [token.text for token in doc]
    assert len(list(doc.sents)) == 100


# The network that is shipped.

TEXTS = [
    "Iran and Russia signed the Treaty of Gulistan on Jan. 17, 2025. Foreign Minister Sergei Lavrov left Moscow.",
    "The talks failed.",
    "“We agree,” he said. " * 30,
    "Short",
    "The agreement was signed by Persia and Russia in 1813 after the Russo-Persian War.",
]


@pytest.fixture(scope="module")
def shipped() -> Language:
    return load()


def layers(doc: Doc) -> list[tuple[Any, ...]]:
    tokens = [(t.text, t.tag_, t.pos_, t.dep_, t.head.i, t.lemma_, t.is_sent_start) for t in doc]
    return [*tokens, *((entity.start, entity.end, entity.label_) for entity in doc.ents)]


def test_a_text_is_read_alike_whatever_stands_beside_it(shipped: Language) -> None:
    alone = [layers(shipped(text)) for text in TEXTS]
    assert [layers(doc) for doc in shipped.pipe(TEXTS, batch_size=5)] == alone
    assert [layers(doc) for doc in shipped.pipe(reversed(TEXTS), batch_size=2)] == alone[::-1]


def test_the_network_reads_a_plain_sentence(shipped: Language) -> None:
    doc = shipped(TEXTS[0])
    assert len(list(doc.sents)) == 2
    assert {(entity.text, entity.label_) for entity in doc.ents} >= {
        ("Iran", "PLACE"),
        ("Russia", "PLACE"),
        ("Moscow", "PLACE"),
        ("Sergei Lavrov", "PERSON"),
        ("Treaty of Gulistan", "TREATY"),
    }
    signed = next(token for token in doc if token.text == "signed")
    assert (signed.dep_, signed.tag_, signed.lemma_) == ("ROOT", "VBD", "sign")
    assert {child.text for child in signed.children if child.dep_ == "nsubj"} == {"Iran"}


@pytest.mark.parametrize("text", ["(" * 3000, "a" * 3000, "\u200b \u0301 \x00", "😀 " * 400, "-" * 700 + " Iran."])
def test_hostile_text_is_read(shipped: Language, text: str) -> None:
    doc = shipped(tokenizer.make_doc(shipped, text))
    assert doc.text == text
    assert doc.has_annotation("DEP")


def test_a_saved_pipeline_reads_the_same(shipped: Language, tmp_path: Path) -> None:
    import spacy

    shipped.to_disk(tmp_path)
    assert layers(spacy.load(tmp_path)(TEXTS[0])) == layers(shipped(TEXTS[0]))
