"""Values for the variables of a query: made into RDF terms, which a library writes, and joined as a pattern."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from kg.namespaces import ID, PREFIXES, WD, XSD
from kg.query.scan import outermost_pattern
from kg.slugs import slug

Value = NamedNode | Literal

_CURIE = re.compile(r"([a-z]+):([A-Za-z0-9_][\w.-]*)")
_SCHEMES = re.compile(r"(https?|urn|tag|doi|info):", re.IGNORECASE)
_ID = re.compile(r"[a-z-]+/[a-z0-9-]+")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_NAMESAKES = 500


class Kind(StrEnum):
    """What the value of a parameter is."""

    IRI = "iri"
    """A thing of the graph: an IRI, a prefixed name, or the name of a thing of certain classes."""
    TEXT = "text"
    DATE = "date"
    """A day, ``2025-01-17``."""
    NUMBER = "number"
    ENDPOINT = "endpoint"
    """The address of another SPARQL endpoint."""


def checked(kind: Kind, value: str, of: Sequence[str] = ()) -> Value:
    """The term that a value stands for; a name instead of an IRI gives a literal, where there are classes to look in.

    Raises ``ValueError``, in words for the asker, for a value that is not of its kind.
    """
    match kind:
        case Kind.IRI:
            return _thing(value, named=bool(of))
        case Kind.TEXT:
            return _text(value)
        case Kind.DATE:
            return _date(value)
        case Kind.NUMBER:
            return _number(value)
        case Kind.ENDPOINT:
            return _endpoint(value)


def bound(query: str, variable: str, value: Value, of: Sequence[str] = ()) -> str:
    """``query`` with ``variable`` bound to ``value``, first thing in its outermost pattern.

    A literal for a variable with classes is a name: the variable is bound to the things of the classes ``of``
    that have it. A ``SERVICE`` of the variable gets the address itself.
    """
    service = re.compile(rf"\bSERVICE( SILENT)? \?{variable}\b")
    if service.search(query):
        return service.sub(lambda found: f"SERVICE{found[1] or ''} {value}", query)
    at = outermost_pattern(query)
    return f"{query[:at]}\n{_pattern(variable, value, of)}{query[at:]}"


def about(query: str, variable: str, values: Iterable[NamedNode]) -> str:
    """``query`` with the ``values`` of ``variable`` told to each endpoint that it asks."""
    told = f"VALUES ?{variable} {{ {' '.join(map(str, values))} }}"
    return re.sub(r"\bSERVICE( SILENT)? \?\w+ \{", lambda found: f"{found[0]}\n    {told}", query)


def _pattern(variable: str, value: Value, of: Sequence[str]) -> str:
    if of and isinstance(value, Literal):
        return _named(variable, value.value, of)
    if of and value.value.startswith(WD):
        return f"  {{ SELECT ?{variable} WHERE {{ ?{variable} owl:sameAs {value} }} }}"
    return f"  VALUES ?{variable} {{ {value} }}"


def _named(variable: str, name: str, classes: Sequence[str]) -> str:
    """By exactly its label or id; where nothing is called so in any case of its letters, by another name it has.

    The wide searches stand behind counts, which engines take once: they evaluate ``NOT EXISTS`` for each candidate
    anew. The ``LIMIT`` is no limit in earnest: it tells planners that few things are found, so that they start here.
    """
    v = f"?{variable}"
    exact, called = _exactly(name, classes), _called(name, classes)
    alike = f"FILTER(LCASE(STR({v}_alias)) = {Literal(name.lower())})"
    return f"""\
  {{ SELECT DISTINCT {v} WHERE {{
      {{ SELECT DISTINCT {v} WHERE {{ {exact(v)} }} LIMIT {_NAMESAKES} }}
      UNION
      {{
        {_none(v + "_exact", exact)}
        {{ SELECT DISTINCT {v} WHERE {{
          {{ {called(v)} }}
          UNION
          {{
            {_none(v + "_called", called)}
            VALUES {v}_class {{ {_curies(classes)} }} {v} a {v}_class ; skos:altLabel {v}_alias . {alike}
          }}
        }} LIMIT {_NAMESAKES} }}
      }}
  }} }}"""


def _exactly(name: str, classes: Sequence[str]) -> Callable[[str], str]:
    """A pattern of index lookups: what has the name as its label or title, and what has the id that it would get."""
    literals = f"{Literal(name)} {Literal(name, language='en')}"
    iris = " ".join(str(NamedNode(ID + each)) for each in _ids(name, classes))
    return lambda thing: (
        f"""\
{{ VALUES {thing}_name {{ {literals} }} {thing} rdfs:label|dcterms:title {thing}_name }}
        UNION {{ VALUES {thing} {{ {iris} }} }}
        {thing} a {thing}_class . FILTER({thing}_class IN ({_curies(classes, ", ")}))"""
    )


def _called(name: str, classes: Sequence[str]) -> Callable[[str], str]:
    """A pattern that reads all labels and titles: in any case of the letters, and ids under any base."""
    end = Literal("/" + (name if _ID.fullmatch(name) else slug(name)))
    return lambda thing: (
        f"""\
VALUES {thing}_class {{ {_curies(classes)} }}
        {thing} a {thing}_class ; rdfs:label|dcterms:title {thing}_name .
        FILTER(LCASE(STR({thing}_name)) = {Literal(name.lower())} || STRENDS(STR({thing}), {end}))"""
    )


def _none(thing: str, pattern: Callable[[str], str]) -> str:
    """A pattern with one solution where nothing fits the ``pattern``, and none where something does."""
    return f"""\
{{ SELECT {thing}_count WHERE {{
        {{ SELECT (COUNT({thing}) AS {thing}_count) WHERE {{ {pattern(thing)} }} }}
        FILTER({thing}_count = 0)
      }} LIMIT 1 }}"""


def _ids(name: str, classes: Sequence[str]) -> list[str]:
    """The ids that a thing of this name may have: ``historical-state/x`` and ``state/x`` for a ``HistoricalState``."""
    if _ID.fullmatch(name):
        return [name]
    words = [re.findall(r"[A-Z][a-z]*", each) for each in classes]
    folders = [folder.lower() for each in words for folder in ("-".join(each), each[-1])]
    return [f"{folder}/{slug(name)}" for folder in dict.fromkeys(folders)]


def _curies(classes: Sequence[str], between: str = " ") -> str:
    return between.join(f"tg:{name}" for name in classes)


def _thing(value: str, named: bool) -> Value:
    curie = _CURIE.fullmatch(value)
    if curie and curie[1] in PREFIXES:
        return NamedNode(PREFIXES[curie[1]] + curie[2])
    return _text(value) if named and not _SCHEMES.match(value) else _iri(value)


def _iri(value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError as error:
        raise ValueError(f"not an IRI: {error}") from None


def _text(value: str) -> Literal:
    if any(0xD800 <= ord(character) < 0xE000 for character in value):
        raise ValueError("not well-formed Unicode")
    return Literal(value)


def _date(value: str) -> Literal:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError("a day is needed, YYYY-MM-DD") from None
    return Literal(value, datatype=NamedNode(XSD + "date"))


def _number(value: str) -> Literal:
    if not _NUMBER.fullmatch(value):
        raise ValueError("a number is needed")
    return Literal(value, datatype=NamedNode(XSD + ("decimal" if "." in value else "integer")))


def _endpoint(value: str) -> NamedNode:
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
        raise ValueError("the address of an endpoint is needed, https://...")
    return _iri(value)
