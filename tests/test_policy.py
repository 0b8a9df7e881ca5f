"""Policy areas in a text: the labels of the scheme, the longest first, whole words and compounds."""

from __future__ import annotations

import pytest
from pyoxigraph import parse

from kg import resources
from kg.extraction.policy import find_areas
from kg.namespaces import SCHEME, SKOS

LABELS = [
    (quad.subject.value.removeprefix(f"{SCHEME}policy-area/"), quad.object.value)
    for quad in parse(path=resources.ontology() / "schemes" / "policy-areas.ttl")
    if quad.predicate.value.removeprefix(SKOS) in {"prefLabel", "altLabel", "hiddenLabel"}
]


def areas(text: str) -> list[str]:
    return [area for _, _, area in find_areas(text)]


def test_every_label_is_found_as_its_concept_and_as_a_whole() -> None:
    assert len(LABELS) > 600
    wrong = [(area, label) for area, label in LABELS if find_areas(f"on {label}, too") != [(3, 3 + len(label), area)]]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("economic, commercial, financial and military ties", ["economy", "trade", "finance", "defence"]),
        ("a political and diplomatic dialogue", ["politics", "diplomacy"]),
        ("cultural, scientific, technical and educational exchange", ["culture", "science", "technology", "education"]),
        ("agricultural and environmental questions", ["agriculture", "environment"]),
        ("territorial, humanitarian and consular affairs", ["territory", "humanitarian", "consular-affairs"]),
    ],
)
def test_adjectives_name_areas(text: str, found: list[str]) -> None:
    assert areas(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nuclear energy", ["nuclear-energy"]),
        ("food security and energy security", ["agriculture", "energy"]),
        ("artificial intelligence", ["technology"]),
        ("the non-proliferation of nuclear weapons", ["non-proliferation"]),
        ("a ban on nuclear weapons tests", ["arms-control"]),
        ("customs duties and trade", ["customs", "trade"]),
        ("economic integration", ["integration"]),
        ("territorial integrity", ["territory"]),
    ],
)
def test_the_longest_label_wins(text: str, found: list[str]) -> None:
    assert areas(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trade-economic", ["trade", "economy"]),
        ("Military-Political", ["defence", "politics"]),
        ("trade\u2013economic", ["trade", "economy"]),
        ("political-military-economic", ["politics", "defence", "economy"]),
        ("free trade-economic", ["trade", "economy"]),
        ("military-technical", ["defence"]),
        ("socio-economic", ["economy"]),
    ],
)
def test_a_compound_of_labels_names_the_area_of_each(text: str, found: list[str]) -> None:
    assert areas(text) == found


@pytest.mark.parametrize(
    "text", ["oil-rich", "post-trade", "oil-gas-rich", "non-nuclear-energy", "energy-hungry-trade"]
)
def test_a_compound_with_another_word_names_none(text: str) -> None:
    assert find_areas(text) == []


def test_the_parts_of_a_compound_have_their_own_places() -> None:
    assert find_areas("on trade-economic ties") == [(3, 8, "trade"), (9, 17, "economy")]


@pytest.mark.parametrize(
    "text", ["free trade", "free-trade", "Free\u2011Trade", "FREE  trade", "free\ntrade", "free\u00a0trade"]
)
def test_case_spaces_and_kinds_of_hyphens_make_no_difference(text: str) -> None:
    assert find_areas(text) == [(0, len(text), "trade")]


def test_an_apostrophe_may_be_of_either_kind() -> None:
    assert areas("women's rights") == areas("women\u2019s rights") == ["human-rights"]


@pytest.mark.parametrize("text", ["arms, control", "arms. Control", "arms - control", "arms/control"])
def test_a_label_does_not_run_over_punctuation(text: str) -> None:
    assert find_areas(text) == []


@pytest.mark.parametrize("text", ["trader", "untrade", "trade2", "_trade", "gasoline", "visas_x"])
def test_only_whole_words_count(text: str) -> None:
    assert find_areas(text) == []


@pytest.mark.parametrize("lead", ["\u0130stanbul: ", "\U0001f600 ", "\u017f \u212a ", "Stra\u00dfe, "])
def test_offsets_are_those_of_the_text_whatever_stands_before(lead: str) -> None:
    assert find_areas(f"{lead}Trade") == [(len(lead), len(lead) + 5, "trade")]


@pytest.mark.parametrize(
    "text",
    [
        "on the left bank of the river, in the waters of the lake",
        "the parties made concessions and left space for talks in the corridors of the court",
        "to secure legal grounds, with relief and in recognition of the development of ties",
        "the press and a satellite state pressed for training",
        "brought to justice for an aggression by the allies",
        "bridges between the bases of our duties",
    ],
)
def test_everyday_words_name_nothing(text: str) -> None:
    assert find_areas(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cooperation in health, science, media and sport", ["health", "science", "media", "sport"]),
        ("the transport corridor and the use of outer space", ["transport", "space"]),
        ("research, water resources and judicial cooperation", ["science", "water", "justice-extradition"]),
        ("perpetual peace and friendship; respect for sovereignty", ["friendship", "politics"]),
    ],
)
def test_what_treaties_cover_is_found(text: str, found: list[str]) -> None:
    assert areas(text) == found


def test_nothing_is_found_in_nothing() -> None:
    assert find_areas("") == find_areas("-") == find_areas(" \n") == []
