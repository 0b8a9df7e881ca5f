"""A graph from a file in an RDF syntax, or from the folder of an Oxigraph store."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat, Store

from kg.errors import InputError
from kg.settings import ENDINGS

Told = Callable[[int, int], None]
"""Is told how many bytes are read, and of how many."""


def open_graph(path: Path, told: Told) -> Store:
    """The store of a graph, in memory for a file, on disk and read-only for a folder.

    Raises ``InputError`` for what is not there, is in no known syntax (``.gz`` behind the ending is taken off), is not
    well-formed, or is RDF/XML with a document type declaration, by which a small file can grow without bounds.
    """
    if path.is_dir():
        return _open_folder(path)
    syntax = _syntax(path)
    store = Store()
    try:
        with path.open("rb") as file:
            counted = _Counted(file, path.stat().st_size, told)
            data = cast(BinaryIO, gzip.GzipFile(fileobj=counted) if path.suffix.lower() == ".gz" else counted)
            if syntax == RdfFormat.RDF_XML:
                data = _without_doctype(data, path)
            store.bulk_load(input=data, format=syntax)
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not {syntax.name}: {error}") from error
    except (OSError, EOFError) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from error
    return store


def _open_folder(path: Path) -> Store:
    if not (path / "CURRENT").is_file():
        raise InputError(str(path), "a folder, but not an Oxigraph store")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise InputError(str(path), f"the store cannot be opened: {error}") from error


def _syntax(path: Path) -> RdfFormat:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    ending = name.suffix.removeprefix(".").lower()
    syntax = RdfFormat.from_extension(ending) if f".{ending}" in ENDINGS else None
    if syntax is None:
        raise InputError(str(path), f"no RDF syntax is known by the ending {name.suffix!r}")
    return syntax


def _without_doctype(data: BinaryIO, path: Path) -> BinaryIO:
    whole = data.read()
    if b"<!DOCTYPE" in whole.replace(b"\0", b""):
        raise InputError(str(path), "RDF/XML with a document type declaration is not read")
    return io.BytesIO(whole)


class _Counted(io.RawIOBase):
    """A file that tells how far it is read."""

    def __init__(self, file: BinaryIO, size: int, told: Told) -> None:
        super().__init__()
        self._file = file
        self._size = size
        self._told = told
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        self._read += len(data)
        self._told(self._read, self._size)
        return data
