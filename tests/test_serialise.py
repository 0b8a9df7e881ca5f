import gzip
import hashlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdf_sample import KNOWLEDGE, NEWS, NOTE, REFERENCE

from kg.errors import OutputError
from kg.namespaces import ID, REFERENCE_GRAPH, SCHEME, XSD
from kg.rdf.lines import sorted_lines
from kg.rdf.mapping import to_quads
from kg.rdf.serialise import render, write
from kg.settings import Format

# rdflib 7.6 warns of itself when it reads a dataset or JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

QUADS = to_quads(KNOWLEDGE, reference=REFERENCE)
TRIPLES = {quad.triple for quad in QUADS}
DATASETS = {Format.TRIG, Format.NQUADS}
OXIGRAPH = {
    Format.TURTLE: RdfFormat.TURTLE,
    Format.NTRIPLES: RdfFormat.N_TRIPLES,
    Format.TRIG: RdfFormat.TRIG,
    Format.NQUADS: RdfFormat.N_QUADS,
    Format.JSONLD: RdfFormat.JSON_LD,
    Format.RDFXML: RdfFormat.RDF_XML,
}
RDFLIB = dict(zip(Format, ("turtle", "nt", "trig", "nquads", "json-ld", "xml"), strict=True))
RAPPER = {Format.TURTLE: "turtle", Format.TRIG: "trig", Format.NTRIPLES: "ntriples", Format.RDFXML: "rdfxml"}

SUBJECT = NamedNode("http://example.org/s")
PROPERTY = NamedNode("http://example.org/p")
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS | st.sampled_from("\"'\\\n\r\t\b\f\x00\x01\x7f\x85\u2028\u202e\u2066\ufeff\ufffe\U000e0041"))


def said(*literals: Literal) -> list[Quad]:
    return [Quad(SUBJECT, PROPERTY, literal) for literal in literals]


def by_oxigraph(content: bytes, fmt: Format) -> set[Quad]:
    return set(parse(content, format=OXIGRAPH[fmt]))


def by_rdflib(content: bytes, fmt: Format) -> set[tuple[str, ...]]:
    """Triples, or quads with the name of their graph, as rdflib writes their terms."""
    if fmt in DATASETS:
        dataset = rdflib.Dataset()
        dataset.parse(data=content, format=RDFLIB[fmt])
        return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in dataset.quads()}
    graph = rdflib.Graph().parse(data=content, format=RDFLIB[fmt])
    return {(s.n3(), p.n3(), o.n3()) for s, p, o in graph}


@pytest.mark.parametrize("piece", [1, 100, 1_000_000])
def test_lines_are_sorted_in_pieces_of_any_size(piece: int) -> None:
    quads = [Quad(NamedNode("a:b"), NamedNode("a:c"), Literal(f"{n % 40} ä😀")) for n in range(100)]
    lines = list(sorted_lines(quads, piece))
    assert [line.decode() for line in lines] == sorted({f"{quad} .\n" for quad in quads}) and len(lines) == 40


@pytest.mark.parametrize("fmt", Format)
def test_oxigraph_reads_back_what_was_written(fmt: Format) -> None:
    quads = by_oxigraph(render(QUADS, fmt), fmt)
    assert quads == set(QUADS) if fmt in DATASETS else {quad.triple for quad in quads} == TRIPLES


@pytest.mark.parametrize("fmt", set(Format) - DATASETS)
def test_rdflib_reads_the_same_triples_from_each_format(fmt: Format) -> None:
    read = by_rdflib(render(QUADS, fmt), fmt)
    assert len(read) == len(TRIPLES)
    assert read == by_rdflib(render(QUADS, Format.NTRIPLES), Format.NTRIPLES)


def test_rdflib_reads_the_same_named_graphs() -> None:
    read = by_rdflib(render(QUADS, Format.TRIG), Format.TRIG)
    assert len(read) == len(QUADS)
    assert read == by_rdflib(render(QUADS, Format.NQUADS), Format.NQUADS)
    assert {graph for *_, graph in read} == {"urn:x-rdflib:default", ID + NEWS, ID + NOTE, REFERENCE_GRAPH}


@pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (Debian raptor2-utils) is not installed")
@pytest.mark.parametrize("fmt", RAPPER)
def test_rapper_counts_the_same_triples(fmt: Format, tmp_path: Path) -> None:
    path = tmp_path / "graph"
    path.write_bytes(render(QUADS, fmt))
    done = subprocess.run(["rapper", "-c", "-i", RAPPER[fmt], path], capture_output=True, text=True, check=True)
    assert f"returned {len(TRIPLES)} triples" in done.stderr
    assert "rror" not in done.stderr and "arning" not in done.stderr


@pytest.mark.parametrize("fmt", Format)
def test_order_of_quads_and_repetition_make_no_difference(fmt: Format) -> None:
    shuffled = QUADS * 2
    random.Random(1).shuffle(shuffled)
    assert render(shuffled, fmt) == render(QUADS, fmt)


def test_bytes_are_the_same_for_every_hash_seed() -> None:
    script = (
        "import hashlib, rdf_sample as s\n"
        "from kg.rdf.mapping import to_quads\n"
        "from kg.rdf.serialise import render\n"
        "from kg.settings import Format\n"
        "quads = to_quads(s.KNOWLEDGE, reference=s.REFERENCE)\n"
        "print(*(hashlib.sha256(render(quads, fmt)).hexdigest() for fmt in Format))"
    )
    here = Path(__file__).resolve().parent
    expected = " ".join(hashlib.sha256(render(QUADS, fmt)).hexdigest() for fmt in Format)
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(map(str, (here.parent, here))),
        }
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == expected


def test_turtle_reads_well() -> None:
    text = render(QUADS, Format.TURTLE).decode()
    assert (
        "\n# Treaties\n\n"
        "treaty:border-treaty a tg:Treaty ;\n"
        '    rdfs:label "Border Treaty"@en ;\n'
        "    tg:concerns scheme-policy-area:trade ;\n"
        '    tg:duration "P20Y"^^xsd:duration ;\n'
        '    tg:earliest "1999-05-03"^^xsd:date ;\n'
        '    tg:inForceFrom "1999-07-01"^^xsd:date ;\n'
        '    tg:latest "1999-05-03"^^xsd:date ;\n'
        "    tg:party state:norland ;\n"
        '    tg:signedOn "1999-05-03"^^xsd:date ;\n'
        "    tg:year 1999 .\n"
        "\n# Events\n\n"
    ) in text
    assert '    skos:altLabel "A. Berg"@en, "Berg"@en ;\n' in text
    assert re.search(
        r"\nclaim:[0-9a-f]{16} a tg:Claim ;\n"
        r"    rdf:subject treaty:border-treaty ;\n"
        r"    rdf:predicate tg:party ;\n"
        r"    rdf:object state:norland ;\n"
        r"    prov:wasDerivedFrom document:news\\#char\\=0\\,57 ;\n"
        r"    tg:confidence 0\.88 ;\n"
        r"    tg:modality tg:Actual ;\n"
        r'    tg:pattern "sign" \.\n',
        text,
    )


def test_turtle_has_its_sections_in_order_and_passages_as_the_text_runs() -> None:
    text = render(QUADS, Format.TURTLE).decode()
    assert re.findall(r"^# (.*)", text, re.MULTILINE) == [
        "Documents",
        "People",
        "States",
        "Historical states",
        "Government bodies",
        "Offices",
        "Places",
        "Treaties",
        "Events",
        "Planned, possible and denied events",
        "Disagreements",
        "Links",
        "Statements",
        "Claims",
        "Passages",
        "Concepts",
        "Further facts",
    ]
    starts = [int(n) for n in re.findall(r"^document:news\\#char\\=(\d+)", text, re.MULTILINE)]
    assert starts == sorted(starts) and len(starts) > 5


def test_turtle_declares_the_prefixes_it_uses_and_no_others() -> None:
    text = render(QUADS, Format.TURTLE).decode()
    declared = re.findall(r"^@prefix ([a-z-]+): ", text, re.MULTILINE)
    body = text[text.index("\n\n") :]
    assert declared == sorted(declared)
    assert "schema" not in declared
    assert all(re.search(rf"[\s^]{prefix}:", body) for prefix in declared)


def test_another_base_gets_prefixes_too() -> None:
    base = "http://example.org/g/"
    text = render(to_quads(KNOWLEDGE, base), Format.TURTLE, base).decode()
    assert "@prefix treaty: <http://example.org/g/treaty/> .\n" in text
    assert "\ntreaty:border-treaty a tg:Treaty ;" in text
    assert "<http://example.org" not in text.replace("@prefix", "").split("\n\n", 1)[1].replace("<https:", "")


def test_invisible_and_turning_characters_are_shown_as_escapes() -> None:
    text = render(said(Literal("a\u202eb\u200b\U000e0041\u200cc")), Format.TURTLE).decode()
    assert '"a\\u202Eb\\u200B\\U000E0041\u200cc"' in text


@given(TEXTS, st.sampled_from([None, "en", "fa-IR"]))
def test_any_literal_comes_back_from_turtle_and_trig(text: str, language: str | None) -> None:
    quads = [*said(Literal(text, language=language)), Quad(SUBJECT, PROPERTY, Literal(text), NamedNode(ID + NEWS))]
    assert by_oxigraph(render(quads, Format.TRIG), Format.TRIG) == set(quads)
    turtle = render(quads, Format.TURTLE)
    assert {q.triple for q in by_oxigraph(turtle, Format.TURTLE)} == {q.triple for q in quads}
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert {str(value) for value in graph.objects()} == {text}
    assert len(turtle.splitlines()) < 6 or "\u2028" not in turtle.decode()


@given(st.text("az09-._~!$&'()*+,;=:@/?#%é\u202e", max_size=12), st.sampled_from([ID, SCHEME, XSD, "urn:x:"]))
def test_any_iri_comes_back_from_turtle(tail: str, start: str) -> None:
    try:
        node = NamedNode(start + "a" + tail)
    except ValueError:
        return
    quads = [Quad(node, node, node), Quad(node, node, Literal("1", datatype=node))]
    turtle = render(quads, Format.TURTLE)
    assert {q.triple for q in by_oxigraph(turtle, Format.TURTLE)} == {q.triple for q in quads}
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    assert {str(subject) for subject in graph.subjects()} == {node.value}


@pytest.mark.parametrize(
    ("value", "datatype", "written"),
    [
        ("1999", "integer", "1999"),
        ("-5", "integer", "-5"),
        ("0.80", "decimal", "0.80"),
        ("1", "decimal", '"1"^^xsd:decimal'),
        (".5", "decimal", '".5"^^xsd:decimal'),
        ("x", "integer", '"x"^^xsd:integer'),
        ("1999", "gYear", '"1999"^^xsd:gYear'),
    ],
)
def test_numbers_are_short_only_where_that_says_the_same(value: str, datatype: str, written: str) -> None:
    quads = said(Literal(value, datatype=NamedNode(XSD + datatype)))
    turtle = render(quads, Format.TURTLE)
    assert turtle.decode().endswith(f"{written} .\n")
    assert {q.triple for q in by_oxigraph(turtle, Format.TURTLE)} == {q.triple for q in quads}


def test_prefix_that_would_mean_two_things_is_not_used_twice() -> None:
    one, two = (NamedNode(iri) for iri in (SCHEME + "x/a", ID + "scheme-x/a"))
    turtle = render([Quad(one, PROPERTY, two)], Format.TURTLE)
    assert {q.triple for q in by_oxigraph(turtle, Format.TURTLE)} == {Triple(one, PROPERTY, two)}


def test_folder_named_as_a_vocabulary_does_not_take_its_prefix() -> None:
    node = NamedNode(ID + "prov/a")
    assert f"<{ID}prov/a>" in render([Quad(node, PROPERTY, node)], Format.TURTLE).decode()


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(TypeError, match="only IRIs and literals"):
        render([Quad(SUBJECT, PROPERTY, BlankNode("b"))], Format.TURTLE)


@pytest.mark.parametrize("fmt", Format)
def test_nothing_is_a_valid_file(fmt: Format) -> None:
    assert by_oxigraph(render([], fmt), fmt) == set()


@pytest.mark.parametrize("text", ["a\rb", "\r\n", " a ", "\t", "\n", "]]>", "<&>\"'"])
def test_white_space_and_markup_come_back_from_rdfxml(text: str) -> None:
    content = render(said(Literal(text)), Format.RDFXML)
    assert {q.object for q in by_oxigraph(content, Format.RDFXML)} == {Literal(text)}
    assert {str(value) for value in rdflib.Graph().parse(data=content, format="xml").objects()} == {text}


@pytest.mark.parametrize(("text", "name"), [("a\x00", "U+0000"), ("\x0b", "U+000B"), ("\uffff", "U+FFFF")])
def test_what_rdfxml_cannot_hold_is_named_and_the_others_hold_it(text: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.rdf"
    path.write_text("old")
    with pytest.raises(OutputError, match=re.escape(f"{name} in <http://example.org/p> of <http://example.org/s>")):
        write(said(Literal(text)), path, Format.RDFXML)
    assert path.read_text() == "old"
    for fmt in set(Format) - {Format.RDFXML}:
        assert {q.object for q in by_oxigraph(render(said(Literal(text)), fmt), fmt)} == {Literal(text)}


def test_file_is_written_and_compressed_by_its_ending_with_the_same_bytes(tmp_path: Path) -> None:
    plain, packed, again = (tmp_path / name for name in ("g.ttl", "g.ttl.gz", "other.ttl.gz"))
    for path in (plain, packed, again):
        write(iter(QUADS), path, Format.TURTLE)
    assert plain.read_bytes() == render(QUADS, Format.TURTLE) == gzip.decompress(packed.read_bytes())
    assert packed.read_bytes() == again.read_bytes()


def test_stream_gets_the_bytes() -> None:
    out = io.BytesIO()
    write(QUADS, out, Format.NQUADS)
    assert out.getvalue() == render(QUADS, Format.NQUADS)


def test_stream_gets_nothing_when_the_graph_cannot_be_written() -> None:
    out = io.BytesIO()
    with pytest.raises(OutputError):
        write(said(Literal("fine"), Literal("\x01")), out, Format.RDFXML)
    assert out.getvalue() == b""


def test_stream_that_refuses_is_an_output_error() -> None:
    class Closed(io.BytesIO):
        def write(self, _: object) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(OutputError, match="Broken pipe"):
        write(QUADS, Closed(), Format.TURTLE)
