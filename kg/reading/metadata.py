"""When a document was published and by whom: the best of what its source and its text say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.model import PartialDate
from kg.reading.dates import date_in_address, parse_date
from kg.reading.stamps import Evidence


@dataclass(frozen=True, slots=True)
class Given:
    """What a source says of a text apart from the text: raw, as it stands there."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None


def issued(evidence: Evidence, given: Given, name: str) -> PartialDate | None:
    """The day of publication: a field of the source, a labelled line, an unlabelled one, a dateline, the address.

    A date of less than a day is made precise by the next one that agrees with it; the day of an update counts only
    when nothing else is known.
    """
    address = date_in_address(given.url or "") or date_in_address(name)
    stated = [parse_date(given.date) if given.date else None, *evidence.dated("published", "bare")]
    known = _best([*stated, address, *evidence.dated("updated")])
    return _best([*stated, evidence.dateline_date(known), address, *evidence.dated("updated")])


def publisher(evidence: Evidence, given: Given) -> str | None:
    """Who published: a field of the source, a line that names the site, an agency, the host of the address."""
    host = (urlsplit(given.url).hostname or "").removeprefix("www.") if given.url else None
    named = [given.publisher, *evidence.publishers, *evidence.agencies, host]
    return next((name.strip() for name in named if name and name.strip()), None)


def web_address(text: str | None) -> str | None:
    """The text if it is an http or https address, else ``None``."""
    try:
        parts = urlsplit(text or "")
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def _best(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    found = [date for date in dates if date]
    if not found:
        return None
    agreeing = [date for date in found if date.agrees(found[0])]
    return max(agreeing, key=lambda date: len(date.text))
