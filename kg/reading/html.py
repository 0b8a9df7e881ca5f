"""Web pages to text: the article that trafilatura finds; its output is the text of record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reading.dates import as_written, parse_date
from kg.reading.lines import fold

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extracted

_MAX_TAGS = 100_000
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{1,40})", re.I
)
_DATES = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}


class NoArticle(Exception):
    """The page is refused or holds no article; the message says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page: its text, which lines of it are headings, and its metadata as the page gives them."""

    text: str
    headings: frozenset[str]
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None


def declared_charset(data: bytes) -> str | None:
    """The charset that a page declares for itself near its top."""
    found = _DECLARED.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else None


def extract(markup: str, url: str | None = None) -> Page:
    """The article of a page; raises ``NoArticle`` when there is none or the page is made to exhaust its reader.

    Pages that declare entities, and pages with more than 100,000 tags, are refused before any parser sees them.
    """
    from trafilatura import bare_extraction

    if re.search(r"<!ENTITY", markup, re.IGNORECASE):
        raise NoArticle("declares XML entities, which are not read")
    if markup.count("<") > _MAX_TAGS:
        raise NoArticle(f"more than {_MAX_TAGS:,} tags")
    plain = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup.replace("\0", ""))
    try:
        found = bare_extraction(
            plain, url=url, with_metadata=True, include_comments=False, date_extraction_params=_DATES
        )
    except (RecursionError, AttributeError, TypeError, ValueError, KeyError, IndexError):
        raise NoArticle("the page is broken beyond reading") from None
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise NoArticle("no article in this page")
    return _page(found, plain)


def _page(found: Extracted, markup: str) -> Page:
    """The page, the title put in front of the text when the extraction took it out."""
    heads = [] if found.body is None else found.body.iter("head")
    headings = frozenset(fold("".join(head.itertext())) for head in heads)
    text, title = _sound(found.text or ""), _sound(found.title or "") or None
    if title and fold(title).casefold() not in {fold(line).casefold() for line in text.splitlines()}:
        text = f"{title}\n\n{text}"
    return Page(text, headings, title, _date(found.date, markup), found.sitename or None, found.url or None)


def _date(found: str | None, markup: str) -> str | None:
    """The date that the extraction found, as precise as the page gives it."""
    date = parse_date(found) if found else None
    written = as_written(date, markup) if date and date.precision == "day" else date
    return written.text if written else None


def _sound(text: str) -> str:
    """The text without halves of surrogate pairs, which a character reference can bring in and UTF-8 cannot hold."""
    return text.encode("utf-8", "ignore").decode()
