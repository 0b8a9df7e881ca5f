"""The named questions: SPARQL with parameters, each in a file of ``kg/data/questions``.

A question's query is complete SPARQL 1.1 but for its prefixes; a parameter is a variable of it, which ``sparql`` binds
at the start of the outermost pattern. Left unbound, an optional one stands for anything.

>>> load()["treaties-between"].sparql({"first": "Iran", "second": "Turkey"})
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg import resources
from kg.errors import SettingsError
from kg.query.binding import Kind, about, bound, checked
from kg.query.prefixes import declared


@dataclass(frozen=True, slots=True)
class Parameter:
    """A variable of a question that the asker sets.

    ``kind`` says what a value must be. ``of`` are the classes that an ``iri`` may be named in: with them the value
    may be a name ("Iran"), the last part of an id ("iran") or a Wikidata id ("wd:Q794") as well as an IRI. ``default``
    is what is asked without a value, empty where the question is then asked for all, ``None`` where a value is needed.
    """

    name: str
    kind: Kind
    help: str
    default: str | None = None
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question in English and in SPARQL.

    ``federated`` questions ask other endpoints, by ``SERVICE``, about the ``?item`` of each solution of ``items``:
    not every engine tells the other endpoint which ones it wants.
    """

    name: str
    title: str
    question: str
    query: str
    parameters: tuple[Parameter, ...] = ()
    federated: bool = False
    items: str = ""

    def sparql(self, values: Mapping[str, str] | None = None, items: Iterable[NamedNode] | None = None) -> str:
        """Complete SPARQL 1.1, prefixes included, for these values of the parameters, the defaults for the others.

        A federated question asks for the ``items`` given, else leaves it to the engine to say which. Values become
        terms of RDF, never text of the query. Raises ``SettingsError`` for a parameter that the question does not
        have, one that needs a value and has none, and a value that is not of its kind.
        """
        given = dict(values or {})
        known = [parameter.name for parameter in self.parameters]
        for name in given:
            if name not in known:
                raise SettingsError(f"{self.name}: no parameter {name!r}; it has {', '.join(known) or 'none'}")
        text = self.query if items is None else about(self.query, "item", items)
        for parameter in reversed(self.parameters):
            text = self._with(text, parameter, given.get(parameter.name, parameter.default))
        return declared(text)

    def items_sparql(self) -> str:
        """The query for the ``items`` of a federated question."""
        return declared(self.items)

    def _with(self, query: str, parameter: Parameter, value: str | None) -> str:
        if value is None or (value == "" and parameter.default != ""):
            raise SettingsError(f"{self.name}: the parameter {parameter.name!r} needs a value ({parameter.help})")
        if value == "":
            return query
        try:
            return bound(query, parameter.name, checked(parameter.kind, value, parameter.of), parameter.of)
        except ValueError as error:
            raise SettingsError(f"{self.name}: {parameter.name}={value}: {error}") from None


def question(name: str) -> Question:
    """A question by its name; raises ``SettingsError``, with the names that come near, where there is none."""
    try:
        return load()[name]
    except KeyError:
        near = " or ".join(get_close_matches(name, load()))
        hint = f"; did you mean {near}?" if near else ""
        raise SettingsError(f"no question is called {name!r} ('kg query --list' shows all){hint}") from None


@lru_cache(maxsize=1)
def load() -> dict[str, Question]:
    """The questions that come with the package, by name, in the order of their names."""
    return read(resources.data("questions"))


def read(folder: Path) -> dict[str, Question]:
    """The questions of a folder of ``.toml`` files. Raises ``SettingsError``, which names the file, for a wrong one."""
    return {path.stem: _question(path) for path in sorted(folder.glob("*.toml"))}


def _question(path: Path) -> Question:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        parameters = tuple(_parameter(each) for each in told.pop("parameters", ()))
        return Question(path.stem, parameters=parameters, **told)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{path}: not a question: {error}") from error


def _parameter(told: Mapping[str, Any]) -> Parameter:
    return Parameter(**{**told, "kind": Kind(told["kind"]), "of": tuple(told.get("of", ()))})
