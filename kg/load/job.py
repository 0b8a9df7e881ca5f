"""What the ways of loading share: what goes where, what the store holds, how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.load.client import Client
from kg.load.dialects import Dialect
from kg.load.source import DEFAULT, Source
from kg.load.state import State, StateFile
from kg.progress import Progress

_GRAPHS_A_QUERY = 100


@dataclass(slots=True)
class Job:
    """One load: the graph, the store, and the state that is kept after each chunk."""

    source: Source
    client: Client
    dialect: Dialect
    progress: Progress
    file: StateFile
    state: State
    query_at: str | None = None
    resumed: bool = False

    def keep(self, done: int = 0, moving: bool = False) -> None:
        """Note how far the load has come."""
        self.state = replace(self.state, done=done, moving=moving)
        self.file.write(self.state)

    def count(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many triples the store holds in each of these graphs (as in N-Quads, or ``DEFAULT``)."""
        wanted = list(graphs)
        named = [graph for graph in wanted if graph != DEFAULT]
        counts = dict.fromkeys(wanted, 0)
        for start in range(0, len(named), _GRAPHS_A_QUERY):
            counts |= self._count_named(named[start : start + _GRAPHS_A_QUERY])
        return counts | self._count_default() if DEFAULT in counts else counts

    def count_of(self, graph: str, pattern: str) -> int:
        """How many solutions a pattern has in one graph."""
        clause, end = ("GRAPH " + graph + " {", "}") if graph else ("", "")
        query = f"SELECT (COUNT(*) AS ?n) {'' if graph else self._only_default()}WHERE {{ {clause} {pattern} {end} }}"
        [row] = self.client.query(self.dialect, query, self.query_at)
        return int(row["n"])

    def _count_default(self) -> dict[str, int]:
        return {DEFAULT: self.count_of(DEFAULT, "?s ?p ?o")}

    def _count_named(self, graphs: Sequence[str]) -> Mapping[str, int]:
        values = " ".join(graphs)
        query = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        rows = self.client.query(self.dialect, query, self.query_at)
        return {f"<{row['g']}>": int(row["n"]) for row in rows if "g" in row}

    def _only_default(self) -> str:
        return f"FROM <{self.dialect.default_from}> " if self.dialect.default_from else ""


def called(graph: str) -> str:
    """A graph in a sentence."""
    return f"graph {graph}" if graph else "the default graph"


def reference(graph: str) -> str:
    """A graph in SPARQL Update."""
    return f"GRAPH {graph}" if graph else "DEFAULT"


def missing(counted: Mapping[str, int], expected: Mapping[str, int]) -> str:
    """The first graph whose count is not what it should be, in words; empty where all are."""
    wrong = [graph for graph, number in expected.items() if counted[graph] != number]
    if not wrong:
        return ""
    others = f", and {len(wrong) - 1} more graphs differ" if len(wrong) > 1 else ""
    return f"{called(wrong[0])} holds {counted[wrong[0]]:,} triples, not {expected[wrong[0]]:,}{others}"
