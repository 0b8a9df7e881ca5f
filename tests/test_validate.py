"""Validation of whole graphs: how they are read, what is reported, and the report itself."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph

from kg import resources
from kg.errors import InputError
from kg.model import Claim, Document, Entity, EntityRef, Knowledge, PartialDate, Passage, Span
from kg.namespaces import NIF
from kg.rdf.findings import SHAPES, Finding, Report, Severity, quoted, sorted_findings
from kg.rdf.mapping import to_quads
from kg.rdf.validate import read_quads, validate

VALID = resources.shapes() / "examples" / "treaty-valid.ttl"
INVALID = """
@prefix tg: <https://w3id.org/treatygraph/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <https://example.org/> .
ex:t a tg:Treaty ; rdfs:label "T"@en ; tg:party ex:a ; tg:signedOn "2025-02-30"^^xsd:date ;
    tg:earliest "2025-02-01"^^xsd:date ; tg:latest "2025-02-28"^^xsd:date ; tg:year 2025 .
ex:a a tg:State ; rdfs:label "A"@en . <https://example.org/a|b> a tg:State ; rdfs:label "B"@en .
"""
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def _shapes(report: Report) -> set[str]:
    return {finding.shape.removeprefix(SHAPES) for finding in report.findings}


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "TTL", "json", "xml"])
def test_a_graph_is_read_in_every_syntax(write: Write, ending: str) -> None:
    syntax = ox.RdfFormat.from_extension(ending.lower())
    assert syntax
    quads = read_quads(VALID)
    path = write(f"graph.{ending}", ox.serialize(quads, format=syntax) or b"")
    report = validate(path)
    assert report.findings == ()
    assert report.triples == len(quads)


def test_quads_at_hand_are_checked_as_their_file_is(write: Write) -> None:
    path = write("graph.ttl", INVALID)
    assert validate(iter(read_quads(path))) == validate(path)


def test_terms_are_checked_and_then_shapes(write: Write) -> None:
    report = validate(write("graph.ttl", INVALID))
    assert _shapes(report) >= {"WellFormed-literal", "WellFormed-iri", "Treaty-signedOn", "Treaty-parties"}
    assert [f.severity for f in report.findings] == sorted((f.severity for f in report.findings), key=lambda s: s.rank)


def test_rdflib_says_nothing_of_bad_terms(write: Write, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        validate(write("graph.ttl", INVALID))
    assert caplog.records == []
    assert not logging.getLogger("rdflib.term").disabled


def test_named_graphs_are_checked_together(write: Write) -> None:
    lines = [
        "<https://example.org/t> a <https://w3id.org/treatygraph/ontology#Place> .",
        '<https://example.org/g> { <https://example.org/t> <http://www.w3.org/2000/01/rdf-schema#label> "T"@en }',
    ]
    report = validate(write("graph.trig", "\n".join(lines)))
    assert (report.findings, report.triples) == ((), 2)


def test_an_empty_graph_conforms(write: Write) -> None:
    assert validate(write("graph.ttl", "")) == Report((), 0)


def test_triple_terms_are_passed_over(write: Write) -> None:
    text = "PREFIX e: <https://example.org/> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    assert validate(write("graph.ttl", text + "e:c rdf:reifies <<( e:s e:p e:o )>> .")) == Report((), 1)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("graph.ttl", "<https://example.org/a> <b", "Turtle"),
        ("graph.ttl", b'<https://example.org/a> <https://example.org/b> "\xff" .', "Turtle"),
        ("graph.ttl", b"\x89PNG\r\n\x1a\n\x00\x00", "Turtle"),
        ("graph.jsonld", '{"@context": "https://example.org/context", "@id": "x:a"}', "JSON-LD"),
        ("graph.jsonld", "[" * 50, "JSON-LD"),
        ("graph.txt", "", ".txt"),
        ("graph", "", "ending"),
        ("graph.rdf", '<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF/>', "document type"),
        ("graph.rdf", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>'.encode("utf-16"), "document type"),
        ("graph.rdf", "<rdf:RDF", "RDF/XML"),
    ],
)
def test_what_is_no_graph_is_an_input_error(write: Write, name: str, content: str | bytes, cause: str) -> None:
    path = write(name, content)
    with pytest.raises(InputError) as error:
        validate(path)
    assert error.value.source == str(path)
    assert cause in error.value.cause


def test_a_missing_file_and_a_folder_are_input_errors(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.ttl", tmp_path / "folder.ttl"):
        (tmp_path / "folder.ttl").mkdir(exist_ok=True)
        with pytest.raises(InputError):
            validate(path)


def test_blank_nodes_are_named_alike_in_every_run(write: Write) -> None:
    path = write("graph.ttl", "[] a <https://w3id.org/treatygraph/ontology#Place> . [] a [] .")
    first, second = validate(path), validate(path)
    assert first == second
    assert {f.focus for f in first.findings} == {"_:b0"}


def _finding(severity: Severity, shape: str = "X", **parts: str) -> Finding:
    given = {"name": "n", "focus": "<https://example.org/a>", "message": "m", "component": "https://example.org/c"}
    return Finding(severity, SHAPES + shape, **(given | parts))


def test_conforming_depends_on_what_counts_as_a_failure() -> None:
    report = Report((_finding(Severity.WARNING), _finding(Severity.INFO)), 2)
    assert report.conforms()
    assert not report.conforms(Severity.WARNING)
    assert not report.conforms(Severity.INFO)
    assert report.conforms(None)
    assert not Report((_finding(Severity.VIOLATION),), 1).conforms()
    assert Report((_finding(Severity.VIOLATION),), 1).conforms(None)


def test_findings_are_counted_and_grouped() -> None:
    a, b, c = (
        _finding(Severity.VIOLATION, "A"),
        _finding(Severity.INFO, "B"),
        _finding(Severity.INFO, "B", focus="<x:y>"),
    )
    report = Report(sorted_findings([c, b, a, b]), 3)
    assert report.counts() == {Severity.VIOLATION: 1, Severity.WARNING: 0, Severity.INFO: 2}
    assert report.by_shape() == {SHAPES + "A": (a,), SHAPES + "B": (b, c)}


def test_the_report_is_a_validation_report_of_the_standard(write: Write) -> None:
    report = validate(write("graph.ttl", INVALID))
    graph = Graph().parse(data=report.to_turtle(), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(report.findings)
    assert str(graph.value(node, SH.conforms)) == "false"
    required = (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent, SH.resultMessage)
    assert all(len(list(graph.objects(result, p))) == 1 for result in results for p in required)
    assert {graph.value(r, SH.resultSeverity) for r in results} <= {SH.Violation, SH.Warning, SH.Info}


def test_the_report_of_a_sound_graph_says_so() -> None:
    graph = Graph().parse(data=Report((), 0).to_turtle(), format="turtle")
    assert [str(o) for o in graph.objects(None, SH.conforms)] == ["true"]


def test_the_report_is_valid_turtle_for_every_example_and_paths_of_all_kinds() -> None:
    folder = resources.shapes() / "examples"
    quads = [quad for path in sorted(folder.glob("*-*.t*")) for quad in read_quads(path)]
    report = validate(quads)
    assert {path[:3] for f in report.findings if (path := f.path)} >= {"<ht", "[ <", "( <"}
    parsed = ox.parse(report.to_turtle().encode(), format=ox.RdfFormat.TURTLE)
    assert sum(q.predicate.value == str(SH.result) for q in parsed) == len(report.findings)
    assert validate(reversed(quads)).to_turtle() == report.to_turtle()


@pytest.mark.parametrize("text", ['"', "\\", "\n\r\t", "\x00\x1f\x7f", "\ufffe\U0001f600", "\\u0041"])
def test_any_text_is_quoted_so_that_it_reads_back(text: str) -> None:
    line = f"<https://example.org/a> <https://example.org/b> {quoted(text)} .".encode()
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal) and quad.object.value == text


def _read(text: str, words: list[tuple[int, int]]) -> Knowledge:
    document = Document("document/d", "d.txt", text, "0" * 64, "T", PartialDate("2025-01-17"))
    places = [Passage(document.id, Span(start, end)) for start, end in words]
    claims = [Claim("treaty/t", "party", EntityRef(f"state/{s}"), place) for place in places for s in ("a", "b")]
    entities = (Entity("treaty/t", "Treaty", "T"), Entity("state/a", "State", "A"), Entity("state/b", "State", "B"))
    return Knowledge((document,), entities, claims=tuple(claims))


def test_passages_are_counted_in_characters_not_bytes_or_surrogates() -> None:
    text = "Путин 😀 met \U0001d513 in Санкт-Петербург."
    knowledge = _read(text, [(0, 5), (6, 7), (8, 13), (12, len(text))])
    assert validate(to_quads(knowledge)).findings == ()


def test_a_text_that_was_changed_is_found_out() -> None:
    quads = to_quads(_read("😀 Iran and Russia signed.", [(2, 6), (11, 17)]))
    is_string = ox.NamedNode(NIF + "isString")
    text = next(q.object for q in quads if q.predicate == is_string)
    assert isinstance(text, ox.Literal)
    changed = ox.Literal(text.value.replace("Iran and", "Iran  and"))
    report = validate(ox.Quad(q.subject, q.predicate, changed if q.object == text else q.object) for q in quads)
    assert [(f.shape.removeprefix(SHAPES), f.value) for f in report.findings] == [
        ("Document-slices", "<https://w3id.org/treatygraph/id/document/d#char=11,17>")
    ]


def test_what_the_mapping_writes_conforms_and_is_checked_in_time() -> None:
    text = "abcdé😀 \n" * 25_000
    quads = to_quads(_read(text, [(start, start + 40) for start in range(0, 190_000, 250)]))
    validate([])  # the shapes are read
    start = time.process_time()
    report = validate(quads)
    assert report.findings == ()
    assert report.triples > 10_000
    assert time.process_time() - start < 10  # 2 s on the machine this was written on
