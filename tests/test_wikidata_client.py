"""The client: who asks, how often, how long it waits, what it keeps."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import threading
import time
from pathlib import Path

import pytest
from wikidata_server import FIXTURES, services, serving

from kg.errors import SettingsError, StoreError
from kg.wikidata.client import Client, Patience, checked_address, user_agent
from kg.wikidata.transport import Answer, Request, UrllibTransport

URL = "https://api.example.org/w/api.php"
MAXLAG = (FIXTURES / "maxlag.json").read_bytes()
NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


class Recorded:
    """A transport that gives these answers, one after the other, and notes what is asked."""

    def __init__(self, *answers: Answer | BaseException) -> None:
        self.answers, self.requests = list(answers), list[Request]()

    def __call__(self, request: Request) -> Answer:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def ok(value: object = None) -> Answer:
    return Answer(200, {}, json.dumps({"a": 1} if value is None else value).encode())


def client(transport: Recorded, cache: Path | None = None, **patience: float) -> tuple[Client, list[float]]:
    """A client that does not sleep but notes for how long it would."""
    slept: list[float] = []
    made = Client("agent", cache, transport, Patience(**patience), slept.append, lambda: NOW)  # type: ignore[arg-type]
    return made, slept


@pytest.mark.parametrize("contact", ["me@example.org", "https://example.org/me"])
def test_the_agent_names_the_contact(contact: str) -> None:
    assert contact in user_agent(contact) and user_agent(contact).startswith("treatygraph/")


@pytest.mark.parametrize("contact", [None, "", "me", "me@x", "a@b.c\r\nX-Evil: 1", "me @example.org", "ftp://x"])
def test_without_a_contact_nothing_is_asked(contact: str | None) -> None:
    with pytest.raises(SettingsError, match="--contact"):
        user_agent(contact)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/y", "http://", "x", "http://a b", ""])
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(SettingsError, match="not a web address"):
        checked_address("--endpoint", url)


def test_a_get_and_a_post() -> None:
    transport = Recorded(ok(), ok())
    asking, _ = client(transport)
    assert asking.get(URL, {"q": "a b&c"}) == asking.post(URL, {"q": "é"}) == {"a": 1}
    assert [(r.url, r.body) for r in transport.requests] == [(f"{URL}?q=a+b%26c", None), (URL, b"q=%C3%A9")]
    assert all(r.headers["User-Agent"] == "agent" for r in transport.requests)


def test_it_pauses_between_requests() -> None:
    asking, slept = client(Recorded(ok(), ok(), ok()), pause=1.5)
    for number in range(3):
        asking.get(URL, {"n": str(number)})
    assert slept == [1.5, 1.5]


WAITS = [
    (Answer(429, {"retry-after": "17"}), 17.0),
    (Answer(503, {"retry-after": "Fri, 02 Jan 2026 03:04:45 GMT"}), 40.0),
    (Answer(503, {"retry-after": "Thu, 01 Jan 2026 00:00:00 GMT"}), 0.0),
    (Answer(429, {"retry-after": "soon"}), 5.0),
    (Answer(502), 5.0),
    (Answer(200, {"retry-after": "5"}, MAXLAG), 5.0),
    (Answer(200, {}, MAXLAG), 5.0),
    (TimeoutError("no answer within 60 seconds"), 5.0),
    (ConnectionError("no answer: refused"), 5.0),
]


@pytest.mark.parametrize(("refusal", "wait"), WAITS)
def test_it_waits_as_it_is_told_and_asks_again(refusal: Answer | Exception, wait: float) -> None:
    asking, slept = client(Recorded(refusal, ok()), pause=0)
    assert asking.get(URL, {}) == {"a": 1}
    assert slept == [wait, 0]


def test_it_waits_twice_as_long_each_time_and_gives_up() -> None:
    asking, slept = client(Recorded(*[Answer(503)] * 4), pause=0, first=5, longest=15, tries=4)
    with pytest.raises(StoreError, match=r"the server answers 503, 4 times\. Call again later"):
        asking.get(URL, {})
    assert [wait for wait in slept if wait] == [5, 10, 15]


def test_it_does_not_wait_for_an_hour(tmp_path: Path) -> None:
    asking, slept = client(Recorded(Answer(429, {"retry-after": "3600"})), tmp_path)
    with pytest.raises(StoreError, match=r"come back in 3600 seconds. Call again later: what was answered is kept in"):
        asking.get(URL, {})
    assert slept == []


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Answer(403), "answers 403"),
        (Answer(404), "answers 404"),
        (Answer(302, {"location": "http://169.254.169.254/"}), "answers 302"),
        (Answer(200, {}, b"<html>"), "no JSON"),
        (Answer(200, {}, b'{"error": {"code": "badvalue", "info": "no such thing"}}'), "badvalue: no such thing"),
    ],
)
def test_what_waiting_does_not_help_is_said_at_once(answer: Answer, cause: str, tmp_path: Path) -> None:
    asking, slept = client(Recorded(answer), tmp_path)
    with pytest.raises(StoreError, match=cause):
        asking.get(URL, {})
    assert slept == [] and list(tmp_path.iterdir()) == []


def test_what_was_answered_is_not_asked_again(tmp_path: Path) -> None:
    first, _ = client(Recorded(ok({"n": 1}), ok({"n": 2})), tmp_path)
    assert [first.get(URL, {"q": "x"}), first.post(URL, {"q": "x"})] == [{"n": 1}, {"n": 2}]
    again, _ = client(Recorded(), tmp_path)
    assert [again.get(URL, {"q": "x"}), again.post(URL, {"q": "x"})] == [{"n": 1}, {"n": 2}]


def test_a_stopped_run_goes_on_from_the_cache(tmp_path: Path) -> None:
    stopped, _ = client(Recorded(ok({"n": 1}), KeyboardInterrupt()), tmp_path)
    stopped.get(URL, {"q": "1"})
    with pytest.raises(KeyboardInterrupt):
        stopped.get(URL, {"q": "2"})
    transport = Recorded(ok({"n": 2}))
    again, _ = client(transport, tmp_path)
    assert [again.get(URL, {"q": q})["n"] for q in "12"] == [1, 2]
    assert len(transport.requests) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"x": 1}'])
def test_a_broken_file_of_the_cache_is_asked_anew(content: str, tmp_path: Path) -> None:
    asking, _ = client(Recorded(ok({"n": 1}), ok({"n": 2})), tmp_path)
    asking.get(URL, {})
    (file,) = tmp_path.rglob("*.json")
    file.write_text(content)
    assert asking.get(URL, {}) == {"n": 2}
    assert json.loads(file.read_text())["answer"] == {"n": 2}


def test_one_request_at_a_time_whoever_asks() -> None:
    waiting: list[int] = []
    most: list[int] = []

    def slowly(request: Request) -> Answer:
        waiting.append(1)
        most.append(len(waiting))
        time.sleep(0.01)
        waiting.pop()
        return ok()

    asking = Client("agent", None, slowly, Patience(pause=0))
    threads = [threading.Thread(target=asking.get, args=(URL, {"n": str(n)})) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_the_transport_reads_packed_answers_and_takes_refusals_and_redirects_as_they_come() -> None:
    packed = gzip.compress(b'{"x": 1}')
    with serving(services()) as state:
        state.refusals = [
            (200, {"Content-Encoding": "gzip"}, packed),
            (429, {"Retry-After": "7"}, b""),
            (302, {"Location": f"{state.url}/elsewhere"}, b""),
        ]
        send = UrllibTransport(5)
        answers = [send(Request(f"{state.url}/w/api.php")) for _ in range(3)]
    assert answers[0].body == b'{"x": 1}'
    assert (answers[1].status, answers[1].headers["retry-after"]) == (429, "7")
    assert answers[2].status == 302 and len(state.asked) == 3


def test_the_transport_says_that_nobody_answers() -> None:
    with serving(services()) as state:
        url = state.url
    with pytest.raises(ConnectionError, match="no answer"):
        UrllibTransport(2)(Request(url))


def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.wikidata.transport.MAX_BYTES", 1000)
    with serving(services()) as state:
        state.refusals = [(200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 100_000)), (200, {}, b"0" * 2000)]
        for _ in range(2):
            with pytest.raises(StoreError, match="larger than"):
                UrllibTransport(5)(Request(state.url))
