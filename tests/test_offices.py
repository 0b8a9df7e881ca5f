"""Offices and their holders, as the words of a paragraph show them, and the canonical words of a role."""

from __future__ import annotations

import pytest
from doc_builder import CLASSES, GAZETTEER, flat, paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.names import find_names
from kg.extraction.offices import find_offices
from kg.extraction.page import Form, Found, OfficePhrase
from kg.resolution.offices import canonical, role

PEOPLE = {"Putin", "Araghchi", "Masoud", "Pezeshkian", "Bogdashev"}

WORDS = (
    "President president the of Iran Iranian Putin , and - Foreign Minister ministers Deputy to "
    "former 's Secretary General State a head spokesman Ambassador"
)


def offices(text: str) -> tuple[list[Found], list[OfficePhrase]]:
    """The phrases of a text; known persons are mentions beforehand."""
    told = paragraph(flat(text))
    found = find_names(told, GAZETTEER, lambda id: CLASSES.get(id, ""))
    taken = {i for m in found for i in range(m.start, m.end)}
    persons = [
        Found(0, t.i, t.i + 1, "Person", Form.NAME, t.text) for t in told.doc if t.text in PEOPLE and t.i not in taken
    ]
    return find_offices(told, sorted([*found, *persons], key=lambda m: m.start))


def told(text: str) -> list[tuple[str, str | None, list[str]]]:
    """Role, owner and persons of each phrase."""
    mentions, phrases = offices(text)
    return [
        (p.role, mentions[p.of].text if p.of is not None else None, [mentions[k].text for k in p.persons])
        for p in phrases
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Putin spoke", [("president", None, ["Putin"])]),
        ("Russian President Putin spoke", [("president", "Russian", ["Putin"])]),
        ("Russia 's President Putin spoke", [("president", "Russia", ["Putin"])]),
        ("Iranian Foreign Minister Araghchi spoke", [("foreign minister", "Iranian", ["Araghchi"])]),
        ("Deputy Foreign Minister Araghchi spoke", [("deputy foreign minister", None, ["Araghchi"])]),
        ("the president of Iran , Pezeshkian , spoke", [("president", "Iran", ["Pezeshkian"])]),
        ("Pezeshkian , the president of Iran , spoke", [("president", "Iran", ["Pezeshkian"])]),
        ("Secretary of State Putin spoke", [("secretary of state", None, ["Putin"])]),
        ("Presidents Putin and Pezeshkian spoke", [("president", None, ["Putin", "Pezeshkian"])]),
        ("the Iranian president spoke", [("president", "Iranian", ["president"])]),
        ("the president spoke", [("president", None, ["president"])]),
        ("the country 's Prime Minister Masoud spoke", [("prime minister", None, ["Masoud"])]),
    ],
)
def test_roles_owners_and_holders(text: str, expected: list[tuple[str, str | None, list[str]]]) -> None:
    assert told(text) == expected


def test_a_title_makes_a_person_of_a_name_that_is_otherwise_unknown() -> None:
    mentions, [phrase] = offices("Foreign Minister Asel Bekova spoke")
    [person] = phrase.persons
    assert (mentions[person].text, mentions[person].cls) == ("Asel Bekova", "Person")


def test_a_title_makes_a_person_of_a_place_s_name() -> None:
    mentions, [phrase] = offices("Prime Minister Paris spoke")
    assert mentions[phrase.persons[0]].cls == "Person"


@pytest.mark.parametrize("text", ["former President Putin spoke", "the former president , Putin , spoke"])
def test_former_holders_are_marked(text: str) -> None:
    _, [phrase] = offices(text)
    assert phrase.former


def test_an_ambassador_is_sent_to_a_state() -> None:
    mentions, [phrase] = offices("Iranian Ambassador to Russia Masoud spoke")
    assert phrase.of is not None and phrase.to is not None
    assert (mentions[phrase.of].text, mentions[phrase.to].text) == ("Iranian", "Russia")
    assert [mentions[k].text for k in phrase.persons] == ["Masoud"]


def test_an_indefinite_description_is_no_mention() -> None:
    mentions, [phrase] = offices("he became a president once")
    assert phrase.persons == ()
    assert mentions == []


def test_a_plural_description_is_a_group() -> None:
    mentions, [phrase] = offices("the Iranian presidents spoke")
    assert phrase.role == "president"
    assert [(m.form, m.plural) for m in mentions if m.cls == "Person"] == [(Form.GROUP, True)]


@pytest.mark.parametrize(
    "phrase", ["the presidents of Iran and Japan", "the presidents of Iran, Japan and Russia", "the presidents of Iran"]
)
def test_a_plural_description_ends_with_the_last_of_its_states(phrase: str) -> None:
    mentions, _ = offices(f"{phrase.replace(',', ' ,')} spoke")
    [group] = [m for m in mentions if m.cls == "Person"]
    assert (group.start, group.end) == (0, len(phrase.replace(",", " ,").split()))


def test_a_description_keeps_its_role_and_owner() -> None:
    mentions, _ = offices("the Iranian president spoke")
    [person] = [m for m in mentions if m.cls == "Person"]
    assert (person.form, person.role) == (Form.NOMINAL, "president")
    assert person.of is not None and mentions[person.of].text == "Iranian"


def test_words_inside_of_a_name_are_no_role() -> None:
    _, phrases = offices("the UN General Assembly met")
    assert phrases == []


def test_the_span_of_a_phrase() -> None:
    text = "then Russian President Putin spoke"
    _, [phrase] = offices(text)
    assert flat(text)[phrase.start : phrase.end].text == "Russian President"


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("president", "President"),
        ("energy minister", "Minister of Energy"),
        ("Minister for Foreign Affairs", "Minister of Foreign Affairs"),
        ("foreign minister", "Minister of Foreign Affairs"),
        ("External Affairs Minister", "Minister of Foreign Affairs"),
        ("Foreign  Minister", "Minister of Foreign Affairs"),
        ("bottle washer", "Bottle Washer"),
    ],
)
def test_canonical_words(words: str, office: str) -> None:
    assert canonical(words) == office


def test_roles_that_one_person_holds_at_a_time() -> None:
    president = role("president")
    assert president is not None and president.single
    assert role("bottle washer") is None


@given(
    st.lists(
        st.sampled_from(WORDS.split()),
        min_size=1,
        max_size=10,
    )
)
@settings(max_examples=150, deadline=None)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    mentions, phrases = offices(" ".join(words))
    for phrase in phrases:
        assert 0 <= phrase.start < phrase.end <= len(flat(" ".join(words)))
        assert phrase.role
        assert all(mentions[k].cls == "Person" for k in phrase.persons)
