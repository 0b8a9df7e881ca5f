"""Splits: what a build makes of a reviewer's word that one node held mentions of two."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import Outcome
from pyoxigraph import RdfFormat, parse

from kg import language
from kg.errors import ExitCode
from kg.model import Passage, Span
from kg.resolution.decisions import Decision, Decisions, Kind, write
from kg.resolution.selection import Selection

Run = Callable[..., Outcome]
Triples = set[tuple[str, str, str]]
ID = "https://w3id.org/treatygraph/id/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
APART = "http://www.w3.org/2002/07/owl#differentFrom"
MENTION = "http://www.w3.org/2005/11/its/rdf#taIdentRef"

MINISTER = (
    "MOSCOW, 4 March 1991. Minister Bakirov met Sergei Orlov in Moscow on 3 March 1991. "
    "Bakirov signed a trade agreement with Iran in Tehran on 5 March 1991.\n"
)
BANKER = (
    "ASTANA, 9 May 2019. The banker Bakirov criticised Kazakhstan on 8 May 2019. "
    "Bakirov left for London on 9 May 2019. He met Anna Berg in London.\n"
)
TREATIES = (
    "Norway and Peru signed the Treaty of Lillehammer on 3 May 1921. The treaty entered into force in 1922.\n\n"
    "In Oslo on 5 June 1927 Norway and Peru signed the Treaty of Lillehammer again. "
    "The treaty entered into force on 1 July 1928.\n"
)
OLD, NEW = "treaty/norway-peru-treaty-of-lillehammer-1921", "treaty/norway-peru-treaty-of-lillehammer-1927"
PERSONS = Decision(Kind.SPLIT, "person/bakirov", "person/bakirov-2", "document/banker")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in (("minister", MINISTER), ("banker", BANKER), ("treaties", TREATIES)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def loaded_once() -> Iterator[None]:
    """What would take half of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "load", cache(language.load))
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def built(kg: Run, texts: Path, kept: Path, tmp_path: Path) -> Callable[..., tuple[Outcome, Triples]]:
    """``built(decision, ..., options=())``: the ids without their base, and local names of properties."""

    def call(
        *decisions: Decision, options: tuple[object, ...] = ("--keep", kept, "--no-validate")
    ) -> tuple[Outcome, Triples]:
        file, output = tmp_path / "decisions.tsv", tmp_path / "graph.nt"
        write(file, Decisions.of(decisions))
        ended = kg("build", texts, "-o", output, "--decisions", file, "--pipeline", "fast", *options)
        assert output.exists(), ended.err
        quads = parse(path=output, format=RdfFormat.N_TRIPLES)
        return ended, {
            (
                getattr(q.subject, "value", "").removeprefix(ID),
                q.predicate.value,
                getattr(q.object, "value", "").removeprefix(ID),
            )
            for q in quads
        }

    return call


def values(triples: Triples, subject: str, name: str) -> set[str]:
    return {v for s, p, v in triples if s == subject and p.endswith(f"#{name}")}


def mentioned(triples: Triples, entity: str) -> set[str]:
    """The documents and characters of the mentions of an entity."""
    return {s for s, p, v in triples if p == MENTION and v == entity}


def of_words(words: str, nth: int, text: str, document: str) -> Selection:
    """The nth time that the words stand in the text."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Selection(document, Span(start, start + len(words)), words)


def test_persons_of_one_name_in_two_documents_are_two(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    before, (ended, after) = built()[1], built(PERSONS)
    assert ended.code == ExitCode.YES and not ended.err
    assert len(mentioned(before, "person/bakirov")) == 5 and not mentioned(before, "person/bakirov-2")
    assert {each.partition("#")[0] for each in mentioned(after, "person/bakirov")} == {"document/minister"}
    assert {each.partition("#")[0] for each in mentioned(after, "person/bakirov-2")} == {"document/banker"}
    assert len(mentioned(after, "person/bakirov-2")) == 3, "the pronoun goes along"
    assert values(after, "person/bakirov-2", "label") == {"Bakirov"}


def test_each_has_its_own_facts(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    _, triples = built(PERSONS)
    took_part = {
        id: {s for s, p, v in triples if v == id and p.endswith("#participant") and s.startswith("event/")}
        for id in ("person/bakirov", "person/bakirov-2")
    }
    assert any("sergei-orlov" in event for event in took_part["person/bakirov"])
    assert any("anna-berg" in event for event in took_part["person/bakirov-2"])
    assert not took_part["person/bakirov"] & took_part["person/bakirov-2"]
    assert values(triples, "person/bakirov", "holdsOffice") and not values(triples, "person/bakirov-2", "holdsOffice")


def test_the_graph_says_that_they_are_two_and_who_says_so(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    _, triples = built(PERSONS)
    pairs = {(s, v) for s, p, v in triples if p == APART}
    assert pairs == {("person/bakirov", "person/bakirov-2"), ("person/bakirov-2", "person/bakirov")}
    (link,) = {s for s, p, v in triples if s.startswith("link/") and p.endswith("#subject") and v == "person/bakirov"}
    assert values(triples, link, "because") == {"decided by a reviewer"}


def test_who_was_told_apart_before_is_so_in_the_graph(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    _, triples = built(Decision(Kind.DIFFERENT, "person/anna-berg", "person/sergei-orlov"))
    assert ("person/anna-berg", APART, "person/sergei-orlov") in triples


def test_treaties_of_two_years_in_one_document_are_two(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    before = built()[1]
    assert values(before, OLD, "signedOn") == {"1921-05-03"} and not mentioned(before, NEW)
    document = "document/treaties"
    second = [
        Decision(Kind.SPLIT, OLD, NEW, str(of_words(words, 2, TREATIES, document)))
        for words in ("Treaty of Lillehammer", "treaty")
    ]
    ended, after = built(*second)
    assert not ended.err
    assert (values(after, OLD, "signedOn"), values(after, OLD, "inForceFrom")) == ({"1921-05-03"}, {"1922"})
    assert (values(after, NEW, "signedOn"), values(after, NEW, "inForceFrom")) == ({"1927-06-05"}, {"1928-07-01"})
    assert values(after, NEW, "party") == values(after, OLD, "party") == {"state/norway", "state/peru"}
    assert not [s for s, _, v in after if v.endswith("#Disagreement")]


def test_a_later_document_goes_where_its_year_is(built: Callable[..., tuple[Outcome, Triples]], texts: Path) -> None:
    second = [
        Decision(Kind.SPLIT, OLD, NEW, str(of_words(words, 2, TREATIES, "document/treaties")))
        for words in ("Treaty of Lillehammer", "treaty")
    ]
    for name, year in (("x-first", "3 May 1921"), ("x-later", "5 June 1927")):
        text = f"In {year[-4:]} Norway and Peru signed the Treaty of Lillehammer on {year}.\n"
        (texts / f"{name}.txt").write_text(text, encoding="utf-8")
    before = {each.partition("#")[0] for each in mentioned(built()[1], OLD)}
    assert before == {"document/treaties", "document/x-first", "document/x-later"}
    _, after = built(*second)
    assert {each.partition("#")[0] for each in mentioned(after, OLD)} == {"document/treaties", "document/x-first"}
    assert {each.partition("#")[0] for each in mentioned(after, NEW)} == {"document/treaties", "document/x-later"}
    assert (values(after, OLD, "signedOn"), values(after, NEW, "signedOn")) == ({"1921-05-03"}, {"1927-06-05"})


def test_the_order_and_further_documents_make_no_difference(
    built: Callable[..., tuple[Outcome, Triples]], texts: Path
) -> None:
    before = built(PERSONS)[1]
    (texts / "aaa.txt").write_text(MINISTER.replace("Orlov", "Petrov"), encoding="utf-8")
    after = built(PERSONS)[1]
    assert mentioned(after, "person/bakirov-2") == mentioned(before, "person/bakirov-2")
    assert mentioned(after, "person/bakirov") > mentioned(before, "person/bakirov")


def test_what_is_kept_is_read_again_where_it_must_be(
    built: Callable[..., tuple[Outcome, Triples]], tmp_path: Path
) -> None:
    (ended, plain), keep = built(PERSONS, options=()), ("--keep", tmp_path / "kept", "--no-validate")
    assert ended.code == ExitCode.YES, "the graph conforms"
    assert built(options=keep)[1] != plain
    assert built(PERSONS, options=keep)[1] == plain


@pytest.mark.slow
def test_several_workers_give_the_same(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    other = Decision(Kind.SPLIT, "person/bakirov", "person/bakirov-2", "document/minister Bakirov")
    assert built(PERSONS, other, options=("--workers", 2))[1] == built(PERSONS, other)[1]


def test_a_mention_may_be_of_one_who_is_there(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    _, triples = built(Decision(Kind.SPLIT, "person/bakirov", "person/anna-berg", "document/banker Bakirov"))
    assert len(mentioned(triples, "person/anna-berg")) >= 3
    assert ("person/bakirov", APART, "person/anna-berg") in triples


def test_a_mention_may_be_of_one_who_is_known(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    known = "person/vladimir-putin"
    _, triples = built(Decision(Kind.SPLIT, "person/bakirov", known, "document/banker"))
    assert values(triples, known, "label") == {"Vladimir Putin"} and values(triples, known, "sameAs")


def test_the_id_tells_what_it_is_of(built: Callable[..., tuple[Outcome, Triples]], texts: Path) -> None:
    """A state of America by the name of another state is a place."""
    (texts / "atlanta.txt").write_text("Georgia signed a trade agreement with Norway. Anna left Georgia.\n", "utf-8")
    second = of_words("Georgia", 2, (texts / "atlanta.txt").read_text("utf-8"), "document/atlanta")
    _, triples = built(Decision(Kind.SPLIT, "state/georgia", "place/georgia-in-america", str(second)))
    assert ("place/georgia-in-america", TYPE, "https://w3id.org/treatygraph/ontology#Place") in triples
    assert ("state/georgia", APART, "place/georgia-in-america") in triples


def test_the_more_precise_counts_and_one_may_follow_the_other(
    built: Callable[..., tuple[Outcome, Triples]],
) -> None:
    first = of_words("Bakirov", 1, BANKER, "document/banker")
    third = Decision(Kind.SPLIT, "person/bakirov-2", "person/bakirov-3", str(first))
    _, triples = built(PERSONS, third)
    assert len(mentioned(triples, "person/bakirov-3")) == 1 and len(mentioned(triples, "person/bakirov-2")) == 2
    _, again = built(PERSONS, Decision(Kind.SPLIT, "person/bakirov", "person/bakirov-3", str(first)))
    assert mentioned(again, "person/bakirov-3") == mentioned(triples, "person/bakirov-3")


def test_the_second_may_be_the_same_as_another(built: Callable[..., tuple[Outcome, Triples]]) -> None:
    _, triples = built(PERSONS, Decision(Kind.SAME, "person/bakirov-2", "person/anna-berg"))
    assert not mentioned(triples, "person/bakirov-2") and len(mentioned(triples, "person/anna-berg")) == 4
    assert ("person/anna-berg", APART, "person/bakirov") in triples


@pytest.mark.parametrize(
    "where",
    [
        "document/gone",
        "document/banker Bakirova",
        "document/banker#char=0,7 Bakirov",
        "document/banker#char=31,38 Bakirova",
    ],
)
def test_what_matches_nothing_any_more_is_told(where: str, built: Callable[..., tuple[Outcome, Triples]]) -> None:
    ended, triples = built(Decision(Kind.SPLIT, "person/bakirov", "person/bakirov-2", where))
    assert ended.code == ExitCode.YES and not mentioned(triples, "person/bakirov-2")
    assert ended.message.endswith(
        f"decisions.tsv: split person/bakirov person/bakirov-2 {where}: no such mention, ignored"
    )


@pytest.mark.parametrize(
    ("text", "words", "holds"),
    [
        ("document/a", "Bush", True),
        ("document/a/b", "Bush", False),
        ("document/a Bush", "Bush", True),
        ("document/a Bush", "George Bush", False),
        ("document/a George Bush", "George\nBush", True),
        ("document/a#char=4,8", "Bush", True),
        ("document/a#char=4,8 Bush", "Bush", True),
        ("document/a#char=4,8 Blair", "Bush", False),
        ("document/a#char=4,9 Bush", "Bush", False),
    ],
)
def test_what_a_selection_is_about(text: str, words: str, holds: bool) -> None:
    assert Selection.parse(text).holds(Passage("document/a", Span(4, 8)), words) is holds
    assert str(Selection.parse(text)) == text
