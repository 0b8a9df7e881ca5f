"""Answers that are kept: the graph does not change while it is served, so the same request has the same answer."""

from __future__ import annotations

import asyncio
import json
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from kg.serve import wire
from kg.serve.reply import Reply

ROOM = 64 << 20
"""How many bytes of answers are kept in all; the one that was asked for longest ago goes first."""
LARGEST = 16 << 20
"""How many bytes an answer may have to be kept."""

# What is escaped (SPARQL 1.1 Query, 19.2) could be any of the words.
_CHANGING = re.compile(r"service|\b(?:now|rand|uuid|struuid|bnode)\b|\\u", re.IGNORECASE)

Ask = Callable[[wire.Head], Awaitable[Reply]]


class Answers:
    """Asks by ``ask`` what is not kept yet, and what several want at the same time only once."""

    def __init__(self, ask: Ask, room: int = ROOM) -> None:
        self._ask = ask
        self._room = room
        self._kept: OrderedDict[str, Reply] = OrderedDict()
        self._asked: dict[str, asyncio.Task[Reply]] = {}

    async def ask(self, head: wire.Head) -> Reply:
        """The answer to a request; one that may differ each time, as by ``RAND()`` or ``SERVICE``, is asked anew."""
        if _CHANGING.search(head.get("query", "")):
            return await self._ask(head)
        key = json.dumps(head, sort_keys=True)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked[key] = asyncio.create_task(self._make(key, head))
        return await asyncio.shield(self._asked[key])

    async def _make(self, key: str, head: wire.Head) -> Reply:
        try:
            reply = await self._ask(head)
        finally:
            del self._asked[key]
        if reply.status == 200 and len(reply.body) <= LARGEST:
            self._keep(key, reply)
        return reply

    def _keep(self, key: str, reply: Reply) -> None:
        self._kept[key] = reply
        self._room -= len(key) + len(reply.body)
        while self._room < 0:
            old, gone = self._kept.popitem(last=False)
            self._room += len(old) + len(gone.body)
