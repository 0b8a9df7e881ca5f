"""HTTP to one store: endpoints, credentials, retries, and errors that say what to do (SPARQL 1.1 Protocol)."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from kg.errors import StoreError
from kg.load.credentials import Credentials
from kg.load.dialects import Dialect
from kg.load.refusals import refusal

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
LONGEST_PAUSE = 60.0
_TIMEOUT = httpx.Timeout(600.0, connect=10.0)
_BUSY = frozenset({429, 502, 503, 504})
_MOST = 1_000_000
_HEADERS = {"User-Agent": "treatygraph (+https://w3id.org/treatygraph/)", "Accept-Encoding": "identity"}

UPDATE = "application/sparql-update"
TRIPLES = "application/n-triples"
QUADS = "application/n-quads"


class UnansweredError(StoreError):
    """The store went away or was busy each time, so that nobody knows what became of the last request."""


class TooLargeError(StoreError):
    """The store takes no request of this size."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status below 300, the headers in lower case and the start of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Speaks to the store at ``base``. ``transport`` and ``sleep`` can be replaced, for tests.

    Every method raises ``StoreError`` with the address, never a credential, and what can be done. Redirects are not
    followed: the graph and the credentials go to the address that was given and to no other.
    """

    def __init__(
        self,
        base: str,
        credentials: Credentials,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = base.rstrip("/")
        self.sleep = sleep
        self._credentials = credentials
        self._http = httpx.Client(timeout=_TIMEOUT, headers=_HEADERS, transport=transport)
        self._auth = credentials.auth()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def hello(self) -> Mapping[str, str]:
        """The headers of the store's answer to a plain request without credentials, whatever its status."""
        try:
            with self._http.stream("GET", self.base, params={"query": "ASK {}"}) as response:
                return _lower(response.headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnansweredError(f"{self.base}: {_cause(error)}; is the store running?") from None

    def query(self, dialect: Dialect, text: str, at: str | None = None) -> list[dict[str, str]]:
        """The rows of a SELECT: the value of each variable as text."""
        form = {"query": text, **dialect.parameters}
        url = at or self.url(dialect.query)
        answer = self.send("POST", url, dialect, data=form, headers={"Accept": "application/sparql-results+json"})
        try:
            rows = json.loads(answer.body)["results"]["bindings"]
            return [{name: term["value"] for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise StoreError(f"{url}: does not answer a query with SPARQL results: {_wrong(dialect)}") from None

    def update(self, dialect: Dialect, text: str, again: bool = True) -> None:
        """A SPARQL update; ``again`` says whether it may be sent twice."""
        self.send(
            "POST",
            self.url(dialect.update),
            dialect,
            content=text.encode(),
            headers={"Content-Type": UPDATE},
            again=again,
        )

    def url(self, path: str) -> str:
        """The address of one of the store's endpoints."""
        return f"{self.base}/{path}" if path else self.base

    def send(self, method: str, url: str, dialect: Dialect, again: bool = True, **request: Any) -> Answer:
        """One request, repeated with growing pauses while the store is away or busy, and ``again`` allows it.

        Raises ``UnansweredError`` when it stays so, ``TooLargeError`` for 413, ``StoreError`` for any other refusal.
        """
        for pause in (*PAUSES, None) if again else (None,):
            try:
                answer = self._once(method, url, request)
            except (httpx.TransportError, httpx.InvalidURL) as error:
                cause, wanted = _cause(error), 0.0
            else:
                if not _busy(answer, dialect):
                    return self._accepted(answer, url, dialect)
                cause, wanted = f"answers {answer.status}, busy", _retry_after(answer.headers)
            if pause is None:
                raise UnansweredError(self._credentials.hide(f"{url}: {cause}"))
            self.sleep(min(max(pause, wanted), LONGEST_PAUSE))
        raise AssertionError("the last pause is None")

    def _once(self, method: str, url: str, request: Mapping[str, Any]) -> Answer:
        with self._http.stream(method, url, auth=self._auth, **request) as response:
            body = bytearray()
            for part in response.iter_bytes(65_536):
                body += part
                if len(body) > _MOST:
                    break
            return Answer(response.status_code, _lower(response.headers), bytes(body))

    def _accepted(self, answer: Answer, url: str, dialect: Dialect) -> Answer:
        if answer.status < 300:
            return answer
        message = refusal(answer.status, answer.headers, answer.body, dialect, bool(self._credentials))
        kind = TooLargeError if answer.status == 413 else StoreError
        raise kind(self._credentials.hide(f"{url}: {message}"))


def _busy(answer: Answer, dialect: Dialect) -> bool:
    if answer.status in _BUSY:
        return True
    return answer.status >= 500 and bool(dialect.busy and re.search(dialect.busy, answer.body.decode(errors="replace")))


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _cause(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return f"no answer: {str(error) or type(error).__name__}"


def _wrong(dialect: Dialect) -> str:
    return f"is it {dialect.title}, at an address like {dialect.example}? Otherwise name the store with --store"


def _retry_after(headers: Mapping[str, str]) -> float:
    value = headers.get("retry-after", "")
    return float(value) if re.fullmatch(r"[0-9]{1,6}", value) else 0.0
