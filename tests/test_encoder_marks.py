import pytest

from kg.language.encoder.marks import MISSING, marks_of, spans_of
from kg.language.entities import UNKNOWN, Sample


def sample(length: int, *spans: tuple[int, int, str]) -> Sample:
    return Sample(["x"] * length, [True] * length, list(spans))


def test_names_become_marks() -> None:
    marks = marks_of(sample(7, (0, 1, "ORG"), (2, 5, "TREATY"), (6, 7, UNKNOWN)))
    assert marks == ["S-ORG", "O", "B-TREATY", "I-TREATY", "E-TREATY", "O", MISSING]


@pytest.mark.parametrize("spans", [[], [(0, 2, "PERSON")], [(0, 1, "ORG"), (1, 4, "PLACE")], [(3, 4, "EVENT")]])
def test_marks_become_the_same_names(spans: list[tuple[int, int, str]]) -> None:
    assert list(spans_of(marks_of(sample(4, *spans)))) == spans
