"""What ``kg query`` is told, and what comes of it: one query, a named question, or what is known of the questions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pyoxigraph import NamedNode

from kg.errors import InputError, SettingsError
from kg.query.answers import Answer
from kg.query.questions import Parameter, Question, load, question
from kg.query.running import answer
from kg.query.service import check_services


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph and one of: a query, a file that holds one (``-`` for standard input), the name of a question.

    ``parameters`` are those of the question, each as ``name=value``.
    """

    graph: Path | None
    sparql: str | None = None
    file: Path | None = None
    name: str | None = None
    parameters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = [each for each in (self.sparql, self.file, self.name) if each is not None]
        if self.graph is None or not given:
            raise SettingsError("give a GRAPH and a query, -f FILE or --name NAME; 'kg query --list' shows the names")
        if len(given) > 1:
            raise SettingsError("a query, -f FILE and --name NAME exclude each other")
        if self.parameters and self.name is None:
            raise SettingsError("-p sets a parameter of a named question: --name NAME is missing")


def ask(asked: Asked, stdin: TextIO, timeout: float, services: Collection[str] = ()) -> Answer:
    """The answer; raises as ``kg.query.running.answer`` does, and ``InputError`` for a query file."""
    assert asked.graph is not None
    if timeout <= 0:
        raise SettingsError(f"--timeout {timeout:g}: must be more than 0 seconds")
    if asked.name is not None:
        return _named(asked.graph, question(asked.name), assignments(asked.parameters), timeout, services)
    return answer(asked.graph, _sparql(asked, stdin), timeout, services)


def _named(
    graph: Path, asked: Question, values: Mapping[str, str], timeout: float, services: Collection[str]
) -> Answer:
    sparql = asked.sparql(values)
    if asked.items:
        check_services(sparql, services)
        found = answer(graph, asked.items_sparql(), timeout).rows
        sparql = asked.sparql(values, [item for (item,) in found if isinstance(item, NamedNode)])
    return answer(graph, sparql, timeout, services)


def about(name: str | None, parameters: Iterable[str] = ()) -> Iterator[str]:
    """Lines about all questions, or the complete SPARQL of one, with these values, below its question in English."""
    if name is not None:
        known = question(name)
        yield from (f"# {known.title}", f"# {known.question}", known.sparql(assignments(parameters)).rstrip())
        return
    for each in load().values():
        yield f"{each.name}: {each.title}"
        for parameter in each.parameters:
            yield f"    -p {parameter.name}={_default(parameter)}  {parameter.help}"


def assignments(given: Iterable[str]) -> dict[str, str]:
    """``name=value`` each; raises ``SettingsError`` where there is no ``=`` and for a name that comes twice."""
    values: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or name in values:
            raise SettingsError(f"-p {each}: " + ("given twice" if equals else "give it as name=value"))
        values[name] = value
    return values


def _sparql(asked: Asked, stdin: TextIO) -> str:
    if asked.file is None:
        return asked.sparql or ""
    try:
        return stdin.read() if str(asked.file) == "-" else asked.file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(asked.file), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(str(asked.file), f"not UTF-8: {error}") from error


def _default(parameter: Parameter) -> str:
    return "..." if parameter.default is None else parameter.default or "(any)"
