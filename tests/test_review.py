"""The review: what is open, the session with scripted input, and that it goes on where it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from wikidata_graph import HEAD

from kg.errors import ExitCode
from kg.rdf.validate import read_quads
from kg.resolution.decisions import Decision, Decisions, Kind, read
from kg.resolution.judging.subject import Subject
from kg.review.duplicates import duplicates
from kg.review.questions import open_questions

Run = Callable[..., Outcome]
ID = "https://w3id.org/treatygraph/id/"
GRAPH = f"""
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
<{ID}document/talks> a tg:Document ; nif:isString "Then Mr Truman came to Oslo and spoke." .
<{ID}document/talks#char=8,14> a nif:Phrase ; nif:anchorOf "Truman" ; itsrdf:taIdentRef <{ID}person/truman> ;
    nif:beginIndex "8"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger ;
    nif:referenceContext <{ID}document/talks> .
<{ID}person/truman> a tg:Person ; rdfs:label "Truman"@en ; skos:closeMatch wd:Q11613 .
<{ID}person/harry-truman> a tg:Person ; rdfs:label "Harry Truman"@en .
<{ID}link/1> a tg:Link ; rdf:subject <{ID}person/truman> ; rdf:predicate skos:closeMatch ; rdf:object wd:Q11613 ;
    tg:score 0.87 ; tg:because "name 0.80, near 1.00" .
<{ID}treaty/t> a tg:Treaty ; rdfs:label "Treaty of Oslo"@en ; tg:signedOn "1949-04-04"^^xsd:date .
<{ID}disagreement/1> a tg:Disagreement ; rdf:subject <{ID}treaty/t> ; rdf:predicate tg:signedOn ;
    tg:chosen "1949-04-04"^^xsd:date ; tg:alternative "1949-04-05"^^xsd:date .
<{ID}claim/1> a tg:Claim ; rdf:subject <{ID}treaty/t> ; rdf:predicate tg:signedOn ;
    rdf:object "1949-04-05"^^xsd:date ; prov:wasDerivedFrom <{ID}document/talks#char=8,14> .
"""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(HEAD + GRAPH, encoding="utf-8")
    return path


@pytest.fixture
def review(kg: Run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """``review("s q", ...)``: a session that answers with these keys."""

    def call(keys: str, *options: object) -> Outcome:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{key}\n" for key in keys.split())))
        return kg("review", graph, *options)

    return call


def made(graph: Path) -> list[Decision]:
    return list(read(graph.with_name("graph.decisions.tsv")))


def test_links_then_duplicates_then_disagreements_are_open(graph: Path) -> None:
    titles = [question.title for question in open_questions(read_quads(graph), Decisions())]
    assert titles == [
        "Is Truman (person/truman) http://www.wikidata.org/entity/Q11613?",
        "Are Harry Truman (person/harry-truman) and Truman (person/truman) the same?",
        "Which signedOn of Treaty of Oslo (treaty/t) is true?",
    ]


def test_the_words_of_the_text_stand_in_their_context(graph: Path) -> None:
    evidence = open_questions(read_quads(graph), Decisions())[0].evidence[0]
    assert (evidence.before, evidence.words, evidence.behind) == ("Then Mr ", "Truman", " came to Oslo and spoke.")


def test_each_answer_is_kept(review: Callable[..., Outcome], graph: Path) -> None:
    ended = review("l s 2", "--by", "Ann", "--on", "2026-01-05")
    assert ended.code == ExitCode.YES
    assert ended.out.endswith(f"3 decided, 0 open. The decisions are in {graph.with_name('graph.decisions.tsv')}.\n")
    who = {"by": "Ann", "on": "2026-01-05"}
    assert made(graph) == [
        Decision(Kind.HOLDS, "treaty/t", "signedOn", "1949-04-05", **who),
        Decision(Kind.LINK, "person/truman", "Q11613", **who),
        Decision(Kind.SAME, "person/harry-truman", "person/truman", **who),
    ]


def test_a_review_goes_on_where_it_was(review: Callable[..., Outcome], graph: Path) -> None:
    assert "1/3" in review("n q").out
    assert made(graph) == [Decision(Kind.NO_LINK, "person/truman", "Q11613")]
    again = review("k k")
    assert "1/2  Are Harry Truman" in again.out and "wikidata" not in again.out
    assert len(made(graph)) == 1


def test_the_end_of_input_ends_it(review: Callable[..., Outcome], graph: Path) -> None:
    assert "0 decided, 3 open" in review("").out
    assert not graph.with_name("graph.decisions.tsv").exists()


def test_an_answer_is_taken_back(review: Callable[..., Outcome], graph: Path) -> None:
    review("l u n d u s q")
    assert made(graph) == [
        Decision(Kind.NO_LINK, "person/truman", "Q11613"),
        Decision(Kind.SAME, "person/harry-truman", "person/truman"),
    ]


def test_what_cannot_be_taken_back_and_what_is_no_answer_is_told(review: Callable[..., Outcome], graph: Path) -> None:
    told = review("u x q").err.splitlines()
    assert told == [
        "kg: there is nothing to take back",
        "kg: 'x' is no answer: l link, n no link, k skip, u undo, q quit",
    ]


def test_the_list_asks_nothing_and_writes_nothing(kg: Run, graph: Path) -> None:
    ended = kg("review", graph, "--list")
    assert ended.code == ExitCode.YES
    assert ended.out.splitlines()[-1] == "3 open"
    assert "document/talks: … Then Mr Truman came to Oslo and spoke. …" in ended.out
    assert not graph.with_name("graph.decisions.tsv").exists()


def test_a_decision_about_who_is_gone_is_told_and_kept(review: Callable[..., Outcome], graph: Path) -> None:
    file = graph.with_name("graph.decisions.tsv")
    file.write_text("same\tperson/gone\tperson/truman\n", encoding="utf-8")
    ended = review("l q")
    assert ended.err == f"kg: {file}: same person/gone person/truman: not in the graph, ignored\n"
    assert Decision(Kind.SAME, "person/gone", "person/truman") in made(graph)


def test_a_wrong_day_is_a_usage_error(review: Callable[..., Outcome]) -> None:
    assert review("q", "--on", "yesterday").code == ExitCode.USAGE


def subject(id: str, cls: str, *names: str, **given: object) -> Subject:
    return Subject(ID + id, cls, names, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (subject("a", "State", "Iran"), subject("b", "State", "Persia", "Iran"), True),
        (subject("a", "Organisation", "League of Rur"), subject("b", "InternationalOrganisation", "Rur League"), True),
        (subject("a", "Person", "Truman"), subject("b", "Person", "Harry Truman"), True),
        (subject("a", "Person", "Bess Truman"), subject("b", "Person", "Harry Truman"), False),
        (subject("a", "State", "Korea"), subject("b", "State", "South Korea"), False),
        (subject("a", "State", "Russia"), subject("b", "HistoricalState", "Russia"), False),
        (subject("a", "Office", "Head", "President"), subject("b", "Office", "Chief", "President"), False),
        (subject("a", "Treaty", "Treaty"), subject("b", "Treaty", "Treaty"), False),
        (subject("a", "Treaty", "SALT I"), subject("b", "Treaty", "SALT II"), False),
        (subject("a", "Treaty", "Treaty of 1921 on X"), subject("b", "Treaty", "Treaty of 1927 on X"), False),
        (subject("a", "Treaty", "Oslo Pact", date="1949"), subject("b", "Treaty", "Oslo Pact", date="1993"), False),
        (
            subject("a", "GovernmentBody", "Senate", states=("s",)),
            subject("b", "GovernmentBody", "Senate", states=("t",)),
            False,
        ),
        (subject("a", "Person", "A B", same_as="Q1"), subject("b", "Person", "A B", same_as="Q2"), False),
    ],
)
def test_what_may_be_one(one: Subject, other: Subject, alike: bool) -> None:
    assert bool(duplicates([one, other])) is alike
    assert duplicates([one, other]) == duplicates([other, one])
