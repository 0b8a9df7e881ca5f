"""HTTP requests as values, and the one way they are sent: http and https, no redirects, limits of time and size."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message

from kg.errors import StoreError

MAX_BYTES = 100_000_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """A GET, or a POST where there is a ``body``."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever the status; the names of ``headers`` are in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


Transport = Callable[[Request], Answer]
"""Sends a request. Raises ``TimeoutError`` or ``ConnectionError`` where trying again may help, else ``StoreError``."""


class _Unfollowed(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other: the address that was configured is the one that is asked."""

    def redirect_request(self, *args: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class UrllibTransport:
    """``timeout`` in seconds bounds the wait for each byte, three times that the whole answer."""

    timeout: float = 60.0

    def __call__(self, request: Request) -> Answer:
        opener = urllib.request.build_opener(_Unfollowed)
        sent = urllib.request.Request(request.url, request.body, dict(request.headers))
        try:
            with opener.open(sent, timeout=self.timeout) as answer:
                return Answer(answer.status, _lower(answer.headers), self._body(request.url, answer))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _lower(error.headers))
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise TimeoutError(f"no answer within {self.timeout:g} seconds") from None
            raise ConnectionError(f"no answer: {error.reason}") from None
        except TimeoutError:
            raise TimeoutError(f"no answer within {self.timeout:g} seconds") from None
        except (OSError, http.client.HTTPException) as error:
            raise ConnectionError(f"no answer: {error or type(error).__name__}") from None

    def _body(self, url: str, answer: http.client.HTTPResponse) -> bytes:
        deadline = time.monotonic() + 3 * self.timeout
        packed = answer.headers.get("Content-Encoding", "").lower() == "gzip"
        unpacker = zlib.decompressobj(31) if packed else None
        body = bytearray()
        while chunk := answer.read1(_CHUNK):
            body += unpacker.decompress(chunk, MAX_BYTES + 1) if unpacker else chunk
            if len(body) > MAX_BYTES:
                raise StoreError(f"{url}: the answer is larger than {MAX_BYTES // 1_000_000} MB")
            if time.monotonic() > deadline:
                raise TimeoutError(f"no whole answer within {3 * self.timeout:g} seconds")
        return bytes(body)


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
