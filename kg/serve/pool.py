"""The workers as the server sees them: one request each, a limit of time, and a new one for each that was killed."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import ExitCode, InputError, SettingsError, StoreError
from kg.serve import wire
from kg.serve.reply import Reply
from kg.serve.settings import ServeSettings

_STOPPING = 5.0
_PATIENCE = 3
"""How many times as long as it may be evaluated a request waits for a worker: waiting uses nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the keeper tells of the graph: how many triples it has, and the origin that its IRIs begin with."""

    triples: int
    origin: str


class KeeperProcess:
    """The keeper, from this side. ``opened`` is what it has read; made by ``start``."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket, opened: Opened) -> None:
        self._process = process
        self._control = control
        self.opened = opened

    @classmethod
    def start(cls, settings: ServeSettings, told: Callable[[int, int], None]) -> KeeperProcess:
        """Start the keeper and wait until the graph is read; ``told`` hears how many bytes, of how many.

        Raises ``InputError`` for a graph that cannot be read, ``StoreError`` when the keeper dies.
        """
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kg.serve.keeper", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()
        try:
            wire.send(ours, _orders(settings))
            return cls(process, ours, _opened(ours, settings, told))
        except wire.Closed as error:
            process.kill()
            how = process.wait()
            ours.close()
            raise StoreError(
                f"{settings.graph}: the process that reads it ended ({how}); is there memory enough?"
            ) from error
        except BaseException:
            process.kill()
            process.wait()
            ours.close()
            raise

    def order(self, order: wire.Head, sent: socket.socket | None = None) -> wire.Head:
        """Give an order and return the answer."""
        wire.send(self._control, order)
        if sent is not None:
            socket.send_fds(self._control, [b"f"], [sent.fileno()])
        return wire.receive(self._control)[0]

    def stop(self) -> None:
        """End the keeper and all its workers."""
        self._control.close()
        try:
            self._process.wait(_STOPPING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _orders(settings: ServeSettings) -> wire.Head:
    return {
        "graph": str(settings.graph),
        "texts": str(settings.texts) if settings.texts else None,
        "allow_hosts": list(settings.allow_hosts),
        "mebibytes": settings.limits.mebibytes,
        "rows": settings.limits.rows,
    }


def _opened(control: socket.socket, settings: ServeSettings, told: Callable[[int, int], None]) -> Opened:
    while True:
        head, _ = wire.receive(control)
        if "read" in head:
            told(head["read"], head["size"])
        elif "failed" in head:
            raise _failure(head, settings)
        else:
            return Opened(head["triples"], head["origin"])


def _failure(head: wire.Head, settings: ServeSettings) -> InputError | SettingsError:
    message: str = head["failed"]
    if head["code"] == ExitCode.INPUT:
        return InputError(*message.split(": ", 1)) if ": " in message else InputError(str(settings.graph), message)
    return SettingsError(message)


class Worker:
    """One worker and the two ends of talking to it."""

    def __init__(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.pid = pid
        self._reader = reader
        self._writer = writer

    async def ask(self, head: wire.Head) -> Reply:
        """The answer; raises ``wire.Closed`` when the worker dies over it."""
        self._writer.write(wire.packed(head))
        told, body = await wire.received(self._reader)
        return Reply(told["status"], told["type"], body, told["headers"])

    def close(self) -> None:
        """Let go of the connection."""
        self._writer.close()


class Pool:
    """A number of workers. ``start`` them within the event loop, ``ask`` as often as you like."""

    def __init__(self, keeper: KeeperProcess, settings: ServeSettings) -> None:
        self._keeper = keeper
        self._size = settings.workers
        self._seconds = settings.limits.seconds
        self._mebibytes = settings.limits.mebibytes
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()

    async def start(self) -> None:
        """Fork the workers."""
        for _ in range(self._size):
            self._idle.put_nowait(await self._fork())

    async def ask(self, head: wire.Head) -> Reply:
        """The answer of some worker, or a reply that says which limit stopped it."""
        try:
            worker = await asyncio.wait_for(self._idle.get(), _PATIENCE * self._seconds)
        except TimeoutError:
            return Reply(
                503, "text/plain; charset=utf-8", b"Busy: no worker became free in time\n", {"Retry-After": "5"}
            )
        try:
            reply = await asyncio.wait_for(worker.ask(head), self._seconds)
        except TimeoutError:
            await self._replace(worker, "kill")
            return Reply.plain(
                503, f"Stopped after {self._seconds:g} seconds, the limit of one request; nothing is sent"
            )
        except asyncio.CancelledError:
            await asyncio.shield(self._replace(worker, "kill"))
            raise
        except wire.Closed:
            return self._died(await self._replace(worker, "end"))
        self._idle.put_nowait(worker)
        return reply

    def _died(self, by: int) -> Reply:
        if by in (signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL):
            return Reply.plain(503, f"Out of memory: the query needs more than {self._mebibytes} MiB; nothing is sent")
        return Reply.plain(500, "The worker ended over this request; nothing is sent")

    async def _replace(self, worker: Worker, how: str) -> int:
        worker.close()
        ended = self._keeper.order({"do": how, "pid": worker.pid})["signal"]
        self._idle.put_nowait(await self._fork())
        return int(ended)

    async def _fork(self) -> Worker:
        ours, theirs = socket.socketpair()
        pid = self._keeper.order({"do": "fork"}, theirs)["pid"]
        theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        return Worker(pid, reader, writer)
