"""Headlines In Title Case as ordinary text of the same length."""

from __future__ import annotations

import pytest
from doc_builder import reference
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.truecase import truecased
from kg.model import Block, Document, Span

NAMES = Gazetteer([("Iran", "i", "name"), ("New York", "n", "name"), ("Foreign Ministry", "f", "name")])


def texts(*blocks: tuple[str, str]) -> list[str]:
    text, spans = "", []
    for kind, told in blocks:
        spans.append(Block(kind, Span(len(text), len(text) + len(told))))
        text += told + "\n\n"
    return truecased(Document("document/x", "x", text, "", blocks=tuple(spans)), NAMES)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Leaders Sign Trade Treaty", "leaders sign trade treaty"),
        ("Leaders Of New York Sign Trade Treaty", "leaders of New York sign trade treaty"),
        ("Leaders sign trade treaty in Iran", "Leaders sign trade treaty in Iran"),
        ("The Treaty of Gulistan (1813)", "The Treaty of Gulistan (1813)"),
        ("The Treaty of Gulistan, 1813", "The Treaty of Gulistan, 1813"),
        ("Iran Talks", "Iran Talks"),
        ("UN Backs New Trade Treaty", "UN backs new trade treaty"),
        ("", ""),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert texts(("title", title)) == [expected]


def test_names_that_the_text_writes_with_a_capital_stay() -> None:
    title, _ = texts(("title", "Minister Bekova Signs Trade Treaty"), ("paragraph", "Then Asel Bekova came."))
    assert title == "minister Bekova signs trade treaty"


def test_words_that_the_text_writes_small_too_become_small() -> None:
    title, _ = texts(
        ("title", "Rivers Meet Near Old Mill"), ("paragraph", "The river and the old mill, near Old Mill road.")
    )
    assert title.startswith("rivers meet near old")


def test_paragraphs_are_left_as_they_are() -> None:
    assert texts(("paragraph", "Leaders Sign Trade Treaty")) == ["Leaders Sign Trade Treaty"]


@given(st.lists(st.tuples(st.sampled_from(["title", "heading", "paragraph"]), st.text(max_size=60)), max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_length_changes_and_only_case_does(blocks: list[tuple[str, str]]) -> None:
    for (kind, before), after in zip(blocks, texts(*blocks), strict=True):
        assert len(after) == len(before)
        assert after.lower() == before.lower()
        assert kind != "paragraph" or after == before


def test_known_names_of_the_reference_data_stay() -> None:
    gazetteer = Gazetteer((name, record.id, kind) for name, record, kind in reference().names())
    title = "Russia And Iran Sign Comprehensive Trade Treaty"
    document = Document("document/x", "x", title, "", blocks=(Block("title", Span(0, len(title))),))
    [told] = truecased(document, gazetteer)
    assert "comprehensive trade treaty" in told
