"""Explanations: what ties words to an entity, what a link rests on, and what else it might have been."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from wikidata_graph import HEAD, LAVROV

from kg.errors import ExitCode, SettingsError
from kg.explain.finding import find
from kg.explain.ties import Tie, tie
from kg.rdf.validate import read_quads
from kg.resolution.reference import Reference

Run = Callable[..., Outcome]
ID = "https://w3id.org/treatygraph/id/"
NAMED = f"""
<{ID}document/talks#char=0,13> <http://www.w3.org/2005/11/its/rdf#taIdentRef> <{ID}person/sergey-lavrov> .
<{ID}person/sergey-lavrov> owl:sameAs wd:Q58217 .
<{ID}link/1> a tg:Link ; rdf:subject <{ID}person/sergey-lavrov> ; rdf:predicate owl:sameAs ; rdf:object wd:Q58217 ;
    tg:score 0.97 ; tg:because "name 1.00, office 1.00" ; dcterms:source "dump.json" .
"""
MARSHALLS = f"""
<{ID}person/john-marshall-2> a tg:Person ; rdfs:label "John Marshall"@en .
<{ID}person/john-marshall> a tg:Person ; rdfs:label "John Marshall"@en .
<{ID}treaty/x> a tg:Treaty ; rdfs:label "Treaty of X"@en ; tg:year 1803 ; tg:signatory <{ID}person/john-marshall-2> .
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + LAVROV + NAMED + MARSHALLS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


@pytest.mark.parametrize(
    "entity", ["Sergey Lavrov", "sergey lavrov", "person/sergey-lavrov", "wd:Q58217", f"{ID}person/sergey-lavrov"]
)
def test_an_entity_is_found_by_name_id_and_iri(entity: str, graph: Path) -> None:
    assert find(read_quads(graph), entity) == f"{ID}person/sergey-lavrov"


def test_a_name_of_two_is_told_with_both(kg: Run, graph: Path) -> None:
    with pytest.raises(SettingsError, match="'John Marshall' is the name of several"):
        find(read_quads(graph), "John Marshall")
    ended = kg("explain", graph, "John Marshall")
    assert ended.code == ExitCode.USAGE
    assert f"{ID}person/john-marshall, {ID}person/john-marshall-2" in ended.message


def test_what_is_not_there_is_told(kg: Run, graph: Path) -> None:
    ended = kg("explain", graph, "Nobody")
    assert (ended.code, ended.message) == (ExitCode.NO, f"kg: {graph}: nothing is called 'Nobody'")


def test_the_link_and_the_candidates_come_with_their_features(kg: Run, graph: Path) -> None:
    told = json.loads(kg("explain", graph, "person/sergey-lavrov", "--json").out)
    assert told["mentions"] == [{"text": "Sergey Lavrov", "tie": "its name", "times": 1, "documents": 1}]
    assert told["links"] == [
        {
            "predicate": "owl:sameAs",
            "target": "http://www.wikidata.org/entity/Q58217",
            "score": 0.97,
            "because": "name 1.00, office 1.00",
            "source": "dump.json",
        }
    ]
    best = told["candidates"][0]
    assert (best["id"], best["features"]["name"], best["features"]["office"]) == ("person/sergey-lavrov", 1.0, 1.0)
    assert told["judgement"] == "positive"


def test_who_is_declined_is_told_with_the_reason(kg: Run, graph: Path) -> None:
    """The packaged John Marshall is an ambassador of 2011, that of the graph signed in 1803."""
    told = json.loads(kg("explain", graph, "person/john-marshall-2", "--json").out)
    assert (told["judgement"], told["links"]) == ("negative", [])
    assert told["candidates"][0]["features"]["lifetime"] == -1.0
    assert "declined" in told["verdict"] and "lifetime" in told["verdict"]


def test_the_text_for_people_has_all_parts(kg: Run, graph: Path) -> None:
    told = kg("explain", graph, "person/sergey-lavrov").out
    for part in (
        "tg:Person",
        "one entity: ",
        "mentioned as",
        "owl:sameAs wd:Q58217, score 0.97, by dump.json",
        "candidate",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("text", "id", "expected"),
    [
        ("Iran", "state/iran", Tie.NAME),
        ("Iranian", "state/iran", Tie.DEMONYM),
        ("Tehran", "state/iran", Tie.SEAT),
        ("Islamic Republic of Iran", "state/iran", Tie.KNOWN),
        ("OPEC", "organisation/opec", Tie.ACRONYM),
        ("Lavrov", "person/sergey-lavrov", Tie.SURNAME),
        ("Sergei Lavrov", "person/sergey-lavrov", Tie.KNOWN),
        ("Sergey Lavrow", "person/sergey-lavrov", Tie.SPELLING),
        ("the two countries", "state/iran", Tie.DESCRIBED),
    ],
)
def test_what_ties_words_to_an_entity(text: str, id: str, expected: Tie, reference: Reference) -> None:
    record = reference.get(id)
    assert record is not None
    assert tie(text, (record.name,), record) is expected


def test_names_that_only_texts_give(reference: Reference) -> None:
    names = ("Eurasian Trade Institute", "ETI", "the Institute of Trade")
    assert tie("ETI", names, None) is Tie.ACRONYM
    assert tie("the institute", names, None) is Tie.DESCRIBED
