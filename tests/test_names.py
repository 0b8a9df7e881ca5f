"""Mentions by name: known ones, those that show what they are by a word, and those that the pipeline finds."""

from __future__ import annotations

import pytest
from doc_builder import CLASSES, GAZETTEER, doc, flat, paragraph
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from kg.extraction.capitals import capitalised
from kg.extraction.names import find_names
from kg.extraction.page import Form, Found
from kg.extraction.treaty_names import shown_name

WORDS = (
    "the of and in on for Treaty treaty War war Khanates Ministry , . - 's Iran UN Moscow Lavrov "
    "1818 II part Iranian southern Lake University agreements civil"
)


def names(parsed: Doc | str) -> list[Found]:
    told = flat(parsed) if isinstance(parsed, str) else parsed
    return find_names(paragraph(told), GAZETTEER, lambda id: CLASSES.get(id, ""))


def shown(parsed: Doc | str) -> dict[str, str]:
    return {m.text: m.cls for m in names(parsed)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He praised Iran .", {"Iran": "State"}),
        ("the Treaty of Gulistan ended", {"Treaty of Gulistan": "Treaty"}),
        ("the Jay Treaty ended", {"Jay Treaty": "Treaty"}),
        ("the Convention of 1818 ended", {"Convention of 1818": "Treaty"}),
        ("the Minsk agreements failed", {"Minsk agreements": "Treaty"}),
        (
            "the Treaty on the Prohibition of Nuclear Weapons",
            {"Treaty on the Prohibition of Nuclear Weapons": "Treaty"},
        ),
        (
            "the Treaty of Friendship , Commerce and Navigation lapsed",
            {"Treaty of Friendship , Commerce and Navigation": "Treaty"},
        ),
        ("the Trade and Navigation Treaty lapsed", {"Trade and Navigation Treaty": "Treaty"}),
        ("the treaty lapsed", {}),
        ("The treaty lapsed", {}),
        ("a trade agreement lapsed", {}),
        ("the State Duma voted", {"State Duma": "GovernmentBody"}),
        ("the Ministry of Health of Iran", {"Ministry of Health of Iran": "GovernmentBody", "Iran": "State"}),
        ("an Islamic Press University opened", {"Islamic Press University": "Organisation"}),
        ("at Vnukovo Airport", {"Vnukovo Airport": "Place"}),
        ("on Lake Baikal", {"Lake Baikal": "Place"}),
        ("the Khanate of Khiva", {"Khanate of Khiva": "HistoricalState"}),
        ("the war in Gaza", {"war in Gaza": "Conflict", "Gaza": "Place"}),
        ("the Crimean War of 1853", {"Crimean War of 1853": "Conflict"}),
        ("World War II ended", {"World War II": "Conflict"}),
        ("a civil war in Greece", {"civil war in Greece": "Conflict", "Greece": "State"}),
        ("the war in May ended", {}),
        ("the southern part of Sakhalin", {"southern part of Sakhalin": "Place", "Sakhalin": "Place"}),
    ],
)
def test_what_a_name_is(text: str, expected: dict[str, str]) -> None:
    assert shown(text) == expected


def test_former_states_in_the_plural_are_one_each() -> None:
    assert shown("the Khanates of Yerevan and Nakhchivan fell") == {
        "Khanates of Yerevan": "HistoricalState",
        "Nakhchivan": "HistoricalState",
    }


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ("He praised Iran .", "Iran", Form.NAME),
        ("the Iranian president", "Iranian", Form.DEMONYM),
        ("the BRICS countries", "BRICS", Form.ACRONYM),
        ("Moscow objected", "Moscow", Form.SEAT),
        ("then Lavrov left", "Lavrov", Form.SURNAME),
    ],
)
def test_by_what_a_name_refers(text: str, name: str, form: Form) -> None:
    assert [(m.text, m.form) for m in names(text)] == [(name, form)]


def test_a_capital_may_be_the_place_or_the_state() -> None:
    [moscow] = names("Moscow objected")
    assert moscow.candidates == ("Moscow", "Russia")


def test_a_longer_name_around_a_known_one_wins() -> None:
    assert shown("Westminster International University in Tashkent opened") == {
        "Westminster International University": "Organisation",
        "Tashkent": "Place",
    }


def test_the_owner_in_a_body_s_name_is_a_mention_too() -> None:
    found = {m.text: m.cls for m in names("the UN General Assembly met")}
    assert found == {"UN General Assembly": "GovernmentBody", "UN": "InternationalOrganisation"}


def test_the_owner_before_a_body_is_part_of_it() -> None:
    found = {m.text: m.cls for m in names("Iran 's Foreign Ministry objected")}
    assert found == {"Iran 's Foreign Ministry": "GovernmentBody", "Iran": "State"}


def test_entities_of_the_pipeline_are_taken_where_nothing_is_known() -> None:
    parsed = flat("then Asel Bekova met Iran")
    parsed.ents = [Span(parsed, 1, 3, label="PERSON"), Span(parsed, 4, 5, label="ORG")]
    assert shown(parsed) == {"Asel Bekova": "Person", "Iran": "State"}


def test_labels_that_are_no_classes_are_passed_over() -> None:
    parsed = flat("then three Thursdays passed")
    parsed.ents = [Span(parsed, 1, 2, label="CARDINAL"), Span(parsed, 2, 3, label="DATE")]
    assert names(parsed) == []


def test_mentions_come_in_the_order_of_the_text_the_longer_first() -> None:
    found = [(m.start, m.end) for m in names("the UN General Assembly praised Iran")]
    assert found == sorted(found, key=lambda span: (span[0], -span[1]))


def test_indexes_are_those_of_the_paragraph() -> None:
    [iran] = find_names(paragraph(flat("on Iran"), 3), GAZETTEER, lambda id: CLASSES.get(id, ""))
    assert iran.key == (3, 1, 2)


@pytest.mark.parametrize(
    ("word", "expected"), [("Iran", True), ("iran", False), ("2025", False), ("“", False), ("É", True)]
)
def test_capitals(word: str, expected: bool) -> None:
    assert capitalised(doc(f"{word}|NN|root|0")[0]) is expected


@given(
    st.lists(
        st.sampled_from(WORDS.split()),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    parsed = flat(" ".join(words))
    for mention in names(parsed):
        assert 0 <= mention.start < mention.end <= len(parsed)
        assert mention.text == shown_name(parsed[mention.start : mention.end])
