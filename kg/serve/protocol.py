"""The query operation of the SPARQL 1.1 Protocol (2.1): what a request asks. The update operation is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.guard import Dataset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
LARGEST = 1 << 20
"""How many bytes the body of a request may have."""

Pairs = list[tuple[str, str]]


class ProtocolError(Exception):
    """A request that is no query operation: the HTTP status and what is wrong."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """One query, and the dataset that the request names for it (2.1.4)."""

    query: str
    dataset: Dataset


def operation(method: str, query_string: str, content_type: str, body: bytes) -> Operation:
    """The query of a request.

    GET takes all from the query string, POST of a form all from the body, direct POST the query from the body and the
    dataset from the query string. Raises ``ProtocolError``: 400 for none or several queries and for bytes that are no
    UTF-8, 403 for updates, 415 for other media types.
    """
    pairs = _pairs(query_string)
    media_type = content_type.partition(";")[0].strip().lower()
    if method in ("GET", "HEAD"):
        return _operation(pairs)
    if media_type == FORM:
        return _operation(_pairs(_text(body)))
    if media_type == QUERY:
        if any(name == "query" for name, _ in pairs):
            raise ProtocolError(400, "the query is both in the address and in the body")
        return _operation([*pairs, ("query", _text(body))])
    if media_type == UPDATE:
        raise _no_updates()
    raise ProtocolError(415, f"a query comes as {QUERY} or {FORM}, not as {media_type or 'no media type'}")


def _operation(pairs: Pairs) -> Operation:
    if any(name == "update" for name, _ in pairs):
        raise _no_updates()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, "no query: say it with query=..." if not queries else "more than one query")
    if not queries[0].strip():
        raise ProtocolError(400, "the query is empty")
    return Operation(queries[0], Dataset(_all(pairs, "default-graph-uri"), _all(pairs, "named-graph-uri")))


def _all(pairs: Pairs, wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in pairs if name == wanted)


def _pairs(text: str) -> Pairs:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise ProtocolError(400, f"the parameters cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the body is not UTF-8") from error


def _no_updates() -> ProtocolError:
    return ProtocolError(403, "updates are off: this server only reads")
