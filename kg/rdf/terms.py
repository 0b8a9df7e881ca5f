"""Values as RDF terms of pyoxigraph, each made once."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.model import Duration, PartialDate, Passage, Value
from kg.namespaces import DCTERMS, ID, ITSRDF, NIF, OWL, PROV, RDF, RDFS, REFERENCE_GRAPH, SKOS, WD, XSD
from kg.rdf.iris import iri, passage_iri, value_iri, vocabulary_iri
from kg.settings import checked_base

TYPE = NamedNode(RDF + "type")
SUBJECT = NamedNode(RDF + "subject")
PREDICATE = NamedNode(RDF + "predicate")
OBJECT = NamedNode(RDF + "object")
LABEL = NamedNode(RDFS + "label")
ALT_LABEL = NamedNode(SKOS + "altLabel")
CLOSE_MATCH = NamedNode(SKOS + "closeMatch")
SAME_AS = NamedNode(OWL + "sameAs")
DIFFERENT_FROM = NamedNode(OWL + "differentFrom")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
TITLE = NamedNode(DCTERMS + "title")
ISSUED = NamedNode(DCTERMS + "issued")
PUBLISHER = NamedNode(DCTERMS + "publisher")
SOURCE = NamedNode(DCTERMS + "source")
PHRASE = NamedNode(NIF + "Phrase")
IS_STRING = NamedNode(NIF + "isString")
BEGIN = NamedNode(NIF + "beginIndex")
END = NamedNode(NIF + "endIndex")
ANCHOR = NamedNode(NIF + "anchorOf")
CONTEXT = NamedNode(NIF + "referenceContext")
IDENTIFIES = NamedNode(ITSRDF + "taIdentRef")
REFERENCE = NamedNode(REFERENCE_GRAPH)

_DATE_TYPES = {
    "year": NamedNode(XSD + "gYear"),
    "month": NamedNode(XSD + "gYearMonth"),
    "day": NamedNode(XSD + "date"),
}
_DURATION = NamedNode(XSD + "duration")
_DECIMAL = NamedNode(XSD + "decimal")
_INTEGER = NamedNode(XSD + "integer")
_OFFSET = NamedNode(XSD + "nonNegativeInteger")
_QID = re.compile(r"Q[1-9]\d*")


class Terms:
    """The terms of one graph: ids become IRIs under its base. Raises ``SettingsError`` for a base that is none."""

    def __init__(self, base: str = ID) -> None:
        self.base = checked_base(base)
        self._nodes: dict[str, NamedNode] = {}

    def node(self, id: str) -> NamedNode:
        """The node of an entity, event, document, claim or statement."""
        known = self._nodes.get(id)
        if known is None:
            known = self._nodes[id] = NamedNode(iri(id, self.base))
        return known

    def passage(self, passage: Passage) -> NamedNode:
        return NamedNode(passage_iri(passage, self.base))

    def value(self, value: Value) -> NamedNode | Literal:
        """The object of a fact."""
        match value:
            case PartialDate():
                return partial_date(value)
            case Duration(text):
                return Literal(text, datatype=_DURATION)
            case _:
                return NamedNode(value_iri(value, self.base))


@lru_cache(maxsize=1024)
def term(name: str) -> NamedNode:
    """A class or property of the ontology by its local name."""
    return NamedNode(vocabulary_iri(name))


def predicate(name: str) -> NamedNode:
    """The property of a claim: ``type`` is ``rdf:type``, any other one of the ontology."""
    return TYPE if name == "type" else term(name)


def wikidata(qid: str) -> NamedNode:
    """A Wikidata entity; ``ValueError`` for what is no Q-id."""
    if not _QID.fullmatch(qid):
        raise ValueError(f"not a Wikidata id: {qid!r}")
    return NamedNode(WD + qid)


def english(text: str) -> Literal:
    return Literal(text, language="en")


def partial_date(value: PartialDate) -> Literal:
    return Literal(value.text, datatype=_DATE_TYPES[value.precision])


def day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=_DATE_TYPES["day"])


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=_INTEGER)


def offset(value: int) -> Literal:
    return Literal(str(value), datatype=_OFFSET)


def decimal(value: float) -> Literal:
    """Two digits at most and one at least (``0.85``, ``0.8``, ``1.0``): so written, no library rewrites it."""
    whole, _, fraction = f"{value:.2f}".partition(".")
    return Literal(f"{whole}.{fraction.rstrip('0') or '0'}", datatype=_DECIMAL)


def source(text: str) -> NamedNode | Literal:
    """Where a document comes from: a web address as an IRI (RFC 3987, 3.1), a file name as it is."""
    if not re.match(r"https?://", text):
        return Literal(text)
    try:
        return NamedNode(quote(text, safe="!#$%&'()*+,/:;=?@[]~"))
    except ValueError:
        return Literal(text)
