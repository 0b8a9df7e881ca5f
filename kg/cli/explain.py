"""``kg explain``: why an entity is one, and why it is linked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console, options
from kg.errors import ExitCode


def explain(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph that 'kg build' or 'kg link' wrote.")],
    entity: Annotated[
        str,
        typer.Argument(metavar="ENTITY", help="An IRI, an id (state/iran), a Wikidata id (wd:Q794) or a name."),
    ],
    references: options.References = None,
    index: Annotated[
        Path | None, typer.Option(metavar="INDEX", help="Compare with an index that 'kg wikidata index' made, too.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print the explanation as one JSON object.")] = False,
) -> ExitCode:
    """Say why mentions were taken for one entity, why it is linked or not, and to what else it might be.

    All of it is told from the graph, the reference data and the index. Give the same --reference as to the build.
    """
    from kg.cli.known import reference_with
    from kg.explain import table
    from kg.explain.explaining import explain as explained
    from kg.explain.finding import find
    from kg.rdf.validate import read_quads
    from kg.wikidata.index import Index
    from kg.wikidata.linking import base_of
    from kg.wikidata.sources import IndexCandidates

    quads = read_quads(graph)
    known, wrong = reference_with(references, base_of(quads))
    iri = find(quads, entity)
    if iri is None:
        console.complain(f"{graph}: nothing is called {entity!r}")
        return ExitCode.NO
    found = explained(quads, iri, known, IndexCandidates(Index(index)) if index else None)
    if json_:
        console.put_json(table.as_json(found))
    else:
        for each in table.of_explanation(found):
            console.show(each)
    return ExitCode.INPUT if wrong else ExitCode.YES
