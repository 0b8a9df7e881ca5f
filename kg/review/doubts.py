"""Nodes that may hold two entities: by names of one word, by offices of two states, by times that are far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import POLITIES
from kg.namespaces import RDF, RDFS, TG
from kg.resolution.judging.spelling import name
from kg.resolution.judging.subject import Subject
from kg.review.evidence import Texts
from kg.wikidata.subjects import Facts

_LIFE = 75
"""So many years nobody acts."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a node may be several: ``reason`` in one word, for the file of decisions, and ``told`` for people."""

    iri: str
    reason: str
    told: str


def doubts(subjects: Iterable[Subject], texts: Texts) -> list[Doubt]:
    """One for each node that looks like several, sorted by node; the first reason that there is. Whose identity is sure
    was judged by all of this but the years."""
    every = {subject.iri: subject for subject in subjects}
    dated = dict(_signed(texts.facts))
    found = (next(_of(subject, every, texts, dated), None) for subject in every.values())
    return sorted((doubt for doubt in found if doubt is not None), key=lambda doubt: doubt.iri)


def _of(subject: Subject, every: dict[str, Subject], texts: Texts, dated: dict[str, str]) -> Iterator[Doubt]:
    iri = subject.iri
    if subject.cls == "Treaty" and iri in dated:
        yield Doubt(iri, "years", f"signed in {dated[iri]}, by the texts")
    if subject.cls != "Person":
        return
    documents = {place.document for place, _ in texts.of(iri)}
    if subject.years and subject.years[1] - subject.years[0] > _LIFE:
        yield Doubt(iri, "years", f"takes part in what happened from {subject.years[0]} to {subject.years[1]}")
    if subject.same_as:
        return
    if len(documents) > 1 and all(len(name(each).words) < 2 for each in subject.names):
        yield Doubt(iri, "surname", f"named by one word alone, in {len(documents)} documents")
    states = sorted({held.of for held in subject.offices if held.of and _is_polity(held.of, every)})
    if len({_line(texts.facts, state) for state in states}) > 1:
        labels = " and ".join(texts.facts.one(state, RDFS + "label") or state for state in states)
        yield Doubt(iri, "offices", f"has offices of {labels}")


def _is_polity(iri: str, every: dict[str, Subject]) -> bool:
    return iri in every and every[iri].cls in POLITIES


def _line(facts: Facts, state: str) -> str:
    """The state of today that a state became, else itself."""
    return next(iter(facts.told(state, "succeededBy")), state)


def _signed(facts: Facts) -> Iterator[tuple[str, str]]:
    """Treaties that were signed in several years, by what the texts say."""
    for node in facts.instances("Disagreement"):
        if facts.one(node, RDF + "predicate") == TG + "signedOn":
            years = sorted({value[:4] for key in ("chosen", "alternative") for value in facts.told(node, key)})
            if len(years) > 1:
                yield facts.one(node, RDF + "subject") or "", " and ".join(years)
