"""The dialects of the stores, from ``kg/data/stores.toml``, and telling them apart by their answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from kg.resources import data


class Store(StrEnum):
    """The stores whose dialects are known; ``generic`` is any that speaks SPARQL 1.1 Query and Update."""

    OXIGRAPH = "oxigraph"
    FUSEKI = "fuseki"
    GRAPHDB = "graphdb"
    RDF4J = "rdf4j"
    VIRTUOSO = "virtuoso"
    QLEVER = "qlever"
    GENERIC = "generic"


class Way(StrEnum):
    """How a graph is replaced at once, though it comes in pieces."""

    STAGING = "staging"
    TRANSACTION = "transaction"
    PUT = "put"


class Body(StrEnum):
    """What one chunk is."""

    QUADS = "quads"
    GRAPH = "graph"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one store wants to be spoken to: the fields of ``stores.toml``, where each is explained."""

    store: Store
    title: str
    example: str
    query: str
    update: str
    data: str
    way: Way
    body: Body
    chunk: int
    graph: str = "graph"
    default: str | None = None
    default_from: str | None = None
    before_move: str = ""
    busy: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    detect: Mapping[str, str] = field(default_factory=dict)

    def recognises(self, path: str, headers: Mapping[str, str]) -> bool:
        """Whether an answer with these headers, or an address with this path, can only be from this store."""
        if "path" in self.detect:
            return self.detect["path"] in path
        return "header" in self.detect and bool(
            re.search(self.detect["pattern"], headers.get(self.detect["header"], ""), re.IGNORECASE)
        )


@cache
def dialects() -> Mapping[Store, Dialect]:
    """All dialects, in the order in which they are tried."""
    tables = tomllib.loads(data("stores.toml").read_text(encoding="utf-8"))
    return {Store(name): _dialect(name, table) for name, table in tables.items()}


def detect(path: str, headers: Mapping[str, str]) -> Dialect | None:
    """The one dialect that an answer gives away by its headers (lower case), or an address by its path."""
    return next((dialect for dialect in dialects().values() if dialect.recognises(path, headers)), None)


def _dialect(name: str, table: Mapping[str, Any]) -> Dialect:
    fields = {**table, "store": Store(name), "way": Way(table["way"]), "body": Body(table["body"])}
    return Dialect(**fields)
