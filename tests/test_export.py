"""Exports, each read back by a second implementation."""

import csv
import gzip
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import Graph

from kg.errors import InputError, OutputError, SettingsError
from kg.export.exporting import export
from kg.export.formats import ExportFormat
from kg.export.reified import reified

GRAPH = """
@prefix tg: <https://w3id.org/treatygraph/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <https://w3id.org/treatygraph/id/> .
<https://w3id.org/treatygraph/id/treaty/a> a tg:Treaty ; rdfs:label "A <&> \\"B\\", \\u001B\\n=C"@en ;
    tg:party <https://w3id.org/treatygraph/id/state/iran> ;
    tg:signedOn "1813"^^xsd:gYear ; tg:year 1813 ; tg:n "5"^^xsd:nonNegativeInteger .
<https://w3id.org/treatygraph/id/state/iran> a tg:State ; rdfs:label "Iran"@en ;
    owl:sameAs <http://www.wikidata.org/entity/Q794> .
<https://w3id.org/treatygraph/id/event/x> a tg:UnrealisedEvent ; rdfs:label "X"@en .
<https://w3id.org/treatygraph/id/claim/1> a tg:Claim ; rdf:subject <https://w3id.org/treatygraph/id/treaty/a> ;
    rdf:predicate tg:party ; rdf:object <https://w3id.org/treatygraph/id/state/iran> ; tg:modality tg:Actual .
<https://w3id.org/treatygraph/id/claim/2> a tg:Claim ; rdf:subject <https://w3id.org/treatygraph/id/treaty/a> ;
    rdf:predicate tg:party ; rdf:object <https://w3id.org/treatygraph/id/state/iran> ; tg:modality tg:Planned .
"""
RDFLIB = {"ttl": "turtle", "nt": "nt11", "trig": "trig", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}

N3 = """
const { Parser, Writer } = require("n3");
const writer = new Writer();
writer.addQuads(new Parser({ format: process.argv[1] }).parse(require("fs").readFileSync(0, "utf8")));
writer.end((_, written) => process.stdout.write(written));
"""
"""Reads standard input with N3.js 2, of the media type given, and writes Turtle without prefixes."""


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(GRAPH, encoding="utf-8")
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Without the character that XML cannot hold."""
    path = tmp_path / "plain.ttl"
    path.write_text(GRAPH.replace("\\u001B", ""), encoding="utf-8")
    return path


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "rdf"])
def test_rdflib_reads_the_same_triples(plain: Path, tmp_path: Path, ending: str) -> None:
    export(plain, tmp_path / f"out.{ending}")
    read = Graph().parse(tmp_path / f"out.{ending}", format=RDFLIB[ending])
    assert set(read) == set(Graph().parse(plain, format="turtle")) and len(read) == 21


@pytest.mark.parametrize(
    ("ending", "syntax"), [("ttl", "turtle"), ("nt", "ntriples"), ("nq", "nquads"), ("rdf", "rdfxml")]
)
def test_raptor_reads_as_many_triples(plain: Path, tmp_path: Path, ending: str, syntax: str) -> None:
    if not shutil.which("rapper"):
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    export(plain, tmp_path / f"out.{ending}")
    counted = subprocess.run(
        ["rapper", "-q", "-i", syntax, "-o", "ntriples", tmp_path / f"out.{ending}"], capture_output=True, check=True
    )
    assert len(set(counted.stdout.splitlines())) == 21


@pytest.mark.parametrize("named", ["turtle12", "ntriples12"])
def test_a_claim_reifies_its_triple(graph: Path, tmp_path: Path, named: str) -> None:
    export(graph, tmp_path / "out", ExportFormat(named))
    syntax = RdfFormat.TURTLE if named == "turtle12" else RdfFormat.N_TRIPLES
    triples = [quad.triple for quad in parse((tmp_path / "out").read_bytes(), format=syntax)]
    terms = [triple.object for triple in triples if triple.predicate.value.endswith("#reifies")]
    assert [str(term.predicate.value).rpartition("#")[2] for term in terms if isinstance(term, Triple)] == ["party"] * 2
    assert not any(triple.predicate.value.endswith("syntax-ns#subject") for triple in triples)
    assert isinstance(triples[0].subject, NamedNode)


@pytest.mark.parametrize(("named", "kind"), [("turtle12", "text/turtle"), ("ntriples12", "application/n-triples")])
def test_n3_reads_the_same_rdf_1_2(graph: Path, tmp_path: Path, root: Path, named: str, kind: str) -> None:
    modules = root / ".stores" / "rdf12" / "node_modules"
    if not (shutil.which("node") and modules.is_dir()):
        pytest.skip("N3.js is not installed (npm: n3): run tests/install_stores.sh")
    export(graph, tmp_path / "out", ExportFormat(named))
    written = subprocess.run(
        ["node", "-e", N3, kind],
        input=(tmp_path / "out").read_bytes(),
        env={**os.environ, "NODE_PATH": str(modules)},
        capture_output=True,
        check=True,
    ).stdout
    read = {quad.triple for quad in parse(written, format=RdfFormat.TURTLE)}
    assert read == set(reified(quad.triple for quad in parse(path=graph))) and len(read) == 17
    assert sum(isinstance(triple.object, Triple) for triple in read) == 2


def test_networkx_reads_the_network_without_what_was_only_planned(graph: Path, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    export(graph, tmp_path / "out.graphml")
    read = networkx.read_graphml(tmp_path / "out.graphml")
    assert dict(read.nodes(data=True)) == {
        "state/iran": {"label": "Iran", "class": "State", "wikidata": "http://www.wikidata.org/entity/Q794"},
        "treaty/a": {"label": 'A <&> "B", \ufffd\n=C', "class": "Treaty", "year": 1813},
    }
    assert list(read.edges(data=True)) == [("treaty/a", "state/iran", {"property": "party", "claims": 1})]


def test_the_tables_have_the_heads_of_neo4j(graph: Path, tmp_path: Path) -> None:
    export(graph, tmp_path / "out", ExportFormat.CSV)
    nodes = list(csv.DictReader(io.StringIO((tmp_path / "out" / "nodes.csv").read_text(encoding="utf-8"), newline="")))
    edges = list(csv.reader(io.StringIO((tmp_path / "out" / "edges.csv").read_text(encoding="utf-8"), newline="")))
    assert [(node["id:ID"], node[":LABEL"], node["year:int"]) for node in nodes] == [
        ("state/iran", "State", ""),
        ("treaty/a", "Treaty", "1813"),
    ]
    assert edges == [[":START_ID", ":END_ID", ":TYPE", "claims:int"], ["treaty/a", "state/iran", "party", "1"]]


@pytest.mark.parametrize("ending", [*RDFLIB, "graphml"])
def test_the_same_graph_gives_the_same_bytes_compressed_or_not(plain: Path, tmp_path: Path, ending: str) -> None:
    again = tmp_path / "again.nt"
    export(plain, again)
    export(plain, tmp_path / f"one.{ending}")
    export(again, tmp_path / f"two.{ending}.gz")
    assert gzip.decompress((tmp_path / f"two.{ending}.gz").read_bytes()) == (tmp_path / f"one.{ending}").read_bytes()


def test_what_cannot_be_written_leaves_the_old_file(graph: Path, tmp_path: Path) -> None:
    old = tmp_path / "out.rdf"
    old.write_text("old")
    with pytest.raises(OutputError, match=r"U\+001B"):
        export(graph, old)
    (tmp_path / "blank.ttl").write_text("[] <a:b> 1 .")
    with pytest.raises(OutputError, match="blank nodes"):
        export(tmp_path / "blank.ttl", tmp_path / "out.ttl")
    with pytest.raises(SettingsError, match="names no format"):
        export(graph, tmp_path / "out.txt")
    with pytest.raises(InputError, match="No such file"):
        export(tmp_path / "none.ttl", tmp_path / "out.ttl")
    assert old.read_text() == "old" and not (tmp_path / "out.ttl").exists()
