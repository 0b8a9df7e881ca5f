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
from kg.review.questions import Questions

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
    titles = [question.title for question in Questions(read_quads(graph)).open(Decisions())]
    assert titles == [
        "Is Truman (person/truman) http://www.wikidata.org/entity/Q11613?",
        "Are Harry Truman (person/harry-truman) and Truman (person/truman) the same?",
        "Which signedOn of Treaty of Oslo (treaty/t) is true?",
    ]


def test_the_words_of_the_text_stand_in_their_context(graph: Path) -> None:
    evidence = Questions(read_quads(graph)).open(Decisions())[0].evidence[0]
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
        "kg: 'x' is no answer: l link, n no link, m mentions, k skip, u undo, q quit",
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


TWO = f"""
@prefix itsrdf: <http://www.w3.org/2005/11/its/rdf#> .
<{ID}person/marlowe> a tg:Person ; rdfs:label "Marlowe"@en .
<{ID}person/marlowe-2> a tg:Person ; rdfs:label "Another"@en .
<{ID}treaty/t> a tg:Treaty ; rdfs:label "Treaty of Oslo"@en ; tg:signedOn "1921"^^xsd:gYear .
<{ID}disagreement/1> a tg:Disagreement ; rdf:subject <{ID}treaty/t> ; rdf:predicate tg:signedOn ;
    tg:chosen "1921"^^xsd:gYear ; tg:alternative "1927-06-05"^^xsd:date .
"""
TEXTS = {
    "one": "President Marlowe met Anna. He left. Marlowe spoke.",
    "two": "Dr. Marlowe wrote a book.\nIt was sold by Marlowe.",
}


def mention(document: str, words: str, nth: int = 1) -> str:
    start = -1
    for _ in range(nth):
        start = TEXTS[document].index(words, start + 1)
    end = start + len(words)
    return (
        f'<{ID}document/{document}#char={start},{end}> a nif:Phrase ; nif:anchorOf "{words}" ;'
        f' nif:beginIndex "{start}"^^xsd:nonNegativeInteger ; nif:endIndex "{end}"^^xsd:nonNegativeInteger ;'
        f" nif:referenceContext <{ID}document/{document}> ; itsrdf:taIdentRef <{ID}person/marlowe> .\n"
    )


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A graph in which one node holds two persons, and one treaty has two years."""
    documents = (
        f"<{ID}document/{id}> a tg:Document ; nif:isString {text!r} .\n".replace("'", '"') for id, text in TEXTS.items()
    )
    mentions = (
        mention("one", "Marlowe"),
        mention("one", "He"),
        mention("one", "Marlowe", 2),
        mention("two", "Marlowe"),
        mention("two", "Marlowe", 2),
    )
    path = tmp_path / "two.ttl"
    path.write_text(HEAD + TWO + "".join((*documents, *mentions)), encoding="utf-8")
    return path


def split(where: str, other: str = "person/marlowe-3") -> Decision:
    return Decision(Kind.SPLIT, "person/marlowe", other, where)


class TestParting:
    """Nodes that may be several, and what a reviewer says of their mentions."""

    @pytest.fixture
    def answer(
        self, kg: Run, two: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[..., tuple[Outcome, list[Decision]]]:
        """``answer("2", "k", options=())``: a session that answers with these lines."""

        def call(*lines: str, options: tuple[object, ...] = ()) -> tuple[Outcome, list[Decision]]:
            monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
            ended, file = kg("review", two, *options), two.with_name("two.decisions.tsv")
            return ended, list(read(file)) if file.exists() else []

        return call

    def test_a_surname_over_documents_and_a_treaty_of_two_years_are_asked_about(self, two: Path) -> None:
        asked = [q for q in Questions(read_quads(two)).open(Decisions()) if q.parting is not None]
        assert [(q.title, q.lines) for q in asked] == [
            ("Is Marlowe (person/marlowe) one?", ("named by one word alone, in 2 documents",)),
            ("Is Treaty of Oslo (treaty/t) one?", ("signed in 1921 and 1927, by the texts",)),
        ]

    def test_the_mentions_stand_in_their_sentences_by_document(self, kg: Run, two: Path) -> None:
        told = kg("review", two, "--list").out.splitlines()
        first = told.index("  1  document/one: 3 mentions")
        assert told[first + 1 : first + 7] == [
            "     1.1  President Marlowe met Anna.",
            "     1.2  He left.",
            "     1.3  Marlowe spoke.",
            "  2  document/two: 2 mentions",
            "     2.1  Dr. Marlowe wrote a book.",
            "     2.2  It was sold by Marlowe.",
        ]

    @pytest.mark.parametrize(
        ("line", "where"),
        [
            ("2", ["document/two"]),
            ("2.1-2", ["document/two"]),
            ("1.3", ["document/one#char=37,44 Marlowe"]),
            ("1.2", ["document/one He"]),
            ("1.1, 1.3", ["document/one Marlowe"]),
            ("1.3 2", ["document/one#char=37,44 Marlowe", "document/two"]),
        ],
    )
    def test_what_is_another_is_told_by_numbers(
        self, line: str, where: list[str], answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        ended, made = answer(line, "q")
        assert ended.code == ExitCode.YES and made == [split(each) for each in where]

    def test_who_it_is_may_be_named(self, answer: Callable[..., tuple[Outcome, list[Decision]]]) -> None:
        assert answer("2 = person/philip-marlowe", "q")[1] == [split("document/two", "person/philip-marlowe")]

    @pytest.mark.parametrize(
        ("line", "cause"),
        [
            ("3", "'3' is none of the numbers above"),
            ("1.4", "'1.4': there are 1 to 3 in 1"),
            ("1.3-2", "'1.3-2': there are 1 to 3 in 1"),
            ("1 2", "that is all there is: choose what is another entity than the rest"),
            ("2 = Philip", "'philip' is no id of another entity, as person/marlowe-3 is"),
            ("2 = person/marlowe", "'person/marlowe' is no id of another entity"),
            ("2x", "'2x' is none of the numbers above"),
        ],
    )
    def test_what_is_no_choice_is_told_and_asked_again(
        self, line: str, cause: str, answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        ended, made = answer(line, "2", "q")
        assert cause in ended.err and made == [split("document/two")]

    def test_who_is_one_is_not_asked_about_again(self, answer: Callable[..., tuple[Outcome, list[Decision]]]) -> None:
        assert answer("o", "q")[1] == [Decision(Kind.ONE, "person/marlowe", "surname")]
        assert "marlowe" not in answer("q")[0].out

    def test_what_was_split_is_not_asked_about_again_nor_stale(
        self, answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        answer("2", "q")
        again = answer("q")[0]
        assert "marlowe" not in again.out and not again.err

    def test_what_is_still_doubtful_after_a_build_is_asked_about_again(
        self, two: Path, answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        answer("2.2", "q")
        start = TEXTS["two"].rindex("Marlowe")
        phrase = f"<{ID}document/two#char={start},{start + 7}>"
        text = two.read_text(encoding="utf-8")
        before, _, after = text.partition(f"{phrase} a nif:Phrase")
        after = after.replace("person/marlowe>", "person/marlowe-3>", 1)
        two.write_text(f"{before}{phrase} a nif:Phrase{after}", encoding="utf-8")
        ended = answer("q")[0]
        assert "Is Marlowe (person/marlowe) one?" in ended.out and not ended.err

    def test_a_split_is_taken_back_as_a_whole(self, answer: Callable[..., tuple[Outcome, list[Decision]]]) -> None:
        assert answer("1.3 2", "u", "o", "q")[1] == [Decision(Kind.ONE, "person/marlowe", "surname")]

    def test_the_mentions_of_any_entity_can_be_gone_through(
        self, answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        ended, made = answer("1.1", options=("--entity", "person/marlowe"))
        assert "1/1  Is Marlowe" in ended.out and made == [split("document/one#char=10,17 Marlowe")]
        nobody, unmentioned = (answer(options=("--entity", who))[0] for who in ("nobody", "treaty/t"))
        assert nobody.code == unmentioned.code == ExitCode.NO
        assert nobody.message.endswith("two.ttl: nothing is called 'nobody'")
        assert unmentioned.message.endswith("two.ttl: no text mentions 'treaty/t'")

    def test_a_split_of_what_is_the_same_is_refused(
        self, two: Path, answer: Callable[..., tuple[Outcome, list[Decision]]]
    ) -> None:
        two.with_name("two.decisions.tsv").write_text("same\tperson/marlowe\tperson/marlowe-2\n", encoding="utf-8")
        ended, made = answer("2 = person/marlowe-2", "q")
        assert "are the same by some decisions and different by another" in ended.err
        assert [each.kind for each in made] == [Kind.SAME]


def test_mentions_are_shown_where_a_question_is_about_an_entity(review: Callable[..., Outcome], graph: Path) -> None:
    shown = review("m k n q").out
    assert "2/4" in shown and "Then Mr Truman came to Oslo and spoke." in shown
    assert made(graph) == [Decision(Kind.NO_LINK, "person/truman", "Q11613")]


def doubted(tmp_path: Path, told: str) -> list[str]:
    path = tmp_path / "doubt.ttl"
    path.write_text(HEAD + told, encoding="utf-8")
    return [q.lines[0] for q in Questions(read_quads(path)).open(Decisions()) if q.parting is not None]


OFFICES = f"""
<{ID}state/a> a tg:State ; rdfs:label "Arland"@en .
<{ID}state/b> a tg:State ; rdfs:label "Borland"@en .
<{ID}office/a> a tg:Office ; rdfs:label "Minister of Arland"@en ; tg:officeOf <{ID}state/a> .
<{ID}office/b> a tg:Office ; rdfs:label "Envoy of Borland"@en ; tg:officeOf <{ID}state/b> .
<{ID}person/p> a tg:Person ; rdfs:label "Per Olsen"@en ; tg:holdsOffice <{ID}office/a>, <{ID}office/b> .
"""


def test_offices_of_two_states_are_doubtful_but_for_one_that_followed(tmp_path: Path) -> None:
    assert doubted(tmp_path, OFFICES) == ["has offices of Arland and Borland"]
    assert doubted(tmp_path, OFFICES + f"<{ID}state/a> tg:succeededBy <{ID}state/b> .") == []


@pytest.mark.parametrize(("year", "doubtful"), [(1995, False), (1999, True)])
def test_nobody_acts_for_longer_than_a_life(year: int, doubtful: bool, tmp_path: Path) -> None:
    events = "".join(
        f"<{ID}event/{y}> a tg:Meeting ; tg:year {y} ; tg:participant <{ID}person/p> .\n" for y in (1921, year)
    )
    person = f'<{ID}person/p> a tg:Person ; rdfs:label "Per Olsen"@en .\n'
    told = [f"takes part in what happened from 1921 to {year}"]
    assert doubted(tmp_path, person + events) == (told if doubtful else [])
