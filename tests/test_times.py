"""Which predicate a date or duration belongs to, and which way a bare weekday is read."""

from __future__ import annotations

import pytest
from doc_builder import doc, page, token
from spacy.tokens import Doc

from kg.extraction.page import Page
from kg.extraction.times import Times
from kg.model import Duration


def times(told: Page, *predicates: str) -> Times:
    marked = {p.index: {token(p.doc, w).i for w in predicates if w in [t.text for t in p.doc]} for p in told.paragraphs}
    return Times(told, marked, dict.fromkeys(marked, told.document.issued), {})


def dates(parsed: Doc, *predicates: str, issued: str | None = "2025-06-04") -> dict[str, str]:
    """The date of each word; 4 June 2025 is a Wednesday."""
    found = times(page(parsed, issued=issued), *predicates).dates
    return {parsed[i].text: told.value.text for (_, i), told in found.items()}


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("They|PRP|nsubj|2 met|VBD|root|0|meet on|IN|case|4 Friday|NNP|obl|2", "2025-05-30"),
        ("They|PRP|nsubj|3 will|MD|aux|3 met|VB|root|0|meet on|IN|case|5 Friday|NNP|obl|3", "2025-06-06"),
        ("They|PRP|nsubj|2 met|VBD|root|0|meet yesterday|NN|obl:unmarked|2", "2025-06-03"),
        ("They|PRP|nsubj|2 met|VBD|root|0|meet in|IN|case|4 2019|CD|obl|2", "2019"),
        ("They|PRP|nsubj|2 met|VBD|root|0|meet last|JJ|amod|4 month|NN|obl:unmarked|2", "2025-05"),
    ],
)
def test_dates_of_a_verb(parse: str, expected: str) -> None:
    assert dates(doc(parse), "met") == {"met": expected}


def test_a_date_under_a_noun_belongs_to_the_noun_and_its_verb() -> None:
    parsed = doc(
        "He|PRP|nsubj|2 praised|VBD|root|0|praise talks|NNS|obj|2|talk on|IN|case|6 8|CD|nummod|6 May|NNP|nmod|3"
    )
    assert dates(parsed, "talks") == {"talks": "2025-05-08", "praised": "2025-05-08"}


def test_a_date_ends_at_the_first_verb_above_it() -> None:
    parsed = doc("He|PRP|nsubj|2 said|VBD|root|0|say they|PRP|nsubj|4 met|VBD|ccomp|2|meet in|IN|case|6 2019|CD|obl|4")
    assert dates(parsed, "met", "said") == {"met": "2019"}


def test_the_first_date_of_a_predicate_counts() -> None:
    parsed = doc("They|PRP|nsubj|2 met|VBD|root|0|meet in|IN|case|4 2019|CD|obl|2 or|CC|cc|6 2020|CD|conj|4")
    assert dates(parsed, "met")["met"] == "2019"


def test_relative_words_mean_nothing_without_a_day_to_count_from() -> None:
    parsed = doc("They|PRP|nsubj|2 met|VBD|root|0|meet yesterday|NN|obl:unmarked|2")
    assert dates(parsed, "met", issued=None) == {}


def test_an_earlier_date_completes_a_later_one_in_its_paragraph() -> None:
    first = "They|PRP|nsubj|2 met|VBD|root|0|meet on|IN|case|5 5|CD|nummod|5 May|NNP|obl|2 1907|CD|nmod|5 .|.|punct|2"
    second = "They|PRP|nsubj|2 left|VBD|root|0|leave the|DT|det|5 next|JJ|amod|5 day|NN|obl:unmarked|2"
    assert dates(doc(first, second), "met", "left", issued=None) == {"met": "1907-05-05", "left": "1907-05-06"}
    other = times(page(doc(first), doc(second), issued=None), "met", "left").dates
    assert (1, 1) not in other


def test_durations_belong_to_predicates_too() -> None:
    parsed = doc("It|PRP|nsubj|2 lasts|VBZ|root|0|last for|IN|case|5 20|CD|nummod|5 years|NNS|obl|2|year")
    found = times(page(parsed), "lasts").durations
    assert found[(0, 1)].value == Duration("P20Y")


def test_a_passage_is_that_of_the_expression() -> None:
    first = doc("He|PRP|nsubj|2 left|VBD|root|0|leave")
    second = doc("They|PRP|nsubj|2 met|VBD|root|0|meet on|IN|case|5 5|CD|nummod|5 May|NNP|obl|2 1907|CD|nmod|5")
    told = page(first, second)
    span = times(told, "met").dates[(1, 1)].passage.span
    assert told.document.text[span.start : span.end] in {"on 5 May 1907", "5 May 1907"}


def test_impossible_days_are_no_dates() -> None:
    parsed = doc("They|PRP|nsubj|2 met|VBD|root|0|meet on|IN|case|5 31|CD|nummod|5 June|NNP|obl|2 1907|CD|nmod|5")
    assert "1907-06-31" not in dates(parsed, "met").values()
