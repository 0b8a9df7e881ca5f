from collections import Counter
from itertools import islice

import numpy as np
import pytest

from kg.language import load, tokenizer
from kg.language.encoder import component
from kg.language.encoder.features import features
from kg.language.encoder.runs import MOST_PIECES, STEP, Run, batches, inputs, runs
from kg.language.encoder.windows import MOST_WORDS
from kg.language.encoder.wordpiece import WordPieces

PIECES_OF = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "iran", "##ian", "ran", "."])


def run(words: int, text: int = 0) -> Run:
    [one] = runs(PIECES_OF, text, ["ran"] * words, [True] * words, [True] * words)
    return one


def test_a_text_becomes_runs_of_all_its_words() -> None:
    words = ["Iran", "ran", "."] * 100
    found = list(runs(PIECES_OF, 7, words, [True] * 300, [word == "Iran" for word in words]))
    assert [place for one in found for place in range(one.start, one.end)] == list(range(300))
    assert all(one.text == 7 and one.end - one.start <= MOST_WORDS for one in found)
    assert all(one.may_start[0] and len(one.may_start) == one.end - one.start for one in found)
    assert list(runs(PIECES_OF, 0, [], [], [])) == []


@pytest.mark.parametrize("words", range(1, 20))
def test_the_length_of_a_run_depends_on_it_alone(words: int) -> None:
    length = run(words).length
    assert length % STEP == 0 and words + 2 <= length < words + 2 + STEP


def test_runs_stand_only_with_runs_of_their_length() -> None:
    found = [run(words, text) for text, words in enumerate([3, 100, 4, 30, 31, 3, 100, 100, 100, 100, 100])]
    made = list(batches(found))
    assert Counter(one.text for batch in made for one in batch) == Counter(range(len(found)))
    assert all(len({one.length for one in batch}) == 1 for batch in made)
    assert all(len(batch) * batch[0].length <= MOST_PIECES for batch in made)
    assert max(map(len, made)) == MOST_PIECES // run(100).length
    assert list(batches([])) == []


def test_a_run_longer_than_a_batch_goes_alone() -> None:
    long = Run(0, 0, 1, [True], features(PIECES_OF, ["iranian"] * 300, [True] * 300))
    assert long.length > MOST_PIECES
    assert [len(batch) for batch in batches([long, long])] == [1, 1]


def test_the_network_gives_a_run_the_same_numbers_in_every_batch() -> None:
    """To the last bit: what differed there could tip the rounding of a later layer."""
    encoder = load().get_pipe(component.NAME)
    assert isinstance(encoder, component.Encoder)
    words = [token.text for token in tokenizer.blank()("Iran and Russia signed a treaty in 1813; they left Moscow.")]
    found = []
    for text in range(9):
        forms = (words[text:] + words[:text]) * 3
        spaces = [place % 3 > 0 for place in range(len(forms))]
        found += list(runs(encoder._pieces_of, text, forms, spaces, [True] * len(forms)))
    [together] = [batch for batch in batches(found) if len(batch) > 1]
    assert len(together) == 9

    def numbers(batch: list[Run]) -> list[np.ndarray]:
        return list(encoder._session.run(None, dict(zip(component.INPUTS, inputs(batch), strict=True))))

    whole = numbers(together)
    for row, one in islice(enumerate(together), 0, None, 2):
        alone, last = numbers([one]), numbers([*together[:4], one])
        for outputs, again, behind in zip(whole, alone, last, strict=True):
            assert np.array_equal(outputs[row], again[0]) and np.array_equal(outputs[row], behind[4])
