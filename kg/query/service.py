"""Which other endpoints a query asks: none, but those on hosts that the person who runs it allows.

Whether ``<`` opens an IRI or is a comparison is for a parser to know. Here both are tried at each one, so that no
mixture of IRIs, strings and comments hides a ``SERVICE`` from this check that the engine would follow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from kg.errors import SettingsError
from kg.query.scan import COMMENT, IRI, STRING

_SERVICE = re.compile(r"SERVICE(?=[\s#<?$:\w])", re.IGNORECASE)
_NAME = re.compile(r"[?$]\w+|@[A-Za-z]+(?:-[A-Za-z0-9]+)*|[\w-]*:[\w:-]*")
_TARGET = re.compile(r"(?:\s|#[^\n\r]*[\n\r])*(?:SILENT(?:\s|#[^\n\r]*[\n\r])*)?<([^<>\"{}|^`\\\x00-\x20]*)>", re.I)


def check_services(query: str, allowed: Collection[str] = ()) -> bool:
    """Whether the query asks another endpoint; raises ``SettingsError`` when it is on a host not ``allowed``.

    The address must be written out: one that is a variable or a prefixed name is refused.
    """
    found = list(_services(query))
    for at in found:
        target = _TARGET.match(query, at)
        if target is None:
            raise SettingsError("SERVICE: only an endpoint whose address is written out, <https://...>, can be allowed")
        if _host(target[1]) not in {host.lower() for host in allowed}:
            raise SettingsError(f"SERVICE <{target[1]}>: not allowed; --allow-service {_host(target[1])} allows it")
    return bool(found)


def _host(address: str) -> str:
    """The host of an address, with the port where it names one."""
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.hostname}{port}".lower() if parts.scheme in ("http", "https") and parts.hostname else ""


def _services(query: str) -> Iterator[int]:
    """The offsets behind each ``SERVICE`` that is outside of names and can be reached as a keyword.

    No space is asked for around it: in ``?s ?p 1SERVICE<...>`` it is one.
    """
    starts = {found.start(): found.end() for found in _SERVICE.finditer(query)}
    reached = bytearray(len(query) + 1)
    reached[0] = bool(starts)
    for at, character in enumerate(query):
        if not reached[at]:
            continue
        for end in _ways_on(query, at, character):
            reached[end] = True
        if at in starts and not _NAME.match(query, at):
            yield starts[at]


def _ways_on(query: str, at: int, character: str) -> Iterator[int]:
    """Where reading may go on behind what begins here."""
    if character == "<":
        yield at + 1
        if iri := IRI.match(query, at):
            yield iri.end()
        return
    skipped = STRING.match(query, at) or COMMENT.match(query, at) or _NAME.match(query, at)
    yield skipped.end() if skipped else at + 1
