from __future__ import annotations

import pytest

from kg.model import PartialDate
from kg.reading import stamps
from kg.reading.datelines import find as dateline
from kg.reading.metadata import Given, issued, publisher, web_address
from kg.reading.stamps import Evidence, Stamp


@pytest.mark.parametrize(
    ("line", "kind", "date"),
    [
        ("Publish Date : 17 January 2025 - 22:05", "published", "2025-01-17"),
        ("Published: 2025-01-17", "published", "2025-01-17"),
        ("date 2025-10-03", "published", "2025-10-03"),
        ("FLASH 8 April 2025 12:04", "published", "2025-04-08"),
        ("Last updated: Jan. 18, 2025 at 10:05 p.m. GMT", "updated", "2025-01-18"),
        ("Updated March 2025", "updated", "2025-03"),
        ("Friday, 17 January 2025", "bare", "2025-01-17"),
        ("January 17, 2025 | ", "bare", "2025-01-17"),
    ],
)
def test_lines_that_are_dates(line: str, kind: str, date: str) -> None:
    assert stamps.whole(line, False) == Stamp(kind, PartialDate(date))


@pytest.mark.parametrize(
    "line",
    [
        "January 2025",
        "Published in 1949 in Oslo",
        "On 17 January 2025 the treaty was signed.",
        "Date of birth",
        "May 2025",
    ],
)
def test_lines_that_are_none(line: str) -> None:
    assert stamps.whole(line, False) is None


def test_a_bare_date_in_the_middle_of_a_text_is_no_stamp() -> None:
    assert stamps.whole("17 January 2025", True) is None
    assert stamps.whole("Published: 17 January 2025", True) is not None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("date 2025-10-03 Ministers meet", "Ministers meet"),
        ("Published 3 October 2025 - Ministers meet", "Ministers meet"),
        ("2025-10-03 Ministers meet", "2025-10-03 Ministers meet"),
        ("Published 2025 Ministers meet", "Published 2025 Ministers meet"),
        ("date 2025-10-03", "date 2025-10-03"),
        ("Title: Ministers meet", "Ministers meet"),
        ("Titles and offices", "Titles and offices"),
    ],
)
def test_a_stamp_in_front_of_a_title(text: str, title: str) -> None:
    assert text[stamps.prefix(text) :] == title


def evidence(*found: Stamp, lines: tuple[str, ...] = ()) -> Evidence:
    gathered = Evidence(stamps=list(found))
    for line in lines:
        opening = dateline(line)
        assert opening
        gathered.dateline(opening)
    return gathered


STAMP = Stamp("published", PartialDate("2025-01-17"))


@pytest.mark.parametrize(
    ("gathered", "given", "name", "date"),
    [
        (evidence(STAMP), Given(date="2025-02-01"), "a", "2025-02-01"),
        (evidence(STAMP), Given(date="2025"), "a", "2025-01-17"),
        (evidence(STAMP), Given(date="soon"), "a", "2025-01-17"),
        (evidence(Stamp("updated", PartialDate("2025-03-01")), STAMP), Given(), "a", "2025-01-17"),
        (evidence(Stamp("updated", PartialDate("2025-03-01"))), Given(), "a", "2025-03-01"),
        (evidence(lines=("OSLO, 4 March 2024 (Wire) — The",)), Given(), "2024-03-05.txt", "2024-03-04"),
        (evidence(lines=("OSLO, March 4 (Wire) — The",)), Given(url="https://e.org/2024/03/05/a"), "a", "2024-03-04"),
        (evidence(lines=("OSLO, March 4 (Wire) — The",)), Given(), "a", None),
        (evidence(), Given(url="https://e.org/2024/03/a"), "a", "2024-03"),
        (evidence(), Given(), "2024-03-05.txt", "2024-03-05"),
        (evidence(), Given(), "a", None),
    ],
)
def test_the_best_date(gathered: Evidence, given: Given, name: str, date: str | None) -> None:
    found = issued(gathered, given, name)
    assert (found.text if found else None) == date


def test_the_best_publisher() -> None:
    gathered = Evidence(publishers=["example.org"], agencies=["TASS"])
    assert publisher(gathered, Given(publisher=" Gazette ", url="https://www.e.org/a")) == "Gazette"
    assert publisher(gathered, Given()) == "example.org"
    assert publisher(Evidence(agencies=["TASS"]), Given(url="https://e.org")) == "TASS"
    assert publisher(Evidence(), Given(url="https://www.e.org/a")) == "e.org"
    assert publisher(Evidence(), Given()) is None


@pytest.mark.parametrize("text", ["javascript:alert(1)", "//e.org", "e.org/a", "https://", "http://[", "", None])
def test_what_is_no_web_address(text: str | None) -> None:
    assert web_address(text) is None
