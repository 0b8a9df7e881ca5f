"""Web addresses, against a server of our own."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.errors import InputError
from kg.model import Document
from kg.reading import Fetched, ReadingOptions, UrlFetcher, fetch, read_inputs

TEXT = (
    "Protocol signed\n\nThe delegations met on Monday in the old town hall and agreed on a protocol about fisheries.\n"
)
ANSWERS = {
    "/pact.txt": ("text/plain; charset=utf-8", TEXT.encode()),
    "/pact": ("application/octet-stream", TEXT.encode()),
    "/koi": ("text/plain; charset=koi8-r", "Президент подписал договор. Он вступил в силу.".encode("koi8-r")),
    "/pact.txt.gz": ("application/gzip", gzip.compress(TEXT.encode())),
    "/lines": ("application/x-ndjson", b'{"text": "One sentence."}\n{"text": "Another."}\n'),
    "/empty": ("text/plain", b""),
    "/big": ("text/plain", b"x" * 3000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/pact.txt")
            self.end_headers()
        elif self.path not in ANSWERS:
            self.send_error(404, "Not Found")
        else:
            kind, body = ANSWERS[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def one(address: str, timeout: float = 5) -> Document | InputError:
    [found] = read_inputs([address], ReadingOptions(fetch=UrlFetcher(timeout=timeout)))
    return found


@pytest.mark.parametrize("path", ["/pact.txt", "/pact", "/pact.txt.gz", "/moved"])
def test_a_text_is_fetched(site: str, path: str) -> None:
    document = one(site + path)
    assert isinstance(document, Document)
    assert (document.text, document.title, document.source) == (TEXT, "Protocol signed", site + path)


def test_the_address_that_answered_is_kept(site: str) -> None:
    document = one(f"{site}/moved")
    assert isinstance(document, Document) and document.url == f"{site}/pact.txt"


def test_the_charset_of_the_answer_is_used(site: str) -> None:
    document = one(f"{site}/koi")
    assert isinstance(document, Document) and document.text.startswith("Президент")


def test_json_lines_are_known_by_their_media_type(site: str) -> None:
    assert len(list(read_inputs([f"{site}/lines"], ReadingOptions(fetch=UrlFetcher())))) == 2


def test_answers_that_are_errors(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 2000)
    found = {path: one(site + path) for path in ("/none", "/empty", "/big")}
    assert all(isinstance(error, InputError) for error in found.values())
    assert str(found["/none"]) == f"{site}/none: the server answers 404 Not Found"
    assert str(found["/empty"]).endswith(": empty")
    assert "larger than" in str(found["/big"])


def test_a_server_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = one(f"http://127.0.0.1:{silent.getsockname()[1]}/x", timeout=0.2)
    assert isinstance(error, InputError) and "no answer within 0.2 seconds" in error.cause


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    error = one(f"http://127.0.0.1:{port}/x")
    assert isinstance(error, InputError) and "no answer" in error.cause


@pytest.mark.parametrize("address", ["http://", "http://[", "http://a b/", "https://127.0.0.1:0/", "http://x:y/"])
def test_addresses_that_are_none(address: str) -> None:
    assert isinstance(one(address, timeout=0.2), InputError)


def test_the_transport_can_be_replaced() -> None:
    def canned(url: str) -> Fetched:
        return Fetched(TEXT.encode(), "text/plain", url)

    [document] = read_inputs(["https://example.org/2025/01/17/pact"], ReadingOptions(fetch=canned))
    assert isinstance(document, Document)
    assert (document.id, document.publisher) == ("document/pact", "example.org")
    assert document.issued and document.issued.text == "2025-01-17"
