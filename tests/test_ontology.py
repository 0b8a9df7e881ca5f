"""The ontology, its alignments and its code lists: complete, consistent and OWL 2 RL."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import owlrl  # type: ignore[import-untyped]
import pytest
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SDO, SKOS, VANN, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg import resources
from kg.model import ENTITY_CLASSES, EVENT_CLASSES, Modality
from kg.namespaces import PLOVER, SCHEME, WD, WDT
from kg.rdf.shacl import read_shapes
from kg.rdf.wellformed import is_iri

TG = Namespace("https://w3id.org/treatygraph/ontology#")
IRI = URIRef("https://w3id.org/treatygraph/ontology")
FOLDER = resources.ontology()
FILES = sorted([FOLDER / "treatygraph.ttl", FOLDER / "alignments.ttl", *(FOLDER / "schemes").glob("*.ttl")])
ONTOLOGY = Graph().parse(FOLDER / "treatygraph.ttl")
ALIGNMENTS = Graph().parse(FOLDER / "alignments.ttl")
SCHEMES = {path.stem: Graph().parse(path) for path in sorted((FOLDER / "schemes").glob("*.ttl"))}

CLASSES = """
    Polity State HistoricalState Organisation InternationalOrganisation GovernmentBody Person Treaty Office Place Event
    Conflict Signing Ratification EntryIntoForce Termination Negotiation Meeting Visit Summit Accession Cession
    Interaction Statement Claim Document Disagreement
"""
PROPERTIES = """
    party signatory signedOn signedAt ratifiedBy inForceFrom duration terminatedOn concludes replaces transfersTerritory
    cededTerritoryTo concerns holdsOffice officeOf represents memberOf bodyOf locatedIn succeededBy earliest latest year
    eventType participant agent target location date host within concernsTreaty speaker quotation reportedSpeech
    mentions modality attributedTo unnamedSource reportedBy confidence
"""
SUPERCLASSES = {
    "Person": PROV.Agent,
    "State": TG.Polity,
    "HistoricalState": TG.Polity,
    "Polity": PROV.Agent,
    "Organisation": PROV.Agent,
    "InternationalOrganisation": TG.Organisation,
    "GovernmentBody": TG.Organisation,
    "Conflict": TG.Event,
    "Meeting": TG.Event,
    "Claim": RDF.Statement,
    "Document": SDO.Article,
}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
TERMS = sorted({s for kind in KINDS for s in ONTOLOGY.subjects(RDF.type, kind) if str(s).startswith(TG)}, key=str)


def _terms_of(graph: Graph) -> set[str]:
    return {str(t).removeprefix(TG) for triple in graph for t in triple if str(t).startswith(TG)}


def test_every_class_and_property_of_the_contract_is_defined() -> None:
    for name in CLASSES.split():
        assert (TG[name], RDF.type, OWL.Class) in ONTOLOGY, name
    for name in PROPERTIES.split():
        kinds = set(ONTOLOGY.objects(TG[name], RDF.type))
        assert kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}, name


def test_every_class_that_the_code_writes_is_defined() -> None:
    assert {TG[name] for name in ENTITY_CLASSES | EVENT_CLASSES} <= set(TERMS)


@pytest.mark.parametrize("name, above", SUPERCLASSES.items())
def test_classes_stand_where_the_contract_puts_them(name: str, above: URIRef) -> None:
    assert (TG[name], RDFS.subClassOf, above) in ONTOLOGY


@pytest.mark.parametrize("term", TERMS)
def test_every_term_is_labelled_defined_and_shown(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        values = list(ONTOLOGY.objects(term, predicate))
        assert len(values) == 1, predicate
        assert (
            isinstance(values[0], Literal) and values[0].language == "en" and str(values[0]) == str(values[0]).strip()
        )
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == IRI


def test_labels_are_unique() -> None:
    labels = Counter(str(label) for term in TERMS for label in ONTOLOGY.objects(term, RDFS.label))
    assert [label for label, count in labels.items() if count > 1] == []


def test_the_header_is_what_a_catalogue_asks_for() -> None:
    for predicate in (OWL.versionIRI, DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license):
        assert ONTOLOGY.value(IRI, predicate), predicate
    assert str(ONTOLOGY.value(IRI, OWL.versionIRI)).endswith(str(ONTOLOGY.value(IRI, OWL.versionInfo)))
    issued, modified = ONTOLOGY.value(IRI, DCTERMS.issued), ONTOLOGY.value(IRI, DCTERMS.modified)
    assert isinstance(issued, Literal) and isinstance(modified, Literal)
    assert issued.datatype == modified.datatype == XSD.date and str(issued) <= str(modified)
    assert str(ONTOLOGY.value(IRI, VANN.preferredNamespacePrefix)) == "tg"
    assert str(ONTOLOGY.value(IRI, VANN.preferredNamespaceUri)) == str(TG)


def test_domains_ranges_and_superclasses_are_declared_terms() -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        for value in ONTOLOGY.objects(None, predicate):
            known = (value, RDF.type, None) in ONTOLOGY or str(value).startswith((str(XSD), str(RDF)))
            assert known, value


def test_ranges_are_datatypes_of_owl_2() -> None:
    datatypes = {r for r in ONTOLOGY.objects(None, RDFS.range) if str(r).startswith(str(XSD))}
    assert datatypes <= {XSD.string, XSD.integer, XSD.decimal}


def test_a_property_has_no_more_than_one_domain_and_range() -> None:
    # Several of them intersect, which is never what was meant.
    for term in TERMS:
        assert len(list(ONTOLOGY.objects(term, RDFS.domain))) <= 1, term
        assert len(list(ONTOLOGY.objects(term, RDFS.range))) <= 1, term


def test_only_constructs_of_owl_2_rl_are_used() -> None:
    used = {str(t).removeprefix(str(OWL)) for triple in ONTOLOGY for t in triple if str(t).startswith(str(OWL))}
    allowed = (
        "Ontology versionIRI versionInfo Class ObjectProperty DatatypeProperty AnnotationProperty NamedIndividual "
    )
    allowed += "AllDisjointClasses members AsymmetricProperty IrreflexiveProperty"
    assert used <= set(allowed.split())


def test_classes_that_are_disjoint_have_no_common_subclass() -> None:
    for axiom in ONTOLOGY.subjects(RDF.type, OWL.AllDisjointClasses):
        members = list(Collection(ONTOLOGY, ONTOLOGY.value(axiom, OWL.members) or axiom))
        below = Counter(sub for member in members for sub in set(ONTOLOGY.transitive_subjects(RDFS.subClassOf, member)))
        assert len(members) > 1 and set(below.values()) == {1}


def _closed(turtle: str) -> Graph:
    prefixes = "@prefix tg: <https://w3id.org/treatygraph/ontology#> . @prefix ex: <https://example.org/> . "
    graph = Graph().parse(data=prefixes + turtle)
    for file in FILES:
        graph.parse(file)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return graph


def _contradictions(graph: Graph) -> list[Node]:
    errors = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    return list(graph.subjects(RDF.type, errors))


def test_a_reasoner_infers_and_finds_no_contradiction() -> None:
    graph = _closed(
        "ex:t a tg:Treaty ; tg:party ex:iran ; tg:signatory ex:putin . ex:iran a tg:State . "
        "ex:v a tg:Visit ; tg:agent ex:putin . ex:old tg:succeededBy ex:iran . "
        "ex:c a tg:Claim ; tg:modality tg:Actual ; tg:confidence 0.8 ."
    )
    assert _contradictions(graph) == []
    example = Namespace("https://example.org/")
    assert (example.putin, RDF.type, TG.Person) in graph
    assert (example.iran, RDF.type, PROV.Agent) in graph
    assert (example.v, TG.participant, example.putin) in graph
    assert (example.v, RDF.type, TG.Event) in graph


@pytest.mark.parametrize(
    "turtle",
    ["ex:x a tg:Person, tg:Place .", "ex:x a tg:State, tg:HistoricalState .", "ex:x tg:succeededBy ex:x ."],
)
def test_a_reasoner_finds_a_contradiction(turtle: str) -> None:
    assert _contradictions(_closed(turtle))


def test_shapes_schemes_and_alignments_use_only_defined_terms() -> None:
    defined = _terms_of(ONTOLOGY) | {m.value for m in Modality}
    for graph in (read_shapes(), ALIGNMENTS, *SCHEMES.values()):
        assert _terms_of(graph) - defined == set()


def test_every_class_of_the_ontology_is_checked_by_a_shape_or_is_a_list_of_ours() -> None:
    unchecked = {"Polity", "StateLineage", "Modality"} | (_terms_of(read_shapes()))
    assert {
        str(t).removeprefix(TG) for t in ONTOLOGY.subjects(RDF.type, OWL.Class) if str(t).startswith(TG)
    } <= unchecked


def test_alignment_targets_are_well_formed() -> None:
    for subject, _, target in ALIGNMENTS.triples((None, None, None)):
        if str(subject).startswith(TG):
            assert is_iri(str(target)), target
            if str(target).startswith(WD):
                assert re.fullmatch(r"Q[1-9]\d*", str(target).removeprefix(WD))
            if str(target).startswith(WDT):
                assert re.fullmatch(r"P[1-9]\d*", str(target).removeprefix(WDT))


def test_schema_terms_exist() -> None:
    for graph in (ONTOLOGY, ALIGNMENTS):
        for triple in graph:
            for term in triple:
                if str(term).startswith(str(SDO)) and str(term) != str(SDO):
                    name = str(term).removeprefix(str(SDO))
                    assert name in SDO or name == "rangeIncludes", term


def test_wikidata_targets_are_verified_ids() -> None:
    shared = Path(os.environ.get("TREATYGRAPH_SHARED", resources.ontology().parent.parent / "shared"))
    table = shared / "data" / "reference" / "wikidata_ids.tsv"
    if not table.is_file():
        pytest.skip("the table of Wikidata ids is not here")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    verified = {r["id"] for r in rows if r["kind"] in {"class", "property"} and r["verified"] == "yes"}
    graphs = [ALIGNMENTS, SCHEMES["treaty-types"]]
    objects = {str(o) for graph in graphs for o in graph.objects() if str(o).startswith((WD, WDT))}
    assert {o.rpartition("/")[2] for o in objects} - verified == set()


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_is_sound(name: str) -> None:
    graph = SCHEMES[name]
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert graph.value(scheme, DCTERMS.title) and graph.value(scheme, DCTERMS.license)
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        assert graph.value(concept, SKOS.inScheme) == scheme
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1
        assert graph.value(concept, SKOS.definition)
        assert tops & set(graph.transitive_objects(concept, SKOS.broader)), concept
        broader = set(graph.objects(concept, SKOS.broader))
        assert (concept in tops) == (not broader)
        assert all((above, RDF.type, SKOS.Concept) in graph for above in broader)


@pytest.mark.parametrize("name", SCHEMES)
def test_no_word_names_two_concepts_of_a_scheme(name: str) -> None:
    graph = SCHEMES[name]
    labels = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    words = Counter(str(o).casefold() for p in labels for o in graph.objects(None, p))
    assert [word for word, count in words.items() if count > 1] == []


def test_the_schemes_have_the_iris_that_the_code_writes() -> None:
    expected = {
        "policy-areas": (f"{SCHEME}policy-area", f"{SCHEME}policy-area/trade"),
        "treaty-types": (f"{SCHEME}treaty-type", f"{SCHEME}treaty-type/pact"),
        "treaty-actions": (f"{SCHEME}treaty-action", f"{SCHEME}treaty-action/ratification"),
        "modalities": (f"{SCHEME}modality", str(TG.Planned)),
        "plover": (PLOVER.removesuffix("#"), f"{PLOVER}ACCUSE"),
    }
    for name, (scheme, concept) in expected.items():
        assert (URIRef(scheme), RDF.type, SKOS.ConceptScheme) in SCHEMES[name]
        assert (URIRef(concept), RDF.type, SKOS.Concept) in SCHEMES[name]


def test_plover_has_its_sixteen_kinds_in_four_quadrants() -> None:
    graph = SCHEMES["plover"]
    kinds = {s for s in graph.subjects(RDF.type, SKOS.Concept) if str(s).removeprefix(PLOVER).isupper()}
    assert len(kinds) == 16
    assert len({graph.value(kind, SKOS.broader) for kind in kinds}) == 4
    assert all(graph.value(kind, SKOS.notation) for kind in kinds)


def test_modalities_are_those_of_the_model() -> None:
    concepts = {str(s).removeprefix(TG) for s in SCHEMES["modalities"].subjects(RDF.type, TG.Modality)}
    assert concepts == {modality.value for modality in Modality}
