import pytest

from kg.resolution.folding import words_in
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item
from kg.resolution.judging.subject import Subject
from kg.resolution.judging.treaty_features import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Treaty of Björkö", ["treaty", "of", "bjorko"]),
        ("Łódź–Åland Accord, No. 2", ["lodz", "aland", "accord", "no"]),
        ("", []),
    ],
)
def test_words_are_whole_whatever_letters_they_have(text: str, found: list[str]) -> None:
    assert words_in(text) == found


def test_a_treaty_is_judged_by_words_without_their_diacritics() -> None:
    asked = Subject("", "Treaty", ("Treaty of Bjorko",), words=frozenset({"bjorko"}))
    known = Item("treaty/bjorko", "Treaty of Björkö", ("Treaty of Björkö",), "", 1, {})
    assert words(asked, known, Context((), None)) == 0.5  # one of the two words that are enough
