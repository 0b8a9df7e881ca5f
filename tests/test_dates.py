from __future__ import annotations

import calendar
import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.dates import TimeExpression, find_durations, find_times, resolve, resolve_end
from kg.extraction.time_grammar import Form, grammar
from kg.model import PartialDate

FRIDAY = PartialDate("2025-01-17")
GULISTAN = PartialDate("1813-10-24")
FORMS = {form.id: form for forms in grammar().forms.values() for form in forms}
EXAMPLES = [(form, text, date) for form in FORMS.values() for text, date in form.examples]


def only(text: str) -> TimeExpression:
    found = find_times(text)
    assert len(found) == 1, found
    return found[0]


def read(
    text: str, anchor: PartialDate | None = FRIDAY, previous: PartialDate | None = None, tense: str | None = None
) -> str | None:
    date = resolve(only(text), anchor, previous, tense)
    return date.text if date else None


def words(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_times(text)]


@pytest.mark.parametrize(("form", "text", "date"), EXAMPLES, ids=[text for _, text, _ in EXAMPLES])
def test_each_form_reads_its_examples(form: Form, text: str, date: str) -> None:
    found = only(text)
    assert found.form == form.id
    assert (resolve(found, FRIDAY, GULISTAN) or PartialDate("1000")).text == (date or "1000")


@pytest.mark.parametrize(
    "text",
    [
        "The people may decide, May said, and troops march on.",
        "Prime Minister Theresa May met April Glaspie",
        "The Sunday Times and the Good Friday Agreement",
        "a second later", "the second meeting", "1,200 and 12,1999", "it cost $2024 or €1999", "2024 people",
        "some 2000 soldiers", "more than 1900 documents", "Resolution 1929", "resolutions 1696 and 1737", "page 1945",
        "pp. 1801", "Law No. 1954", "at 1830 GMT", "03/04/2025", "20250117", "ID: 135931", "to this day", "9999",
        "the last year of the war", "several years ago", "three to five years ago", "the October Revolution",
        "UN-1540", "3.1990%", "1850 km", "0.2010", "The next four years",
    ],
)  # fmt: skip
def test_no_date(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("signed in Moscow on January 17, 2025.", ["January 17, 2025"]),
        ("Publish Date : 17 January 2025 - 22:05\n", ["17 January 2025 - 22:05"]),
        ("the Russo-Persian War of 1804–1813, and", ["1804–1813"]),
        ("The Treaty of Gulistan (1813)\n", ["1813"]),
        ("17\n\nMay", []),
        ("on 30 February 1828", ["February 1828"]),
        ("on 31 November", ["November"]),
        ("Currently, a 2001 agreement governs", ["2001"]),
        ("In March 2000 people fled", ["March"]),
        ("Resolution 1929 (2010)", ["2010"]),
        ("on Thursday night, the ministry", ["Thursday night"]),
        ("Friday’s talks", ["Friday"]),
        ("from 1813 to 1828 and in 1921", ["1813 to 1828", "1921"]),
        ("on 10 January, 12 February and 3 March 2024", ["10 January", "12 February", "3 March 2024"]),
    ],
)
def test_where_the_words_are(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "tense", "expected"),
    [
        ("on Friday", None, "2025-01-17"),
        ("on Friday", "future", "2025-01-17"),
        ("on Thursday", None, "2025-01-16"),
        ("on Thursday", "future", "2025-01-23"),
        ("on Tuesday", "past", "2025-01-14"),
        ("in May", None, "2024-05"),
        ("in May", "future", "2025-05"),
        ("in January", None, "2025-01"),
        ("in January", "future", "2025-01"),
        ("on 18 January", None, "2024-01-18"),
        ("on 18 January", "future", "2025-01-18"),
        ("on 29 February", None, "2024-02-29"),
        ("on 29 February", "future", "2028-02-29"),
        ("last December", None, "2024-12"),
        ("next January", None, "2026-01"),
        ("this week", None, "2025-01"),
        ("two weeks ago", None, None),
        ("three weeks ago", None, "2024-12"),
        ("twenty-five years ago", None, "2000"),
    ],
)
def test_counted_from_the_day_of_the_text(text: str, tense: str | None, expected: str | None) -> None:
    assert read(text, FRIDAY, None, tense) == expected


@pytest.mark.parametrize("text", ["today", "on Friday", "last year", "in May", "two days ago", "17 January"])
def test_without_a_date_to_count_from_nothing_is_resolved(text: str) -> None:
    assert read(text, None) is None


@pytest.mark.parametrize("text", ["the same day", "that year", "a year later", "the following month"])
def test_what_counts_from_the_date_before_needs_one(text: str) -> None:
    assert read(text, FRIDAY) is None


def test_without_an_anchor_the_year_told_before_is_taken() -> None:
    assert read("on October 22", None, PartialDate("2025-01")) == "2025-10-22"
    assert read("by the end of the year", None, GULISTAN) == "1813"


def test_no_more_precise_than_the_anchor() -> None:
    month, year = PartialDate("2025-01"), PartialDate("2025")
    assert read("yesterday", month) is None
    assert read("today", month) == "2025-01"
    assert read("on Friday", month) is None
    assert read("last month", month) == "2024-12"
    assert read("last month", year) is None
    assert read("last year", year) == "2024"
    assert read("the following day", None, year) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1804–1813", "1804", "1813"),
        ("1939-40", "1939", "1940"),
        ("4-11 February 1945", "1945-02-04", "1945-02-11"),
        ("November 22-23", "2024-11-22", "2024-11-23"),
        ("30 December to 2 January", "2024-12-30", "2025-01-02"),
        ("between 4 and 11 February 1945", "1945-02", "1945-02-11"),
        ("17 January 2025", "2025-01-17", None),
    ],
)
def test_a_range_has_a_beginning_and_an_end(text: str, first: str, last: str | None) -> None:
    assert read(text) == first
    end = resolve_end(only(text), FRIDAY)
    assert (end.text if end else None) == last


def test_a_year_is_shared_by_coordinated_dates() -> None:
    text = "visited Turkey on 4 April and Uzbekistan from 5-6 April 2016"
    assert [str(resolve(found, None) and resolve(found, None).text) for found in find_times(text)] == [  # type: ignore[union-attr]
        "2016-04-04",
        "2016-04-05",
    ]
    assert find_times("On 3 March they recalled the peace of 24 October 1813")[0].year is None


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ("28 February 1900 O.S.", "1900-03-12"),
        ("25 October 1917 (Old Style)", "1917-11-07"),
        ("29 February 1828 (O.S.)", "1828-03-12"),
        ("5 October 1582 O.S.", "1582-10-15"),
    ],
)
def test_old_style_alone_is_converted(julian: str, gregorian: str) -> None:
    assert read(julian) == gregorian


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("a 20-year strategic treaty", "P20Y"), ("for 20 years", "P20Y"), ("a period of twenty years", "P20Y"),
        ("two decades", "P20Y"), ("a five-year plan", "P5Y"), ("18 months", "P18M"), ("within 10 days", "P10D"),
        ("two weeks", "P14D"), ("twenty-five years", "P25Y"), ("for a year", "P1Y"), ("a hundred years", "P100Y"),
        ("two centuries", "P200Y"), ("five years and six months", "P5Y6M"), ("ninety-nine-year lease", "P99Y"),
    ],
)  # fmt: skip
def test_durations(text: str, iso: str) -> None:
    assert [duration.iso for duration in find_durations(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "20 years ago", "two days later", "a 20-year-old", "once a year", "five to ten years", "10-15 years",
        "1,200 years", "the Seven Years’ War", "Thirty Years War",
    ],
)  # fmt: skip
def test_no_duration(text: str) -> None:
    assert find_durations(text) == []


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


STYLES = {
    "{d} {month} {y}": "day",
    "{month} {d}, {y}": "day",
    "{d}{th} of {month} {y}": "day",
    "{abbr} {d}, {y}": "day",
    "{weekday}, {d} {month} {y}": "day",
    "{y}-{m:02}-{d:02}": "day",
    "{month} {y}": "month",
    "late {month} {y}": "month",
}


def _written(day: dt.date, style: str) -> str:
    month = calendar.month_name[day.month]
    names = {"month": month, "abbr": month if day.month == 5 else month[:3] + ".", "weekday": day.strftime("%A")}
    return style.format(d=day.day, m=day.month, y=day.year, th=_ordinal(day.day), **names)


DAYS = st.dates(dt.date(1500, 1, 1), dt.date(2100, 12, 31))


@given(DAYS, st.sampled_from(sorted(STYLES)))
def test_a_written_date_reads_back(day: dt.date, style: str) -> None:
    expected = day.isoformat()[: 10 if STYLES[style] == "day" else 7]
    assert read(f"It was signed, on {_written(day, style)}, in Moscow.", None) == expected


@settings(max_examples=40, deadline=None)
@given(DAYS, st.sampled_from([style for style, precision in sorted(STYLES.items()) if precision == "day"]))
def test_absolute_forms_agree_with_dateparser(day: dt.date, style: str) -> None:
    dateparser = pytest.importorskip("dateparser")
    written = _written(day, style).replace(_ordinal(day.day) + " of", "")
    theirs = dateparser.parse(written, languages=["en"], settings={"DATE_ORDER": "DMY" if style[1] == "d" else "YMD"})
    assert theirs is None or read(written, None) == theirs.date().isoformat()


@given(DAYS, st.integers(0, 6), st.sampled_from(["future", None]))
def test_a_weekday_is_the_nearest(anchor: dt.date, weekday: int, tense: str | None) -> None:
    date = read(f"on {calendar.day_name[weekday]}", PartialDate(anchor.isoformat()), None, tense)
    assert date is not None
    apart = (dt.date.fromisoformat(date) - anchor).days
    assert dt.date.fromisoformat(date).weekday() == weekday
    assert 0 <= apart < 7 if tense else -7 < apart <= 0


LOOSE = [" ", "\n", ", ", "and", "1813", "(", ")", "-", "May", "to", "31", "\u0660"]
PIECES = [example for _, example, _ in EXAMPLES] + LOOSE
PARTIAL = st.one_of(st.none(), st.builds(PartialDate, st.sampled_from(["1000", "1582-10", "2024-02-29", "9999-12-31"])))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=60), PARTIAL, PARTIAL)
def test_any_text_gives_sorted_spans_that_resolve_or_not(
    text: str, anchor: PartialDate | None, previous: PartialDate | None
) -> None:
    found = find_times(text)
    edges = [edge for expression in found for edge in (expression.start, expression.end)]
    assert edges == sorted(edges) and all(expression.start < expression.end <= len(text) for expression in found)
    for expression in found:
        for tense in (None, "future"):
            resolve(expression, anchor, previous, tense)
            resolve_end(expression, anchor, previous, tense)


PROSE = "On Friday, 17 January 2025, the May talks resumed in 1,200 places; two days later 10/22 February 1828 came. "


REPEATED = [PROSE, "1 ", "May ", "1813-", "Friday, ", "the ", "twenty ", " " * 50, "resolutions 1900, "]


@pytest.mark.parametrize("unit", REPEATED)
def test_reading_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_times(text)
        find_durations(text)
        return time.process_time() - started

    seconds(5_000)
    small, large = seconds(25_000), seconds(100_000)
    assert large < 10 * small + 0.2
