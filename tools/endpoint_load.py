"""Many clients at once: ``python -m tools.endpoint_load http://localhost:7878/query`` and what they had to wait for.

Each client asks the named questions, with their defaults, one after the other, each client from another place on, until
the time is over; an answer is read to its end. ``--anew`` puts another comment into each query, which an endpoint that
keeps answers has to evaluate then. Printed are the requests, the errors and the milliseconds to the median
and to the 99th percentile, of all and of the slowest questions.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median

import httpx

from kg.query.questions import load

RESULTS = {"Accept": "application/sparql-results+json, application/n-triples;q=0.9"}
SHOWN = 5


@dataclass
class Waits:
    """The seconds that each question took, by its name, and the errors by what they were."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, other: Waits) -> None:
        for name, seconds in other.seconds.items():
            self.seconds[name] += seconds
        self.errors += other.errors


def questions(names: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The named questions, or some of them, as SPARQL; never those that ask other endpoints."""
    return [(name, each.sparql()) for name, each in load().items() if not each.federated and name in (names or load())]


def client(
    endpoint: str,
    asked: Sequence[tuple[str, str]],
    number: int,
    seconds: float,
    timeout: float,
    clock: Callable[[], float] = time.monotonic,
    anew: bool = False,
) -> Waits:
    """What the client of this number saw, which begins with the question of this number."""
    waits = Waits()
    with httpx.Client(trust_env=False, timeout=timeout, headers=RESULTS) as http:
        at, end = number, clock() + seconds
        while (began := clock()) < end:
            name, query = asked[at % len(asked)]
            at += 1
            error = ask(http, endpoint, f"{query}# {number}, {at}" if anew else query)
            waits.seconds[name].append(clock() - began)
            waits.errors.update([f"{name}: {error}"] if error else [])
    return waits


def ask(http: httpx.Client, endpoint: str, query: str) -> str:
    """Nothing where the answer is one; what was wrong with it otherwise."""
    try:
        answer = http.post(endpoint, data={"query": query})
    except httpx.HTTPError as error:
        return type(error).__name__
    whole = answer.text.rstrip().endswith(("}", " ."))
    return "" if answer.status_code == 200 and whole else f"{answer.status_code}{'' if whole else ', cut off'}"


def percentile(seconds: Sequence[float], share: float) -> float:
    """The value that this share of the seconds does not exceed."""
    return sorted(seconds)[max(0, -int(-len(seconds) * share // 1) - 1)]


def report(waits: Waits, seconds: float) -> str:
    """The figures, a line each."""
    every = [wait for each in waits.seconds.values() for wait in each]
    lines = [
        f"{len(every)} requests, {len(every) / seconds:.1f} a second, {waits.errors.total()} errors; {told(every)}"
    ]
    lines += [f"  error {number} times: {error}" for error, number in waits.errors.most_common(SHOWN)]
    slow = sorted(waits.seconds.items(), key=lambda item: -median(item[1]))[:SHOWN]
    return "\n".join([*lines, *(f"  {name}: {len(each)} requests; {told(each)}" for name, each in slow)])


def told(seconds: Sequence[float]) -> str:
    return f"median {median(seconds) * 1000:.0f} ms, 99th percentile {percentile(seconds, 0.99) * 1000:.0f} ms"


def measured(endpoint: str, asked: Sequence[tuple[str, str]], called: argparse.Namespace) -> Waits:
    """What all clients saw."""
    total = Waits()
    with ThreadPoolExecutor(called.clients) as pool:
        running = [
            pool.submit(client, endpoint, asked, number, called.seconds, called.timeout, anew=called.anew)
            for number in range(called.clients)
        ]
        for each in running:
            total.add(each.result())
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("endpoint", nargs="+", help="each is asked for as long, one after the other")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--timeout", type=float, default=60, help="seconds until an answer counts as an error")
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="some of the named questions alone")
    parser.add_argument("--anew", action="store_true", help="make each query another one, so that no answer is kept")
    called = parser.parse_args()
    asked = questions(called.only)
    for endpoint in called.endpoint:
        began = time.monotonic()
        waits = measured(endpoint, asked, called)
        print(f"{called.clients} clients, {called.seconds:g} s, {len(asked)} questions at {endpoint}")
        print(report(waits, time.monotonic() - began), flush=True)


if __name__ == "__main__":
    main()
