from collections.abc import Iterator
from itertools import combinations, pairwise, product

import numpy as np
import pytest

from kg.language.encoder.marks import MARKS, marks_of
from kg.language.encoder.names import THRESHOLD, best_names, probabilities
from kg.language.entities import LABELS, Sample

Name = tuple[int, int, str]


def scores_for(*marks: str, sure: float = 12.0) -> np.ndarray:
    scores = np.zeros((len(marks), len(MARKS)), dtype=np.float32)
    for place, mark in enumerate(marks):
        scores[place, MARKS.index(mark)] = sure
    return scores


def random_odds(seed: int, length: int) -> np.ndarray:
    odds = np.random.default_rng(seed).exponential(size=(length, len(MARKS)))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def every_reading(length: int) -> Iterator[list[Name]]:
    """All sets of names, none over another."""
    spans = [(s, e, label) for s, e in combinations(range(length + 1), 2) for label in LABELS[:2]]
    for size in range(length + 1):
        for names in combinations(spans, size):
            if all(a[1] <= b[0] for a, b in pairwise(names)):
                yield list(names)


def test_sure_names_are_found() -> None:
    marks = ["O", "B-PERSON", "I-PERSON", "E-PERSON", "O", "S-PLACE", "S-PLACE", "O"]
    assert list(best_names(scores_for(*marks))) == [(1, 4, "PERSON"), (5, 6, "PLACE"), (6, 7, "PLACE")]


def test_a_text_may_begin_and_end_with_a_name_or_have_none() -> None:
    assert list(best_names(scores_for("S-ORG", "O", "B-PLACE", "E-PLACE"))) == [(0, 1, "ORG"), (2, 4, "PLACE")]
    assert list(best_names(scores_for("O", "O"))) == []
    assert list(best_names(scores_for())) == []


@pytest.mark.parametrize("seed", range(4))
def test_the_probability_of_a_span_is_that_of_all_permitted_orders_with_it(seed: int) -> None:
    odds = random_odds(seed, 3)
    odds[:, 9:] = 0.0  # two of the labels, or there are too many orders to list
    chances = {}
    for names in every_reading(3):
        marks = marks_of(Sample(["x"] * 3, [True] * 3, names))
        chances[tuple(names)] = np.prod([odds[place, MARKS.index(mark)] for place, mark in enumerate(marks)])
    shares = probabilities(odds)
    for (start, end), label in product(combinations(range(4), 2), LABELS[:2]):
        with_it = sum(chance for names, chance in chances.items() if (start, end, label) in names)
        assert shares[start, end - 1, LABELS.index(label)] == pytest.approx(with_it / sum(chances.values()))


@pytest.mark.parametrize("seed", range(8))
def test_no_other_names_have_a_higher_sum_above_the_threshold(seed: int) -> None:
    scores = np.full((4, len(MARKS)), -1e6, dtype=np.float32)
    scores[:, :9] = 2 * np.random.default_rng(seed).normal(size=(4, 9))
    scores[:, 0] += 2
    odds = np.exp(scores.astype(np.float64))
    shares = probabilities(odds / odds.sum(axis=1, keepdims=True))

    def gain(names: list[Name]) -> float:
        return sum(float(shares[s, e - 1, LABELS.index(label)]) - THRESHOLD for s, e, label in names)

    assert gain(list(best_names(scores))) == pytest.approx(max(map(gain, every_reading(4))))


def test_what_is_split_among_many_spans_is_no_name() -> None:
    scores = np.full((1, len(MARKS)), -1e6, dtype=np.float32)
    scores[0, [MARKS.index(mark) for mark in ("O", "S-ORG", "S-PERSON", "S-PLACE")]] = [0.0, 0.1, 0.0, 0.0]
    assert list(best_names(scores)) == []  # although S-ORG is the most probable mark


def test_what_stands_far_off_changes_nothing() -> None:
    near = scores_for("S-ORG", "B-PERSON", "E-PERSON", sure=2.0)
    far = np.concatenate([near, scores_for("O", "O", "S-PLACE")])
    assert list(best_names(far))[:-1] == list(best_names(near))


def test_many_unsure_words_in_a_row_are_read() -> None:
    names = list(best_names(scores_for(*["S-PERSON"] * 128, sure=6.0)))
    assert len(names) == 128
