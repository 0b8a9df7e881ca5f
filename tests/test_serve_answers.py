"""Answers that are kept, those that are not, and what several ask at once."""

from __future__ import annotations

import asyncio

import pytest

from kg.serve import wire
from kg.serve.answers import LARGEST, Answers
from kg.serve.reply import Reply


class Pool:
    """Counts what it is asked, and takes its time."""

    def __init__(self, status: int = 200, size: int = 10) -> None:
        self.asked: list[wire.Head] = []
        self.status, self.size = status, size

    async def ask(self, head: wire.Head) -> Reply:
        self.asked.append(head)
        await asyncio.sleep(0.001)
        return Reply(self.status, "text/plain", str(len(self.asked)).encode() * self.size)


def query(text: str) -> wire.Head:
    return {"do": "query", "query": text}


def answered(answers: Answers, *heads: wire.Head) -> list[bytes]:
    async def one_by_one() -> list[bytes]:
        return [(await answers.ask(head)).body for head in heads]

    return asyncio.run(one_by_one())


def test_the_same_request_is_asked_once() -> None:
    pool = Pool(size=1)
    text, view = query("SELECT * { ?known ?p ?o }"), {"do": "view", "view": "home", "arguments": {"today": "2026"}}
    assert answered(Answers(pool.ask), text, view, text, view) == [b"1", b"2", b"1", b"2"]


def test_what_differs_in_anything_is_another_request() -> None:
    pool = Pool(size=1)
    assert answered(Answers(pool.ask), query("ASK {}"), query("ASK { }"), {**query("ASK {}"), "results": "x"}) == [
        b"1",
        b"2",
        b"3",
    ]


def test_what_many_want_at_once_is_asked_once() -> None:
    pool = Pool()

    async def together() -> set[bytes]:
        answers = Answers(pool.ask)
        return {reply.body for reply in await asyncio.gather(*(answers.ask(query("ASK {}")) for _ in range(50)))}

    assert len(asyncio.run(together())) == len(pool.asked) == 1


def test_one_who_goes_away_takes_the_answer_from_nobody() -> None:
    pool = Pool()

    async def left() -> Reply:
        answers = Answers(pool.ask)
        first, second = (asyncio.create_task(answers.ask(query("ASK {}"))) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert asyncio.run(left()).status == 200 and len(pool.asked) == 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand() AS ?x) {}",
        "SELECT (UUID() AS ?x) {}",
        "SELECT (STRUUID() AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "SELECT * { SERVICE <http://a.test/> { ?s ?p ?o } }",
        r"SELECT (\u004EOW() AS ?x) {}",
    ],
)
def test_what_may_differ_each_time_is_asked_each_time(text: str) -> None:
    assert len(set(answered(Answers(Pool().ask), query(text), query(text)))) == 2


@pytest.mark.parametrize("pool", [Pool(status=503), Pool(size=LARGEST + 1)], ids=["refused", "large"])
def test_what_is_not_kept(pool: Pool) -> None:
    answered(Answers(pool.ask), query("ASK {}"), query("ASK {}"))
    assert len(pool.asked) == 2


def test_what_was_asked_longest_ago_goes_first() -> None:
    pool = Pool(size=1000)
    answers = Answers(pool.ask, room=2500)
    a, b, c = (query(f"ASK {{ {name} }}") for name in "abc")
    answered(answers, a, b, a, c, a)
    assert pool.asked == [a, b, c]
    answered(answers, b)
    assert pool.asked == [a, b, c, b]
