"""Print the answer of a SPARQL query over a graph file: ``python -m tools.answer GRAPH QUERY``."""

from __future__ import annotations

import sys
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rich.console import Console
from rich.table import Table


def answer(graph: Path, query: Path) -> Table:
    """The solutions of a SELECT query, a row each; IRIs are cut down to their last part."""
    store = Store()
    store.bulk_load(path=graph)
    found = store.query(query.read_text(encoding="utf-8"))
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"{query}: not a SELECT query")
    table = Table(*(variable.value for variable in found.variables), box=None, pad_edge=False)
    for solution in found:
        table.add_row(*(shown(value) for value in solution))
    return table


def shown(value: object) -> str:
    """A term as a person reads it."""
    if isinstance(value, NamedNode):
        return value.value.rpartition("/")[2].rpartition("#")[2] or value.value
    return value.value if isinstance(value, Literal) else ""


if __name__ == "__main__":
    Console(width=110).print(answer(Path(sys.argv[1]), Path(sys.argv[2])))
