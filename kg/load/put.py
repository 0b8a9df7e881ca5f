"""One PUT for each graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.3), for stores where a request is a transaction."""

from __future__ import annotations

from collections import defaultdict

from kg.load.job import Job
from kg.load.sending import graph_request


def load(job: Job) -> None:
    """Load ``job``, a whole graph at a time; raises ``StoreError``, and the graph it names is untouched."""
    graphs: dict[str, list[str]] = defaultdict(list)
    for graph, triple in job.source.rows():
        graphs[graph].append(triple)
    job.progress.start(job.source.triples)
    for graph, triples in sorted(graphs.items()):
        job.client.send(
            "PUT", job.client.url(job.dialect.data), job.dialect, **graph_request(job.dialect, graph, triples)
        )
        job.progress.advance(len(triples), graph or "default graph")
