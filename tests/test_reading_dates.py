from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import PartialDate
from kg.reading.dates import as_written, date_in_address, day_of_year, leading_date, parse_date


def text(date: PartialDate | None) -> str | None:
    return date.text if date else None


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2025-01-17", "2025-01-17"),
        ("2025-01-17T22:05:00+03:30", "2025-01-17"),
        ("2025/1/7", "2025-01-07"),
        ("17 January 2025 - 22:05", "2025-01-17"),
        ("Friday, 17th of Jan. 2025", "2025-01-17"),
        ("January 17, 2025 10:05 GMT", "2025-01-17"),
        ("Sept 3rd, 2024", "2024-09-03"),
        ("OCTOBER 2025", "2025-10"),
        ("2025-10", "2025-10"),
        ("1813", "1813"),
        ("17.01.2025", "2025-01-17"),
        ("05.06.2025", "2025-06-05"),
        ("17/01/2025", "2025-01-17"),
        ("01/17/2025", "2025-01-17"),
        ("05/06/2025", "2025"),
        ("05/05/2025", "2025-05-05"),
        ("31 February 2025", None),
        ("0000-01-01", None),
        ("yesterday", None),
        ("20250", None),
        ("", None),
    ],
)
def test_dates_of_metadata(written: str, date: str | None) -> None:
    assert text(parse_date(written)) == date


def test_where_a_date_ends() -> None:
    assert leading_date("17 January 2025 - 22:05") == (PartialDate("2025-01-17"), 15)
    assert leading_date("on 17 January 2025") is None


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://example.org/2025/01/17/pact", "2025-01-17"),
        ("https://example.org/2025/01/pact", "2025-01"),
        ("pact_2025-01-17.txt", "2025-01-17"),
        ("20250117-pact.txt", "2025-01-17"),
        ("000_6dcc2322d04b8a7a.txt", None),
        ("1801-1829_pact.txt", None),
        ("a20250117b.txt", None),
        ("2025-13-17.txt", None),
        ("2025-01/17.txt", None),
        ("news/123456789.html", None),
    ],
)
def test_dates_in_addresses(address: str, date: str | None) -> None:
    assert text(date_in_address(address)) == date


def test_a_day_takes_a_year_from_elsewhere() -> None:
    assert text(day_of_year("TEHRAN, Jan. 17 (Example) -", 2025)) == "2025-01-17"
    assert text(day_of_year("Moscow, 2 October –", 2025)) == "2025-10-02"
    assert day_of_year("MOSCOW, February 29", 2025) is None
    assert day_of_year("MOSCOW —", 2025) is None


@pytest.mark.parametrize(
    ("source", "date"),
    [
        ("2025-03-21T10:00", "2025-03-21"),
        ("20250321", "2025-03-21"),
        ("on 21st March 2025", "2025-03-21"),
        ("Mar. 21, 2025", "2025-03-21"),
        ("3/21/2025", "2025-03-21"),
        ("21.03.2025", "2025-03-21"),
        ("2025-03", "2025-03"),
        ("2025-03-02", "2025-03"),
        ("March 2025", "2025-03"),
        ("© 2025", "2025"),
        ("12025-03-211", None),
        ("", None),
    ],
)
def test_a_date_is_no_more_precise_than_it_was_written(source: str, date: str | None) -> None:
    assert text(as_written(PartialDate("2025-03-21"), source)) == date


@given(st.text(alphabet=st.sampled_from("0123456789-/.: ,JanuarymayMarT"), max_size=40))
def test_any_text_is_a_date_or_none(written: str) -> None:
    found = parse_date(written)
    assert found is None or found.text[:4] in written
