"""The requests of the API, each a view of the graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from kg.namespaces import SKOS, TG
from kg.serve.folding import fold
from kg.serve.graph import Graph
from kg.serve.reconcile import asked, extending, manifest
from kg.serve.reconcile.asked import BadRequest
from kg.serve.reconcile.matching import candidates, type_of
from kg.serve.reply import Reply
from kg.serve.views import facts
from kg.serve.views.render import page
from kg.serve.vocabulary import ENTITY_CLASSES, vocabulary

Arguments = Mapping[str, str]
View = Callable[[Graph, Arguments], Reply]
_SUGGESTED = 20


def _checked(view: View) -> View:
    @wraps(view)
    def safe(graph: Graph, arguments: Arguments) -> Reply:
        try:
            return view(graph, arguments)
        except BadRequest as error:
            return Reply.plain(error.status, str(error))

    return safe


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"not JSON: {error}") from error


@_checked
def root_02(graph: Graph, arguments: Arguments) -> Reply:
    """Version 0.2: the manifest, a batch of ``queries``, or an ``extend`` request."""
    if "queries" in arguments:
        batch = asked.batch_02(_json(arguments["queries"]))
        return Reply.of_json({key: {"result": candidates(graph, graph.names, each)} for key, each in batch.items()})
    if "extend" in arguments:
        ids, names = extending.asked(_json(arguments["extend"]))
        rows = {iri: {name: extending.values(graph, iri, name) for name in names} for iri in ids}
        return Reply.of_json({"meta": extending.meta(names), "rows": rows})
    return Reply.of_json(manifest.manifest_02(graph, arguments["base"]))


@_checked
def root_10(graph: Graph, arguments: Arguments) -> Reply:
    """Version 1.0-draft: the manifest."""
    return Reply.of_json(manifest.manifest_10(graph, arguments["base"]))


@_checked
def match_10(graph: Graph, arguments: Arguments) -> Reply:
    """Version 1.0-draft: a batch of queries, its results in the same order."""
    batch = asked.batch_10(_json(arguments["body"]))
    return Reply.of_json({"results": [{"candidates": candidates(graph, graph.names, each)} for each in batch]})


@_checked
def extend_10(graph: Graph, arguments: Arguments) -> Reply:
    """Version 1.0-draft: values of properties."""
    ids, names = extending.asked(_json(arguments["body"]))
    rows = [
        {"id": iri, "properties": [{"id": name, "values": extending.values(graph, iri, name)} for name in names]}
        for iri in ids
    ]
    return Reply.of_json({"meta": extending.meta(names), "rows": rows})


def propose(graph: Graph, arguments: Arguments) -> Reply:
    """Both versions: the properties of entities of a type, at most ``limit``."""
    cls, limit = arguments.get("type", ""), arguments.get("limit", "")
    found = extending.properties_of(graph, cls.rpartition("#")[2])
    shown = found[: int(limit)] if limit.isdecimal() and len(limit) < 5 else found
    return Reply.of_json({"type": cls, "properties": shown} | ({"limit": int(limit)} if limit.isdecimal() else {}))


def suggest_entity(graph: Graph, arguments: Arguments) -> Reply:
    """Both versions: entities whose name, or IRI, begins with or holds ``prefix``."""
    prefix, skipped = arguments.get("prefix", ""), _cursor(arguments)
    named = graph.index.by_iri.get(prefix)
    hits = [named] if named else [hit.entry for hit in graph.index.search(prefix, skipped + _SUGGESTED, ENTITY_CLASSES)]
    shown = [
        {"id": e.iri, "name": e.label, "description": f"{e.mentions} mentions", "notable": [type_of(e.cls)]}
        for e in hits[skipped : skipped + _SUGGESTED]
    ]
    return Reply.of_json({"result": shown})


def suggest_type(graph: Graph, arguments: Arguments) -> Reply:
    """Both versions: classes of entities, all of them for an empty prefix."""
    classes = [*ENTITY_CLASSES, "Polity"]
    known = [(vocabulary()[TG + cls], cls) for cls in classes]
    return _suggested([(cls, w.label, w.definition) for w, cls in known], arguments)


def suggest_property(graph: Graph, arguments: Arguments) -> Reply:
    """Both versions: properties of the ontology and of names, all of them for an empty prefix."""
    own = [
        (w.iri.removeprefix(TG), w.label, w.definition)
        for w in vocabulary().values()
        if w.iri.startswith(TG) and w.kind in ("ObjectProperty", "DatatypeProperty")
    ]
    names = [("label", "label", "The name."), ("altLabel", "other name", ""), ("sameAs", "Wikidata item", "")]
    return _suggested(names + own, arguments)


def _suggested(known: list[tuple[str, str, str]], arguments: Arguments) -> Reply:
    prefix, skipped = fold(arguments.get("prefix", "")), _cursor(arguments)
    found = [each for each in known if prefix in fold(each[1]) or arguments.get("prefix", "") == each[0]]
    found.sort(key=lambda each: (not fold(each[1]).startswith(prefix), each[1]))
    shown = found[skipped:] if not prefix else found[skipped : skipped + _SUGGESTED]
    return Reply.of_json({"result": [{"id": id, "name": name, "description": told} for id, name, told in shown]})


def _cursor(arguments: Arguments) -> int:
    text = arguments.get("cursor", "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def preview(graph: Graph, arguments: Arguments) -> Reply:
    """Both versions: a small page on an entity."""
    iri = arguments.get("id", "")
    status = 200 if graph.has(iri) else 404
    properties = facts.properties(graph, iri, [])[:6] if status == 200 else []
    aliases = [o.value for o in graph.objects(iri, SKOS + "altLabel")][:5]
    return page("preview.html", status, thing=graph.thing(iri), properties=properties, aliases=aliases)


VIEWS: dict[str, View] = {
    "reconcile": root_02,
    "reconcile/1.0-draft": root_10,
    "reconcile/1.0-draft/match": match_10,
    "reconcile/1.0-draft/extend": extend_10,
} | {
    f"{root}/{name}": view
    for root in ("reconcile", "reconcile/1.0-draft")
    for name, view in {
        "extend/propose": propose,
        "suggest/entity": suggest_entity,
        "suggest/type": suggest_type,
        "suggest/property": suggest_property,
        "preview": preview,
    }.items()
}
"""The views by their paths."""
