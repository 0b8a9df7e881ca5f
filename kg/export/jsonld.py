"""JSON-LD 1.1 with a compact context (https://www.w3.org/TR/json-ld11/): prefixes, ids behind a base, plain arrays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import ID, PREFIXES, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_TYPE = RDF + "type"


def jsonld(triples: Iterable[Triple]) -> bytes:
    """The triples as one JSON-LD document, a line a node, the same bytes for the same triples."""
    ordered = sorted(set(triples), key=str)
    nodes = [
        json.dumps(_node(subject, list(rows)), ensure_ascii=False)
        for subject, rows in groupby(ordered, key=lambda triple: triple.subject)
    ]
    context = json.dumps({"@version": 1.1, "@base": ID, **PREFIXES}, ensure_ascii=False)
    body = ",\n".join(nodes)
    return f'{{"@context": {context},\n"@graph": [\n{body}\n]}}\n'.encode()


def _node(subject: Any, triples: list[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _id(subject)}
    for predicate, rows in groupby(triples, key=lambda triple: triple.predicate.value):
        objects = [row.object for row in rows]
        if predicate == _TYPE and all(isinstance(each, NamedNode) for each in objects):
            node["@type"] = _one([_word(each.value) for each in objects if isinstance(each, NamedNode)])
        else:
            node[_word(predicate)] = _one([_value(each) for each in objects])
    return node


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _value(term: Any) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return term.value if datatype == XSD + "string" else {"@value": term.value, "@type": _word(datatype)}


def _word(iri: str) -> str:
    """A property, class or datatype: ``tg:party`` where a prefix fits, else the IRI."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _id(term: Any) -> str:
    """An id relative to the base where it is plain; what follows it must not look like a scheme."""
    if isinstance(term, BlankNode):
        return str(term)
    local = str(term.value).removeprefix(ID)
    return local if re.fullmatch(r"[a-z-]+/[A-Za-z0-9._-]+(#char=\d+,\d+)?", local, re.ASCII) else str(term.value)
