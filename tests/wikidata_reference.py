"""The reference data as a dump of Wikidata, to measure the linker offline: ``python tests/wikidata_reference.py``.

It measures the linker on an index made of our own reference data: names, offices and dates of both sides have one
origin, so the figures say how it judges, not how complete or how spelled Wikidata is. Records without a known id are in
the dump under invented ids, as things to go wrong with; nothing is invented besides the ids and the number of wiki
pages, which stands for the record's prior.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import NamedNode, Quad
from wikidata_help import TIMES, Value, entity, write_dump

from kg.model import PartialDate
from kg.rdf.terms import CLOSE_MATCH, SAME_AS
from kg.rdf.validate import read_quads
from kg.resolution.judging.deciding import Decision, Judgement
from kg.resolution.judging.spelling import keys
from kg.resolution.records import Record
from kg.resolution.reference import Reference
from kg.wikidata.index import Index
from kg.wikidata.indexing import make_index
from kg.wikidata.linking import CandidateLinker, base_of, decisions_for
from kg.wikidata.sources import IndexCandidates
from kg.wikidata.subjects import Facts, subjects

ROOT = Path(__file__).resolve().parent.parent
CLASS_ITEMS = {
    "Person": "Q5",
    "State": "Q3624078",
    "HistoricalState": "Q3024240",
    "InternationalOrganisation": "Q484652",
    "Treaty": "Q131569",
    "Place": "Q515",
    "Conflict": "Q198",
}
INVENTED = 900_000_000
PAGES = 40


def entities(reference: Reference, named: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The records that the index would find under one of the names, and an item for each office that they held.

    The others could be no candidates, and are left out to save time.
    """
    every = sorted(reference, key=lambda r: r.id)
    ids = {r.id: r.qid or f"Q{INVENTED + n}" for n, r in enumerate(every)}
    wanted = {key for name in named for key in keys(name)}
    records = [r for r in every if any(keys(name) & wanted for name in (r.name, *r.aliases))]
    names = {r.id: r.name for r in every}
    offices = sorted({(term.office, term.of) for r in records for term in r.terms})
    positions = {office: f"Q{INVENTED + len(ids) + n}" for n, office in enumerate(offices)}
    for (office, of), id in positions.items():
        if of in ids:
            yield entity(id, f"{office} of {names[of]}", {"P31": ["Q4164871"], "P1001": [ids[of]]})
    seen: set[str] = set()
    for record in records:
        if ids[record.id] not in seen:
            seen.add(ids[record.id])
            yield _entity(record, ids, positions)


def _entity(record: Record, ids: Mapping[str, str], positions: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    told = _claims(record, ids, positions)
    claims = {p: [v for v in values if v and not _undated(p, v)] for p, values in told.items()}
    aliases = record.aliases
    return entity(ids[record.id], record.name, claims, aliases, round(PAGES * record.prior))


def _undated(prop: str, value: Value) -> bool:
    """Not a date that can be: before the year 1000, or a day that is in no calendar."""
    try:
        return prop in TIMES and not PartialDate(str(value))
    except ValueError:
        return True


def _claims(
    record: Record, ids: Mapping[str, str], positions: Mapping[tuple[str, str], str]
) -> dict[str, list[Value | None]]:
    person, treaty = record.cls == "Person", record.cls == "Treaty"
    body = record.cls in ("GovernmentBody", "Organisation")
    at = "P580" if record.cls == "Conflict" else "P571"
    where = None if record.latitude is None else f"{record.latitude} {record.longitude}"
    return {
        "P31": [CLASS_ITEMS.get(record.cls)],
        "P17": [ids.get(record.country or "")],
        "P1001": [ids.get(record.country or "")] if body else [],
        "P159": [ids.get(record.country or "")] if record.cls == "Organisation" else [],
        "P298": [record.code],
        "P625": [where],
        "P39": [
            (
                positions[t.office, t.of],
                {k: v for k, v in (("P580", t.start), ("P582", t.end)) if v and not _undated(k, v)},
            )
            for t in record.terms
            if t.of in ids
        ],
        "P463": [ids[m.organisation] for m in record.memberships if m.organisation in ids],
        "P569": [record.start] if person else [],
        at: [] if person or treaty else [record.start],
        "P582" if at == "P580" else "P576": [] if person or treaty else [record.end],
        "P585": [record.signed],
        "P7588": [record.in_force],
        "P1891": [ids.get(p) for p in record.parties],
    }


def hidden(quads: list[Quad], reference: Reference) -> tuple[list[Quad], dict[str, str]]:
    """The graph without its identities, and those that the reference data knows, by IRI."""
    base = base_of(quads)
    subjects = {q.subject.value for q in quads if isinstance(q.subject, NamedNode)}
    gold = {base + r.id: r.qid for r in reference if r.qid and base + r.id in subjects}
    return [q for q in quads if q.predicate not in (SAME_AS, CLOSE_MATCH)], gold


def tally(decisions: list[Decision], gold: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Right, wrong, unsure (with the right one first or not) and none, by class; "false" are links to an invented id or
    of entities without a known id."""
    found: dict[str, Counter[str]] = {}
    for d in decisions:
        counts, wanted = found.setdefault(d.subject.cls, Counter()), gold.get(d.subject.iri)
        best = d.best.id if d.best else None
        if wanted is None:
            if d.judgement is Judgement.POSITIVE and best and int(best[1:]) < INVENTED:
                counts["false"] += 1
            continue
        match d.judgement:
            case Judgement.POSITIVE:
                counts["right" if best == wanted else "wrong"] += 1
            case Judgement.UNSURE:
                counts["unsure, right first" if best == wanted else "unsure, other first"] += 1
            case _:
                counts["none"] += 1
    return found


def measure(graph: Path, folder: Path) -> tuple[list[Decision], dict[str, str]]:
    """Hide the identities of a graph and decide about all its entities."""
    reference = Reference.load()
    quads, gold = hidden(read_quads(graph), reference)
    named = [name for subject in subjects(Facts.of(quads)) for name in subject.names]
    dump = write_dump(folder / "reference.json", entities(reference, named))
    make_index(dump, folder / "reference.index")
    index = Index(folder / "reference.index")
    decisions, _ = decisions_for(quads, CandidateLinker(IndexCandidates(index), reference))
    index.close()
    return decisions, gold


def main(graph: Path) -> None:
    with TemporaryDirectory() as folder:
        decisions, gold = measure(graph, Path(folder))
    for cls, counts in tally(decisions, gold).items():
        print(f"{cls:26}", ", ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    for d in decisions:
        best, wanted = d.best, gold.get(d.subject.iri)
        right = best and best.id == wanted and d.judgement is Judgement.POSITIVE
        linked = d.judgement is Judgement.POSITIVE and best and int(best.id[1:]) < INVENTED
        if (wanted and not right) or (linked and not wanted):
            print(
                d.judgement,
                d.subject.iri.rpartition("/id/")[2],
                wanted,
                *(f"{c.id} {c.label} {c.score}: {c.because};" for c in d.candidates[:3]),
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output" / "sample.ttl")
