"""Graphs to be asked: files in any RDF syntax and store folders, opened for reading."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from kg.errors import InputError

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}
"""The file endings by which a syntax is known, each also followed by ``.gz``."""


def open_graph(path: Path) -> Store:
    """The graph of a file, told by its ending, or of a store folder (RocksDB, as Oxigraph writes it).

    Of a file all named graphs are in the default graph as well, each triple once. Raises ``InputError``, with the
    line of a syntax error, for anything that cannot be read.
    """
    if path.is_dir():
        return _folder(path)
    store = load(path)
    named = (quad for quad in list(store) if quad.graph_name != DefaultGraph())
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in named)
    return store


def load(path: Path) -> Store:
    """The quads of a file, each in its graph. Raises ``InputError`` as ``open_graph`` does."""
    store = Store()
    _read(path, lambda data, syntax: store.bulk_load(input=data, format=syntax))
    return store


def read(path: Path) -> list[Quad]:
    """The quads of a file as they are written: a store would make any kind of integer an ``xsd:integer``.

    Raises ``InputError`` as ``open_graph`` does.
    """
    quads: list[Quad] = []
    _read(path, lambda data, syntax: quads.extend(parse(data, format=syntax)))
    return quads


def _read(path: Path, take: Callable[[BinaryIO, RdfFormat], None]) -> None:
    syntax = _syntax(path)
    try:
        with _opened(path) as file:
            take(_without_doctype(file, path) if syntax == RdfFormat.RDF_XML else file, syntax)
    except SyntaxError as error:
        raise InputError(str(path), _where(error)) from error
    except (EOFError, zlib.error) as error:
        raise InputError(str(path), f"broken .gz: {error}") from error
    except ValueError as error:
        raise InputError(str(path), f"not {syntax.name}: {error}") from error
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error


def _folder(path: Path) -> Store:
    if not (path / "CURRENT").is_file():
        raise InputError(str(path), "a folder, but no store (RocksDB) that can be read")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise InputError(str(path), f"not a store that can be read: {error}") from error


def _syntax(path: Path) -> RdfFormat:
    ending = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    syntax = FORMATS.get(ending.lower())
    if syntax is None:
        known = " ".join(FORMATS)
        raise InputError(str(path), f"no RDF syntax is known by the ending {ending!r} ({known}, or these with .gz)")
    return syntax


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _without_doctype(file: BinaryIO, path: Path) -> BinaryIO:
    """A document type declaration can make a small file grow without bounds."""
    data = file.read()
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise InputError(str(path), "RDF/XML with a document type declaration is not read")
    return io.BytesIO(data)


def _where(error: SyntaxError) -> str:
    """``Parser error at line 3 column 2: cause`` as ``line 3: cause``."""
    message = str(error.msg)
    return f"line {error.lineno}: {message.partition(': ')[2] or message}" if error.lineno else message
