"""Messages between the processes: a JSON head and a body of bytes, each with its length in front."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

_LENGTHS = struct.Struct("!IQ")
Head = dict[str, Any]


class Closed(Exception):
    """The other side is gone."""


def packed(head: Head, body: bytes = b"") -> bytes:
    """A message as it is sent."""
    text = json.dumps(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def send(to: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send a message; raises ``Closed`` when nobody reads it."""
    try:
        to.sendall(packed(head, body))
    except OSError as error:
        raise Closed from error


def receive(source: socket.socket) -> tuple[Head, bytes]:
    """The next message; raises ``Closed`` at the end."""
    head, body = _LENGTHS.unpack(_exactly(source, _LENGTHS.size))
    return json.loads(_exactly(source, head)), _exactly(source, body)


async def received(source: asyncio.StreamReader) -> tuple[Head, bytes]:
    """The next message, without blocking; raises ``Closed`` at the end."""
    try:
        head, body = _LENGTHS.unpack(await source.readexactly(_LENGTHS.size))
        return json.loads(await source.readexactly(head)), await source.readexactly(body)
    except (asyncio.IncompleteReadError, OSError) as error:
        raise Closed from error


def _exactly(source: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = source.recv(min(size - len(parts), 1 << 20))
        except OSError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts += part
    return bytes(parts)
