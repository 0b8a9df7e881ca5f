"""How alike two names are, and under which keys they are found."""

from __future__ import annotations

import pytest

from kg.resolution.judging.spelling import keys, most_alike, similarity

SAME = [
    ("Abbas Araghchi", "Abbas Araqchi"),
    ("Masoud Pezeshkian", "Massoud Pezeshkian"),
    ("Ali Khamenei", "Ayatollah Seyyed Ali Khamenei"),
    ("Emomali Rahmon", "Emomali Rakhmon"),
    ("Sergey Lavrov", "Sergei Lavrov"),
    ("Gerhard Schröder", "Gerhard Schroeder"),
    ("Treaty of Friendship", "Friendship Treaty"),
    ("the United Nations", "United Nations"),
    ("Iran's Foreign Ministry", "Foreign Ministry of Iran"),
    ("Shanghai Cooperation Organisation", "Shanghai Cooperation Organization"),
]
APART = [
    ("Treaty of 1921", "Treaty of 1927"),
    ("Nicholas I", "Nicholas II"),
    ("Nicholas", "Nicholas II"),
    ("Mohammad Khatami", "Ahmad Khatami"),
    ("Andrey Rudenko", "Miroslav Rudenko"),
    ("Ministry of Foreign Affairs of Iran", "Ministry of Foreign Affairs of Iraq"),
    ("Georgia", "Greece"),
    ("Kazan", "Xi'an"),
    ("ISIS", "Iași"),
    ("Austria", "Australia"),
    ("Treaty of Gulistan", "Treaty of Turkmenchay"),
    ("", "Iran"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one) >= 0.94
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_only_look_alike(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one) < 0.93


def test_a_year_that_only_one_has_does_not_part_them() -> None:
    assert similarity("Treaty of London (1839)", "Treaty of London") >= 0.85
    assert keys("Treaty of London (1839)") & keys("Treaty of London")


def test_a_longer_name_holds_a_shorter_one() -> None:
    assert 0.85 <= similarity("Ali Khamenei", "Ali Hosseini Khamenei") < 0.93
    assert keys("Ali Khamenei") & keys("Ali Hosseini Khamenei")


def test_the_best_pair_counts() -> None:
    assert most_alike(["x", "Iran"], ["y", "Iran"]) == 1.0
    assert most_alike([], ["Iran"]) == 0.0


@pytest.mark.parametrize("text", ["", "...", "—", " "])
def test_no_words_no_keys(text: str) -> None:
    assert keys(text) == frozenset()
