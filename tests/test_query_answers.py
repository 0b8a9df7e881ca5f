"""How answers are written. That the named questions give the right ones: test_query_sample.py."""

import json

import pytest
from pyoxigraph import QueryResultsFormat, Store

from kg.errors import SettingsError
from kg.namespaces import PREFIXES
from kg.query.answers import Answer, visible
from kg.query.layout import Layout

ROWS = """SELECT ?thing ?text ?n { VALUES (?thing ?text ?n) {
    (tg:Treaty "a,\\"b\\"\\n"@en 5)
    (<https://w3id.org/treatygraph/id/state/iran> UNDEF 10) (<https://example.org/a> "x" 7) } }"""


def rows(query: str = ROWS, kind: str = "rows") -> Answer:
    return Answer(kind, Store().query(query, prefixes=PREFIXES).serialize(format=QueryResultsFormat.JSON) or b"")


def test_a_table_has_short_names_and_numbers_to_the_right() -> None:
    assert rows().written().decode().splitlines() == [
        "thing                  text     n",
        'tg:Treaty              a,"b"    5',
        "state/iran                     10",
        "https://example.org/a  x        7",
    ]


def test_a_table_fits_the_terminal() -> None:
    assert max(map(len, rows().written(width=30).decode().splitlines())) <= 30


def test_a_table_without_rows_has_its_head() -> None:
    empty = rows("SELECT ?a ?b { ?a ?b ?c }")
    assert empty.written() == b"a  b\n" and not empty


def test_csv_and_json_are_those_of_sparql() -> None:
    assert rows().written(Layout.CSV).splitlines()[0] == b"thing,text,n"
    assert b'"a,""b""\n"' in rows().written(Layout.CSV)
    assert json.loads(rows().written(Layout.JSON))["head"]["vars"] == ["thing", "text", "n"]


@pytest.mark.parametrize(
    ("query", "layout", "text"), [("ASK {}", None, b"true\n"), ("ASK { ?a ?b 1 }", Layout.TABLE, b"false\n")]
)
def test_yes_and_no(query: str, layout: Layout | None, text: bytes) -> None:
    assert rows(query, "boolean").written(layout) == text


def test_a_graph_is_turtle_with_prefixes_and_in_order() -> None:
    data = b"<https://w3id.org/treatygraph/ontology#b> <https://w3id.org/treatygraph/ontology#p> <a:b> .\n"
    assert Answer("graph", data).written().startswith(b"@prefix tg: <https://w3id.org/treatygraph/ontology#> .\n")
    blank = b"_:b <https://example.org/p> _:b .\n"
    assert Answer("graph", blank).written() == blank


@pytest.mark.parametrize(
    ("answer", "layout"),
    [(rows(), Layout.TURTLE), (Answer("graph", b""), Layout.CSV), (Answer("graph", b""), Layout.TABLE)],
)
def test_a_layout_that_cannot_hold_the_answer_is_refused(answer: Answer, layout: Layout) -> None:
    with pytest.raises(SettingsError, match=f"--format {layout}"):
        answer.written(layout)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred\x07", "\\u001B[31mred\\u0007"),
        ("a\u202eb\u200bc", "a\\u202Eb\\u200Bc"),
        ("Müller “—”", "Müller “—”"),
        ("[bold]x[/bold] :smile:", "[bold]x[/bold] :smile:"),
    ],
)
def test_nothing_in_a_table_acts_on_the_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_markup_in_a_literal_is_text() -> None:
    assert "[red]x[/red] :smile:" in rows("SELECT * { VALUES ?a { '[red]x[/red] :smile:' } }").written().decode()
