"""The file of decisions, and what a build and a link make of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from pyoxigraph import RdfFormat, parse
from wikidata_graph import LAVROV, write_graph
from wikidata_help import entity, write_dump

from kg.errors import ExitCode, InputError
from kg.resolution.decisions import COLUMNS, Decision, Decisions, Kind, read, write

Run = Callable[..., Outcome]
ID = "https://w3id.org/treatygraph/id/"
WD = "http://www.wikidata.org/entity/"
SAME = Decision(Kind.SAME, "person/harry-truman", "person/truman")
TEXT = (
    "The Caspian Board met in Moscow. The Board of the Caspian spoke to Iran. "
    "Iran and Russia signed a treaty in Moscow on 17 January 2025.\n"
)


def test_what_is_written_is_read_again_and_sorted(tmp_path: Path) -> None:
    path = tmp_path / "decisions.tsv"
    made = Decisions.of(
        [
            Decision(Kind.NO_LINK, "person/x", "Q1", by="Ann", on="2026-01-05"),
            SAME,
            Decision(Kind.HOLDS, "treaty/t", "inForceFrom", "2025-10-02"),
            Decision(Kind.SPLIT, "person/x", "person/x-2", "document/a#char=4,12 Mr\u00a0Bush", on="2026-01-05"),
            Decision(Kind.ONE, "person/x", "surname"),
        ]
    )
    write(path, made)
    assert [str(each) for each in read(path)] == [str(each).replace("\u00a0", " ") for each in made]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ") and lines[1].split("\t") == list(COLUMNS)
    assert lines[2:] == sorted(lines[2:])
    assert lines[3] == "no-link\tperson/x\tQ1\t\tAnn\t2026-01-05"


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (
            "perhaps\tperson/a\tperson/b",
            "line 1: 'perhaps' is no decision: same, different, split, one, link, no-link, ",
        ),
        ("same\tperson/a", "line 1: 2 columns"),
        ("same\tAbbas\tperson/b", "line 1: 'Abbas' is no id of an entity"),
        ("same\tperson/a\tQ1", "line 1: 'Q1' is no id of an entity"),
        ("same\tperson/a\tperson/a", "line 1: person/a twice"),
        ("link\tperson/a\tperson/b", "line 1: 'person/b' is no Q-id or web address"),
        ("holds\ttreaty/a\tinForceFrom", "line 1: holds needs a value"),
        ("same\tperson/a\tperson/b\tx", "line 1: same has no value"),
        ("same\ta/a\ta/b\ndifferent\ta/b\ta/a", "line 2: different, but same in another line"),
        ("split\ta/a\ta/b", "line 1: split needs a value"),
        ("split\ta/a\ta/b\tBush", "line 1: 'Bush' is no place"),
        ("split\ta/a\ta/b\tdocument/x#char=4", "line 1: 'document/x#char=4' is no place"),
        ("split\ta/a\tSomebody\tdocument/x", "line 1: 'Somebody' is no id of an entity"),
        ("one\ta/a\tQ1", "line 1: 'Q1' is no reason"),
        (
            "split\ta/a\ta/b\tdocument/x\nsplit\ta/a\ta/c\tdocument/x",
            "line 2: document/x is split to a/c, but to a/b in another line",
        ),
        ("split\ta/a\ta/b\tdocument/x\nsame\ta/b\ta/a", "a/a and a/b are the same by some decisions and different"),
        (
            "split\ta/a\ta/b\tdocument/x\nsplit\ta/b\ta/a\tdocument/x",
            "document/x is split from a/a to a/b and back by another decision",
        ),
        ("same\ta/a\ta/b\nsame\ta/b\ta/c\ndifferent\ta/a\ta/c", "a/a and a/c are the same by some decisions"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(line: str, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "decisions.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(path)
    assert cause in str(refused.value) and str(path) in str(refused.value)


def test_bytes_that_are_no_text_and_no_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "d.tsv").write_bytes(b"same\t\xff\n")
    for path in (tmp_path / "d.tsv", tmp_path / "none.tsv"):
        with pytest.raises(InputError, match=path.name):
            read(path)


def test_entities_that_are_the_same_take_a_known_id_else_the_longest() -> None:
    made = Decisions.of([SAME, Decision(Kind.SAME, "person/truman", "person/president-truman")])
    there = {"person/harry-truman", "person/truman", "person/president-truman"}
    assert set(made.merged(there).values()) == {"person/president-truman"}
    assert set(made.merged(there, {"person/harry-truman"}).values()) == {"person/harry-truman"}
    assert made.merged({"person/truman"}) == {}


class TestBuild:
    """What ``kg build --decisions`` makes of them."""

    @pytest.fixture
    def built(self, kg: Run, tmp_path: Path) -> Callable[..., tuple[Outcome, set[tuple[str, str, str]]]]:
        source = tmp_path / "text.txt"
        source.write_text(TEXT, encoding="utf-8")

        def call(*decisions: Decision) -> tuple[Outcome, set[tuple[str, str, str]]]:
            file, output = tmp_path / "decisions.tsv", tmp_path / "graph.nt"
            write(file, Decisions.of(decisions))
            ended = kg("build", source, "-o", output, "--pipeline", "fast", "--decisions", file)
            quads = parse(path=output, format=RdfFormat.N_TRIPLES)
            return ended, {(q.subject.value, q.predicate.value, getattr(q.object, "value", "")) for q in quads}  # type: ignore[union-attr]

        return call

    def test_a_link_is_the_identity(self, built: Callable[..., tuple[Outcome, set[tuple[str, str, str]]]]) -> None:
        ended, triples = built(Decision(Kind.LINK, "state/iran", "Q99"))
        assert ended.code == ExitCode.YES
        identities = {v for s, p, v in triples if s == ID + "state/iran" and p.endswith("sameAs")}
        assert identities == {WD + "Q99"}
        assert any(p.endswith("because") and v == "decided by a reviewer" for _, p, v in triples)

    def test_what_is_no_link_is_none(self, built: Callable[..., tuple[Outcome, set[tuple[str, str, str]]]]) -> None:
        _, triples = built(Decision(Kind.NO_LINK, "state/iran", "Q794"))
        assert not [v for s, p, v in triples if s == ID + "state/iran" and p.endswith("sameAs")]
        assert any(s == ID + "state/russia" and p.endswith("sameAs") for s, p, _ in triples)

    def test_the_same_are_one_node_with_all_claims_and_names(
        self, built: Callable[..., tuple[Outcome, set[tuple[str, str, str]]]]
    ) -> None:
        before = built()[1]
        _, triples = built(Decision(Kind.SAME, "state/iran", "state/russia"))
        assert not [s for s, _, _ in triples if s == ID + "state/iran"]
        names = {v for s, p, v in triples if s == ID + "state/russia" and p.endswith("Label")}
        assert "Iran" in names

        def claims(of: set[tuple[str, str, str]]) -> int:
            return len({s for s, p, v in of if p.endswith("type") and v.endswith("#Claim")})

        assert claims(triples) >= claims(before) - 2

    def test_who_is_not_there_is_told_and_ignored(
        self, built: Callable[..., tuple[Outcome, set[tuple[str, str, str]]]]
    ) -> None:
        ended, triples = built(SAME)
        assert ended.code == ExitCode.YES and triples
        assert ended.message.endswith("same person/harry-truman person/truman: not in the graph, ignored")


def test_the_value_that_is_held_true_is_chosen_and_no_claim_is_lost(kg: Run, root: Path, tmp_path: Path) -> None:
    sample = [root / "kg" / "data" / "sample" / f"{name}.txt" for name in ("which-date", "treaty-signed")]
    treaty, file = "treaty/iran-russia-strategic-partnership-2025", tmp_path / "decisions.tsv"

    def told(*options: object) -> dict[str, set[str]]:
        output = tmp_path / "graph.nt"
        kg("build", *sample, "-o", output, "--pipeline", "fast", "--no-validate", *options)
        found: dict[str, set[str]] = {}
        for quad in parse(path=output, format=RdfFormat.N_TRIPLES):
            name = quad.predicate.value.rpartition("#")[2]
            if getattr(quad.subject, "value", "") == ID + treaty or name in ("chosen", "alternative"):
                found.setdefault(name, set()).add(getattr(quad.object, "value", ""))
        return found

    before = told()
    (chosen,), (other, *_) = before["inForceFrom"], sorted(before["alternative"])
    write(file, Decisions.of([Decision(Kind.HOLDS, treaty, "inForceFrom", other)]))
    after = told("--decisions", file)
    assert chosen != other and after["inForceFrom"] == {other}
    assert chosen in after["alternative"]


class TestLink:
    """What ``kg link --decisions`` makes of them."""

    DUMP = (
        entity("Q159", "Russia", {"P31": ["Q3624078"], "P298": ["RUS"]}, (), 60),
        entity("Q9000000001", "Minister of Foreign Affairs of Russia", {"P31": ["Q4164871"], "P1001": ["Q159"]}),
        entity("Q58217", "Sergey Lavrov", {"P31": ["Q5"], "P39": [("Q9000000001", {"P580": "2004-03-09"})]}, (), 40),
    )

    @pytest.fixture
    def linked(self, kg: Run, tmp_path: Path) -> Callable[..., tuple[Outcome, set[tuple[str, str]]]]:
        dump, index = write_dump(tmp_path / "dump.json", self.DUMP), tmp_path / "index"
        kg("wikidata", "index", dump, "-o", index)
        more = f'<{ID}person/lavrov> a tg:Person ; rdfs:label "Lavrov"@en .\n'
        graph, output, file = write_graph(tmp_path / "g.ttl", LAVROV, more), tmp_path / "o.nt", tmp_path / "d.tsv"

        def call(*decisions: Decision) -> tuple[Outcome, set[tuple[str, str]]]:
            write(file, Decisions.of(decisions))
            ended = kg("link", graph, "--index", index, "-o", output, "--decisions", file)
            quads = parse(path=output, format=RdfFormat.N_TRIPLES)
            return ended, {
                (getattr(q.subject, "value", "").removeprefix(ID), getattr(q.object, "value", "").removeprefix(WD))
                for q in quads
                if q.predicate.value.endswith(("#sameAs", "#closeMatch"))
            }

        return call

    def test_without_decisions_who_fits_is_linked(
        self, linked: Callable[..., tuple[Outcome, set[tuple[str, str]]]]
    ) -> None:
        assert ("person/sergey-lavrov", "Q58217") in linked()[1]

    def test_a_declined_item_is_never_linked(self, linked: Callable[..., tuple[Outcome, set[tuple[str, str]]]]) -> None:
        found = linked(Decision(Kind.NO_LINK, "person/sergey-lavrov", "Q58217"))[1]
        assert "Q58217" not in {item for id, item in found if id == "person/sergey-lavrov"}

    def test_a_decided_link_stays(self, linked: Callable[..., tuple[Outcome, set[tuple[str, str]]]]) -> None:
        assert ("person/lavrov", "Q7") in linked(Decision(Kind.LINK, "person/lavrov", "Q7"))[1]

    def test_the_same_have_one_item(self, linked: Callable[..., tuple[Outcome, set[tuple[str, str]]]]) -> None:
        found = linked(Decision(Kind.SAME, "person/sergey-lavrov", "person/lavrov"))[1]
        assert {("person/sergey-lavrov", "Q58217"), ("person/lavrov", "Q58217")} <= found

    def test_who_is_not_there_is_told(self, linked: Callable[..., tuple[Outcome, set[tuple[str, str]]]]) -> None:
        ended, found = linked(SAME)
        assert ended.code == ExitCode.YES and found
        assert ended.message.endswith("not in the graph, ignored")


def test_what_the_texts_declined_is_not_linked(kg: Run, tmp_path: Path) -> None:
    """The graph says that the Lavrov of its texts is another one than the item."""
    dump, index = write_dump(tmp_path / "dump.json", TestLink.DUMP), tmp_path / "index"
    kg("wikidata", "index", dump, "-o", index)
    apart = (
        f"<{ID}person/sergey-lavrov> owl:differentFrom wd:Q58217 .\n"
        f"<{ID}link/1> a tg:Link ; rdf:subject <{ID}person/sergey-lavrov> ; rdf:predicate owl:differentFrom ;"
        " rdf:object wd:Q58217 ; tg:score 0.0 .\n"
    )
    graph, output = write_graph(tmp_path / "g.ttl", LAVROV, apart), tmp_path / "o.ttl"
    kg("link", graph, "--index", index, "-o", output)
    text = output.read_text(encoding="utf-8")
    assert "owl:differentFrom wd:Q58217" in text and "owl:sameAs wd:Q58217" not in text
    assert "closeMatch" not in text and "a tg:Link" in text


@pytest.mark.parametrize("known", [True, False])
def test_two_that_were_told_apart_are_not_one_item(known: bool, kg: Run, tmp_path: Path) -> None:
    """Whether the item of one was known before or is found in the same run."""
    dump, index = write_dump(tmp_path / "dump.json", TestLink.DUMP), tmp_path / "index"
    kg("wikidata", "index", dump, "-o", index)
    other = f'<{ID}person/sergey-lavrov-2> a tg:Person ; rdfs:label "Sergey Lavrov"@en .\n'
    same = f"<{ID}person/sergey-lavrov> owl:sameAs wd:Q58217 .\n" if known else ""
    apart = f"<{ID}person/sergey-lavrov-2> owl:differentFrom <{ID}person/sergey-lavrov> .\n"

    def linked(more: str) -> set[tuple[str, str]]:
        output = tmp_path / "o.nt"
        kg("link", write_graph(tmp_path / "g.ttl", LAVROV, more), "--index", index, "-o", output)
        quads = parse(path=output, format=RdfFormat.N_TRIPLES)
        items = [quad for quad in quads if quad.predicate.value.endswith(("#sameAs", "#closeMatch"))]
        return {(getattr(q.subject, "value", ""), getattr(q.object, "value", "")) for q in items}

    either, two = linked(other + same), linked(other + same + apart)
    assert (f"{ID}person/sergey-lavrov-2", WD + "Q58217") in either - two
    assert (f"{ID}person/sergey-lavrov", WD + "Q58217") in two


def test_a_decided_link_keeps_who_was_told_apart(kg: Run, tmp_path: Path) -> None:
    dump, index = write_dump(tmp_path / "dump.json", TestLink.DUMP), tmp_path / "index"
    kg("wikidata", "index", dump, "-o", index)
    apart = (
        f"<{ID}person/sergey-lavrov> owl:differentFrom <{ID}state/russia>, wd:Q58217 .\n"
        f"<{ID}link/1> a tg:Link ; rdf:subject <{ID}person/sergey-lavrov> ; rdf:predicate owl:differentFrom ;"
        f" rdf:object <{ID}state/russia> ; tg:score 0.0 .\n"
    )
    graph, output, file = write_graph(tmp_path / "g.ttl", LAVROV, apart), tmp_path / "o.ttl", tmp_path / "d.tsv"
    write(file, Decisions.of([Decision(Kind.LINK, "person/sergey-lavrov", "Q58217")]))
    kg("link", graph, "--index", index, "-o", output, "--decisions", file)
    text = output.read_text(encoding="utf-8")
    assert "owl:differentFrom state:russia" in text and "owl:sameAs wd:Q58217" in text
    assert "differentFrom wd:" not in text and "rdf:object state:russia" in text


def test_the_file_in_the_documentation_is_one(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "review.md").read_text(encoding="utf-8")
    (block,) = [each for each in text.split("```") if each.startswith("text\ndecision")]
    path = tmp_path / "decisions.tsv"
    path.write_text(block.removeprefix("text\n"), encoding="utf-8")
    lines = block.strip().splitlines()[2:]
    assert {each.kind for each in read(path)} == set(Kind) and lines == sorted(lines)
