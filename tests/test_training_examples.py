from dataclasses import replace
from random import Random

import pytest

from kg.language import tokenizer
from kg.language.corpus import Sentence, Word
from kg.language.encoder.marks import spans_of
from kg.language.entities import Sample
from kg.training.examples import LONGEST, MOST_SENTENCES, Example, from_samples, from_treebank
from kg.training.names import Names

NAMES = Names({"PERSON": ["Ada Lovelace"], "PLACE": ["Peru"], "COUNTRY": ["Peru"]}, {}, [])


def sentence(text: str, names: dict[str, str]) -> Sentence:
    """All words hang on the second one; the place of the lemma holds the mark of the name."""
    forms = text.split()
    return [
        Word(form, names.get(form, "O"), "X", "NN", 1, "dep" if i != 1 else "root", True)
        for i, form in enumerate(forms)
    ]


SENTENCE = sentence("Grace Hopper saw Chile .", {"Grace": "B-PERSON", "Hopper": "E-PERSON", "Chile": "S-PLACE"})


def examples(sentences: list[Sentence], seed: int) -> list[Example]:
    return list(from_treebank([sentences], NAMES, Random(seed)))


@pytest.mark.parametrize("seed", range(30))
def test_names_keep_their_words_however_a_sentence_is_varied(seed: int) -> None:
    for example in examples([SENTENCE] * 5, seed):
        assert len(example.forms) == len(example.spaces) == len(example.names)
        for start, end, label in spans_of(example.names):
            name = " ".join(example.forms[start:end]).lower()
            assert name in {"PERSON": {"grace hopper", "ada lovelace"}, "PLACE": {"chile", "peru"}}[label]
        assert sum(label == "PERSON" for _, _, label in spans_of(example.names)) == example.names.count("B-PERSON") > 0


def test_some_names_are_replaced_by_others_of_as_many_words() -> None:
    forms = {form for seed in range(20) for example in examples([SENTENCE], seed) for form in example.forms}
    assert {"Ada", "Lovelace", "Peru", "Grace", "Chile"} <= forms


def test_trees_are_shifted_with_their_sentences() -> None:
    for seed in range(10):
        for example in examples([SENTENCE] * 6, seed):
            assert example.words is not None
            heads = [word.head for word in example.words]
            roots = [place for place, head in enumerate(heads) if head == place]
            assert set(heads) == set(roots)
            assert len(roots) <= MOST_SENTENCES


def test_paragraphs_are_short_and_too_long_sentences_left_out() -> None:
    long = [replace(SENTENCE[2], head=i) for i in range(LONGEST + 1)]
    found = examples([SENTENCE, long, *[SENTENCE] * 60], 1)
    assert max(len(example.forms) for example in found) <= LONGEST + 10
    assert sum(len(example.forms) for example in found) < 62 * 8


def test_samples_have_names_only() -> None:
    sample = Sample(["Chile", "left", "it"], [True, True, False], [(0, 1, "PLACE"), (2, 3, "?")])
    [example] = from_samples([sample], NAMES, tokenizer.blank(), Random(1))
    assert example.words is None
    assert example.names == ["S-PLACE", "O", "?"]


def test_empty_and_endless_samples_are_left_out() -> None:
    given = [Sample([], [], []), Sample(["x"] * 900, [True] * 900, [])]
    assert list(from_samples(given, NAMES, tokenizer.blank(), Random(1))) == []
