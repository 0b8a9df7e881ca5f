"""What a reviewer decided, kept by a run of ``kg link``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from pyoxigraph import NamedNode, Quad

from kg.model import REVIEWED, Link, Standing
from kg.rdf import terms as t
from kg.rdf.links import REVIEW, item_node, link_quads
from kg.resolution.decisions import Decisions
from kg.resolution.judging.deciding import Decision, Judgement
from kg.resolution.judging.rules import thresholds
from kg.wikidata.subjects import Facts, plain

_LINKING = frozenset({t.SAME_AS, t.CLOSE_MATCH, t.DIFFERENT_FROM})


def as_decided(quads: Sequence[Quad], decisions: Decisions, base: str) -> list[Quad]:
    """The graph with the identities that were decided, and without those that were declined."""
    facts = Facts.of(quad for quad in quads if quad.predicate in {*_LINKING, t.TYPE, t.SUBJECT, t.OBJECT})
    links = {base + id: item_node(target).value for id, target in decisions.links().items()}
    links = {iri: target for iri, target in links.items() if iri in facts.out}
    declined = {(base + id, item_node(target).value) for id, target in decisions.declined()}
    stale = set(_stale(facts, links, declined))
    apart = {(iri, value) for iri in links for value in facts.all(iri, t.DIFFERENT_FROM.value) if value in facts.out}
    kept = [quad for quad in quads if plain(quad)[::2] in apart or not _goes(quad, links, declined, stale)]
    for iri, target in sorted(links.items()):
        kept += link_quads(NamedNode(iri), _decided(target), REVIEW, base)
    return kept


def told_apart(quads: Iterable[Quad], base: str, items: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The entities, by id, and the items that the graph says they are not: also those that ``items`` gives, by IRI, to
    entities that they are different from."""
    apart = (plain(quad) for quad in quads if quad.predicate == t.DIFFERENT_FROM)
    return frozenset((subject.removeprefix(base), items.get(value, _target(value))) for subject, _, value in apart)


def not_declined(decision: Decision, declined: Set[tuple[str, str]], base: str) -> Decision:
    """The decision without candidates that were declined; what is left after the best went is not sure."""
    id = decision.subject.iri.removeprefix(base)
    left = tuple(each for each in decision.candidates if (id, each.id) not in declined)
    if left == decision.candidates or left[:1] == decision.candidates[:1]:
        return replace(decision, candidates=left)
    possible = bool(left) and left[0].score >= thresholds().unsure and not left[0].contradicted
    return replace(decision, candidates=left, judgement=Judgement.UNSURE if possible else Judgement.NEGATIVE)


def shared(quads: Iterable[Quad], decisions: Decisions, base: str) -> Iterator[Quad]:
    """Links to the item of one entity for those that are the same and have none."""
    facts = Facts.of(quad for quad in quads if quad.predicate in (t.TYPE, t.SAME_AS))
    groups: dict[str, list[str]] = {}
    there = frozenset(iri.removeprefix(base) for iri in facts.out)
    for id, kept in sorted(decisions.merged(there).items()):
        groups.setdefault(kept, []).append(base + id)
    for group in groups.values():
        targets = {value for iri in group for value in facts.all(iri, t.SAME_AS.value)}
        for iri in group if len(targets) == 1 else ():
            if not facts.all(iri, t.SAME_AS.value):
                yield from link_quads(NamedNode(iri), _decided(*targets), REVIEW, base)


def _decided(target: str) -> Link:
    return Link(_target(target), 1.0, REVIEWED, Standing.SURE)


def _target(iri: str) -> str:
    """As a link has it: a Q-id for an item of Wikidata."""
    return iri.removeprefix(t.wikidata("Q1").value.removesuffix("Q1"))


def _stale(facts: Facts, links: dict[str, str], declined: set[tuple[str, str]]) -> Iterator[str]:
    """The nodes of links that a decision takes the place of."""
    for node in facts.instances("Link"):
        subject = facts.one(node, t.SUBJECT.value) or ""
        target = facts.one(node, t.OBJECT.value) or ""
        if target not in facts.out and (subject in links or (subject, target) in declined):
            yield node


def _goes(quad: Quad, links: dict[str, str], declined: set[tuple[str, str]], stale: set[str]) -> bool:
    subject, _, value = plain(quad)
    replaced = quad.predicate in _LINKING and subject in links
    refused = quad.predicate in _LINKING - {t.DIFFERENT_FROM} and (subject, value) in declined
    return subject in stale or replaced or refused
