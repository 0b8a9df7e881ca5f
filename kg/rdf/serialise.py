"""Graphs as files: six serialisations, the same bytes for the same quads, whole or not there.

TriG and N-Quads keep the named graphs, the others hold the triples of all of them.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Literal, Quad, RdfFormat, serialize

from kg.errors import OutputError
from kg.namespaces import ID, PREFIXES
from kg.rdf.lines import sorted_lines
from kg.rdf.turtle import trig, turtle
from kg.settings import Format
from kg.writing import whole_file

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(quads: Iterable[Quad], target: Path | BinaryIO, fmt: Format, base: str = ID) -> None:
    """Write ``quads`` to a file, compressed where its name ends in ``.gz``, or to an open stream (standard output).

    The order of ``quads`` makes no difference. ``base`` is what the IRIs of ids begin with: its folders get prefixes.
    Nothing is written before all of it is ready. Raises ``OutputError`` when the file cannot be written or when the
    format cannot hold a character; an existing file is then what it was.
    """
    content = render(quads, fmt, base)
    if isinstance(target, Path):
        packed = target.suffix.lower() == ".gz"
        with whole_file(target) as out:
            out.write(gzip.compress(content, mtime=0) if packed else content)
        return
    try:
        target.write(content)
        target.flush()
    except OSError as error:
        raise OutputError(f"the output cannot be written: {error.strerror or error}") from error


def render(quads: Iterable[Quad], fmt: Format, base: str = ID) -> bytes:
    """``quads`` in a serialisation, as UTF-8; ``OutputError`` for a character that RDF/XML cannot hold."""
    match fmt:
        case Format.TURTLE:
            return turtle(quads, base).encode()
        case Format.TRIG:
            return trig(quads, base).encode()
        case Format.NTRIPLES:
            return b"".join(sorted_lines(quad.triple for quad in quads))
        case Format.NQUADS:
            return b"".join(sorted_lines(quads))
        case Format.JSONLD:
            return _by_library(quads, RdfFormat.JSON_LD) + b"\n"
        case Format.RDFXML:
            return _rdfxml(quads)


def _rdfxml(quads: Iterable[Quad]) -> bytes:
    quads = list(quads)
    for quad in quads:
        if isinstance(quad.object, Literal) and (found := _NOT_XML.search(quad.object.value)):
            where = f"{quad.predicate} of {quad.subject}"
            raise OutputError(f"RDF/XML cannot hold the character U+{ord(found[0]):04X} in {where}: use another format")
    # An XML parser reads a bare carriage return as a line feed (XML 1.0, 2.11).
    return _by_library(quads, RdfFormat.RDF_XML).replace(b"\r", b"&#13;") + b"\n"


def _by_library(quads: Iterable[Quad], fmt: RdfFormat) -> bytes:
    triples = sorted({quad.triple for quad in quads}, key=str)
    out = io.BytesIO()
    serialize(triples, out, fmt, prefixes=PREFIXES)
    return out.getvalue()
