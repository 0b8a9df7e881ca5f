from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from kg.language.corpus import Sentence, Word
from kg.training.augment import vary

# form, part of speech, tag, head; a blank follows but where the form ends with "_"
ROWS = """
Mr. PROPN NNP 1
Tan PROPN NNP 2
said VERB VBD 2
- PUNCT , 2
quietly ADV RB 2
- PUNCT , 2
the DET DT 10
UK_ PROPN NNP 10
-_ PUNCT HYPH 7
led VERB VBN 10
plan NOUN NN 14
of ADP IN 12
U.S. PROPN NNP 10
would AUX MD 14
cost VERB VB 2
5_ NUM CD 16
% SYM NN 14
more_ ADJ JJR 14
. PUNCT . 2
"""


def sentence() -> Sentence:
    words = []
    for row in ROWS.strip().splitlines():
        form, upos, xpos, head = row.split()
        words.append(Word(form.rstrip("_"), "O", upos, xpos, int(head), "dep", not form.endswith("_")))
    return words


def text(words: Sentence) -> str:
    return "".join(word.form + " " * word.space for word in words).strip()


def varied() -> Iterator[Sentence]:
    for seed in range(600):
        yield from vary([sentence()], Random(seed))


@pytest.mark.parametrize(
    "part",
    [
        "UK\u2010led", "UK\u2011led", "UK–led", "UK led plan", "Mr Tan", "of US would", "of U.S. would", "said-quietly",
        "said — quietly", "5 %", "more .", "mr. tan", "MR. TAN", "Plan of", '"Mr. Tan',
    ],
)  # fmt: skip
def test_each_habit_of_writing_is_met(part: str) -> None:
    assert part not in text(sentence()) or part == "of U.S. would"
    assert any(part in text(words) for words in varied())


def test_most_sentences_stay_as_they_are() -> None:
    plain = [word for word in sentence()[2:5] if word.form != "-"]
    plain = [replace(word, head=0) for word in plain]
    assert sum(vary([plain], Random(seed)) == [plain] for seed in range(600)) > 400


def test_trees_stay_trees_with_the_heads_they_had() -> None:
    plain = {(word.form.lower(), sentence()[word.head].form.lower()) for word in sentence() if word.form.isalpha()}
    for words in varied():
        assert sum(word.head == place for place, word in enumerate(words)) == 1
        found = {(word.form.lower(), words[word.head].form.lower()) for word in words}
        assert {pair for pair in plain if "said" in pair} <= found
        assert ("plan", "cost") in found and ("led", "plan") in found
        assert ("uk", "plan") in found


def test_a_hyphen_with_words_below_it_stays() -> None:
    words = [Word("UK", "O", "PROPN", "NNP", 1, "dep", False), Word("-", "O", "PUNCT", "HYPH", 1, "root", False)]
    assert all(len(found) == 2 for seed in range(200) for found in vary([words], Random(seed)))
