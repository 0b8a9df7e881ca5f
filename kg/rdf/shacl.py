"""The shapes of the project, checked: core constraints by pySHACL, SPARQL constraints by Oxigraph.

Core and SHACL-SPARQL only, without imports, JavaScript or rules.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import pyshacl
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.term import Node

from kg import resources
from kg.namespaces import RDF, RDFS, SKOS
from kg.rdf.constraints import TARGETS, Constraint, constraint_findings, constraints_of, severity_of
from kg.rdf.findings import Finding
from kg.rdf.wellformed import term_text

_CONCEPT = NamedNode(SKOS + "Concept")
_BACKGROUND = frozenset({RDFS + "subClassOf", SKOS + "inScheme"})


def shacl_findings(triples: Store) -> list[Finding]:
    """What the shapes find in ``triples``, a store with all of them in its default graph.

    What the shapes need to know of the ontology is added to the store. Triple terms of RDF 1.2 are left out, since
    rdflib does not know them.
    """
    core, constraints = _project_shapes()
    triples.extend(_background())
    return _core_findings(triples, core) + constraint_findings(triples, constraints)


def read_shapes() -> Graph:
    """All files of the folder of shapes as one graph."""
    graph = Graph()
    for path in sorted(resources.shapes().glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@cache
def _project_shapes() -> tuple[Graph, tuple[Constraint, ...]]:
    shapes = read_shapes()
    constraints = constraints_of(shapes)
    shapes.remove((None, SH.sparql, None))
    return hoisted(shapes), constraints


def hoisted(shapes: Graph) -> Graph:
    """The same shapes with each property shape targeted directly, where it stood below a shape with targets.

    The results are the same, but pySHACL visits a property shape with targets once for all nodes together, and one
    below a node shape once for each node, which takes much longer.
    """
    flat = Graph()
    for triple in shapes:
        flat.add(triple)
    for shape, below in list(flat.subject_objects(SH.property)):
        targets = [(p, o) for p in TARGETS for o in flat.objects(shape, p)]
        if targets:
            flat.remove((shape, SH.property, below))
        for predicate, target in targets:
            flat.add((below, predicate, target))
    return flat


@cache
def _background() -> tuple[Quad, ...]:
    """What the shapes need to know beforehand: which class stands under which, and the concepts of each scheme."""
    folder = resources.ontology()
    files = [folder / "treatygraph.ttl", *sorted((folder / "schemes").glob("*.ttl"))]
    quads = (quad for path in files for quad in parse(path=path, format=RdfFormat.TURTLE))
    return tuple(quad for quad in quads if _is_background(quad))


def _is_background(quad: Quad) -> bool:
    predicate = quad.predicate.value
    return predicate in _BACKGROUND or (predicate == RDF + "type" and quad.object == _CONCEPT)


def _core_findings(quads: Iterable[Quad], shapes: Graph) -> list[Finding]:
    with _quiet():
        data = _rdflib_graph(quads)
        _, results, _ = pyshacl.validate(
            data, shacl_graph=shapes, inplace=True, advanced=False, do_owl_imports=False, js=False
        )
        if not isinstance(results, Graph):
            raise TypeError(f"pySHACL gave no report: {results}")
        return [_finding(results, node, shapes) for node in results.objects(None, SH.result)]


@contextmanager
def _quiet() -> Iterator[None]:
    # rdflib logs each ill-formed term that it meets; those are findings of kg.rdf.wellformed already.
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _rdflib_graph(quads: Iterable[Quad]) -> Graph:
    graph = Graph()
    terms: dict[NamedNode | BlankNode | Literal, Node] = {}

    def known(term: NamedNode | BlankNode | Literal) -> Node:
        if term not in terms:
            terms[term] = _rdflib_term(term)
        return terms[term]

    for quad in quads:
        if not isinstance(quad.object, Triple) and not isinstance(quad.subject, Triple):
            graph.add((known(quad.subject), known(quad.predicate), known(quad.object)))
    return graph


def _rdflib_term(term: NamedNode | BlankNode | Literal) -> Node:
    match term:
        case NamedNode(value=iri):
            return URIRef(iri)
        case BlankNode(value=name):
            return BNode(name)
        case Literal(value=text, language=str(language)):
            return RdfLiteral(text, lang=language, normalize=False)
    return RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _finding(results: Graph, node: Node, shapes: Graph) -> Finding:
    def one(predicate: URIRef) -> Node | None:
        return results.value(node, predicate, any=True)

    shape, path, value = one(SH.sourceShape), one(SH.resultPath), one(SH.value)
    return Finding(
        severity_of(one(SH.resultSeverity)),
        str(shape),
        str(shapes.value(shape, SH.name) or shape),
        _text(one(SH.focusNode)),
        min(map(str, results.objects(node, SH.resultMessage)), default=""),
        str(one(SH.sourceConstraintComponent)),
        _path(results, path) if path is not None else None,
        _text(value) if value is not None else None,
    )


def _text(node: Node | None) -> str:
    match node:
        case URIRef():
            return term_text(NamedNode(str(node)))
        case RdfLiteral(language=str(language)):
            return term_text(Literal(str(node), language=language))
        case RdfLiteral(datatype=URIRef() as datatype):
            return term_text(Literal(str(node), datatype=NamedNode(str(datatype))))
        case BNode():
            return f"_:{node}"
    return term_text(Literal(str(node)))


def _path(results: Graph, path: Node) -> str:
    """A SHACL path in Turtle."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    for predicate, inner in results.predicate_objects(path):
        if predicate == SH.inversePath:
            return f"[ <{predicate}> {_path(results, inner)} ]"
        if predicate == SH.alternativePath:
            members = " ".join(_path(results, member) for member in Collection(results, inner))
            return f"[ <{predicate}> ( {members} ) ]"
        if str(predicate) == RDF + "first":
            return f"( {' '.join(_path(results, step) for step in Collection(results, path))} )"
    raise ValueError(f"a path that the project's shapes do not use: {path}")
