"""The graph as the pages see it: things with names and addresses, values, claims and the passages they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.namespaces import DCTERMS, NIF, PROV, RDF, RDFS, SKOS, TG, XSD
from kg.serve.index import Index
from kg.serve.names import Names
from kg.serve.places import Places
from kg.serve.texts import Texts
from kg.serve.vocabulary import local, short, vocabulary, word
from kg.serve.words import date_words, duration_words

OWN = frozenset(
    {"browse", "disagreements", "map", "network", "query", "reconcile", "resource", "search"}
    | {"sparql", "static", "suggest", "timeline", "unrealised"}
)
"""The first parts of the paths that are the server's own; an IRI with such a path is shown at ``/resource?iri=``."""

_DATES = frozenset({XSD + "date", XSD + "gYearMonth", XSD + "gYear", XSD + "dateTime"})
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: its IRI, name, class (local name, empty for none known) and the address of its page, if it has one."""

    iri: str
    label: str
    cls: str = ""
    href: str | None = None

    @property
    def external(self) -> bool:
        """Whether its page is on another server."""
        return self.href is not None and not self.href.startswith("/")


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a fact: a thing, or a literal with its words (``17 January 2025``) and its lexical form."""

    words: str
    raw: str
    thing: Thing | None = None
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A passage: characters ``begin`` to ``end`` of a document, and what they are."""

    iri: str
    document: Thing
    begin: int
    end: int
    anchor: str

    @property
    def href(self) -> str:
        """The address of the passage in the page of its document."""
        return f"{self.document.href}#char={self.begin},{self.end}"


@dataclass(frozen=True, slots=True)
class Source:
    """Who said something: ``by``, or the text's words for one without a name, and who passed it on."""

    by: Thing | None
    unnamed: str
    reporters: list[Thing]

    def __bool__(self) -> bool:
        return bool(self.by or self.unnamed or self.reporters)

    @property
    def words(self) -> str:
        """In one line, empty for nobody."""
        first = self.by.label if self.by else self.unnamed or ("somebody" if self.reporters else "")
        told = " and ".join(reporter.label for reporter in self.reporters)
        return f"{first}, reported by {told}" if told else first


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact as one passage tells it."""

    iri: str
    href: str | None
    subject: Thing
    predicate: Thing
    value: Value
    modality: str
    confidence: str
    pattern: str
    source: Source
    place: Place | None


@dataclass(frozen=True)
class Graph:
    """A store with its index and the texts that are kept beside it."""

    store: Store
    index: Index
    names: Names
    places: Places
    texts: Texts

    @classmethod
    def of(cls, store: Store, texts: Texts | None = None) -> Graph:
        """The graph of a store, all of whose names are read."""
        return cls.indexed(store, Index.of(store), texts or Texts())

    @classmethod
    def indexed(cls, store: Store, index: Index, texts: Texts) -> Graph:
        """The graph of a store whose names are read already."""
        return cls(store, index, Names.of(index), Places.of(index.by_iri), texts)

    @staticmethod
    def node(iri: str) -> NamedNode:
        """The node of an IRI; one that nothing is said of where the text is no IRI at all."""
        try:
            return NamedNode(iri)
        except ValueError:
            return NamedNode("urn:none")

    def objects(self, subject: str, predicate: str) -> list[NamedNode | Literal]:
        """The objects of a property, each once and in a fixed order."""
        found = {quad.object for quad in self.store.quads_for_pattern(self.node(subject), self.node(predicate), None)}
        return sorted((o for o in found if isinstance(o, NamedNode | Literal)), key=str)

    def value(self, subject: str, predicate: str) -> str | None:
        """The first object of a property as text."""
        found = self.objects(subject, predicate)
        return found[0].value if found else None

    def iris(self, subject: str, predicate: str) -> list[str]:
        """The objects of a property that are IRIs."""
        return [each.value for each in self.objects(subject, predicate) if isinstance(each, NamedNode)]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have this IRI as object of a property, each once and sorted."""
        found = self.store.quads_for_pattern(None, self.node(predicate), self.node(value))
        return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})

    def facts(self, subject: str) -> Iterator[tuple[str, NamedNode | Literal]]:
        """All properties and objects of a node, each once and sorted."""
        found = {(q.predicate.value, q.object) for q in self.store.quads_for_pattern(self.node(subject), None, None)}
        for predicate, value in sorted(found, key=lambda pair: (pair[0], str(pair[1]))):
            if isinstance(value, NamedNode | Literal):
                yield predicate, value

    def has(self, iri: str) -> bool:
        """Whether something is said of this IRI."""
        return next(self.store.quads_for_pattern(self.node(iri), None, None), None) is not None

    def cls(self, iri: str) -> str:
        """The local name of the class, the empty string for none."""
        entry = self.index.by_iri.get(iri)
        return entry.cls if entry else local(next(iter(self.iris(iri, RDF + "type")), ""))

    def label(self, iri: str) -> str:
        """The best name: the index's, else a label of the graph or the ontology, else the IRI with a prefix."""
        entry = self.index.by_iri.get(iri)
        if entry:
            return entry.label
        if iri in vocabulary() or iri == RDF + "type":
            return word(iri)
        named = (self.value(iri, p) for p in (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title"))
        return next((name for name in named if name), short(iri))

    def thing(self, iri: str) -> Thing:
        """A node with its name and page."""
        return Thing(iri, self.label(iri), self.cls(iri), self.href(iri))

    def href(self, iri: str) -> str | None:
        """The address of a node's page: its own path on this server, else a page by IRI, else the web's."""
        parts = urlsplit(iri)
        if self.index.origin and iri.startswith(self.index.origin + "/"):
            path = quote(parts.path, safe=_SAFE + "%")
            if parts.path.split("/")[1] not in OWN and not parts.query and parts.path != "/":
                return path + (f"#{quote(parts.fragment, safe=_SAFE + '%')}" if parts.fragment else "")
        if self.has(iri):
            return f"/resource?iri={quote(iri, safe='')}"
        return iri if parts.scheme in ("http", "https") else None

    def shown(self, term: NamedNode | Literal | Triple) -> Value:
        """An object of a fact."""
        if isinstance(term, NamedNode):
            thing = self.thing(term.value)
            return Value(thing.label, term.value, thing)
        if not isinstance(term, Literal):
            return Value(str(term), str(term))
        if term.datatype.value in _DATES:
            return Value(date_words(term.value), term.value, is_date=True)
        if term.datatype.value == XSD + "duration":
            return Value(duration_words(term.value), term.value)
        return Value(term.value, term.value)

    def place(self, passage: str) -> Place | None:
        """A passage by its IRI, ``None`` for what is none."""
        document = self.value(passage, NIF + "referenceContext")
        begin, end = (self.value(passage, NIF + name) for name in ("beginIndex", "endIndex"))
        if not document or not (begin or "").isdecimal() or not (end or "").isdecimal():
            return None
        anchor = self.value(passage, NIF + "anchorOf") or ""
        return Place(passage, self.thing(document), int(begin or 0), int(end or 0), anchor)

    def source(self, iri: str, said: str) -> Source:
        """Who tells a claim or a statement; ``said`` is its property for who said it first."""
        by = self.value(iri, TG + said)
        reporters = [self.thing(each) for each in self.iris(iri, TG + "reportedBy")]
        return Source(self.thing(by) if by else None, self.value(iri, TG + "unnamedSource") or "", reporters)

    def claim(self, iri: str) -> Claim:
        """A claim by its IRI."""
        objects = self.objects(iri, RDF + "object")
        passages = self.iris(iri, PROV + "wasDerivedFrom")
        return Claim(
            iri=iri,
            href=self.href(iri),
            subject=self.thing(self.value(iri, RDF + "subject") or ""),
            predicate=self.thing(self.value(iri, RDF + "predicate") or ""),
            value=self.shown(objects[0]) if objects else Value("", ""),
            modality=local(self.value(iri, TG + "modality") or ""),
            confidence=self.value(iri, TG + "confidence") or "",
            pattern=self.value(iri, TG + "pattern") or "",
            source=self.source(iri, "attributedTo"),
            place=self.place(passages[0]) if passages else None,
        )

    def claims_about(self, subject: str) -> list[Claim]:
        """The claims that have this subject, by document and place."""
        found = (iri for iri in self.subjects(RDF + "subject", subject) if self.cls(iri) == "Claim")
        return sorted(map(self.claim, found), key=in_order)

    def text(self, document: str) -> str | None:
        """The text of a document: the graph's, else the source's whose digest the graph gives."""
        kept = self.value(document, NIF + "isString")
        return kept if kept is not None else self.texts.by_digest.get(self.value(document, TG + "sha256") or "")


def in_order(claim: Claim) -> tuple[str, int, int, str]:
    """How claims are sorted: by document and place."""
    place = claim.place
    return (place.document.label if place else "", place.begin if place else 0, place.end if place else 0, claim.iri)
