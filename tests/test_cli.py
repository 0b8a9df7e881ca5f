import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT, Outcome
from pyoxigraph import RdfFormat, parse

import kg as package
from kg.errors import ExitCode
from kg.settings import Format

Run = Callable[..., Outcome]
TEXT = "Iran and Russia signed a treaty in Moscow on 17 January 2025.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_version(kg: Run) -> None:
    assert kg("--version") == Outcome(ExitCode.YES, f"treatygraph {package.__version__}\n", "")


def test_help_and_usage_errors_wait_for_no_library(kg_process: Run) -> None:
    script = "import sys; from kg.cli import run; run(['build']); print('spacy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", script], cwd=ROOT, stderr=subprocess.DEVNULL) == b"False\n"
    started = time.monotonic()
    assert kg_process("--help").code == ExitCode.YES
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("query", ["Iran", "iran", "islamic republic of"])
def test_reference_finds_names_and_parts_of_them(kg: Run, query: str) -> None:
    ended = kg("reference", query)
    assert ended.code == ExitCode.YES
    assert "state/iran " in ended.out


def test_reference_puts_the_exact_name_first(kg: Run) -> None:
    assert kg("reference", "Iran").out.splitlines()[1].startswith("state/iran ")


def test_reference_lists_all_without_a_query(kg: Run) -> None:
    lines = kg("reference").out.splitlines()
    assert lines[0].split() == ["id", "class", "name", "from", "to", "Wikidata", "sources"]
    assert len(lines) > 100


def test_a_reader_that_goes_away_is_no_bug() -> None:
    command = [sys.executable, "-m", "kg", "reference"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stderr
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), told) == (ExitCode.STORE, "kg: standard output: Broken pipe\n")


class TestValidate:
    """A good graph, a bad one, and how bad it must be."""

    GOOD = "<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n"
    BAD = '<https://example.org/a> <https://example.org/b> "x"^^<http://www.w3.org/2001/XMLSchema#date> .\n'

    @pytest.fixture
    def graph(self, tmp_path: Path) -> Callable[[str], Path]:
        def write(content: str) -> Path:
            path = tmp_path / "graph.nt"
            path.write_text(content, encoding="utf-8")
            return path

        return write

    def test_a_graph_that_conforms(self, kg: Run, graph: Callable[[str], Path]) -> None:
        assert kg("validate", graph(self.GOOD)) == Outcome(ExitCode.YES, "1 triples; conforms: yes\n", "")

    def test_a_graph_that_does_not(self, kg: Run, graph: Callable[[str], Path]) -> None:
        ended = kg("validate", graph(self.BAD))
        assert (ended.code, ended.err) == (ExitCode.NO, "")
        assert ended.out.startswith("VIOLATION ")
        assert ended.out.endswith("1 triples; conforms: no: 1 violation\n")

    @pytest.mark.parametrize("level", ["violation", "warning", "info"])
    def test_every_level_fails_on_a_violation(self, kg: Run, graph: Callable[[str], Path], level: str) -> None:
        assert kg("validate", graph(self.BAD), "--fail-on", level).code == ExitCode.NO

    def test_none_lets_everything_pass_and_still_writes_the_report(
        self, kg: Run, graph: Callable[[str], Path], tmp_path: Path
    ) -> None:
        report = tmp_path / "report.ttl"
        assert kg("validate", graph(self.BAD), "--fail-on", "none", "--report", report).code == ExitCode.YES
        assert "sh:conforms false" in report.read_text(encoding="utf-8")

    @pytest.mark.parametrize(("name", "content"), [("missing.ttl", None), ("broken.ttl", "<a"), ("text.txt", "words")])
    def test_what_is_no_graph_is_an_input_error(self, kg: Run, tmp_path: Path, name: str, content: str | None) -> None:
        if content is not None:
            (tmp_path / name).write_text(content, encoding="utf-8")
        ended = kg("validate", tmp_path / name)
        assert (ended.code, ended.out) == (ExitCode.INPUT, "")
        assert name in ended.message


@pytest.mark.skipif(find_spec("kg.pipeline") is None, reason="needs kg.pipeline")
class TestBuild:
    """The options reach the pipeline and its figures come back."""

    def test_figures_and_the_place_of_the_graph_are_shown(self, kg: Run, text: Path, tmp_path: Path) -> None:
        output = tmp_path / "graph.ttl"
        ended = kg("build", text, "-o", output)
        assert (ended.code, ended.err) == (ExitCode.YES, "")
        rows = [line.split() for line in ended.out.splitlines()]
        assert ["documents", "1"] in rows
        assert any(row[0] == "conforms" and row[1].startswith("yes") for row in rows)
        assert ended.out.endswith(f"The graph is in {output}.\n")

    def test_json_is_one_object_with_the_same_figures(self, kg: Run, text: Path, tmp_path: Path) -> None:
        output = tmp_path / "graph.nt"
        told = json.loads(kg("build", text, "-o", output, "--json").out)
        assert (told["documents"], told["sentences"], told["conforms"], told["errors"]) == (1, 1, True, [])
        assert told["triples"] == len(output.read_text(encoding="utf-8").splitlines())
        assert told["entities"]["State"] == 2

    @pytest.mark.parametrize("format", Format)
    def test_every_format_is_written(self, kg: Run, text: Path, tmp_path: Path, format: Format) -> None:
        output = tmp_path / "graph"
        assert kg("build", text, "-o", output, "--format", format).code == ExitCode.YES
        media = {Format.JSONLD: RdfFormat.JSON_LD, Format.RDFXML: RdfFormat.RDF_XML, Format.NQUADS: RdfFormat.N_QUADS}
        media |= {Format.TURTLE: RdfFormat.TURTLE, Format.TRIG: RdfFormat.TRIG, Format.NTRIPLES: RdfFormat.N_TRIPLES}
        assert sum(1 for _ in parse(path=output, format=media[format])) > 50

    def test_base_date_and_text_reach_the_graph(self, kg: Run, tmp_path: Path) -> None:
        source = tmp_path / "undated.txt"
        source.write_text("The ministers of Iran and Russia met in Moscow on Friday.\n", encoding="utf-8")
        output = tmp_path / "graph.ttl"
        kg("build", source, "-o", output, "--base", "https://example.org/x/", "--date", "2025-01-20", "--no-text")
        graph = output.read_text(encoding="utf-8")
        assert "https://example.org/x/" in graph and "w3id.org/treatygraph/id/" not in graph
        assert "2025-01-17" in graph
        assert "isString" not in graph

    def test_fields_name_those_of_json_lines(self, kg: Run, tmp_path: Path) -> None:
        source = tmp_path / "news.jsonl"
        source.write_text(json.dumps({"body": TEXT, "headline": "A signing"}) + "\n", encoding="utf-8")
        output = tmp_path / "graph.ttl"
        assert kg("build", source, "-o", output, "--fields", "text=body,title=headline").code == ExitCode.YES
        assert '"A signing"' in output.read_text(encoding="utf-8")

    def test_standard_input_is_read(self, kg_process: Run, tmp_path: Path) -> None:
        ended = kg_process("build", "-", "-o", tmp_path / "graph.ttl", "--json", input=TEXT)
        assert json.loads(ended.out)["documents"] == 1

    def test_the_validation_report_is_written(self, kg: Run, text: Path, tmp_path: Path) -> None:
        report = tmp_path / "report.ttl"
        assert kg("build", text, "-o", tmp_path / "graph.ttl", "--validation-report", report).code == ExitCode.YES
        assert "ValidationReport" in report.read_text(encoding="utf-8")

    def test_without_validation_nothing_is_said_of_it(self, kg: Run, text: Path, tmp_path: Path) -> None:
        told = json.loads(kg("build", text, "-o", tmp_path / "graph.ttl", "--no-validate", "--json").out)
        assert told["conforms"] is None

    def test_workers_change_nothing(self, kg: Run, text: Path, tmp_path: Path) -> None:
        graphs = [tmp_path / "1.ttl", tmp_path / "2.ttl"]
        for workers, graph in enumerate(graphs, 1):
            kg("build", text, ROOT / "kg" / "data" / "sample", "-o", graph, "--workers", workers)
        assert graphs[0].read_bytes() == graphs[1].read_bytes()
