"""Every vocabulary IRI that the project uses, named once."""

from __future__ import annotations

TG = "https://w3id.org/treatygraph/ontology#"
ID = "https://w3id.org/treatygraph/id/"
PLOVER = "https://w3id.org/treatygraph/plover#"
SCHEME = "https://w3id.org/treatygraph/scheme/"
REFERENCE_GRAPH = TG + "reference"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
SH = "http://www.w3.org/ns/shacl#"
VANN = "http://purl.org/vocab/vann/"
WD = "http://www.wikidata.org/entity/"
WDT = "http://www.wikidata.org/prop/direct/"

PREFIXES: dict[str, str] = {
    "tg": TG,
    "plover": PLOVER,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "prov": PROV,
    "dcterms": DCTERMS,
    "schema": SCHEMA,
    "nif": NIF,
    "itsrdf": ITSRDF,
    "wd": WD,
    "wdt": WDT,
}
