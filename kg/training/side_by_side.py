"""The steps of a long job in processes of their own, each as soon as those that it needs are done."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from threading import Thread
from typing import Any

from kg.errors import OutputError
from kg.progress import Progress, Silent

Told = tuple[int, str] | None
Do = Callable[[str, Progress], None]


class _Sent(Silent):
    """Reports to the process that the steps were asked for in."""

    def __init__(self, queue: SimpleQueue[Told]) -> None:
        self._queue = queue

    def advance(self, n: int, label: str) -> None:
        self._queue.put((n, label))


_progress: Progress = Silent()


def _begin(queue: SimpleQueue[Told]) -> None:
    global _progress
    _progress = _Sent(queue)


def _carry_out(do: Do, name: str) -> str:
    do(name, _progress)
    return name


def carry_out(needs: Mapping[str, frozenset[str]], do: Do, progress: Progress) -> None:
    """Calls ``do`` with the name of each step and where it reports to; as many at once as there are cores.

    ``needs`` has the steps that are left, each with those of them that come before it; ``do`` must be picklable. Where
    one fails, those beside it are brought to their end, since what they make is kept; then its error is raised. Raises
    ``OutputError`` where the system ends a process, as it does when memory runs out.
    """
    context = get_context("spawn")
    queue: SimpleQueue[Told] = context.SimpleQueue()
    listener = Thread(target=_listen, args=(queue, progress))
    listener.start()
    try:
        with ProcessPoolExecutor(os.cpu_count(), context, _begin, (queue,)) as pool:
            _schedule(dict(needs), lambda name: pool.submit(_carry_out, do, name))
    except BrokenProcessPool:
        raise OutputError("the system ended a process, for want of memory perhaps; run again to go on") from None
    finally:
        queue.put(None)
        listener.join()


def _schedule(left: dict[str, frozenset[str]], submit: Callable[[str], Future[str]]) -> None:
    done: set[str] = set()
    running: set[Future[str]] = set()
    while left or running:
        for name in [name for name, before in left.items() if before <= done]:
            del left[name]
            running.add(submit(name))
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        done.update(future.result() for future in finished)


def _listen(queue: SimpleQueue[Any], progress: Progress) -> None:
    while told := queue.get():
        progress.advance(*told)
