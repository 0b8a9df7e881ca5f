"""Which time each paragraph of a document tells of."""

from __future__ import annotations

import re

from kg.extraction.page import Page
from kg.model import PartialDate

YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_SPAN = re.compile(r"\b((?:1[5-9]|20)\d0)['’]?s\b")


def epochs(page: Page) -> dict[int, PartialDate | None]:
    """For each paragraph the time it tells of: the year in its heading, the year in the title of a text that is not
    dated itself, else the day of publication."""
    title_years = sorted({*YEAR.findall(page.document.title or "")})
    general = page.document.issued or (PartialDate(title_years[0]) if title_years else None)
    found: dict[int, PartialDate | None] = {}
    for paragraph in page.paragraphs:
        if page.document.issued is None and len(title_years) > 1:
            general = _first_of(paragraph.doc.text, title_years) or general
        heading = page.heading_of.get(paragraph.index)
        own = _year(paragraph.doc.text) if paragraph.block.kind == "heading" else ""
        above = _year(page.paragraphs[heading].doc.text) if heading is not None else ""
        year = own or above
        if not year or (page.document.issued is not None and year == page.document.issued.text[:4]):
            found[paragraph.index] = general
        else:
            found[paragraph.index] = PartialDate(year)
    return found


def years_told(text: str, when: PartialDate | None) -> tuple[int, int] | None:
    """From the year that a paragraph tells of to the last that it names: "in 1823 ... in the late 1800s"."""
    if when is None:
        return None
    spans = [int(y) + (99 if y.endswith("00") else 9) for y in _SPAN.findall(text)]
    return when.year, max([when.year, *map(int, YEAR.findall(text)), *spans])


def other_year(sentence: str, issued: PartialDate | None) -> PartialDate | None:
    """The one year that a sentence of a dated text names, if it is not the text's own time."""
    years = set(YEAR.findall(sentence))
    if issued is None or len(years) != 1:
        return None
    [year] = years
    return PartialDate(year) if abs(int(year) - issued.year) > 1 else None


def _first_of(text: str, span: list[str]) -> PartialDate | None:
    """The first year that a paragraph tells of the time from the first to the last of the title: "1689-1860"."""
    years = (year for year in YEAR.findall(text) if span[0] <= year)
    return next((PartialDate(year) for year in years), None)


def _year(text: str) -> str:
    match = YEAR.search(text)
    return match.group() if match else ""
