"""Known names in texts: the longest first, on whole words, whatever the diacritics."""

from __future__ import annotations

from itertools import pairwise

import pytest
from doc_builder import reference
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.gazetteer import Gazetteer, Match, folded

NAMES = [
    ("Iran", "state/iran", "name"),
    ("Iranian", "state/iran", "demonym"),
    ("Tehran", "place/tehran", "name"),
    ("Tehran", "state/iran", "seat"),
    ("New York", "place/new-york", "name"),
    ("York", "place/york", "name"),
    ("Reykjavík", "place/reykjavik", "name"),
    ("UN", "organisation/un", "acronym"),
    ("United Nations", "organisation/un", "name"),
    ("United Nations Security Council", "body/unsc", "name"),
    ("Guinea-Bissau", "state/guinea-bissau", "name"),
    ("Guinea", "state/guinea", "name"),
    ("Georgia", "state/georgia", "name"),
    ("Georgia", "place/georgia-us", "name"),
    ("St. Petersburg", "place/st-petersburg", "name"),
    ("Jordan", "person/michael-jordan", "surname"),
    ("Jordan", "state/jordan", "name"),
    ("Lavrov", "person/lavrov", "surname"),
]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    return Gazetteer(NAMES)


def found(gazetteer: Gazetteer, text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.records[0], m.kind) for m in gazetteer.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran spoke.", [("Iran", "state/iran", "name")]),
        ("In New York, York lost.", [("New York", "place/new-york", "name"), ("York", "place/york", "name")]),
        (
            "the United Nations Security Council",
            [("United Nations Security Council", "body/unsc", "name")],
        ),
        ("the United Nations Security Force", [("United Nations", "organisation/un", "name")]),
        (
            "Guinea-Bissau and Guinea",
            [("Guinea-Bissau", "state/guinea-bissau", "name"), ("Guinea", "state/guinea", "name")],
        ),
        ("St. Petersburg", [("St. Petersburg", "place/st-petersburg", "name")]),
        ("St Petersburg", [("St Petersburg", "place/st-petersburg", "name")]),
        (
            "Reykjavik and Reykjavík",
            [("Reykjavik", "place/reykjavik", "name"), ("Reykjavík", "place/reykjavik", "name")],
        ),
        ("Iran's plan", [("Iran", "state/iran", "name")]),
        ("the UN’s plan", [("UN", "organisation/un", "acronym")]),
    ],
)
def test_names_are_found(names: Gazetteer, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(names, text) == expected


@pytest.mark.parametrize("text", ["", "iran", "IRAN", "Iranians", "un", "He lives in Yorkshire", "New. York", "…"])
def test_what_only_looks_like_a_name_is_none(names: Gazetteer, text: str) -> None:
    assert [n for n in found(names, text) if n[0] != "York"] == []


@pytest.mark.parametrize("text", ["in New, York", "New (York)", "New: York", "New “York”"])
def test_no_name_goes_over_a_comma_or_bracket(names: Gazetteer, text: str) -> None:
    assert found(names, text) == [("York", "place/york", "name")]


def test_a_capital_is_a_seat_and_a_place(names: Gazetteer) -> None:
    [match] = names.find("Tehran")
    assert match == Match(0, 6, ("place/tehran", "state/iran"), "seat")


def test_records_keep_the_order_in_which_they_were_given(names: Gazetteer) -> None:
    assert next(names.find("Georgia")).records == ("state/georgia", "place/georgia-us")


def test_a_surname_gives_way_to_a_name_of_the_same_spelling(names: Gazetteer) -> None:
    assert found(names, "Jordan") == [("Jordan", "state/jordan", "name")]
    assert found(names, "Lavrov") == [("Lavrov", "person/lavrov", "surname")]


def test_looking_up_a_name_passes_over_surnames(names: Gazetteer) -> None:
    assert names.lookup("Georgia") == ("state/georgia", "place/georgia-us")
    assert names.lookup("Lavrov") == ()
    assert names.lookup("Atlantis") == ()
    assert names.lookup("") == ()


def test_names_without_a_word_do_no_harm() -> None:
    assert list(Gazetteer([("", "x", "name"), ("…", "y", "name")]).find("a … b")) == []


@pytest.mark.parametrize(
    ("word", "plain"), [("Reykjavík", "Reykjavik"), ("Çelik", "Celik"), ("Iran", "Iran"), ("Ø", "Ø")]
)
def test_folding_keeps_case_and_drops_marks(word: str, plain: str) -> None:
    assert folded(word) == plain


@given(
    st.lists(st.sampled_from([n for n, *_ in NAMES] + ["and", "the", ",", ".", "-", "\n\n", "'s", "é"]), max_size=12)
)
@settings(max_examples=60, deadline=None)
def test_matches_are_known_names_in_order_without_overlap(pieces: list[str]) -> None:
    gazetteer, text = Gazetteer(NAMES), " ".join(pieces)
    matches = list(gazetteer.find(text))
    assert all(a.end <= b.start for a, b in pairwise(matches))
    known = {record for _, record, _ in NAMES}
    assert all(set(m.records) <= known and text[m.start : m.end].strip() for m in matches)
    assert {text[m.start : m.end] for m in matches} >= {p for p in pieces if p in {"UN", "Iranian"}}


def test_the_reference_data_names_who_is_meant() -> None:
    gazetteer = Gazetteer((name, record.id, kind) for name, record, kind in reference().names())
    text = "Iranian President Masoud Pezeshkian arrived in Moscow"
    assert [(text[m.start : m.end], m.kind) for m in gazetteer.find(text)] == [
        ("Iranian", "demonym"),
        ("Masoud Pezeshkian", "name"),
        ("Moscow", "seat"),
    ]
