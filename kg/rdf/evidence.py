"""What a document says, in the document's own graph: itself, its passages, mentions, statements and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Attribution, Claim, Document, Mention, Passage, Statement
from kg.rdf import terms as t
from kg.rdf.iris import claim_id
from kg.rdf.terms import Terms, term


class Evidence:
    """Quads of the documents given; raises ``ValueError`` for a passage that is not in its document."""

    def __init__(self, documents: Iterable[Document], terms: Terms) -> None:
        self._terms = terms
        self._texts = {document.id: document.text for document in documents}

    def document(self, document: Document, keep_text: bool) -> Iterator[Quad]:
        """The source and what is known of it; ``keep_text`` says whether its text is part of the graph."""
        node = self._terms.node(document.id)

        def quad(predicate: NamedNode, value: NamedNode | Literal) -> Quad:
            return Quad(node, predicate, value, node)

        yield quad(t.TYPE, term("Document"))
        yield quad(t.SOURCE, t.source(document.url or document.source))
        yield quad(term("sha256"), Literal(document.sha256))
        if document.title:
            yield quad(t.TITLE, t.english(document.title))
        if document.issued:
            yield quad(t.ISSUED, t.partial_date(document.issued))
        if document.publisher:
            yield quad(t.PUBLISHER, Literal(document.publisher))
        if keep_text:
            yield quad(t.IS_STRING, Literal(document.text))

    def mention(self, mention: Mention) -> Iterator[Quad]:
        """Which entity a passage names."""
        node, graph = self._place(mention.passage)
        yield from self._passage(mention.passage)
        yield Quad(node, t.IDENTIFIES, self._terms.node(mention.entity), graph)

    def claim(self, claim: Claim) -> Iterator[Quad]:
        """One fact as one passage tells it, whether it became a fact of the graph or not."""
        passage, graph = self._place(claim.passage)
        node = self._terms.node(claim_id(claim))
        yield from self._passage(claim.passage)
        yield Quad(node, t.TYPE, term("Claim"), graph)
        yield Quad(node, t.SUBJECT, self._terms.node(claim.subject), graph)
        yield Quad(node, t.PREDICATE, t.predicate(claim.predicate), graph)
        yield Quad(node, t.OBJECT, self._terms.value(claim.object), graph)
        yield Quad(node, t.DERIVED_FROM, passage, graph)
        yield Quad(node, term("modality"), term(claim.modality.value), graph)
        yield Quad(node, term("confidence"), t.decimal(claim.confidence), graph)
        yield from self._attribution(node, "attributedTo", claim.attribution, graph)
        if claim.pattern:
            yield Quad(node, term("pattern"), Literal(claim.pattern), graph)

    def statement(self, statement: Statement) -> Iterator[Quad]:
        """Speech: the exact characters of each part that is quoted, or of the passage that reports it."""
        node, graph = self._terms.node(statement.id), self._terms.node(statement.passage.document)
        yield Quad(node, t.TYPE, term("Statement"), graph)
        yield from self._attribution(node, "speaker", statement.attribution, graph)
        wording = term("quotation" if statement.quotations else "reportedSpeech")
        for part in statement.quotations or (statement.passage,):
            yield Quad(node, wording, Literal(self._words(part)), graph)
        for passage in (statement.passage, *statement.quotations):
            yield Quad(node, t.DERIVED_FROM, self._terms.passage(passage), graph)
            yield from self._passage(passage)
        for entity in statement.mentions:
            yield Quad(node, term("mentions"), self._terms.node(entity), graph)

    def _attribution(self, node: NamedNode, said: str, who: Attribution, graph: NamedNode) -> Iterator[Quad]:
        """``said`` is the property for who said it first."""
        if who.speaker:
            yield Quad(node, term(said), self._terms.node(who.speaker), graph)
        if who.unnamed:
            yield Quad(node, term("unnamedSource"), t.english(who.unnamed), graph)
        for reporter in who.reporters:
            yield Quad(node, term("reportedBy"), self._terms.node(reporter), graph)

    def _place(self, passage: Passage) -> tuple[NamedNode, NamedNode]:
        return self._terms.passage(passage), self._terms.node(passage.document)

    def _passage(self, passage: Passage) -> Iterator[Quad]:
        node, document = self._place(passage)
        yield Quad(node, t.TYPE, t.PHRASE, document)
        yield Quad(node, t.BEGIN, t.offset(passage.span.start), document)
        yield Quad(node, t.END, t.offset(passage.span.end), document)
        yield Quad(node, t.ANCHOR, Literal(self._words(passage)), document)
        yield Quad(node, t.CONTEXT, document, document)

    def _words(self, passage: Passage) -> str:
        start, end = passage.span.start, passage.span.end
        text = self._texts.get(passage.document, "")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no such passage: characters {start} to {end} of {passage.document}")
        return text[start:end]
