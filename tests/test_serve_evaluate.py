"""Results are whole and in the form asked for, or they are refused."""

from __future__ import annotations

import json
from typing import IO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from kg.serve.evaluate import RESULTS, Answer, Asked, BadQuery, NotAcceptable, TooManyRows, _Counted, evaluate, rows_in
from kg.serve.guard import Dataset, Refused

JSON = "application/sparql-results+json"
ALL = "SELECT ?s ?o WHERE { ?s ?p ?o }"


def store(*values: str) -> Store:
    filled = Store()
    filled.extend(
        Quad(NamedNode(f"http://s/{n}"), NamedNode("http://p"), Literal(value), NamedNode(f"http://g/{n % 2}"))
        for n, value in enumerate(values)
    )
    return filled


def ask(
    query: str, rows: int = 100, accept: str | None = JSON, dataset: Dataset | None = None, of: Store | None = None
) -> Answer:
    return evaluate(of or store("a", "b", "c"), Asked(query, dataset or Dataset(), accept, "text/turtle"), rows)


def test_the_default_graph_is_the_union_of_all() -> None:
    assert len(json.loads(ask(ALL).body)["results"]["bindings"]) == 3


@pytest.mark.parametrize(
    ("dataset", "query", "rows"),
    [
        (Dataset(("http://g/0",)), ALL, 2),
        (Dataset(("http://g/0", "http://g/1")), ALL, 3),
        (Dataset(named=("http://g/1",)), ALL, 0),
        (Dataset(named=("http://g/1",)), "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", 1),
    ],
)
def test_a_dataset_is_what_is_asked(dataset: Dataset, query: str, rows: int) -> None:
    assert len(json.loads(ask(query, dataset=dataset).body)["results"]["bindings"]) == rows


def test_a_graph_that_is_not_here_is_refused_rather_than_empty() -> None:
    with pytest.raises(Refused, match="nothing is fetched"):
        ask(ALL, dataset=Dataset(("http://elsewhere.example/g",)))


@pytest.mark.parametrize("query", ["SELECT", "DROP ALL", "INSERT DATA { <a:a> <a:a> 1 }", "LOAD <http://x/>", "\ud800"])
def test_what_is_no_query(query: str) -> None:
    with pytest.raises((BadQuery, UnicodeEncodeError)):
        ask(query)


@pytest.mark.parametrize("media_type", RESULTS)
def test_the_limit_of_rows_holds_in_each_form(media_type: str) -> None:
    assert ask(ALL, rows=3, accept=media_type).media_type == media_type
    with pytest.raises(TooManyRows):
        ask(ALL, rows=2, accept=media_type)


def test_the_limit_of_rows_holds_for_triples() -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert len(list(parse(ask(query, rows=3).body, format=RdfFormat.TURTLE))) == 3
    with pytest.raises(TooManyRows):
        ask(query, rows=2)


def test_a_long_result_is_stopped_while_it_is_written() -> None:
    """The product of 300 x 300 x 300 rows would take minutes."""
    with pytest.raises(TooManyRows):
        ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", rows=1000, of=store(*map(str, range(300))))


def test_ask_has_an_answer_in_each_form() -> None:
    for media_type in RESULTS:
        assert b"true" in ask("ASK { ?s ?p ?o }", accept=media_type).body


def test_a_form_that_no_result_has() -> None:
    with pytest.raises(NotAcceptable):
        ask(ALL, accept=None)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text("a,{}[]\"'\\\n\r<>&result: ", max_size=8), max_size=6, unique=True))
def test_rows_are_counted_whatever_they_hold(values: list[str]) -> None:
    filled = store(*values)
    for form in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV):
        found = cast(QuerySolutions, filled.query("SELECT ?o ?none ?s { GRAPH ?g { ?s ?p ?o } }"))
        assert rows_in(found.serialize(format=form) or b"", form) == len(filled)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.text('a,{}[]"\\\n<result>', min_size=1, max_size=40), st.data())
def test_a_result_that_is_cut_anywhere_has_no_more_rows_than_the_whole(value: str, data: st.DataObject) -> None:
    for form in (QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV):
        found = cast(QuerySolutions, store(value, value + "x").query(ALL, use_default_graph_as_union=True))
        whole = found.serialize(format=form) or b""
        assert rows_in(whole[: data.draw(st.integers(0, len(whole)))], form) <= 2


def test_what_is_collected_is_what_was_written() -> None:
    out = _Counted(QueryResultsFormat.TSV, 10)
    for part in (b"?a\n", b"1\n", b"2\n"):
        cast(IO[bytes], out).write(part)
    assert out.whole() == b"?a\n1\n2\n"
