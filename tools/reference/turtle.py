"""The records as Turtle, in classes and properties of the ontology alone.

Persons and the cities that nothing else refers to stay in the index: with them the Turtle would be several megabytes.
So do demonyms, weights and the dates of memberships, for which the ontology has no property: a membership is written
when it lasts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg import namespaces
from kg.model import POLITIES, PartialDate
from kg.resolution.records import Record
from tools.reference.tables import curated

_FILES = {
    "State": "states",
    "HistoricalState": "historical-states",
    "InternationalOrganisation": "organisations",
    "GovernmentBody": "organisations",
    "Organisation": "organisations",
    "Place": "places",
    "Conflict": "conflicts",
    "Treaty": "treaties",
}
_PREFIXES = ("tg", "rdfs", "skos", "owl", "xsd", "dcterms", "wd")
_TYPES = {"day": "date", "month": "gYearMonth", "year": "gYear"}


def files(records: Iterable[Record]) -> dict[str, str]:
    """The content of each file by its name, sorted by IRI."""
    known = {each.id: each for each in records}
    titles = {row["code"]: row["title"] for row in curated("datasets")}
    blocks: dict[str, list[str]] = {name: [] for name in sorted(set(_FILES.values()))}
    wanted = _referred(known.values())
    for id in sorted(known):
        each = known[id]
        if each.cls in _FILES and (each.cls != "Place" or each.kind != "city" or id in wanted):
            blocks[_FILES[each.cls]].append(_block(each, titles))
    blocks["lineages"] = _lineages(known.values())
    return {f"{name}.ttl": _head() + "\n".join(each) for name, each in blocks.items()}


def _lineages(records: Iterable[Record]) -> list[str]:
    last = {each.lineage: each for each in records if each.lineage and each.cls == "State"}
    label = {id: _text(f"lineage of {each.name}") for id, each in last.items() if id}
    return [f"{_iri(id)}\n    a tg:StateLineage ;\n    rdfs:label {label[id]} .\n" for id in sorted(label)]


def _referred(records: Iterable[Record]) -> set[str]:
    return {id for each in records for id in (each.place, *each.parties, *each.concludes, *each.successors) if id}


def _head() -> str:
    lines = [f"@prefix {prefix}: <{namespaces.PREFIXES[prefix]}> ." for prefix in sorted(_PREFIXES)]
    return "\n".join(lines) + "\n\n"


def _block(each: Record, titles: dict[str, str]) -> str:
    lines = [f"a tg:{each.cls}", f"rdfs:label {_text(each.name)}"]
    lines += [f"{predicate} {', '.join(objects)}" for predicate, objects in _facts(each, titles) if objects]
    return f"{_iri(each.id)}\n    " + " ;\n    ".join(lines) + " .\n"


def _facts(each: Record, titles: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    yield "skos:altLabel", [_text(name) for name in sorted(set(each.aliases) - {each.name})]
    yield "owl:sameAs", [f"wd:{each.qid}"] if each.qid else []
    yield "tg:succeededBy", _iris(each.successors)
    yield "tg:lineage", _iris([each.lineage] if each.lineage else [])
    yield "tg:memberOf", _iris({m.organisation for m in each.memberships if m.end is None or each.end})
    relation = {"GovernmentBody": "tg:bodyOf", "Place": "tg:locatedIn"}.get(each.cls)
    if relation and each.country:
        yield relation, _iris([each.country])
    yield from _treaty(each) if each.cls == "Treaty" else _period(each)
    yield "dcterms:source", [json.dumps(titles[code], ensure_ascii=False) for code in each.sources]


def _treaty(each: Record) -> Iterator[tuple[str, list[str]]]:
    yield "tg:party", _iris(each.parties)
    yield "tg:signedOn", _date(each.signed)
    yield "tg:signedAt", _iris([each.place] if each.place else [])
    yield "tg:inForceFrom", _date(each.in_force)
    yield "tg:terminatedOn", _date(each.end)
    yield "tg:concludes", _iris(each.concludes)
    yield from _span(each.signed, each.signed)


def _period(each: Record) -> Iterator[tuple[str, list[str]]]:
    if each.cls in POLITIES:
        yield from _span(min(filter(None, (each.start, each.since)), default=None), each.end, year=False)
    elif each.cls == "Conflict":
        yield "tg:participant", _iris(each.parties)
        yield from _span(each.start, each.end)


def _span(start: str | None, end: str | None, year: bool = True) -> Iterator[tuple[str, list[str]]]:
    if start:
        first = PartialDate(start)
        yield "tg:earliest", [f'"{first.earliest.isoformat()}"^^xsd:date']
    if end:
        yield "tg:latest", [f'"{PartialDate(end).latest.isoformat()}"^^xsd:date']
    if start and year:
        yield "tg:year", [str(PartialDate(start).year)]


def _date(text: str | None) -> list[str]:
    return [f'"{text}"^^xsd:{_TYPES[PartialDate(text).precision]}'] if text else []


def _iri(id: str) -> str:
    return f"<{namespaces.ID}{id}>"


def _iris(ids: Iterable[str]) -> list[str]:
    return [_iri(id) for id in sorted(ids)]


def _text(name: str) -> str:
    return json.dumps(name, ensure_ascii=False) + "@en"
