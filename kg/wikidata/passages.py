"""The mentions of a graph: where each stands, what its words are, and what entities it is of."""

from __future__ import annotations

from collections import defaultdict

from kg.model import Passage, Span
from kg.namespaces import ITSRDF, NIF
from kg.wikidata.subjects import Facts


class Passages:
    """The mentions of the graph of these facts; ``base`` is what its ids stand behind."""

    def __init__(self, facts: Facts, base: str) -> None:
        self.facts, self.base = facts, base
        self.mentions: dict[str, list[str]] = defaultdict(list)
        self.in_document: dict[str, list[str]] = defaultdict(list)
        for passage, values in facts.out.items():
            entities = values.get(ITSRDF + "taIdentRef", ())
            for iri in entities:
                self.mentions[iri].append(passage)
            for document in values.get(NIF + "referenceContext", ()) if entities else ():
                self.in_document[document.removeprefix(base)].append(passage)

    def of(self, iri: str) -> list[tuple[Passage, str]]:
        """The mentions of an entity in the order of the texts, with their IRIs."""
        return sorted((self.passage(each), each) for each in self.mentions[iri])

    def passage(self, iri: str) -> Passage:
        """The passage of this IRI, by the id of its document."""
        document = self.facts.one(iri, NIF + "referenceContext") or ""
        start, end = (self._offset(iri, name) for name in ("beginIndex", "endIndex"))
        return Passage(document.removeprefix(self.base), Span(start, end))

    def words(self, iri: str) -> str:
        """What stands there."""
        return self.facts.one(iri, NIF + "anchorOf") or ""

    def text(self, document: str) -> str:
        """The text of a document, empty where the graph does not keep it."""
        return self.facts.one(self.base + document, NIF + "isString") or ""

    def _offset(self, iri: str, name: str) -> int:
        text = self.facts.one(iri, NIF + name) or ""
        return int(text) if text.isascii() and text.isdigit() else 0
