"""The page of a document: its text with every mention, claim and statement at its exact characters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.namespaces import DCTERMS, ITSRDF, NIF, PROV, TG
from kg.serve.graph import Claim, Graph, Place, Thing, in_order
from kg.serve.reply import Reply
from kg.serve.segments import segments
from kg.serve.views import related
from kg.serve.views.related import Said
from kg.serve.views.render import page
from kg.serve.vocabulary import word
from kg.serve.words import date_words


@dataclass
class Passage:
    """What is told of one passage."""

    place: Place
    entities: list[Thing] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    @property
    def by_subject(self) -> list[tuple[Thing, list[Claim]]]:
        """The claims by what they are about, in the order of their first."""
        found: dict[str, tuple[Thing, list[Claim]]] = {}
        for claim in self.claims:
            found.setdefault(claim.subject.iri, (claim.subject, []))[1].append(claim)
        return list(found.values())

    @property
    def classes(self) -> str:
        """The classes of its mark: what it names, whether it is a claim and of which modality, whether it is speech."""
        names = {f"e-{entity.cls}" for entity in self.entities} | {f"m-{claim.modality}" for claim in self.claims}
        names |= (
            ({"e"} if self.entities else set()) | ({"c"} if self.claims else set()) | ({"s"} if self.said else set())
        )
        return " ".join(sorted(names))


def document(graph: Graph, iri: str) -> Reply:
    """The page. Passages that are not the characters they claim to be are counted and not marked."""
    passages = _passages(graph, iri)
    text = graph.text(iri)
    good = [p for p in passages if text is None or text[p.place.begin : p.place.end] == p.place.anchor]
    issued = graph.value(iri, DCTERMS + "issued") or ""
    source = graph.objects(iri, DCTERMS + "source")
    return page(
        "document.html",
        thing=graph.thing(iri),
        date=date_words(issued),
        publisher=graph.value(iri, DCTERMS + "publisher") or "",
        source=graph.shown(source[0]) if source else None,
        digest=graph.value(iri, TG + "sha256") or "",
        text=text,
        segments=segments(text, [(p.place.begin, p.place.end) for p in good]) if text is not None else [],
        passages=good,
        wrong=len(passages) - len(good),
        told=[p for p in good if p.claims or p.said],
        data=[_data(passage) for passage in good],
    )


def _passages(graph: Graph, document: str) -> list[Passage]:
    """The passages of a document in their order, the longer first where two begin together."""
    found = {}
    for iri in graph.subjects(NIF + "referenceContext", document):
        place = graph.place(iri)
        if place and place.begin < place.end:
            found[iri] = Passage(place, [graph.thing(e) for e in graph.iris(iri, ITSRDF + "taIdentRef")])
    for iri, subjects in _derived(graph, found).items():
        for subject in subjects:
            _add(graph, found[iri], subject)
    for passage in found.values():
        passage.claims.sort(key=in_order)
    return sorted(found.values(), key=lambda p: (p.place.begin, -p.place.end))


def _derived(graph: Graph, passages: dict[str, Passage]) -> dict[str, list[str]]:
    derived = defaultdict(list)
    for iri in passages:
        derived[iri] = graph.subjects(PROV + "wasDerivedFrom", iri)
    return derived


def _add(graph: Graph, passage: Passage, subject: str) -> None:
    match graph.cls(subject):
        case "Claim":
            passage.claims.append(graph.claim(subject))
        case "Statement":
            said = related.said(graph, subject)
            if said.place and said.place.iri == passage.place.iri:
                passage.said.append(said)


def _data(passage: Passage) -> dict[str, object]:
    """What the page shows when the passage is pointed at."""
    return {
        "b": passage.place.begin,
        "e": passage.place.end,
        "names": [{"label": e.label, "kind": word(TG + e.cls)} for e in passage.entities],
        "claims": [_claim(claim) for claim in passage.claims],
        "said": [{"speaker": s.source.words, "direct": s.direct} for s in passage.said],
    }


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "s": claim.subject.label,
        "p": claim.predicate.label,
        "o": claim.value.words,
        "m": claim.modality,
        "by": claim.source.words,
    }
