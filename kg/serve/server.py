"""The whole: open the graph, say where it is served, answer until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing, suppress

import uvicorn

from kg.errors import StoreError
from kg.progress import Progress
from kg.serve.app import application
from kg.serve.pool import KeeperProcess, Opened, Pool
from kg.serve.settings import ServeSettings

_MEBIBYTE = 1 << 20
_BACKLOG = 512

Ready = Callable[[str, Opened], None]
"""Is told the address that a browser opens, and what is served there."""


def serve(settings: ServeSettings, progress: Progress, ready: Ready) -> None:
    """Serve a graph until the process is interrupted.

    ``progress`` counts the mebibytes that are read. Raises ``InputError`` for a graph that cannot be read, and
    ``StoreError`` for an address that cannot be listened at.
    """
    with closing(_listener(settings)) as listener:
        keeper = KeeperProcess.start(settings, _Reading(settings.graph.name, progress))
        progress.done()
        try:
            ready(_address(listener), keeper.opened)
            _answer(listener, keeper, settings)
        finally:
            keeper.stop()


def _answer(listener: socket.socket, keeper: KeeperProcess, settings: ServeSettings) -> None:
    app = application(Pool(keeper, settings), settings)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2, lifespan="on"
    )
    with suppress(KeyboardInterrupt):  # the way to stop a server
        uvicorn.Server(config).run(sockets=[listener])


class _Reading:
    """Tells a progress bar how many mebibytes are read."""

    def __init__(self, name: str, progress: Progress) -> None:
        self._label = f"MiB of {name}"
        self._progress = progress
        self._told = -1

    def __call__(self, read: int, size: int) -> None:
        if self._told < 0:
            self._progress.start(-(-size // _MEBIBYTE))
            self._told = 0
        whole = read >= size
        units = -(-size // _MEBIBYTE) if whole else read // _MEBIBYTE
        if units > self._told:
            self._progress.advance(units - self._told, "indexing the names" if whole else self._label)
            self._told = units


def _listener(settings: ServeSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise StoreError(f"{settings.host}, port {settings.port}: {error.strerror or error}") from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
