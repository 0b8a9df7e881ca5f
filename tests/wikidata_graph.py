"""A small graph in the terms of the project, to be linked: identities are not known."""

from __future__ import annotations

from pathlib import Path

HEAD = """
@prefix tg: <https://w3id.org/treatygraph/ontology#> .
@prefix id: <https://w3id.org/treatygraph/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
"""

LAVROV = """
<https://w3id.org/treatygraph/id/document/talks> a tg:Document ; dcterms:title "Talks"@en ;
    dcterms:issued "2025-04-18"^^xsd:date ; dcterms:source <https://example.org/talks> ;
    tg:sha256 "71e4a622c91263ad20750617f7cdab5a0a544cf53dc768d0e741d4688915b0c7" .
<https://w3id.org/treatygraph/id/document/talks#char=0,13> a nif:Phrase ; nif:anchorOf "Sergey Lavrov" ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "13"^^xsd:nonNegativeInteger ;
    nif:referenceContext <https://w3id.org/treatygraph/id/document/talks> .
<https://w3id.org/treatygraph/id/claim/1> a tg:Claim ;
    rdf:subject <https://w3id.org/treatygraph/id/person/sergey-lavrov> ; rdf:predicate tg:holdsOffice ;
    rdf:object <https://w3id.org/treatygraph/id/office/foreign-minister-of-russia> ;
    prov:wasDerivedFrom <https://w3id.org/treatygraph/id/document/talks#char=0,13> ;
    tg:modality tg:Actual ; tg:confidence 0.9 .
<https://w3id.org/treatygraph/id/person/sergey-lavrov> a tg:Person ; rdfs:label "Sergey Lavrov"@en ;
    tg:holdsOffice <https://w3id.org/treatygraph/id/office/foreign-minister-of-russia> ;
    tg:represents <https://w3id.org/treatygraph/id/state/russia> .
<https://w3id.org/treatygraph/id/office/foreign-minister-of-russia> a tg:Office ;
    rdfs:label "Foreign Minister of Russia"@en ; tg:officeOf <https://w3id.org/treatygraph/id/state/russia> .
<https://w3id.org/treatygraph/id/state/russia> a tg:State ; rdfs:label "Russia"@en .
"""

TREATY = """
<https://w3id.org/treatygraph/id/historical-state/russian-empire> a tg:HistoricalState ;
    rdfs:label "Russian Empire"@en .
<https://w3id.org/treatygraph/id/historical-state/qajar-iran> a tg:HistoricalState ; rdfs:label "Qajar Iran"@en ;
    skos:altLabel "Persia"@en .
<https://w3id.org/treatygraph/id/treaty/turkmenchay> a tg:Treaty ; rdfs:label "Turkmenchay Treaty"@en ;
    tg:party <https://w3id.org/treatygraph/id/historical-state/russian-empire>,
        <https://w3id.org/treatygraph/id/historical-state/qajar-iran> ;
    tg:signedOn "1828-02-22"^^xsd:date ; tg:earliest "1828-02-22"^^xsd:date ; tg:latest "1828-02-22"^^xsd:date ;
    tg:year 1828 .
"""

MINISTRY = """
<https://w3id.org/treatygraph/id/state/iran> a tg:State ; rdfs:label "Iran"@en .
<https://w3id.org/treatygraph/id/body/ministry> a tg:GovernmentBody ; rdfs:label "Foreign Ministry of Iran"@en ;
    skos:altLabel "Iranian Foreign Ministry"@en ; tg:bodyOf <https://w3id.org/treatygraph/id/state/iran> .
"""


def write_graph(path: Path, *parts: str) -> Path:
    """The parts as a Turtle file."""
    path.write_text(HEAD + "".join(parts), encoding="utf-8")
    return path
