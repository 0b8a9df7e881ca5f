"""The page of an entity, an event, a statement, a claim or any other node."""

from __future__ import annotations

from urllib.parse import urlsplit

from kg.namespaces import OWL, SKOS, TG, WD
from kg.serve.folding import fold
from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views import facts, lifecycle, related
from kg.serve.views.render import page
from kg.serve.vocabulary import EVENT_CLASSES, word

_ALIASES = 6


def entity(graph: Graph, iri: str) -> Reply:
    """All that is told of a node, each fact with the words it rests on."""
    thing = graph.thing(iri)
    if thing.cls == "Claim":
        return page("claim.html", thing=thing, claim=graph.claim(iri))
    claims = graph.claims_about(iri)
    properties = facts.properties(graph, iri, claims)
    happenings, more, read = related.events(graph, iri)
    by, by_more = related.statements(graph, iri, "speaker")
    about, about_more = related.statements(graph, iri, "mentions")
    return page(
        "entity.html",
        thing=thing,
        cls=word(TG + thing.cls) if thing.cls else "",
        kind=_kind(graph, iri, thing.cls),
        aliases=_aliases(graph, iri, thing.label),
        aliases_shown=_ALIASES,
        same=_elsewhere(graph, iri, OWL + "sameAs"),
        close=_elsewhere(graph, iri, SKOS + "closeMatch"),
        today=related.successors(graph, iri),
        before=[graph.thing(s) for s in graph.subjects(TG + "succeededBy", iri)],
        life=lifecycle.life(graph, iri, properties) if thing.cls == "Treaty" else [],
        parties=_parties(graph, iri) if thing.cls == "Treaty" else [],
        properties=properties,
        claims=claims,
        inverse=related.inverse(graph, iri),
        events=happenings,
        events_more=more,
        met=related.met(graph, iri, read) if thing.cls in related.ACTORS else [],
        said_by=by,
        said_more=by_more,
        about=about,
        about_more=about_more,
        named=related.named(graph, iri),
        query=_query(iri),
    )


def _elsewhere(graph: Graph, iri: str, predicate: str) -> list[tuple[str, str]]:
    """The pages on the web of the same thing: how they are called, and their addresses."""
    found = [(other, urlsplit(other).scheme) for other in graph.iris(iri, predicate)]
    return [(other.replace(WD, "Wikidata "), other) for other, scheme in found if scheme in ("http", "https")]


def _aliases(graph: Graph, iri: str, label: str) -> list[str]:
    """The other names, each spelling that differs in more than capitals once."""
    names = {fold(o.value): o.value for o in graph.objects(iri, SKOS + "altLabel")}
    names.pop(fold(label), None)
    return list(names.values())


def _kind(graph: Graph, iri: str, cls: str) -> str:
    """What kind of event a node is or would have been, the empty string for no event."""
    if cls == "UnrealisedEvent":
        return word(TG + related.event_type_claims(graph, iri))
    return word(TG + cls) if cls in EVENT_CLASSES else ""


def _parties(graph: Graph, treaty: str) -> list[tuple[object, list[object]]]:
    """The parties in their time, each with the states of today that followed it."""
    return [(graph.thing(party), list(related.successors(graph, party))) for party in graph.iris(treaty, TG + "party")]


def _query(iri: str) -> str:
    """The query behind the facts of a page, to start from."""
    return "\n".join(
        [
            "SELECT ?property ?value ?modality ?words WHERE {",
            f"  ?claim rdf:subject <{iri}> ; rdf:predicate ?property ; rdf:object ?value ;",
            "         tg:modality ?modality ; prov:wasDerivedFrom/nif:anchorOf ?words .",
            "}",
            "ORDER BY ?property ?value",
        ]
    )
