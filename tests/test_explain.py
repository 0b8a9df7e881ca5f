"""Explanations: what ties words to an entity, what a link rests on, and what else it might have been."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from pyoxigraph import Quad
from wikidata_graph import HEAD, LAVROV, write_graph
from wikidata_help import entity, write_dump

from kg.errors import ExitCode, SettingsError
from kg.explain.explaining import Explanation, explain
from kg.explain.finding import find
from kg.explain.ties import Tie, tie
from kg.pipeline import build
from kg.rdf.validate import read_quads
from kg.resolution.reference import Reference
from kg.settings import BuildSettings, format_of

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
    assert told["mentions"] == [{"text": "Sergey Lavrov", "tie": "its name", "times": 1, "documents": 1, "by": ""}]
    assert told["links"] == [
        {
            "predicate": "owl:sameAs",
            "target": "http://www.wikidata.org/entity/Q58217",
            "score": 0.97,
            "because": "name 1.00, office 1.00",
            "source": "dump.json",
        }
    ]
    (judged,) = told["judged"]
    best = judged["candidates"][0]
    assert (best["id"], best["features"]["name"], best["features"]["office"]) == ("person/sergey-lavrov", 1.0, 1.0)
    assert (judged["source"], judged["judgement"], best["fate"]) == ("reference data", "positive", "taken")


def test_who_is_declined_is_told_with_the_reason(kg: Run, graph: Path) -> None:
    """The packaged John Marshall is an ambassador of 2011, that of the graph signed in 1803."""
    told = json.loads(kg("explain", graph, "person/john-marshall-2", "--json").out)
    (judged,) = told["judged"]
    assert (judged["judgement"], told["links"]) == ("negative", [])
    assert judged["candidates"][0]["features"]["lifetime"] == -1.0
    assert judged["candidates"][0]["fate"] == "declined: lifetime contradicts"
    assert "declined" in judged["verdict"] and "lifetime" in judged["verdict"]


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
        ("Treaty on the Eurasian Economic Union", "treaty/treaty-on-the-eurasian-economic-union-2014", Tie.NAME),
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


TEXTS = {
    "talks": (
        "MOSCOW, 3 March 2021. Iranian Foreign Minister Mohammad Javad Zarif met Sergey Lavrov in Moscow. "
        "The foreign ministers of Iran and Russia spoke of trade. The Foreign Minister of Iran thanked Russia. "
        "Zarif said he was glad. The two countries signed a border agreement with Iraq on 3 March 2021. "
        "The agreement entered into force in May 2021. Tehran praised the Russian government.\n"
    ),
    "alone": "MOSCOW, 4 March 2021. Russian Foreign Minister Lavrov met Putin in Moscow.\n",
    "past": (
        "In October 1813 Iran and Russia signed a peace treaty.\n\n"
        "The Eurasian Trade Institute (ETI) was founded later. ETI grew.\n\n"
        "The Danish Foreign Ministry spoke to Iran. Denmark's Foreign Ministry waited. The ministry answered.\n"
    ),
}


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    folder = tmp_path_factory.mktemp("reasons")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    output = folder / "graph.ttl"
    build([str(folder)], BuildSettings(output=output, format=format_of(output), validate=False))
    return list(read_quads(output))


@pytest.fixture
def explained(quads: list[Quad], reference: Reference) -> Callable[[str], Explanation]:
    return lambda id: explain(quads, ID + id, reference)


@pytest.mark.parametrize(
    ("id", "text", "tied", "by"),
    [
        ("person/mohammad-javad-zarif", "Mohammad Javad Zarif", Tie.NAME, ""),
        ("person/mohammad-javad-zarif", "Zarif", Tie.SURNAME, "of 'Mohammad Javad Zarif' in the same text"),
        ("person/mohammad-javad-zarif", "he", Tie.PRONOUN, "for 'Zarif' before it"),
        (
            "person/mohammad-javad-zarif",
            "The Foreign Minister of Iran",
            Tie.OFFICE,
            "Foreign Minister of Iran, by the texts",
        ),
        (
            "person/sergey-lavrov",
            "Lavrov",
            Tie.SURNAME,
            "alone in the text, with the office Foreign Minister of Russia",
        ),
        ("state/iran", "The two countries", Tie.GROUP, "with Russia"),
        ("state/iran", "Iranian", Tie.DEMONYM, ""),
        ("state/iran", "Tehran", Tie.SEAT, ""),
        ("state/russia", "the Russian government", Tie.ACTING, "by 'Russian' in it"),
        ("historical-state/qajar-iran", "Iran", Tie.LINE, ""),
        (
            "organisation/eurasian-trade-institute",
            "ETI",
            Tie.ACRONYM,
            "in brackets behind 'Eurasian Trade Institute'",
        ),
        ("office/foreign-minister-of-iran", "Iranian Foreign Minister Mohammad Javad Zarif", Tie.HELD, ""),
    ],
)
def test_each_kind_of_join_has_its_reason(
    id: str, text: str, tied: Tie, by: str, explained: Callable[[str], Explanation]
) -> None:
    found = {each.text: (each.tie, each.by) for each in explained(id).wordings}
    assert found.get(text) == (tied, by), found


def test_a_build_alone_shows_the_next_candidates(kg: Run, tmp_path: Path) -> None:
    """The user's own record comes first, what became of the packaged one of that surname is told."""
    path = tmp_path / "graph.ttl"
    person = f'<{ID}person/lavrov> a tg:Person ; rdfs:label "Lavrov"@en ; skos:altLabel "Pavel Lavrov"@en .\n'
    path.write_text(HEAD + person, encoding="utf-8")
    own = tmp_path / "own.csv"
    own.write_text("name,class\nPavel Lavrov,Person\n", encoding="utf-8")
    (judged,) = json.loads(kg("explain", path, "person/lavrov", "--reference", own, "--json").out)["judged"]
    fates = {each["id"]: each["fate"] for each in judged["candidates"]}
    assert list(fates) == ["person/pavel-lavrov", "person/sergey-lavrov"]
    assert (judged["judgement"], fates["person/pavel-lavrov"]) == ("positive", "taken")
    assert re.fullmatch(r"not taken: 0\.\d\d behind the best", fates["person/sergey-lavrov"])


def test_whom_nobody_knows_is_told_as_such(kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + f'<{ID}person/x> a tg:Person ; rdfs:label "Xyl Qwert"@en .\n', encoding="utf-8")
    (judged,) = json.loads(kg("explain", path, "person/x", "--json").out)["judged"]
    assert (judged["judgement"], judged["candidates"]) == ("negative", [])
    assert judged["verdict"] == "nobody: no candidate has a name like it"


@pytest.mark.parametrize("apart", ["wd:Q58217", f"<{ID}person/sergey-lavrov>"])
def test_who_was_declined_in_the_graph_is_shown_with_the_reason(apart: str, kg: Run, tmp_path: Path) -> None:
    more = (
        f'<{ID}person/sergey-lavrov-2> a tg:Person ; rdfs:label "Sergey Lavrov"@en ; owl:differentFrom {apart} .\n'
        f"<{ID}link/9> a tg:Link ; rdf:subject <{ID}person/sergey-lavrov-2> ; rdf:predicate owl:differentFrom ;"
        f' rdf:object {apart} ; tg:score 0.0 ; tg:because "name 1.00, lifetime contradicts" .\n'
    )
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + LAVROV + more, encoding="utf-8")
    (judged,) = json.loads(kg("explain", path, "person/sergey-lavrov-2", "--json").out)["judged"]
    reason = "declined by the graph: name 1.00, lifetime contradicts"
    assert judged["judgement"] == "negative" and judged["candidates"][0]["fate"] == reason
    assert judged["verdict"] == f"nobody: the best candidate was person/sergey-lavrov, {reason}"


@pytest.fixture
def index(kg: Run, tmp_path: Path) -> Path:
    dump = write_dump(
        tmp_path / "dump.json",
        (
            entity("Q159", "Russia", {"P31": ["Q3624078"], "P298": ["RUS"]}, (), 60),
            entity("Q9000000001", "Minister of Foreign Affairs of Russia", {"P31": ["Q4164871"], "P1001": ["Q159"]}),
            entity(
                "Q58217", "Sergey Lavrov", {"P31": ["Q5"], "P39": [("Q9000000001", {"P580": "2004-03-09"})]}, (), 40
            ),
            entity(
                "Q9000000002", "Sergey Lavrov", {"P31": ["Q5"], "P39": ["Q9000000001"], "P569": ["2024-01-01"]}, (), 1
            ),
        ),
    )
    kg("wikidata", "index", dump, "-o", tmp_path / "index")
    return tmp_path / "index"


def test_an_index_tells_the_next_candidates_too(kg: Run, index: Path, tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + LAVROV + f"<{ID}state/russia> owl:sameAs wd:Q159 .\n", encoding="utf-8")
    told = json.loads(kg("explain", path, "person/sergey-lavrov", "--index", index, "--json").out)
    assert [each["source"] for each in told["judged"]] == ["reference data", "dump.json"]
    best, other = told["judged"][1]["candidates"]
    assert (best["id"], best["fate"], other["id"]) == ("Q58217", "taken", "Q9000000002")
    assert other["score"] < best["score"] and other["fate"].startswith(("declined", "not taken"))
    assert "in dump.json: Q58217: sure by" in kg("explain", path, "person/sergey-lavrov", "--index", index).out


def test_a_link_and_an_explanation_by_one_index_agree(kg: Run, index: Path, tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "graph.ttl", LAVROV, "")
    kg("link", graph, "--index", index, "-o", tmp_path / "linked.ttl")
    told = json.loads(kg("explain", tmp_path / "linked.ttl", "person/sergey-lavrov", "--index", index, "--json").out)
    best = told["judged"][1]["candidates"][0]
    (link,) = told["links"]
    assert link["target"].endswith(best["id"]) and link["score"] == round(best["score"], 2)


def test_what_is_no_index_is_told(kg: Run, graph: Path) -> None:
    ended = kg("explain", graph, "person/sergey-lavrov", "--index", graph)
    assert ended.code == ExitCode.INPUT and str(graph) in ended.message
