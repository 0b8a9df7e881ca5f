"""One function from a graph to a file of any format.

>>> export(Path("graph.ttl"), Path("graph.graphml"))
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.errors import OutputError
from kg.export.formats import ExportFormat, export_format
from kg.export.jsonld import jsonld
from kg.export.network import edge_table, graphml, network, node_table
from kg.export.reified import reified
from kg.namespaces import PREFIXES
from kg.query.graphs import open_graph, read
from kg.rdf.lines import sorted_lines
from kg.rdf.serialise import render
from kg.settings import Format
from kg.writing import whole_file, write_text


def export(graph: Path, output: Path, named: ExportFormat | None = None) -> ExportFormat:
    """Write a graph (a file or a store folder) in the format named, else in that of the ending; returns which.

    ``csv`` makes a folder with ``nodes.csv`` and ``edges.csv``; a name that ends in ``.gz`` is compressed. A file is
    whole or not there, the same graph gives the same bytes. Raises ``InputError`` for the graph, ``SettingsError``
    for an ending that is no format, ``OutputError`` where the format cannot hold the graph or the system refuses.
    """
    chosen = export_format(output, named)
    if chosen is ExportFormat.CSV:
        nodes, edges = network(open_graph(graph))
        write_text(output / "nodes.csv", node_table(nodes))
        write_text(output / "edges.csv", edge_table(edges))
        return chosen
    with whole_file(output) as out:
        if output.suffix.lower() == ".gz":
            with gzip.GzipFile("", "wb", fileobj=out, mtime=0) as packed:
                packed.writelines(_parts(graph, chosen))
        else:
            out.writelines(_parts(graph, chosen))
    return chosen


def _parts(graph: Path, chosen: ExportFormat) -> Iterable[bytes]:
    """What is written, piece by piece; formats whose lines stand for themselves are never in memory as a whole."""
    match chosen:
        case ExportFormat.NTRIPLES:
            return sorted_lines(quad.triple for quad in _quads(graph))
        case ExportFormat.NQUADS:
            return sorted_lines(_quads(graph))
        case _:
            return [_content(graph, chosen)]


def _content(graph: Path, chosen: ExportFormat) -> bytes:
    if chosen is ExportFormat.GRAPHML:
        return graphml(*network(open_graph(graph))).encode()
    quads = _quads(graph)
    match chosen:
        case ExportFormat.JSONLD:
            return jsonld(quad.triple for quad in quads)
        case ExportFormat.NTRIPLES12:
            return "".join(f"{triple} .\n" for triple in reified(quad.triple for quad in quads)).encode()
        case ExportFormat.TURTLE12:
            triples = reified(quad.triple for quad in quads)
            head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))
            body = serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
            return head.encode() + b"".join(line for line in body.splitlines(True) if not line.startswith(b"@prefix"))
    try:
        return render(quads, Format(chosen))
    except TypeError as error:
        raise OutputError(f"{graph}: has blank nodes, which {chosen} of ours does not write: use ntriples") from error


def _quads(graph: Path) -> Iterable[Quad]:
    return open_graph(graph) if graph.is_dir() else read(graph)
