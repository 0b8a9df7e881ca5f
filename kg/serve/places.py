"""Coordinates that the built-in reference data knows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass

from kg import resources


@dataclass(frozen=True, slots=True)
class Places:
    """Latitude and longitude in degrees: ``known`` for IRIs of the graph, ``world`` for all places, as a backdrop."""

    known: dict[str, tuple[float, float]]
    world: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, iris: Iterable[str]) -> Places:
        """The coordinates of those IRIs that end in the id of a record, such as ``place/moscow``."""
        with gzip.open(resources.data("reference.jsonl.gz"), "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if '"latitude"' in line]
        at = {record["id"]: (record["latitude"], record["longitude"]) for record in records}
        ids = {iri: "/".join(iri.rsplit("/", 2)[1:]) for iri in iris}
        return cls({iri: at[id] for iri, id in ids.items() if id in at}, tuple(sorted(set(at.values()))))
