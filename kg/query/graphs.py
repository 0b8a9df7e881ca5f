"""Graphs to be asked: files in any RDF syntax and store folders, opened for reading."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from kg.errors import InputError
from kg.settings import ENDINGS

_FORMATS = {ending: RdfFormat.from_extension(ending[1:]) for ending in ENDINGS}

Told = Callable[[int, int], None]
"""Is told how many bytes of a file are read, and of how many."""


def open_graph(path: Path) -> Store:
    """The graph of a file, told by its ending, or of a store folder (RocksDB, as Oxigraph writes it).

    Of a file all named graphs are in the default graph as well, each triple once. Raises ``InputError``, with the
    line of a syntax error, for anything that cannot be read.
    """
    store = load(path)
    if not path.is_dir():
        named = (quad for quad in list(store) if quad.graph_name != DefaultGraph())
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in named)
    return store


def load(path: Path, told: Told | None = None) -> Store:
    """The quads of a file, each in its graph and in memory; a store folder is opened where it is, for reading only.

    ``told`` hears how far a file is read. Raises ``InputError`` as ``open_graph`` does, and for RDF/XML with a document
    type declaration, by which a small file can grow without bounds.
    """
    if path.is_dir():
        return _folder(path)
    store = Store()
    with _opened(path, told) as (file, syntax):
        store.bulk_load(input=file, format=syntax)
    return store


def read(path: Path) -> Iterator[Quad]:
    """The quads of a file as they are written: a store would make any kind of integer an ``xsd:integer``.

    Raises ``InputError`` as ``open_graph`` does.
    """
    with _opened(path) as (file, syntax):
        yield from parse(file, format=syntax)


def _folder(path: Path) -> Store:
    if not (path / "CURRENT").is_file():
        raise InputError(str(path), "a folder, but no store (RocksDB) that can be read")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise InputError(str(path), f"not a store that can be read: {error}") from error


@contextmanager
def _opened(path: Path, told: Told | None = None) -> Iterator[tuple[BinaryIO, RdfFormat]]:
    """What a file holds, unpacked, and its syntax; what goes wrong within the block names the file and the cause."""
    syntax = _syntax(path)
    try:
        with path.open("rb") as file:
            counted = cast(BinaryIO, _Counted(file, path.stat().st_size, told)) if told else file
            data = cast(BinaryIO, gzip.GzipFile(fileobj=counted)) if path.suffix.lower() == ".gz" else counted
            yield _without_doctype(data, path) if syntax == RdfFormat.RDF_XML else data, syntax
    except SyntaxError as error:
        raise InputError(str(path), _where(error)) from error
    except (EOFError, zlib.error) as error:
        raise InputError(str(path), f"broken .gz: {error}") from error
    except ValueError as error:
        raise InputError(str(path), f"not {syntax.name}: {error}") from error
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error


def _syntax(path: Path) -> RdfFormat:
    ending = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    syntax = _FORMATS.get(ending.lower())
    if syntax is None:
        known = " ".join(_FORMATS)
        raise InputError(str(path), f"no RDF syntax is known by the ending {ending!r} ({known}, or these with .gz)")
    return syntax


def _without_doctype(file: BinaryIO, path: Path) -> BinaryIO:
    data = file.read()
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise InputError(str(path), "RDF/XML with a document type declaration is not read")
    return io.BytesIO(data)


def _where(error: SyntaxError) -> str:
    """``Parser error at line 3 column 2: cause`` as ``line 3: cause``."""
    message = str(error.msg)
    return f"line {error.lineno}: {message.partition(': ')[2] or message}" if error.lineno else message


class _Counted(io.RawIOBase):
    """A file that tells how far it is read."""

    def __init__(self, file: BinaryIO, size: int, told: Told) -> None:
        super().__init__()
        self._file, self._size, self._told = file, size, told
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._read += len(data)
        self._told(self._read, self._size)
        return data
