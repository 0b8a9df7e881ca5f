"""Command line of the reference builder."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from kg import resources
from kg.model import PartialDate
from kg.resolution.records import Record
from tools.reference import happenings, organisations, persons, places, states, turtle
from tools.reference.tables import Sources, distinct

_DEFAULTS = {f.name: f.default for f in fields(Record)}


def collect(sources: Sources) -> list[Record]:
    """All records, sorted by id; of several with one Wikidata id only the first in order of building keeps
    it, places are joined.

    Raises ``ValueError`` for an id that occurs twice or that a record refers to and nothing has, and for a date that
    does not exist.
    """
    built = [
        *states.build(sources),
        *organisations.build(sources),
        *places.build(sources),
        *happenings.build(),
        *persons.build(sources),
    ]
    return sorted(_checked(_unique_qids(built)), key=lambda each: each.id)


def _unique_qids(records: Iterable[Record]) -> list[Record]:
    """Of several records with one Wikidata id only the first keeps it; a place told of twice is one record."""
    kept: list[Record] = []
    at: dict[str, int] = {}
    for each in records:
        first = at.get(each.qid or "")
        if first is None:
            if each.qid:
                at[each.qid] = len(kept)
            kept.append(each)
        elif kept[first].cls == each.cls == "Place":
            kept[first] = _with_facts(kept[first], each)
        else:
            kept.append(replace(each, qid=None))
    return kept


def _with_facts(place: Record, same: Record) -> Record:
    """The place with what another record of it has besides."""
    names = distinct([*place.aliases, same.name, *same.aliases], besides=[place.name])
    lacking = ("country", "latitude", "longitude", "population")
    return replace(
        place,
        aliases=names,
        sources=distinct([*place.sources, *same.sources]),
        **{name: getattr(same, name) for name in lacking if getattr(place, name) is None},
    )


def _checked(records: list[Record]) -> list[Record]:
    ids = {each.id for each in records}
    twice = len(records) - len(ids)
    if twice:
        seen: set[str] = set()
        raise ValueError(f"ids twice: {[r.id for r in records if r.id in seen or seen.add(r.id)]}")  # type: ignore[func-returns-value]
    missing = sorted(
        f"{each.id} -> {id}"
        for each in records
        for id in (
            *each.successors,
            *each.parties,
            *each.concludes,
            *(term.of for term in each.terms),
            *(membership.organisation for membership in each.memberships),
            each.place or each.id,
            each.country or each.id,
        )
        if id not in ids
    )
    if missing:
        raise ValueError(f"ids that nothing has: {missing}")
    wrong = [f"{each.id}: {date}" for each in records for date in _dates(each) if not _exists(date)]
    if wrong:
        raise ValueError(f"dates that do not exist: {wrong}")
    return records


def _dates(each: Record) -> Iterator[str]:
    spans = ((each.start, each.end), (each.since, each.signed), (each.in_force, None))
    for pair in (*spans, *((t.start, t.end) for t in each.terms), *((m.start, m.end) for m in each.memberships)):
        yield from filter(None, pair)


def _exists(date: str) -> bool:
    try:
        PartialDate(date)
    except ValueError:
        return False
    return True


def line(each: Record) -> str:
    """The record as a line of the index, without what has its default value."""
    row: dict[str, Any] = {key: value for key, value in asdict(each).items() if value != _DEFAULTS.get(key)}
    for key in ("terms", "memberships"):
        if key in row:
            row[key] = [_trimmed(value) for value in row[key]]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _trimmed(value: dict[str, Any]) -> list[Any]:
    cells = list(value.values())
    while cells[-1] is None:
        del cells[-1]
    return cells


def index(records: Iterable[Record]) -> bytes:
    """The compressed index; no time of day goes into it."""
    return gzip.compress("".join(line(each) + "\n" for each in records).encode(), 9, mtime=0)


def main() -> None:
    """Build and write everything."""
    parser = argparse.ArgumentParser(prog="python -m tools.reference", description="Rebuild the reference data.")
    parser.add_argument("--data", type=Path, required=True, help="folder that holds reference/ with the data sets")
    parser.add_argument("--output", type=Path, help="write here instead of into the repository")
    arguments = parser.parse_args()
    records = collect(Sources(arguments.data / "reference"))
    target = arguments.output or resources.data("reference.jsonl.gz").parent
    folder = arguments.output or resources.ontology() / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    (target / "reference.jsonl.gz").write_bytes(index(records))
    for name, content in turtle.files(records).items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
