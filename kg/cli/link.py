"""``kg link``: entities of a graph to Wikidata."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console, options
from kg.errors import ExitCode


def link(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph that 'kg build' wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="The file to write; else GRAPH-linked.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option(metavar="INDEX", help="Link by an index that 'kg wikidata index' made.")
    ] = None,
    online: Annotated[bool, typer.Option("--online", help="Link by the services of Wikidata.")] = False,
    reconcile: Annotated[
        str | None, typer.Option(metavar="URL", help="Link by a service of the W3C Reconciliation API 0.2.")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            envvar="TREATYGRAPH_CONTACT", metavar="ADDRESS", help="Your e-mail or web address, which services are told."
        ),
    ] = None,
    cache: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where answers are kept; else in the user's cache.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(metavar="URL", help="The action API (w/api.php) of another Wikibase.")
    ] = None,
    query_service: Annotated[
        str | None, typer.Option(metavar="URL", help="The SPARQL endpoint of another Wikibase.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds a service may take to answer.")] = 60.0,
    references: options.References = None,
    decisions: options.Decisions = None,
) -> ExitCode:
    """Link the entities of a graph to Wikidata, or to another collection.

    Sure identities become owl:sameAs, possible ones skos:closeMatch with a score. Entities with an identity keep it.
    """
    from kg.cli.known import reference_with
    from kg.resolution.decisions import read
    from kg.wikidata import report as told
    from kg.wikidata.linking import link as link_graph
    from kg.wikidata.services import LinkSettings, linker

    settings = LinkSettings(index, online, reconcile, contact, cache, endpoint, query_service, timeout)
    target = output or graph.with_name(f"{graph.stem}-linked{graph.suffix}")
    reviewed = read(decisions) if decisions else None
    known, wrong = reference_with(references)
    with console.progress() as bar:
        result = link_graph(graph, target, linker(settings, known), bar, reviewed)
    for each in result.ignored:
        console.complain(f"{decisions}: {each}")
    console.put_lines(told.link_lines(result))
    return ExitCode.INPUT if wrong else ExitCode.YES
