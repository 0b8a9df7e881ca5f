"""Web pages, through urllib: http and https only, with limits of time and size."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from kg.errors import InputError
from kg.reading.options import MAX_BYTES, Fetched

_CHUNK = 65_536
_AGENT = "treatygraph (+https://w3id.org/treatygraph/)"


@dataclass(frozen=True, slots=True)
class UrlFetcher:
    """The default transport. ``timeout`` in seconds bounds the wait for each answer, three times that the whole."""

    timeout: float = 20.0
    agent: str = _AGENT

    def __call__(self, url: str) -> Fetched:
        """The page at an address; raises ``InputError`` with the status, or that there was no answer."""
        try:
            request = urllib.request.Request(url, headers={"User-Agent": self.agent, "Accept-Encoding": "identity"})
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                return Fetched(self._body(url, answer), answer.headers.get("Content-Type"), answer.url)
        except urllib.error.HTTPError as error:
            error.close()
            raise InputError(url, f"the server answers {error.code} {error.reason}".rstrip()) from None
        except TimeoutError:
            raise InputError(url, f"no answer within {self.timeout:g} seconds") from None
        except urllib.error.URLError as error:
            raise InputError(url, self._cause(error.reason)) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InputError(url, self._cause(error)) from None

    def _body(self, url: str, answer: http.client.HTTPResponse) -> bytes:
        """All of the body; a server that drips is cut off, for the timeout alone only bounds the wait for a byte."""
        deadline = time.monotonic() + 3 * self.timeout
        body = bytearray()
        while chunk := answer.read1(_CHUNK):
            body += chunk
            if len(body) > MAX_BYTES:
                raise InputError(url, f"larger than {MAX_BYTES // 1_000_000} MB")
            if time.monotonic() > deadline:
                raise InputError(url, f"not complete within {3 * self.timeout:g} seconds")
        return bytes(body)

    def _cause(self, reason: object) -> str:
        if isinstance(reason, TimeoutError):
            return f"no answer within {self.timeout:g} seconds"
        return f"no answer: {reason}"
