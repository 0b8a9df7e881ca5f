import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.language.encoder.trees import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """``heads`` are of the words from 1; exactly one hangs on the root and all reach it."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word and word not in seen:
            seen.add(word)
            word = heads[word - 1]
        if word:
            return False
    return True


def total(scores: NDArray[np.float32], heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads, start=1)))


def best_by_trial(scores: NDArray[np.float32]) -> float:
    count = len(scores)
    return max(total(scores, heads) for heads in itertools.product(range(count), repeat=count - 1) if is_tree(heads))


@pytest.mark.parametrize("seed", range(40))
def test_no_other_tree_scores_higher(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(2 + seed % 5,) * 2).astype(np.float32)
    heads = tuple(best_tree(scores)[1:].tolist())
    assert is_tree(heads)
    assert total(scores, heads) == pytest.approx(best_by_trial(scores), abs=1e-4)


def test_one_root_though_all_words_prefer_it() -> None:
    scores = np.zeros((5, 5), dtype=np.float32)
    scores[:, 0] = 50
    assert is_tree(tuple(best_tree(scores)[1:].tolist()))


def test_nested_cycles_are_opened() -> None:
    scores = np.full((7, 7), -50, dtype=np.float32)
    for word, head in [(1, 2), (2, 1), (3, 1), (1, 3), (4, 3), (3, 4), (5, 6), (6, 5)]:
        scores[word, head] = 10
    scores[6, 0] = scores[2, 5] = 1
    heads = tuple(best_tree(scores)[1:].tolist())
    assert is_tree(heads)
    assert heads[5] == 0 and heads[1] == 5


@pytest.mark.parametrize("length", [2, 3, 130])
def test_equal_scores_give_a_tree(length: int) -> None:
    assert is_tree(tuple(best_tree(np.zeros((length, length), dtype=np.float32))[1:].tolist()))


def test_the_scores_are_left_alone() -> None:
    scores = np.ones((4, 4), dtype=np.float32)
    best_tree(scores)
    assert (scores == 1).all()
