"""The keeper: a process that opens the graph once and forks the workers, which share its memory.

It talks with the server over one socket: first how far it has read, then on each order to fork (with the worker's end
of a socket), to kill or to tell how a worker ended. It ends, and its workers with it, when the server is gone.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Store

from kg.errors import TreatygraphError
from kg.query import graphs
from kg.serve import fences, views, wire
from kg.serve.graph import Graph
from kg.serve.index import Index
from kg.serve.texts import Texts
from kg.serve.worker import work


def main(descriptor: int) -> None:
    """Serve the socket of this number until its other side is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the server says when to stop
    control = socket.socket(fileno=descriptor)
    with suppress(wire.Closed):
        orders, _ = wire.receive(control)
        try:
            worker = _prepared(orders, control)
        except TreatygraphError as error:
            wire.send(control, {"failed": str(error), "code": int(error.exit_code)})
            return
        Keeper(control, worker).run()


Worker = Callable[[socket.socket], None]


def _prepared(orders: wire.Head, control: socket.socket) -> Worker:
    """What each forked worker runs, after the graph is read."""

    def told(read: int, size: int) -> None:
        wire.send(control, {"read": read, "size": size})

    path = Path(orders["graph"])
    texts = Texts.read(Path(orders["texts"])) if orders["texts"] else Texts()
    folder = path.is_dir()
    shared = Graph.indexed(Store(), _in_a_child(path), texts) if folder else Graph.of(graphs.load(path, told), texts)
    views.prepare()
    wire.send(control, {"ready": True, "triples": shared.index.triples, "origin": shared.index.origin})

    def run(requests: socket.socket) -> None:
        graph = replace(shared, store=graphs.load(path)) if folder else shared
        fences.limit_memory(orders["mebibytes"])
        if not orders["allow_hosts"]:
            fences.cut_off(files=folder)
        work(graph, requests, orders["rows"])

    return run


def _in_a_child(path: Path) -> Index:
    """The index of a store folder, made in a process of its own: RocksDB starts threads, which no fork survives."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        with os.fdopen(writing, "wb") as out:
            pickle.dump(_index_or_error(path), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        found = pickle.load(source)
    os.waitpid(pid, 0)
    if isinstance(found, Index):
        return found
    raise found


def _index_or_error(path: Path) -> Index | TreatygraphError:
    try:
        return Index.of(graphs.load(path))
    except TreatygraphError as error:
        return error


class Keeper:
    """Follows the orders ``fork`` (a socket comes with it), ``kill`` and ``end``, one after the other."""

    def __init__(self, control: socket.socket, worker: Worker) -> None:
        self._control = control
        self._worker = worker
        self._alive: set[int] = set()

    def run(self) -> None:
        """Follow orders until the server is gone, then end the workers."""
        try:
            while True:
                order, _ = wire.receive(self._control)
                self._follow(order)
        finally:
            for pid in self._alive:
                os.kill(pid, signal.SIGKILL)

    def _follow(self, order: wire.Head) -> None:
        match order["do"]:
            case "fork":
                wire.send(self._control, {"pid": self._fork()})
            case "kill":
                if order["pid"] in self._alive:
                    os.kill(order["pid"], signal.SIGKILL)
                wire.send(self._control, {"signal": self._end(order["pid"])})
            case "end":
                wire.send(self._control, {"signal": self._end(order["pid"])})

    def _fork(self) -> int:
        _, sockets, _, _ = socket.recv_fds(self._control, 1, 1)
        pid = os.fork()
        if pid == 0:
            self._become_worker(socket.socket(fileno=sockets[0]))
        os.close(sockets[0])
        self._alive.add(pid)
        return pid

    def _become_worker(self, requests: socket.socket) -> None:
        self._control.close()
        try:
            self._worker(requests)
        finally:
            os._exit(0)

    def _end(self, pid: int) -> int:
        """The signal that ended a worker, 0 for none."""
        if pid not in self._alive:
            return 0
        self._alive.discard(pid)
        status = os.waitpid(pid, 0)[1]
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
