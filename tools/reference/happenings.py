"""Treaties and conflicts: both are our own tables."""

from __future__ import annotations

import re

from kg.resolution.records import Record
from tools.reference.tables import Row, curated, parts, prefixed


def build() -> list[Record]:
    """The conflicts, then the treaties."""
    return [*(_conflict(row) for row in curated("conflicts")), *(_treaty(row) for row in curated("treaties"))]


def _conflict(row: Row) -> Record:
    return Record(
        prefixed("conflict", row["name"]),
        "Conflict",
        row["name"],
        aliases=parts(row["aliases"]),
        qid=row["qid"] or None,
        start=row["start"] or None,
        end=row["end"] or None,
        parties=parts(row["parties"]),
        prior=0.8,
        sources=("curated", "wikidata") if row["qid"] else ("curated",),
    )


def _treaty(row: Row) -> Record:
    name = re.sub(r" \(\d{4}\)$", "", row["name"])
    return Record(
        row["id"],
        "Treaty",
        name,
        aliases=tuple(alias for alias in (row["name"], *parts(row["aliases"])) if alias != name),
        qid=row["qid"] or None,
        end=row["end"] or None,
        prior=0.8,
        signed=row["signed"] or None,
        in_force=row["in_force"] or None,
        parties=parts(row["parties"]),
        place=row["place"] or None,
        concludes=parts(row["concludes"]),
        sources=("curated", "wikidata") if row["qid"] else ("curated",),
    )
