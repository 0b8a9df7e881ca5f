"""The entity of a graph that somebody means: by IRI, prefixed name, id, Wikidata id or name."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from kg.errors import SettingsError
from kg.query.binding import Kind, bound, checked
from kg.query.prefixes import declared
from kg.wikidata.subjects import LINKED

SHOWN = 8


def find(quads: Iterable[Quad], wanted: str) -> str | None:
    """The IRI of the one entity that is meant, ``None`` when there is none.

    Raises ``SettingsError`` for what is no IRI, and for a name of several entities, which it lists.
    """
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    try:
        value = checked(Kind.IRI, wanted, LINKED)
    except ValueError as error:
        raise SettingsError(f"{wanted}: {error}") from None
    classes = ", ".join(f"tg:{name}" for name in LINKED)
    query = f"SELECT DISTINCT ?thing WHERE {{ ?thing a ?class . FILTER(?class IN ({classes})) }} ORDER BY ?thing"
    solutions = store.query(declared(bound(query, "thing", value, LINKED)))
    assert isinstance(solutions, QuerySolutions)
    found = [thing.value for solution in solutions if isinstance(thing := solution["thing"], NamedNode)]
    if len(found) > 1:
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise SettingsError(f"{wanted!r} is the name of several: {', '.join(found[:SHOWN])}{more}; give one of these")
    return next(iter(found), None)
