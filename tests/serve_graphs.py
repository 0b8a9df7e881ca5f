"""Graphs for the tests of the server: a small one by hand, and one that is out to do harm."""

from __future__ import annotations

from pyoxigraph import RdfFormat, Store

from kg.namespaces import PREFIXES
from kg.serve.graph import Graph

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
ID = "https://w3id.org/treatygraph/id/"
TEXT = "Ruritania and Syldavia signed a pact in Bern on 5 May 1901. They may end it. ‮x‬ 🕊 end."


def passage(document: str, begin: int, end: int, anchor: str, entity: str = "") -> str:
    """A passage in Turtle, which names an entity or does not."""
    number = "^^xsd:nonNegativeInteger"
    return (
        f"<document/{document}#char={begin},{end}> a nif:Phrase ; nif:referenceContext <document/{document}> ;\n"
        f'  nif:beginIndex "{begin}"{number} ; nif:endIndex "{end}"{number} ; nif:anchorOf "{anchor}"'
        + (f" ; itsrdf:taIdentRef <{entity}> ." if entity else " .")
    )


SMALL = f"""{HEAD}@base <{ID}> .
<document/d1> a tg:Document ; dcterms:title "A pact is signed"@en ; dcterms:issued "1901-05-06"^^xsd:date ;
  dcterms:source "d1.txt" ; tg:sha256 "00" ; nif:isString "{TEXT}" .
<state/ruritania> a tg:State ; rdfs:label "Ruritania"@en ; skos:altLabel "Kingdom of Ruritania"@en ; owl:sameAs wd:Q1 .
<state/syldavia> a tg:State ; rdfs:label "Syldavia"@en .
<person/rudolf> a tg:Person ; rdfs:label "Rudolf Rassendyll"@en ; tg:represents <state/ruritania> .
<place/bern> a tg:Place ; rdfs:label "Bern"@en .
<treaty/pact> a tg:Treaty ; rdfs:label "Pact of Bern"@en ; tg:party <state/ruritania>, <state/syldavia> ;
  tg:signedOn "1901-05-05"^^xsd:date ; tg:signedAt <place/bern> ; tg:year 1901 ; tg:duration "P20Y"^^xsd:duration ;
  tg:earliest "1901-05-05"^^xsd:date ; tg:latest "1901-05-05"^^xsd:date .
<event/signing> a tg:Signing ; rdfs:label "Signing of the Pact of Bern"@en ; tg:concernsTreaty <treaty/pact> ;
  tg:participant <state/ruritania>, <state/syldavia> ; tg:date "1901-05-05"^^xsd:date ;
  tg:earliest "1901-05-05"^^xsd:date ; tg:latest "1901-05-05"^^xsd:date .
<event/end> a tg:UnrealisedEvent ; rdfs:label "Termination of the Pact of Bern"@en .
<claim/c1> a tg:Claim ; rdf:subject <treaty/pact> ; rdf:predicate tg:signedOn ; rdf:object "1901-05-05"^^xsd:date ;
  prov:wasDerivedFrom <document/d1#char=0,58> ; tg:modality tg:Actual ; tg:confidence 0.9 .
<claim/c2> a tg:Claim ; rdf:subject <treaty/pact> ; rdf:predicate tg:signedOn ; rdf:object "1901-05"^^xsd:gYearMonth ;
  prov:wasDerivedFrom <document/d1#char=0,58> ; tg:modality tg:Actual ; tg:confidence 0.5 .
<claim/c3> a tg:Claim ; rdf:subject <treaty/pact> ; rdf:predicate tg:signedOn ; rdf:object "1901-06-05"^^xsd:date ;
  prov:wasDerivedFrom <document/d1#char=0,58> ; tg:modality tg:Actual ; tg:confidence 0.2 .
<claim/c4> a tg:Claim ; rdf:subject <event/end> ; rdf:predicate rdf:type ; rdf:object tg:Termination ;
  prov:wasDerivedFrom <document/d1#char=60,75> ; tg:modality tg:Possible ; tg:confidence 0.7 .
<claim/c5> a tg:Claim ; rdf:subject <event/end> ; rdf:predicate tg:concernsTreaty ; rdf:object <treaty/pact> ;
  prov:wasDerivedFrom <document/d1#char=60,75> ; tg:modality tg:Possible ; tg:confidence 0.7 .
{passage("d1", 0, 58, TEXT[:58], "")}
{passage("d1", 0, 9, TEXT[:9], "state/ruritania")}
{passage("d1", 60, 75, TEXT[60:75], "")}
{passage("d1", 1, 5, "not these", "state/syldavia")}
<disagreement/d> a tg:Disagreement ; rdf:subject <treaty/pact> ; rdf:predicate tg:signedOn ;
  tg:chosen "1901-05-05"^^xsd:date ; tg:alternative "1901-06-05"^^xsd:date .
<statement/s> a tg:Statement ; tg:speaker <person/rudolf> ; tg:quotation "They may end it" ; tg:mentions <treaty/pact> ;
  prov:wasDerivedFrom <document/d1#char=60,75> .
"""

EVIL = "</script><script>boom()</script><img src=x onerror=boom()>\\\"'{{7*7}}"
HOSTILE = f"""{HEAD}@base <{ID}> .
<document/evil> a tg:Document ; dcterms:title "{EVIL}" ; dcterms:source <javascript:boom()> ;
  dcterms:publisher "{EVIL}" ; tg:sha256 "{EVIL}" ; nif:isString "{EVIL}" .
<state/evil> a tg:State ; rdfs:label "{EVIL}" ; skos:altLabel "evil {EVIL}" ; owl:sameAs <javascript:boom()> ;
  skos:closeMatch <data:text/html,boom> ; tg:memberOf <javascript:boom()> .
{passage("evil", 0, 9, "</script>", "state/evil")}
<claim/evil> a tg:Claim ; rdf:subject <state/evil> ; rdf:predicate tg:memberOf ; rdf:object "{EVIL}" ;
  prov:wasDerivedFrom <document/evil#char=0,9> ; tg:modality tg:Planned ; tg:pattern "{EVIL}" ; tg:confidence "{EVIL}" .
<statement/evil> a tg:Statement ; tg:speaker <state/evil> ; tg:quotation "{EVIL}" ;
  prov:wasDerivedFrom <document/evil#char=0,9> .
<event/evil> a tg:Meeting ; rdfs:label "{EVIL}" ; tg:date "{EVIL}" ; tg:participant <state/evil> ;
  tg:earliest "1900-99-99"^^xsd:date ; tg:latest "1900-99-99"^^xsd:date .
<treaty/evil> a tg:Treaty ; rdfs:label "{EVIL}" ; tg:signedOn "2001-00-00" ; tg:duration "{EVIL}" ;
  tg:party <state/evil> ;
  tg:earliest "0" ; tg:latest "0" .
<disagreement/evil> a tg:Disagreement ; rdf:subject <state/evil> ; tg:chosen "{EVIL}" .
<document/odd#char=9,3> a nif:Phrase ; nif:beginIndex "-1" ; nif:endIndex "x" ; nif:referenceContext <document/evil> .
"""


def graph(turtle: str) -> Graph:
    """The graph of a Turtle text."""
    store = Store()
    store.load(turtle.encode(), RdfFormat.TURTLE)
    return Graph.of(store)
