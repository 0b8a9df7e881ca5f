"""The lines of a Wikidata dump (``.json``, ``.gz``, ``.bz2``), with the place to go on from after a stop.

A dump is one JSON array with one entity a line (https://www.wikidata.org/wiki/Wikidata:Database_download). Compressed
files are read stream by stream: a resumed run goes to the start of the stream it stood in and skips what it had read,
which is quick for the many streams of a parallel packer and a new decompression for a single one.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from kg.errors import InputError

_CHUNK = 1 << 16
MAX_LINE = 256 << 20
"""The largest entities have about 10 MB; a longer line is no entity and would fill the memory."""


@dataclass(frozen=True, slots=True)
class Position:
    """After a line: where the stream it is in begins in the file, and how many bytes of it, unpacked, lie behind."""

    stream: int = 0
    skipped: int = 0


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class _Plain:
    eof = False
    unused_data = b""

    def decompress(self, data: bytes, /) -> bytes:
        return data


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    ".gz": lambda: zlib.decompressobj(31),
    ".bz2": bz2.BZ2Decompressor,
}


def lines(path: Path, start: Position | None = None) -> Iterator[tuple[bytes, Position]]:
    """Each line after ``start`` without its end, and the position behind it.

    Raises ``InputError`` for a file that cannot be read, that is broken or that ends too early, and for a line that is
    no entity by its length.
    """
    try:
        with path.open("rb") as file:
            yield from _split(path, _pieces(path, file, start or Position()))
    except OSError as error:  # the unpacker of bz2 raises it without a number
        cause = error.strerror or f"broken compressed data: {error}"
        raise InputError(str(path), cause) from error
    except (zlib.error, ValueError, EOFError) as error:
        raise InputError(str(path), f"broken compressed data: {error}") from error


def _pieces(path: Path, file: BinaryIO, start: Position) -> Iterator[tuple[bytes, int, int]]:
    """Unpacked bytes, the start of their stream and how many bytes of it lie before them."""
    make = _UNPACKERS.get(path.suffix.lower(), _Plain)
    unpacker, stream, done, to_skip = make(), start.stream, 0, start.skipped
    file.seek(stream)
    packed, fed = file.read(_CHUNK), 0
    while packed:
        data = unpacker.decompress(packed)
        fed += len(packed)
        kept = data[to_skip:]
        if kept:
            yield kept, stream, done + len(data) - len(kept)
        to_skip, done = max(0, to_skip - len(data)), done + len(data)
        packed = unpacker.unused_data
        if unpacker.eof:
            stream, done, fed, unpacker = stream + fed - len(packed), 0, 0, make()
            packed = packed.lstrip(b"\0") and packed
        packed = packed or file.read(_CHUNK)
    if fed and not isinstance(unpacker, _Plain):
        raise InputError(str(path), "the compressed data ends too early: is the download complete?")


def _split(path: Path, pieces: Iterator[tuple[bytes, int, int]]) -> Iterator[tuple[bytes, Position]]:
    rest: list[bytes] = []
    length = 0
    for data, stream, before in pieces:
        begin = 0
        while (end := data.find(b"\n", begin)) >= 0:
            line = b"".join((*rest, data[begin:end])).strip(b"\r")
            rest, length, begin = [], 0, end + 1
            yield line, Position(stream, before + begin)
        rest.append(data[begin:])
        length += len(data) - begin
        if length > MAX_LINE:
            raise InputError(str(path), f"a line longer than {MAX_LINE >> 20} MB: one entity a line is expected")
        last = Position(stream, before + len(data))
    if length:
        yield b"".join(rest).strip(b"\r"), last
