"""The SHACL-SPARQL constraints of the shapes, each asked once for all nodes.

See https://www.w3.org/TR/shacl/#sparql-constraints. A SHACL engine asks a constraint again for each focus node, with
``$this`` bound: in pySHACL that is 50 ms of parsing a node. Our constraints bind ``$this`` by a triple pattern, so that
one answer holds the results of all focus nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple
from rdflib import SH, Graph
from rdflib.term import Node

from kg.namespaces import PREFIXES, RDF, RDFS
from kg.namespaces import SH as SHACL
from kg.rdf.findings import Finding, Severity
from kg.rdf.wellformed import term_text

TARGETS = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
COMPONENT = SHACL + "SPARQLConstraintComponent"

_TYPE, _SUBCLASS = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Constraint:
    """One query of a shape; ``targets`` are pairs of a SHACL target property and its value."""

    shape: str
    name: str
    severity: Severity
    targets: tuple[tuple[str, str], ...]
    message: str
    select: str


def constraints_of(shapes: Graph) -> tuple[Constraint, ...]:
    """The SPARQL constraints of ``shapes``, in the order of their IRIs."""
    found = (_constraint(shapes, shape, query) for shape, query in shapes.subject_objects(SH.sparql))
    return tuple(sorted(found, key=lambda c: (c.shape, c.select)))


def constraint_findings(triples: Store, constraints: Iterable[Constraint]) -> list[Finding]:
    """What the constraints find in the default graph of ``triples``, which say all that is known of classes."""
    return [finding for constraint in constraints for finding in _findings(triples, constraint)]


def severity_of(node: Node | None) -> Severity:
    """The severity that an IRI of SHACL names; a violation where there is none, as the standard has it."""
    return Severity(str(node).removeprefix(SHACL).lower()) if node is not None else Severity.VIOLATION


def _constraint(shapes: Graph, shape: Node, query: Node) -> Constraint:
    return Constraint(
        str(shape),
        str(shapes.value(shape, SH.name)),
        severity_of(shapes.value(shape, SH.severity)),
        tuple(sorted((str(p), str(o)) for p in TARGETS for o in shapes.objects(shape, p))),
        str(shapes.value(query, SH.message)),
        str(shapes.value(query, SH.select)),
    )


def _findings(store: Store, constraint: Constraint) -> Iterator[Finding]:
    focus = {node for kind, value in constraint.targets for node in _targeted(store, kind, NamedNode(value))}
    if not focus:
        return
    answer = store.query(constraint.select, prefixes=PREFIXES)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"{constraint.shape}: a constraint is a SELECT query")
    names = [variable.value for variable in answer.variables]
    for row in answer:
        found = {name: term for name in names if (term := row[name]) is not None}
        if found["this"] in focus:
            yield _finding(constraint, found)


def _finding(constraint: Constraint, found: dict[str, Term]) -> Finding:
    return Finding(
        constraint.severity,
        constraint.shape,
        constraint.name,
        term_text(found["this"]),
        re.sub(r"\{[?$](\w+)\}", lambda m: _plain(found[m[1]]), constraint.message),
        COMPONENT,
        value=term_text(found.get("value", found["this"])),
    )


def _targeted(store: Store, kind: str, value: NamedNode) -> Iterator[Term]:
    match kind.removeprefix(SHACL):
        case "targetNode":
            yield value
        case "targetSubjectsOf":
            yield from (quad.subject for quad in store.quads_for_pattern(None, value, None))
        case "targetObjectsOf":
            yield from (quad.object for quad in store.quads_for_pattern(None, value, None))
        case "targetClass":
            yield from (quad.subject for quad in store.quads_for_pattern(None, _TYPE, value))
            for below in store.quads_for_pattern(None, _SUBCLASS, value):
                if isinstance(below.subject, NamedNode):
                    yield from _targeted(store, kind, below.subject)


def _plain(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value
