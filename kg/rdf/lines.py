"""N-Triples and N-Quads of any size: sorted in pieces that fit into memory, the pieces merged from files aside."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from tempfile import TemporaryFile
from typing import IO

from pyoxigraph import Quad, Triple

PIECE = 1 << 25
"""How many bytes of lines are sorted at once; they take about twice as much memory."""


def sorted_lines(statements: Iterable[Quad | Triple], piece: int = PIECE) -> Iterator[bytes]:
    """A line for each statement, in the order of code points, each once; no more than ``piece`` bytes are held.

    Raises ``OSError`` where there is no room for the files aside, which nobody else sees.
    """
    with ExitStack() as files:
        held: list[bytes] = []
        aside: list[Iterable[bytes]] = []
        for lines in _pieces(statements, piece):
            if held:
                aside.append(_filled(files.enter_context(TemporaryFile()), held))
            held = sorted(lines)
        yield from (line for line, _ in groupby(heapq.merge(*aside, held)))


def _pieces(statements: Iterable[Quad | Triple], size: int) -> Iterator[set[bytes]]:
    lines: set[bytes] = set()
    room = size
    for statement in statements:
        line = f"{statement} .\n".encode()
        lines.add(line)
        room -= len(line)
        if room < 0:
            yield lines
            lines, room = set(), size
    yield lines


def _filled(file: IO[bytes], lines: Iterable[bytes]) -> IO[bytes]:
    file.writelines(lines)
    file.seek(0)
    return file
