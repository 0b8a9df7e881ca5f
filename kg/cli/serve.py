"""``kg serve``: explorer, SPARQL endpoint and reconciliation service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import report
from kg.cli import console
from kg.errors import ExitCode, SettingsError


def serve(
    graph: Annotated[
        Path,
        typer.Argument(
            metavar="GRAPH_OR_STORE",
            help="A file in any RDF syntax, also as .gz, or the folder of an Oxigraph store.",
        ),
    ],
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.")] = 7878,
    name: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host name the server goes by, besides localhost.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The sources, for a graph written with --no-text.")
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="A host that SERVICE may call; none without it.")
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="A web origin whose pages may read; else OpenRefine's on this machine."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="How many requests are answered at once; else one for each processor, 2 to 8.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds a request may take.")] = 20.0,
    memory: Annotated[int, typer.Option(help="How many MiB a request may take beside the graph.")] = 1024,
    max_rows: Annotated[int, typer.Option(help="How many rows a result may have.")] = 100_000,
) -> ExitCode:
    """Serve a graph: explorer, SPARQL endpoint and reconciliation service.

    It only reads, and only this machine reaches it unless --host and --name say otherwise. Ctrl-C stops it.
    """
    try:
        from kg.serve.server import serve as answer
    except ImportError as error:
        raise SettingsError(f"kg serve needs more packages: pip install 'treatygraph[serve]' ({error})") from error
    from kg.serve.settings import OPENREFINE, Limits, ServeSettings, default_workers

    settings = ServeSettings(
        graph=graph,
        host=host,
        port=port,
        names=tuple(name or ()),
        allow_hosts=tuple(allow_host or ()),
        origins=tuple(origin or OPENREFINE),
        texts=texts,
        workers=workers if workers is not None else default_workers(),
        limits=Limits(timeout, memory, max_rows),
    )
    with console.progress() as bar:
        answer(settings, bar, lambda address, opened: console.put(report.served(graph, address, opened.triples)))
    return ExitCode.YES
