"""Every shape has an example that it passes and one that it alone finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from kg import resources
from kg.namespaces import TG
from kg.rdf.findings import SHAPES, Finding
from kg.rdf.shacl import hoisted, read_shapes
from kg.rdf.validate import read_quads, validate

EXAMPLES = resources.shapes() / "examples"
NAMES = sorted(path.stem for path in resources.shapes().glob("*.ttl") if path.stem != "shapes")
GRAPH = read_shapes()
RULES = sorted(str(shape).removeprefix(SHAPES) for shape in GRAPH.subjects(SH.severity))
SPARQL = sorted(str(shape).removeprefix(SHAPES) for shape in GRAPH.subjects(SH.sparql))


def _quads(path: Path) -> list[ox.Quad]:
    return [ox.Quad(q.subject, q.predicate, q.object, q.graph_name) for q in read_quads(path)]


def _moved(quads: Iterable[ox.Quad], number: int) -> list[ox.Quad]:
    """The quads with individuals of their own, so that many examples can be validated in one go."""

    def move(term: object) -> object:
        if isinstance(term, ox.BlankNode):
            return ox.BlankNode(f"{term.value}x{number}")
        if not isinstance(term, ox.NamedNode):
            return term
        moved = term.value.replace("https://example.org/", f"https://example.org/{number}/")
        return ox.NamedNode(re.sub(r"(?<=/entity/Q)(?=\d)", f"9{number:03}", moved))

    return [ox.Quad(move(q.subject), q.predicate, move(q.object)) for q in quads]  # type: ignore[arg-type]


def _cases() -> dict[str, list[ox.Quad]]:
    cases = {}
    for name in NAMES:
        valid = cases[name] = _quads(EXAMPLES / f"{name}-valid.ttl")
        for quad in _quads(EXAMPLES / f"{name}-invalid.trig"):
            assert isinstance(quad.graph_name, ox.NamedNode)
            cases.setdefault(quad.graph_name.value.removeprefix(SHAPES), list(valid)).append(quad)
    return cases


CASES = _cases()


@pytest.fixture(scope="module")
def found() -> Mapping[str, list[Finding]]:
    """The findings of each example by its name, from one validation of all of them."""
    cases = list(CASES)
    quads = [quad for number, case in enumerate(cases) for quad in _moved(CASES[case], number)]
    findings = defaultdict(list)
    for finding in validate(quads).findings:
        findings[cases[_number(finding)]].append(finding)
    return findings


def _number(finding: Finding) -> int:
    match = re.search(r"example\.org/(\d+)/|/entity/Q9(\d{3})|_:b\d+x(\d+)", f"{finding.focus} {finding.value}")
    assert match, finding
    return int(next(filter(None, match.groups())))


@pytest.mark.parametrize("name", NAMES)
def test_the_valid_example_has_no_finding_at_all(name: str, found: Mapping[str, list[Finding]]) -> None:
    assert found.get(name, []) == []


@pytest.mark.parametrize("rule", RULES)
def test_the_invalid_example_is_found_by_its_own_shape_only(rule: str, found: Mapping[str, list[Finding]]) -> None:
    assert {f.shape.removeprefix(SHAPES) for f in found.get(rule, [])} == {rule}


def test_every_example_is_of_a_shape() -> None:
    assert set(CASES) - set(NAMES) == set(RULES)


@pytest.mark.parametrize("shape", sorted({*GRAPH.subjects(SH.severity), *GRAPH.subjects(SH.property)}, key=str))
def test_each_shape_is_described(shape: URIRef) -> None:
    assert isinstance(shape, URIRef)
    assert GRAPH.value(shape, SH.name)
    assert GRAPH.value(shape, SH.description)
    if (shape, SH.severity, None) in GRAPH:
        query = GRAPH.value(shape, SH.sparql)
        message = str(GRAPH.value(query if query is not None else shape, SH.message))
        assert message.endswith(".")


def test_each_class_of_the_contract_has_a_shape() -> None:
    targets = {str(o).removeprefix(TG) for o in GRAPH.objects(None, SH.targetClass)}
    contract = "Person State HistoricalState InternationalOrganisation GovernmentBody Organisation Treaty Office Place"
    events = "Signing Ratification EntryIntoForce Termination Negotiation Meeting Visit Summit Accession Cession"
    assert {*contract.split(), *events.split(), "Conflict", "Event", "Interaction", "Statement", "Claim"} <= targets


def test_constraints_ask_only_what_every_engine_answers() -> None:
    for select in map(str, GRAPH.objects(None, SH.select)):
        assert not re.search(r"\b(SERVICE|MINUS|VALUES|GRAPH)\b", select)
        assert "SELECT" in select and "$this" in select


def test_a_message_names_only_what_its_query_selects() -> None:
    for query in GRAPH.objects(None, SH.sparql):
        head = str(GRAPH.value(query, SH.select)).partition("WHERE")[0]
        for name in re.findall(r"\{([?$]\w+)\}", str(GRAPH.value(query, SH.message))):
            assert name in head, name


def test_asking_once_finds_what_an_engine_finds_node_by_node() -> None:
    quads = [quad for number, name in enumerate(NAMES) for quad in _moved(_asked(name), number)]
    data = Graph().parse(resources.ontology() / "treatygraph.ttl")
    data.parse(data=ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    shapes = read_shapes()
    for shape in set(GRAPH.subjects(SH.property)) | set(GRAPH.subjects(SH.path)):
        shapes.remove((shape, None, None))
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    theirs = {(str(results.value(r, SH.sourceShape)), f"<{results.value(r, SH.focusNode)}>") for r in _results(results)}
    ours = {(f.shape, f.focus) for f in validate(quads).findings if f.shape.removeprefix(SHAPES) in SPARQL}
    assert theirs == ours


def _asked(name: str) -> list[ox.Quad]:
    invalid = _quads(EXAMPLES / f"{name}-invalid.trig")
    return CASES[name] + [q for q in invalid if q.graph_name.value.removeprefix(SHAPES) in SPARQL]  # type: ignore[union-attr]


def _results(report: Graph) -> list[Node]:
    return list(report.subjects(RDF.type, SH.ValidationResult))


def test_hoisting_changes_no_result() -> None:
    nested = Graph()
    nested.parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
        ex:A a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:p .
        ex:B a sh:NodeShape ; sh:targetNode ex:lone ; sh:property ex:p .
        ex:p a sh:PropertyShape ; sh:path ex:name ; sh:minCount 1 ."""
    )
    data = Graph().parse(data="<https://example.org/x> a <https://example.org/Thing> .")
    for shapes in (nested, hoisted(nested)):
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes)
        assert isinstance(results, Graph)
        assert {str(f) for f in results.objects(None, SH.focusNode)} == {
            "https://example.org/x",
            "https://example.org/lone",
        }
