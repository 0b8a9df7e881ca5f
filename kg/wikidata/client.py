"""A client that keeps to the rules of Wikimedia's services: it says who asks, asks one thing at a time, and waits.

See https://www.mediawiki.org/wiki/API:Etiquette (user agent, ``maxlag``), the user agent policy of the Wikimedia
Foundation, and RFC 9110, 10.2.3 (``Retry-After``). Answers are kept on disk, so that a run that was stopped goes on
where it was and nothing is asked twice.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from kg import __version__
from kg.errors import SettingsError, StoreError
from kg.wikidata.transport import Answer, Request, Transport, UrllibTransport
from kg.writing import write_text

CONTACT = "TREATYGRAPH_CONTACT"
"""The environment variable that stands for ``--contact``."""

_CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|https?://[^\s<>()]+")
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """``pause`` seconds lie between two requests; after a refusal the client waits as long as the server says, else
    ``first`` seconds and each time twice as long, up to ``longest``, and gives up after ``tries``."""

    pause: float = 1.0
    first: float = 5.0
    longest: float = 120.0
    tries: int = 6


def user_agent(contact: str | None) -> str:
    """The agent with the contact that Wikimedia asks for; ``SettingsError`` without an e-mail or web address."""
    if not contact or not _CONTACT.fullmatch(contact):
        raise SettingsError(
            f"--contact: the service wants to know whom to write to: an e-mail or web address, or set {CONTACT}"
        )
    python = ".".join(map(str, sys.version_info[:2]))
    return f"treatygraph/{__version__} (https://w3id.org/treatygraph/; {contact}) python-urllib/{python}"


def checked_address(option: str, url: str) -> str:
    """The address; ``SettingsError`` for one that is not of the web."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", url):
        raise SettingsError(f"{option} {url}: not a web address")
    return url


@dataclass(slots=True)
class Client:
    """Asks for JSON. ``cache`` is a folder, or None; ``sleep``, ``now`` and ``transport`` can be replaced."""

    agent: str
    cache: Path | None = None
    transport: Transport = field(default_factory=UrllibTransport)
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    asked: int = 0
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def get(self, url: str, params: Mapping[str, str]) -> Any:
        """The answer to a GET; see :meth:`_ask`."""
        return self._ask(f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url, None)

    def post(self, url: str, form: Mapping[str, str]) -> Any:
        """The answer to a POST of a form."""
        return self._ask(url, urlencode(form).encode())

    def _ask(self, url: str, body: bytes | None) -> Any:
        """The JSON, from the cache where it is there.

        Raises ``StoreError`` when the service refuses for good, asks for too much patience, or answers something else.
        """
        with self._one_at_a_time:
            known = self._kept(url, body)
            if known is not None:
                return known
            answer = self._patiently(url, body)
            self._keep(url, body, answer)
            return answer

    def _patiently(self, url: str, body: bytes | None) -> Any:
        headers = {"User-Agent": self.agent, "Accept": "application/json", "Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        cause = ""
        for tried in range(self.patience.tries):
            if self.asked:
                self.sleep(self.patience.pause)
            self.asked += 1
            try:
                answer = self.transport(Request(url, headers, body))
            except (TimeoutError, ConnectionError) as error:
                cause, wait = str(error), None
            else:
                found = _refusal(answer)
                if found is None:
                    return _json(url, answer)
                cause, wait = found, self._retry_after(answer)
            if tried + 1 < self.patience.tries:
                self._wait(url, cause, wait, tried)
        raise StoreError(f"{_short(url)}: {cause}, {self.patience.tries} times. {self._hint()}")

    def _wait(self, url: str, cause: str, asked: float | None, tried: int) -> None:
        if asked is not None and asked > self.patience.longest:
            raise StoreError(f"{_short(url)}: {cause}; asks to come back in {asked:.0f} seconds. {self._hint()}")
        self.sleep(min(self.patience.longest, self.patience.first * 2**tried) if asked is None else asked)

    def _retry_after(self, answer: Answer) -> float | None:
        """Seconds, or a date to wait for."""
        text = answer.headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,9}", text):
            return float(text)
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
        when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
        return max(0.0, (when - self.now()).total_seconds())

    def _hint(self) -> str:
        return f"Call again later: what was answered is kept in {self.cache}" if self.cache else "Call again later"

    def _place(self, url: str, body: bytes | None) -> Path | None:
        digest = hashlib.sha256(url.encode() + b"\0" + (body or b"")).hexdigest()
        return self.cache / digest[:2] / f"{digest}.json" if self.cache else None

    def _kept(self, url: str, body: bytes | None) -> Any:
        place = self._place(url, body)
        if place is None or not place.is_file():
            return None
        try:
            return json.loads(place.read_text(encoding="utf-8"))["answer"]
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, body: bytes | None, answer: Any) -> None:
        if place := self._place(url, body):
            kept = {"url": url, "form": (body or b"").decode(), "answer": answer}
            write_text(place, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _refusal(answer: Answer) -> str | None:
    """Why to try again later, if so: the status, or a database that lags (``maxlag``)."""
    if answer.status in _TRY_AGAIN:
        return f"the server answers {answer.status}"
    if answer.status == 200 and b'"maxlag"' in answer.body[:2000]:
        found = json.loads(answer.body) if answer.body.startswith(b"{") else {}
        error = found.get("error") if isinstance(found, dict) else None
        if isinstance(error, dict) and error.get("code") == "maxlag":
            return "the database lags"
    return None


def _json(url: str, answer: Answer) -> Any:
    if answer.status != 200:
        raise StoreError(f"{_short(url)}: the server answers {answer.status}")
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise StoreError(f"{_short(url)}: the answer is no JSON") from None
    if isinstance(found, dict) and isinstance(found.get("error"), dict):
        error = found["error"]
        raise StoreError(f"{_short(url)}: {error.get('code')}: {error.get('info')}")
    return found


def _short(url: str) -> str:
    return url if len(url) < 120 else f"{url[:117]}..."
