"""How to read: the options, the limits, and the port through which web pages come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.model import PartialDate

MAX_BYTES = 20_000_000
"""The largest document, in bytes after decompression."""
MAX_RATIO = 100
"""How many times larger than its compressed form a .gz may become, once it is larger than ``RATIO_FROM`` bytes."""
RATIO_FROM = 1_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a request: its body, the Content-Type header and the address that answered in the end."""

    body: bytes
    content_type: str | None = None
    url: str | None = None


class Fetcher(Protocol):
    """Gets an http or https address; raises ``InputError`` for any answer but a good one."""

    def __call__(self, url: str) -> Fetched: ...


def _default_fetcher() -> Fetcher:
    from kg.reading.fetch import UrlFetcher

    return UrlFetcher()


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read.

    ``fields`` names the field of a JSON line that holds the ``text``, ``title``, ``date``, ``url``, ``publisher`` or
    ``id``; the usual names are known. ``date`` is the day of publication of documents that give none. ``fetch`` is
    the transport for web addresses.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    date: PartialDate | None = None
    fetch: Fetcher = field(default_factory=_default_fetcher)
