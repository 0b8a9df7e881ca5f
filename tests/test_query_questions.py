"""The named questions: how they are read and how values get into them. Their answers: test_query_answers.py."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from kg.errors import SettingsError
from kg.namespaces import ID, RDFS, SKOS, TG
from kg.query.binding import Kind, bound, checked
from kg.query.questions import Question, load, read

EX = "https://example.org/"


@pytest.fixture
def store() -> Store:
    graph = f"""
    <{EX}state/iran> a <{TG}State> ; <{RDFS}label> "Iran"@en ; <http://www.w3.org/2002/07/owl#sameAs>
        <http://www.wikidata.org/entity/Q794> ; <{SKOS}altLabel> "Tehran"@en .
    <{EX}historical-state/qajar-iran> a <{TG}HistoricalState> ; <{RDFS}label> "Qajar Iran"@en ;
        <{SKOS}altLabel> "Iran"@en , "Persia"@en .
    <{EX}place/iran> a <{TG}Place> ; <{RDFS}label> "Iran"@en .
    <{EX}state/other> a <{TG}State> ; <{RDFS}label> "IRAQ"@en .
    <{EX}state/iraq> a <{TG}State> ; <{RDFS}label> "Iraq" .
    <{ID}state/oman> a <{TG}State> ; <{RDFS}label> "Sultanate"@en .
    """
    found = Store()
    found.load(graph.encode(), format=RdfFormat.TURTLE)
    return found


def question(tmp_path: Path, parameter: str, query: str = "SELECT ?x WHERE { ?x a ?class }") -> Question:
    told = f"title = 't'\nquestion = 'q'\nquery = '''{query}'''\n[[parameters]]\nhelp = 'h'\n{parameter}"
    (tmp_path / "one.toml").write_text(told, encoding="utf-8")
    return read(tmp_path)["one"]


def states(store: Store, asked: Question, value: str) -> list[str]:
    found = store.query(asked.sparql({"x": value}))
    assert isinstance(found, QuerySolutions)
    return sorted(str(row[0].value).removeprefix(EX) for row in found)


STATE = "name = 'x'\nkind = 'iri'\nof = ['State', 'HistoricalState']"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Iran", ["state/iran"]),
        ("iran", ["state/iran"]),
        ("state/iran", ["state/iran"]),
        (EX + "state/iran", ["state/iran"]),
        ("wd:Q794", ["state/iran"]),
        ("http://www.wikidata.org/entity/Q794", ["state/iran"]),
        ("Tehran", ["state/iran"]),
        ("Persia", ["historical-state/qajar-iran"]),
        ("qajar iran", ["historical-state/qajar-iran"]),
        ("Iraq", ["state/iraq"]),
        ("IRAQ", ["state/other"]),
        ("iraq", ["state/iraq", "state/other"]),
        ("Oman", [ID + "state/oman"]),
        ("an", []),
        ("Atlantis", []),
        ('" } UNION { ?x a tg:Place', []),
    ],
)
def test_a_thing_goes_by_its_names(tmp_path: Path, store: Store, value: str, found: list[str]) -> None:
    assert states(store, question(tmp_path, STATE), value) == found


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("date", "2025-01-17", '"2025-01-17"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "5", '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "-0.5", '"-0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("text", 'say "no"\n', '"say \\"no\\"\\n"'),
        ("iri", "tg:Treaty", f"<{TG}Treaty>"),
        ("iri", "https://example.org/a", "<https://example.org/a>"),
    ],
)
def test_values_become_terms(tmp_path: Path, kind: str, value: str, term: str) -> None:
    assert f"VALUES ?x {{ {term} }}" in question(tmp_path, f"name = 'x'\nkind = '{kind}'").sparql({"x": value})


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2025-02-30"),
        ("date", "2025"),
        ("date", "20250117"),
        ("number", "five"),
        ("number", "1e400"),
        ("number", "٣"),
        ("iri", "no iri"),
        ("iri", "https://example.org/> } #"),
        ("text", "\ud800"),
        ("endpoint", "file:///etc/passwd"),
        ("endpoint", "https://"),
    ],
)
def test_values_that_are_not_of_their_kind_are_refused(tmp_path: Path, kind: str, value: str) -> None:
    with pytest.raises(SettingsError, match="one: x="):
        question(tmp_path, f"name = 'x'\nkind = '{kind}'").sparql({"x": value})


def test_a_parameter_needs_a_value_unless_it_has_a_default(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'x' needs a value"):
        question(tmp_path, "name = 'x'\nkind = 'text'").sparql()
    with pytest.raises(SettingsError, match="'x' needs a value"):
        question(tmp_path, "name = 'x'\nkind = 'text'\ndefault = 'a'").sparql({"x": ""})
    assert 'VALUES ?x { "a" }' in question(tmp_path, "name = 'x'\nkind = 'text'\ndefault = 'a'").sparql()
    assert "VALUES" not in question(tmp_path, "name = 'x'\nkind = 'text'\ndefault = ''").sparql()


def test_an_unknown_parameter_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no parameter 'y'; it has x"):
        question(tmp_path, STATE).sparql({"y": "1"})


def test_the_pattern_is_found_behind_a_template_a_comment_and_an_iri(tmp_path: Path) -> None:
    query = "# { no\nPREFIX a: <https://example.org/#>\nCONSTRUCT { ?x a '{' } WHERE { ?x ?y ?z }"
    text = question(tmp_path, "name = 'x'\nkind = 'text'", query).sparql({"x": "v"})
    assert "WHERE {\n  VALUES ?x" in text


def test_an_endpoint_takes_the_place_of_its_variable(tmp_path: Path) -> None:
    query = "SELECT * { SERVICE ?x { ?s ?p ?xy } SERVICE SILENT ?x { ?s ?p ?xy } }"
    text = question(tmp_path, "name = 'x'\nkind = 'endpoint'", query).sparql({"x": "http://localhost:1/q"})
    assert text.count("<http://localhost:1/q>") == 2 and "?xy" in text and "?x " not in text


@pytest.mark.parametrize("told", ["title = 1 = 2", "title = 't'", "title = 't'\nquestion = 'q'\nquery = 'q'\nold = 1"])
def test_a_file_that_is_no_question_is_named(tmp_path: Path, told: str) -> None:
    (tmp_path / "bad.toml").write_text(told, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"bad\.toml: not a question"):
        read(tmp_path)


@given(st.text(max_size=40))
def test_no_text_gets_out_of_its_string(text: str) -> None:
    """The value comes back as it was asked, and the query finds nothing else."""
    try:
        query = bound("SELECT ?x WHERE { }", "x", checked(Kind.TEXT, text))
    except ValueError:
        assert any(0xD800 <= ord(character) < 0xE000 for character in text)
        return
    found = Store().query(query)
    assert isinstance(found, QuerySolutions)
    assert [row["x"] for row in found] == [Literal(text)]


@pytest.mark.parametrize("name", load())
def test_each_question_is_complete_sparql_with_its_defaults(name: str) -> None:
    asked = load()[name]
    values = {each.name: EX if each.kind == "iri" else "1" for each in asked.parameters if each.default is None}
    if not asked.federated:
        assert isinstance(Store().query(asked.sparql(values)), QueryBoolean | QuerySolutions | QueryTriples)
    assert asked.title and asked.question.endswith("?") and all(each.help for each in asked.parameters)


@pytest.mark.parametrize("name", load())
def test_each_parameter_is_a_variable_of_its_question(name: str) -> None:
    asked = load()[name]
    assert all(f"?{each.name}" in asked.query for each in asked.parameters)
