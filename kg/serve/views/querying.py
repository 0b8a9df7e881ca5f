"""The page to write a query on, with the named questions to start from."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import SettingsError
from kg.namespaces import PREFIXES
from kg.query import questions
from kg.query.questions import Question
from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views.render import page

START = """SELECT ?treaty ?title ?signed WHERE {
  ?treaty a tg:Treaty ; rdfs:label ?title ; tg:signedOn ?signed ; tg:year ?year .
}
ORDER BY ?year
LIMIT 50"""


def querying(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page: the query given, that of the question ``name`` (its parameters as ``p.NAME``), or one to start with."""
    asked = questions.load().get(arguments.get("name", ""))
    values = {p.name: arguments.get(f"p.{p.name}", p.default or "") for p in asked.parameters} if asked else {}
    query, wrong = _written(asked, values) if asked else (START, "")
    return page(
        "query.html",
        query=arguments.get("query") or query,
        wrong=wrong,
        questions=[each for each in questions.load().values() if not each.federated],
        asked=asked,
        values=values,
        prefixes=PREFIXES,
        origin=graph.index.origin,
    )


def _written(question: Question, values: Mapping[str, str]) -> tuple[str, str]:
    """The query of a question, or what is wrong with a value; the question as it is asked without values then."""
    try:
        return question.sparql(values), ""
    except SettingsError as error:
        return question.query.strip(), str(error)
