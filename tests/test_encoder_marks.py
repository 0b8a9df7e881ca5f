import itertools

import numpy as np
import pytest

from kg.language.encoder.marks import MARKS, MISSING, best_marks, marks_of, spans_of, transitions
from kg.language.entities import UNKNOWN, Sample

BETWEEN = transitions()


def sample(length: int, *spans: tuple[int, int, str]) -> Sample:
    return Sample(["x"] * length, [True] * length, list(spans))


def scores_for(*marks: str, other: float = 0.0) -> np.ndarray:
    scores = np.full((len(marks), len(MARKS)), other, dtype=np.float32)
    for place, mark in enumerate(marks):
        scores[place, MARKS.index(mark)] = 1
    return scores


def test_names_become_marks() -> None:
    marks = marks_of(sample(7, (0, 1, "ORG"), (2, 5, "TREATY"), (6, 7, UNKNOWN)))
    assert marks == ["S-ORG", "O", "B-TREATY", "I-TREATY", "E-TREATY", "O", MISSING]


@pytest.mark.parametrize("spans", [[], [(0, 2, "PERSON")], [(0, 1, "ORG"), (1, 4, "PLACE")], [(3, 4, "EVENT")]])
def test_marks_become_the_same_names(spans: list[tuple[int, int, str]]) -> None:
    assert list(spans_of(marks_of(sample(4, *spans)))) == spans


def test_likely_marks_are_kept() -> None:
    marks = ["B-PERSON", "E-PERSON", "O", "S-PLACE", "S-PLACE"]
    assert best_marks(scores_for(*marks), BETWEEN) == marks


@pytest.mark.parametrize("first", ["I-ORG", "E-ORG"])
def test_no_name_begins_in_its_middle(first: str) -> None:
    assert best_marks(scores_for(first, "O"), BETWEEN)[0] not in {"I-ORG", "E-ORG"}


@pytest.mark.parametrize("last", ["B-ORG", "I-ORG"])
def test_no_name_stays_open(last: str) -> None:
    marks = best_marks(scores_for("B-ORG", last), BETWEEN)
    assert marks[-1][0] in "OES"


@pytest.mark.parametrize("seed", range(10))
def test_no_permitted_order_scores_higher(seed: int) -> None:
    few = [0, *range(1, 9)]
    scores = np.full((3, len(MARKS)), -1e6, dtype=np.float32)
    scores[:, few] = np.random.default_rng(seed).normal(size=(3, len(few)))

    def total(path: tuple[int, ...]) -> float:
        steps = [(0, path[0]), *itertools.pairwise(path), (path[-1], 0)]
        return float(sum(scores[i, mark] for i, mark in enumerate(path)) + sum(BETWEEN[step] for step in steps))

    best = max(itertools.product(few, repeat=3), key=total)
    assert best_marks(scores, BETWEEN) == [MARKS[mark] for mark in best]


def test_every_mark_may_follow_and_be_followed() -> None:
    assert (BETWEEN == 0).any(axis=0).all() and (BETWEEN == 0).any(axis=1).all()
