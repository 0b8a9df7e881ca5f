"""From inputs to a written, validated graph: whole, conforming, counted right, and the same bytes every time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from conftest import ROOT
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from reading_gold import reader
from sample_corpus import SAMPLE

from kg.errors import SettingsError
from kg.model import Document, Knowledge
from kg.namespaces import NIF, RDF, TG
from kg.pipeline import build
from kg.progress import Silent
from kg.rdf.mapping import to_quads
from kg.rdf.serialise import write
from kg.rdf.validate import validate
from kg.reading import read_inputs
from kg.report import BuildResult
from kg.resolution.corpus import join
from kg.settings import BuildSettings, Format

FEW = [str(SAMPLE / name) for name in ("treaty-signed.txt", "gulistan-1813.txt", "briefs.jsonl", "which-date.txt")]
ENTITIES_F1, FACTS_F1, QUOTES = 0.75, 0.55, 0.80  # over the seeds of the benchmark


class Told(Silent):
    """Remembers what a build reports."""

    def __init__(self) -> None:
        self.total, self.labels = 0, list[str]()

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, n: int, label: str) -> None:
        self.labels.append(label)


class Interrupted(Silent):
    """Ctrl-C after two documents."""

    def __init__(self) -> None:
        self.seen = 0

    def advance(self, n: int, label: str) -> None:
        self.seen += n
        if self.seen >= 2:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildResult, Path]:
    """The sample corpus, built once."""
    output = tmp_path_factory.mktemp("sample") / "graph.ttl"
    return build([str(SAMPLE)], BuildSettings(output=output)), output


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The graph of some documents, read one after the other."""
    return built(tmp_path_factory.mktemp("few"), FEW)


def built(folder: Path, inputs: list[str], workers: int = 1) -> bytes:
    output = folder / "graph.ttl"
    build(inputs, BuildSettings(output=output, workers=workers, validate=False))
    return output.read_bytes()


def quads(path: Path) -> list[Quad]:
    return list(parse(path=path, format=RdfFormat.TURTLE))


def instances(graph: list[Quad], cls: str) -> set[str]:
    """The nodes of a class of the ontology."""
    wanted = (NamedNode(RDF + "type"), NamedNode(TG + cls))
    return {str(q.subject) for q in graph if (q.predicate, q.object) == wanted}


# the sample corpus


def test_the_sample_conforms(sample: tuple[BuildResult, Path]) -> None:
    result, _ = sample
    assert result.report is not None
    assert result.report.conforms(), result.report.to_turtle()[:3000]
    assert result.errors == ()


def test_the_golden_graph_is_rebuilt_byte_for_byte(sample: tuple[BuildResult, Path]) -> None:
    assert sample[1].read_bytes() == (ROOT / "output" / "sample.ttl").read_bytes(), "run 'make sample'"


def test_the_figures_are_those_of_the_graph(sample: tuple[BuildResult, Path]) -> None:
    result, path = sample
    graph, counts = quads(path), result.counts
    assert len(graph) == result.triples
    assert sum(q.predicate == NamedNode(NIF + "isString") for q in graph) == counts.documents
    assert len(instances(graph, "Statement")) == counts.statements
    for cls in ("Person", "Treaty", "Office"):
        assert len(instances(graph, cls)) == counts.entities[cls], cls


def test_something_of_everything_is_read(sample: tuple[BuildResult, Path]) -> None:
    counts = sample[0].counts
    assert {
        "Person",
        "State",
        "HistoricalState",
        "InternationalOrganisation",
        "Treaty",
        "Place",
    } <= counts.entities.keys()
    assert min(counts.facts, counts.events, counts.statements, counts.claims, counts.planned, counts.negated) > 0
    assert counts.sentences > counts.documents > 12


def test_every_anchor_is_its_slice_of_the_text(sample: tuple[BuildResult, Path]) -> None:
    graph = rdflib.Graph()
    graph.parse(sample[1])
    nif = rdflib.Namespace(NIF)
    checked = 0
    for passage, anchor in graph.subject_objects(nif.anchorOf):
        text = str(graph.value(graph.value(passage, nif.referenceContext), nif.isString))
        begin, end = (int(str(graph.value(passage, nif[name]))) for name in ("beginIndex", "endIndex"))
        assert text[begin:end] == str(anchor)
        assert str(passage).endswith(f"#char={begin},{end}")
        checked += 1
    assert checked > 100


# the same bytes


def test_two_workers_write_the_same_bytes(few: bytes, tmp_path: Path) -> None:
    assert built(tmp_path, FEW, workers=2) == few


def test_the_order_of_the_inputs_does_not_matter(few: bytes, tmp_path: Path) -> None:
    assert built(tmp_path, FEW[::-1]) == few


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_does_not_matter(sample: tuple[BuildResult, Path], seed: str, tmp_path: Path) -> None:
    output = tmp_path / "graph.ttl"
    code = (
        "import sys; from pathlib import Path; from kg.pipeline import build; from kg.settings import BuildSettings;"
        "build(sys.argv[2:], BuildSettings(output=Path(sys.argv[1]), validate=False))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", code, str(output), str(SAMPLE)], cwd=ROOT, env=environment, check=True)
    assert output.read_bytes() == sample[1].read_bytes()


def test_what_was_read_before_does_not_matter() -> None:
    first, second, *_ = (d for d in read_inputs(FEW) if isinstance(d, Document))
    alone = reader().read(first)
    reader().read(second)
    assert reader().read(first) == alone


# inputs, settings, progress


def test_a_bad_input_among_good_ones_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    output = tmp_path / "graph.ttl"
    result = build([str(bad), FEW[0], str(tmp_path / "missing.txt")], BuildSettings(output=output, validate=False))
    assert [Path(error.source).name for error in result.errors] == ["bad.txt", "missing.txt"]
    assert result.counts.documents == 1
    assert any("document/treaty-signed" in node for node in instances(quads(output), "Document"))


def test_nothing_is_written_when_nothing_can_be_read(tmp_path: Path) -> None:
    output = tmp_path / "graph.ttl"
    result = build([str(tmp_path / "missing.txt")], BuildSettings(output=output))
    assert (result.triples, result.report, len(result.errors)) == (0, None, 1)
    assert not output.exists()


def test_progress_is_reported_document_by_document(tmp_path: Path) -> None:
    told = Told()
    build(FEW[:2], BuildSettings(output=tmp_path / "graph.ttl", validate=False), told)
    assert told.total == 2
    assert {Path(label).name for label in told.labels} == {"treaty-signed.txt", "gulistan-1813.txt"}


def test_an_interrupt_leaves_the_old_output(tmp_path: Path) -> None:
    output = tmp_path / "graph.ttl"
    output.write_text("# before\n")
    with pytest.raises(KeyboardInterrupt):
        build(FEW, BuildSettings(output=output), Interrupted())
    assert output.read_text() == "# before\n"
    assert list(tmp_path.iterdir()) == [output]


def test_a_wrong_base_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        build(FEW, BuildSettings(output=tmp_path / "graph.ttl", base="https://exa mple.org/"))


def test_another_base_and_format(tmp_path: Path) -> None:
    output = tmp_path / "graph.nq"
    settings = BuildSettings(output=output, format=Format.NQUADS, base="https://example.org/id/", validate=False)
    result = build(FEW[:1], settings)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert len(lines) == result.triples
    assert any(line.startswith("<https://example.org/id/person/vladimir-putin>") for line in lines)
    assert not any("<https://w3id.org/treatygraph/id/" in line for line in lines)


def test_the_validation_report_is_written_on_request(tmp_path: Path) -> None:
    report = tmp_path / "report.ttl"
    build(FEW[:1], BuildSettings(output=tmp_path / "graph.ttl", validation_report=report))
    assert "ValidationReport" in report.read_text(encoding="utf-8")


def test_a_text_without_anything_still_makes_a_graph_that_conforms(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("It rained all day and nobody went out.\n", encoding="utf-8")
    result = build([str(note)], BuildSettings(output=tmp_path / "graph.ttl"))
    assert (result.counts.documents, result.counts.claims) == (1, 0)
    assert result.report is not None and result.report.conforms()


# the benchmark, where it is there


@pytest.fixture(scope="module")
def seeds(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """One graph for each seed."""
    folder = tmp_path_factory.mktemp("seeds")
    graphs = {}
    for path in sorted((shared / "seeds").iterdir()):
        [document] = (d for d in read_inputs([str(path)]) if isinstance(d, Document))
        graphs[path] = folder / f"{path.stem}.ttl"
        write(list(_quads([document])), graphs[path], Format.TURTLE)
    return graphs


def _quads(documents: list[Document]) -> Iterator[Quad]:
    knowledge: Knowledge = join([reader().read(d) for d in documents], reader().reference)
    yield from to_quads(knowledge, reference=reader().reference)


def test_the_seeds_conform(shared: Path) -> None:
    documents = [d for d in read_inputs([str(shared / "seeds")]) if isinstance(d, Document)]
    report = validate(list(_quads(documents)))
    assert report.conforms(), report.to_turtle()[:3000]


def test_anchors_of_the_seeds_are_slices_of_the_files(seeds: dict[Path, Path]) -> None:
    nif = rdflib.Namespace(NIF)
    for source, path in seeds.items():
        text = source.read_text(encoding="utf-8")
        graph = rdflib.Graph().parse(path)
        for passage, anchor in graph.subject_objects(nif.anchorOf):
            begin, end = (int(str(graph.value(passage, nif[name]))) for name in ("beginIndex", "endIndex"))
            assert text[begin:end] == str(anchor), (source.name, begin, end)


def test_three_libraries_count_the_same_triples(seeds: dict[Path, Path]) -> None:
    rapper = shutil.which("rapper")
    for path in seeds.values():
        number = len(quads(path))
        assert len(rdflib.Graph().parse(path)) == number
        if rapper:
            counted = subprocess.run([rapper, "-q", "-c", "-i", "turtle", path], capture_output=True, text=True)
            assert counted.returncode == 0, counted.stderr
            lines = subprocess.run([rapper, "-q", "-i", "turtle", path], capture_output=True, text=True).stdout
            assert len(lines.splitlines()) == number


def test_figures_over_the_seeds(shared: Path, seeds: dict[Path, Path]) -> None:
    pairs = [str(p) for source, graph in seeds.items() for p in (shared / "gold" / f"{source.stem}.yaml", graph)]
    command = [sys.executable, str(shared / "gold" / "score.py"), "--json", *pairs]
    total = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["total"]
    assert total["entities"]["f1"] >= ENTITIES_F1
    assert total["facts"]["f1"] >= FACTS_F1
    assert total["statements"]["tp"] >= QUOTES * total["statements"]["gold"]
