"""The bytes of a source: opened, decompressed within limits, and what kind of content they are."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.reading.options import MAX_BYTES, MAX_RATIO, RATIO_FROM, ReadingOptions
from kg.reading.sources import KINDS, Source

_GZIP = b"\x1f\x8b"
_PEEK = 4096
_MEDIA = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
    "application/ndjson": "jsonl",
    "text/plain": "text",
}


@dataclass(frozen=True, slots=True)
class Content:
    """An opened source: its bytes, its kind (``text``, ``html``, ``markdown``, ``jsonl``), charset and address."""

    stream: io.BufferedReader
    kind: str
    charset: str | None = None
    url: str | None = None


class _Limited(io.RawIOBase):
    """Decompressed bytes, up to the ratio at which a .gz is taken for a bomb."""

    def __init__(self, name: str, packed: BinaryIO, size: int) -> None:
        self._name, self._unpacked = name, gzip.GzipFile(fileobj=packed)
        self._left = max(RATIO_FROM, MAX_RATIO * size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._unpacked.read(len(view))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise InputError(self._name, "damaged .gz file") from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError(self._name, f"unpacks to more than {MAX_RATIO} times its size")
        view[: len(data)] = data
        return len(data)


@contextmanager
def opened(source: Source, options: ReadingOptions) -> Iterator[Content]:
    """The content of a source; raises ``InputError`` for what is missing, damaged or not allowed."""
    with _raw(source, options) as (stream, size, media, url):
        if stream.peek(2)[:2] == _GZIP:
            stream = io.BufferedReader(_Limited(source.name, cast(BinaryIO, stream), size))
        kind = _MEDIA.get(media.partition(";")[0].strip().lower()) or KINDS.get(source.suffix)
        yield Content(stream, kind or _sniffed(stream.peek(_PEEK)[:_PEEK]), _charset(media), url)


def whole(source: Source, content: Content) -> bytes:
    """All bytes of a source that is one document; raises ``InputError`` over the limit or if there are none."""
    data = content.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(source.name, f"larger than {MAX_BYTES // 1_000_000} MB")
    if not data:
        raise InputError(source.name, "empty")
    return data


@contextmanager
def _raw(source: Source, options: ReadingOptions) -> Iterator[tuple[io.BufferedReader, int, str, str | None]]:
    if "\0" in source.name:
        raise InputError(source.name, "not a name that a file can have")
    if source.url:
        answer = options.fetch(source.url)
        yield _buffered(answer.body), len(answer.body), answer.content_type or "", answer.url or source.url
    elif source.stream:
        yield io.BufferedReader(cast(io.RawIOBase, source.stream)), 0, "", None
    elif source.path and source.path.is_dir():
        raise InputError(source.name, "no file in this folder can be read; known are " + ", ".join(sorted(KINDS)))
    elif source.path:
        with source.path.open("rb") as stream:
            yield stream, source.path.stat().st_size, "", None


def _buffered(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, io.BytesIO(data)))


def _charset(media: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", media, re.IGNORECASE)
    return found[1] if found else None


def _sniffed(head: bytes) -> str:
    """The kind of content that has no telling name: HTML by its first tag, JSON lines by their first brace."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        return "html"
    return "jsonl" if re.match(rb'\{\s*"', start) else "text"
