"""Linking the entities of a graph: identities as ``owl:sameAs``, possible ones as ``skos:closeMatch`` with a score.

Each link is also a ``tg:Link`` with its score and the features it rests on. Entities that have an identity keep it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.errors import InputError
from kg.model import Link, Standing
from kg.namespaces import ID, TG
from kg.progress import Progress, Silent
from kg.rdf import terms as t
from kg.rdf.links import link_quads
from kg.rdf.serialise import write
from kg.rdf.validate import read_quads
from kg.resolution.decisions import Decisions
from kg.resolution.judging.context import Candidates, Context, lineages
from kg.resolution.judging.deciding import Candidate, Decision, Judgement, decide
from kg.resolution.judging.rules import thresholds
from kg.resolution.judging.subject import Subject
from kg.resolution.reference import Reference
from kg.settings import checked_base, format_of
from kg.wikidata.reviewed import as_decided, not_declined, shared, told_apart
from kg.wikidata.subjects import Facts, plain, subjects


class Linker(Protocol):
    """Decides about one entity after the other; ``source`` is what the links derive from."""

    @property
    def source(self) -> str: ...

    def decide(self, subject: Subject, context: Context) -> Decision: ...

    def context(self, every: Sequence[Subject]) -> Context: ...


class CandidateLinker:
    """Judges the candidates of an index or of the API."""

    def __init__(self, candidates: Candidates, reference: Reference | None = None) -> None:
        self._candidates, self._reference = candidates, reference

    @property
    def source(self) -> str:
        return self._candidates.source

    def context(self, every: Sequence[Subject]) -> Context:
        return Context(every, self._candidates, lineages(self._reference) if self._reference else {})

    def decide(self, subject: Subject, context: Context) -> Decision:
        return decide(subject, self._candidates.search(subject, context), context)


@dataclass(frozen=True, slots=True)
class LinkResult:
    """``known`` entities had an identity; of the others there is a decision each. ``ignored`` are reviewed decisions
    about entities that are not in the graph."""

    output: Path
    known: int
    decisions: tuple[Decision, ...]
    ignored: tuple[str, ...] = ()

    def counts(self) -> dict[str, Counter[str]]:
        """How many were decided how, by class."""
        found: dict[str, Counter[str]] = {}
        for decision in self.decisions:
            found.setdefault(decision.subject.cls, Counter())[decision.judgement.value] += 1
        return found


def link(
    graph: Path, output: Path, linker: Linker, progress: Progress | None = None, reviewed: Decisions | None = None
) -> LinkResult:
    """Read a graph, link it, write it, as far as nothing else was ``reviewed``.

    Raises ``InputError``, ``OutputError`` and what the linker raises.
    """
    fmt = format_of(output)
    quads = read_quads(graph)
    if any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)):
        raise InputError(str(graph), "has blank nodes, which a graph of 'kg build' never has")
    base, given = base_of(quads), reviewed or Decisions()
    ignored = tuple(each.ignored for each in given.missing(_ids(quads, base)))
    quads = as_decided(quads, given, base)
    found, known = decisions_for(quads, linker, progress)
    declined = given.declined() | told_apart(quads, base, _identities(quads, found))
    decisions = [not_declined(each, declined, base) for each in found]
    kept = without_links(quads, {decision.subject.iri for decision in decisions})
    kept += links(decisions, linker.source, base)
    write([*kept, *shared(kept, given, base)], output, fmt, base)
    return LinkResult(output, known, tuple(decisions), ignored)


def _ids(quads: Iterable[Quad], base: str) -> frozenset[str]:
    return frozenset(q.subject.value.removeprefix(base) for q in quads if isinstance(q.subject, NamedNode))


def _identities(quads: Iterable[Quad], decisions: Iterable[Decision]) -> dict[str, str]:
    """The item of each entity that has one, or that was just decided to be one."""
    known = {subject.iri: subject.same_as for subject in subjects(Facts.of(quads)) if subject.same_as}
    sure = (each for each in decisions if each.judgement is Judgement.POSITIVE)
    return {**known, **{each.subject.iri: each.best.id for each in sure if each.best}}


def decisions_for(
    quads: Iterable[Quad], linker: Linker, progress: Progress | None = None
) -> tuple[list[Decision], int]:
    """The decision about each entity without an identity, and how many had one.

    Sure ones are context for those that come later. An item that two entities would be is unsure for both.
    """
    shown = progress or Silent()
    every = subjects(Facts.of(quads))
    wanted = [subject for subject in every if not subject.same_as]
    context = linker.context(every)
    shown.start(len(wanted))
    decisions = []
    for subject in wanted:
        decision = linker.decide(subject, context)
        if decision.judgement is Judgement.POSITIVE and decision.best:
            context.link(subject.iri, decision.best.id)
        decisions.append(decision)
        shown.advance(1, subject.names[0] if subject.names else subject.iri)
    taken = [subject.same_as for subject in every if subject.same_as]
    return _single(decisions, taken), len(every) - len(wanted)


def links(decisions: Iterable[Decision], source: str, base: str = ID) -> Iterator[Quad]:
    """The triples of what was decided; nothing for negative ones."""
    for decision in decisions:
        if decision.judgement is Judgement.NEGATIVE:
            continue
        sure = decision.judgement is Judgement.POSITIVE
        standing = Standing.SURE if sure else Standing.POSSIBLE
        for candidate in decision.candidates[: 1 if sure else None]:
            if candidate.score >= thresholds().unsure:
                link = Link(candidate.id, candidate.score, candidate.because, standing)
                yield from link_quads(NamedNode(decision.subject.iri), link, source, base)


def without_links(quads: Sequence[Quad], iris: Set[str]) -> list[Quad]:
    """The graph without what an earlier run judged about these entities, which is judged anew."""
    facts = Facts.of(quad for quad in quads if quad.predicate in (t.TYPE, t.SUBJECT, t.PREDICATE, t.OBJECT))
    links = [node for node in facts.instances("Link") if facts.one(node, t.PREDICATE.value) != t.DIFFERENT_FROM.value]
    stale = {node: facts.one(node, t.SUBJECT.value) for node in links}
    told = {(about, facts.one(node, t.OBJECT.value)) for node, about in stale.items() if about in iris}

    def is_stale(quad: Quad) -> bool:
        subject, _, value = plain(quad)
        return stale.get(subject) in iris or (quad.predicate == t.CLOSE_MATCH and (subject, value) in told)

    return [quad for quad in quads if not is_stale(quad)]


def base_of(quads: Iterable[Quad]) -> str:
    """What the IRIs of the graph's ids begin with, told by its documents."""
    document = NamedNode(TG + "Document")
    for quad in quads:
        if quad.predicate == t.TYPE and quad.object == document and isinstance(quad.subject, NamedNode):
            before, found, _ = quad.subject.value.partition("document/")
            if found:
                return checked_base(before)
    return ID


def _single(decisions: Iterable[Decision], taken: Iterable[str]) -> list[Decision]:
    """One item is one entity at most: that with the better name, the others are unsure; all are when none is better."""
    made = list(decisions)
    best: dict[str, list[tuple[float, float]]] = {id: [(2.0, 2.0)] for id in taken}
    for each in made:
        if each.judgement is Judgement.POSITIVE and each.best:
            best.setdefault(each.best.id, []).append(_standing(each.best))
    return [
        replace(d, judgement=Judgement.UNSURE)
        if d.best and d.judgement is Judgement.POSITIVE and not _leads(_standing(d.best), best[d.best.id])
        else d
        for d in made
    ]


def _standing(candidate: Candidate) -> tuple[float, float]:
    return candidate.features.get("name", 0.0), candidate.score


def _leads(standing: tuple[float, float], every: list[tuple[float, float]]) -> bool:
    return standing == max(every) and every.count(standing) == 1
