from __future__ import annotations

import time

import pytest

from kg.reading import imprints
from kg.reading.rules import Place


@pytest.mark.parametrize(
    ("line", "name", "date"),
    [
        ("Steppe Bulletin | Thursday, October 17, 2024", "Steppe Bulletin", "2024-10-17"),
        ("*Meridian Review, 12 June 2025*", "Meridian Review", "2025-06-12"),
        ("Country Profiles, Meridian Review, updated March 2025", "Meridian Review", "2025-03"),
        ("Moscow, 17 January 2025", None, "2025-01-17"),
        ("Harbour Courier 8 April 2025", "Harbour Courier", "2025-04-08"),
        ("Tuesday 8 April 2025 - Harbour Courier", "Harbour Courier", "2025-04-08"),
        ("Harbour Courier • 8 April 2025, 12:04 GMT • World", "Harbour Courier", "2025-04-08"),
        ("Harbour Courier (Oslo), 8 April 2025", "Harbour Courier", "2025-04-08"),
        ("By Jane Doe | Harbour Courier | 8 April 2025", "Harbour Courier", "2025-04-08"),
        ("Published by the Harbour Courier on 8 April 2025", "Harbour Courier", "2025-04-08"),
        ("BREAKING | 8 April 2025, 12:04 GMT", None, "2025-04-08"),
        ("12:04, 8 April 2025", None, "2025-04-08"),
        ("Vol. 12, No. 3 | Tuesday, 8 April 2025", None, "2025-04-08"),
    ],
)
def test_lines_with_publisher_and_date(line: str, name: str | None, date: str) -> None:
    found = imprints.read(line)
    assert found and (found.publisher, [stamp.date.text for stamp in found.stamps]) == (name, [date])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Harbour Courier", "Harbour Courier"),
        ("Reuters | World", "Reuters"),
        ("A Short Dictionary of Diplomacy, 3rd edition", "A Short Dictionary of Diplomacy"),
        ("From Wikipedia, the free encyclopedia", "Wikipedia"),
        ("FLASH - 12:04 GMT", None),
    ],
)
def test_lines_without_a_date(line: str, name: str | None) -> None:
    found = imprints.read(line)
    assert found and (found.publisher, found.stamps, found.certain) == (name, (), True)


@pytest.mark.parametrize(
    "line",
    [
        "The two presidents met in Moscow, 17 January 2025",
        "Treaty of Bergen, 12 March 1921",
        "Purchase of Alaska, 1867",
        "The August 17, 1982 Communiqué on Arms Sales",
        "Harbour Courier wins a prize",
        "Jane Doe, Harbour Courier",
        "World",
        "12:04",
        "8 April",
        "",
    ],
)
def test_other_lines(line: str) -> None:
    assert imprints.read(line) is None


def test_a_line_with_an_unknown_name_is_not_certain() -> None:
    found = imprints.read("Jane Doe, Harbour Courier, 8 April 2025")
    assert found and not found.certain


def test_parts_between_bars() -> None:
    found = imprints.noise("Published: 4 March 2024 | 3 min read", Place(tail=True))
    assert found and found[0] == "page counter" and [stamp.date.text for stamp in found[1]] == ["2024-03-04"]
    assert imprints.noise("Share | Ministers meet", Place()) is None
    assert imprints.noise("3 min read", Place()) is None


def test_a_line_of_many_parts_is_quick() -> None:
    began = time.perf_counter()
    assert imprints.read("A, " * 39 + "B") is None
    assert time.perf_counter() - began < 0.2
