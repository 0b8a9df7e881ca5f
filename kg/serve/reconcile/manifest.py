"""How the service introduces itself, in either version."""

from __future__ import annotations

from typing import Any

from kg import __version__
from kg.serve.graph import Graph
from kg.serve.reconcile.asked import MOST
from kg.serve.reconcile.matching import type_of
from kg.serve.vocabulary import ENTITY_CLASSES

_WIDTH, _HEIGHT = 420, 220


def manifest_02(graph: Graph, base: str) -> dict[str, Any]:
    """The manifest of 0.2 for a server at ``base`` (``http://127.0.0.1:7878``)."""
    root = f"{base}/reconcile"

    def service(kind: str) -> dict[str, str]:
        return {"service_url": root, "service_path": f"/suggest/{kind}"}

    return _common(graph) | {
        "versions": ["0.2"],
        "identifierSpace": f"{graph.index.origin}/",
        "schemaSpace": "https://w3id.org/treatygraph/ontology#",
        "view": {"url": f"{base}/resource?iri={{{{id}}}}"},
        "preview": {"url": f"{root}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {kind: service(kind) for kind in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": root, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def manifest_10(graph: Graph, base: str) -> dict[str, Any]:
    """The manifest of 1.0-draft."""
    return _common(graph) | {
        "versions": ["1.0-draft"],
        "view": {"url": f"{base}/resource?iri={{id}}"},
        "preview": {"width": _WIDTH, "height": _HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "batchSize": MOST,
        "standardizedScore": True,
        "lang": "en",
    }


def _common(graph: Graph) -> dict[str, Any]:
    counts = graph.index.counts
    return {
        "name": "treatygraph",
        "serviceVersion": __version__,
        "defaultTypes": [type_of(cls) for cls in ENTITY_CLASSES if counts.get(cls)],
    }
