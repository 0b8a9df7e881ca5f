from __future__ import annotations

import pytest

from kg.reading import mastheads


@pytest.mark.parametrize(
    "line",
    [
        "Harbour Courier",
        "THE HARBOUR TIMES",
        "Silk Road Trade Letter",
        "Al-Monitor",
        "Daily Herald",
        "Radio Free Fjords",
        "Journal of the North Sea",
        "Pocket Encyclopaedia of Diplomacy",
        "Baltic News Agency",
        "Bergen Affairs Review",
        "TASS",
        "The White House",
        "Ministry of Foreign Affairs of the Kingdom of Norway",
        "MINISTRY OF FOREIGN AFFAIRS OF THE REPUBLIC OF KAZAKHSTAN",
        "Norwegian Foreign Ministry",
        "Foreign, Commonwealth & Development Office",
        "Permanent Mission of Norway to the United Nations",
    ],
)
def test_names_of_those_who_publish(line: str) -> None:
    assert mastheads.is_masthead(line)


@pytest.mark.parametrize(
    "line",
    [
        "The ministers read the news",
        "Treaty of Gulistan",
        "The Treaty of the Times",
        "Iran Opens Embassy",
        "Pezeshkian Takes Office",
        "Bergen Summit Press Conference",
        "Letter of Intent",
        "Press Freedom in Norway",
        "Norway Today, 1949",
        "Times",
        "Dispatches",
        "Bergen, Norwegian Foreign Ministry",
        "North Atlantic Treaty Organization (NATO), 1949",
        "UK-France Summit 2016",
        "The Yalta Conference, 1945",
    ],
)
def test_titles_are_no_mastheads(line: str) -> None:
    assert not mastheads.is_masthead(line)


def test_a_name_is_signed_where_the_text_gives_it_as_that_of_an_agency_or_owner() -> None:
    assert mastheads.is_signed("Fjord Plus", "OSLO (Fjord Plus) — The talks")
    assert mastheads.is_signed("Fjord Plus", "The end.\n© 2025 Fjord Plus")
    assert not mastheads.is_signed("Fjord Plus", "The owners (Fjord Plus) of the newspaper")
    assert not mastheads.is_signed("Talks in Oslo today", "OSLO (Talks in Oslo today) — The talks")


def test_a_subject_is_what_the_first_paragraph_begins_with() -> None:
    assert mastheads.is_subject("Harbour Times", "The Harbour Times was founded in Bergen.")
    assert not mastheads.is_subject("Harbour Times", "OSLO (Harbour Times) — The talks have ended.")
    assert not mastheads.is_subject("Harbour Times", "The talks " + "went on and on " * 6 + "the Harbour Times wrote.")
    assert not mastheads.is_subject("Ministry of Trade", "The Ministry of Trade announces the end of the talks.")


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Ministers meet in Oslo | Harbour Courier", ("Ministers meet in Oslo", "Harbour Courier")),
        ("Ministers meet - The Harbour Times", ("Ministers meet", "The Harbour Times")),
        ("Ministers meet - a day in Oslo", ("Ministers meet - a day in Oslo", None)),
        ("Norway - Harbour Review", ("Norway - Harbour Review", None)),
        ("War and peace | Treaty of Bergen", ("War and peace | Treaty of Bergen", None)),
    ],
)
def test_the_masthead_behind_a_title(title: str, parts: tuple[str, str | None]) -> None:
    assert mastheads.split(title) == parts
