"""spaCy's English scheme is turned into Universal Dependencies: heads and labels of hand-built Docs in both."""

import pytest
import spacy
from doc_builder import doc, english, plain_doc

from kg.language import tokenizer
from kg.language.universal import is_foreign, universal

PAIRS = [
    (
        "Russia|NNP|nsubj|2 signed|VBD|ROOT|0|sign the|DT|det|4 treaty|NN|dobj|2 with|IN|prep|2 Iran|NNP|pobj|5",
        "Russia|NNP|nsubj|2 signed|VBD|ROOT|0|sign the|DT|det|4 treaty|NN|obj|2 with|IN|case|6 Iran|NNP|obl|2",
    ),
    (
        "treaty|NN|nsubjpass|3 was|VBD|auxpass|3|be signed|VBN|ROOT|0|sign by|IN|agent|3 Russia|NNP|pobj|4",
        "treaty|NN|nsubj:pass|3 was|VBD|aux:pass|3|be signed|VBN|ROOT|0|sign by|IN|case|5 Russia|NNP|obl:agent|3",
    ),
    (
        "Putin|NNP|nsubj|2 is|VBZ|ROOT|0|be president|NN|attr|2 of|IN|prep|3 Russia|NNP|pobj|4 .|.|punct|2",
        "Putin|NNP|nsubj|3 is|VBZ|cop|3|be president|NN|ROOT|0 of|IN|case|5 Russia|NNP|nmod|3 .|.|punct|3",
    ),
    (
        "He|PRP|nsubj|2 said|VBD|ROOT|0|say it|PRP|nsubj|4 is|VBZ|ccomp|2|be new|JJ|acomp|4",
        "He|PRP|nsubj|2 said|VBD|ROOT|0|say it|PRP|nsubj|5 is|VBZ|cop|5|be new|JJ|ccomp|2",
    ),
    (
        "Iran|NNP|nsubj|2 left|VBD|ROOT|0|leave after|IN|prep|2 signing|VBG|pcomp|3|sign it|PRP|dobj|4",
        "Iran|NNP|nsubj|2 left|VBD|ROOT|0|leave after|IN|mark|4 signing|VBG|advcl|2|sign it|PRP|obj|4",
    ),
    (
        "They|PRP|nsubj|2 met|VBD|ROOT|0|meet in|IN|prep|2 Rome|NNP|pobj|3 and|CC|cc|3 in|IN|conj|3 Oslo|NNP|pobj|6",
        "They|PRP|nsubj|2 met|VBD|ROOT|0|meet in|IN|case|4 Rome|NNP|obl|2 and|CC|cc|4 in|IN|case|7 Oslo|NNP|conj|4",
    ),
    (
        "They|PRP|nsubj|2 came|VBD|ROOT|0|come out|IN|prep|2 of|IN|prep|3 Rome|NNP|pobj|4",
        "They|PRP|nsubj|2 came|VBD|ROOT|0|come out|IN|advmod|2 of|IN|case|5 Rome|NNP|obl|2",
    ),
    (
        "They|PRP|nsubj|2 want|VBP|ROOT|0 to|TO|aux|4 sign|VB|xcomp|2 it|PRP|dobj|4 today|NN|npadvmod|4",
        "They|PRP|nsubj|2 want|VBP|ROOT|0 to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4 today|NN|obl:unmarked|4",
    ),
]


@pytest.mark.parametrize(("foreign", "own"), PAIRS, ids=[own[:40] for _, own in PAIRS])
def test_the_tree_is_turned(foreign: str, own: str) -> None:
    turned, wanted = universal(plain_doc(foreign)), plain_doc(own)
    found = [(t.text, t.dep_, t.head.i) for t in turned]
    assert found == [(t.text, t.dep_, t.head.i) for t in wanted]
    assert [s.text for s in turned.sents] == [s.text for s in wanted.sents]


@pytest.mark.parametrize("own", [own for _, own in PAIRS])
def test_universal_dependencies_stay_as_they_are(own: str) -> None:
    before = [(t.dep_, t.head.i) for t in plain_doc(own)]
    assert [(t.dep_, t.head.i) for t in universal(plain_doc(own))] == before


def test_what_is_written_in_the_english_scheme_comes_back() -> None:
    sentence = "Russia|NNP|nsubj|2 signed|VBD|ROOT|0|sign it|PRP|obj|2 in|IN|case|5 Moscow|NNP|obl|2"
    turned = universal(plain_doc(english(sentence)))
    assert [(t.dep_, t.head.i) for t in turned] == [(t.dep_, t.head.i) for t in plain_doc(sentence)]


def test_names_get_our_labels_and_others_are_dropped() -> None:
    named = doc("Iranian|JJ|amod|2 Congress|NNP|nsubj|3 left|VBD|ROOT|0 Peru|NNP|obj|3",
                ents=[(0, 1, "NORP"), (1, 2, "ORG"), (3, 4, "GPE")])  # fmt: skip
    assert [(name.text, name.label_) for name in universal(named).ents] == [("Congress", "ORG"), ("Peru", "PLACE")]


def test_the_scheme_of_a_pipeline_is_told_by_the_labels_of_its_parser() -> None:
    for label, foreign in (("pobj", True), ("obl", False)):
        nlp = spacy.blank("en")
        nlp.add_pipe("parser").add_label(label)  # type: ignore[attr-defined]
        assert is_foreign(nlp) is foreign
    assert not is_foreign(tokenizer.blank())
