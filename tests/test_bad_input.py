"""What is wrong with an input or an output is one clear line, and what was there before stays whole."""

import http.server
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import ROOT, Outcome
from pyoxigraph import RdfFormat, parse

from kg.errors import ExitCode

pytest.importorskip("kg.pipeline")

GOOD = "Iran and Russia signed a treaty in Moscow on 17 January 2025.\n"
BEFORE = "# what was there before\n"
DIRECT = {**os.environ, "NO_PROXY": "127.0.0.1"}
Run = Callable[..., Outcome]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def output(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "graph.ttl"
    path.parent.mkdir()
    path.write_text(BEFORE, encoding="utf-8")
    return path


def titles(graph: Path) -> int:
    """How many documents a graph has."""
    document = "https://w3id.org/treatygraph/ontology#Document"
    quads = parse(path=graph, format=RdfFormat.TURTLE)
    return sum(getattr(quad.object, "value", None) == document for quad in quads)


def untouched(output: Path) -> bool:
    """The old file is as it was and nothing lies beside it."""
    return output.read_text(encoding="utf-8") == BEFORE and list(output.parent.iterdir()) == [output]


BAD = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
    "invalid.txt": (b"\xef\xbb\xbfIran and \xff\xfe\xc3( signed.", "not valid UTF-8"),
    "damaged.txt.gz": (b"\x1f\x8b\x08\x00" + b"nonsense" * 9, "damaged"),
    "broken.jsonl": (b'{"text": "Iran signed"\n', "line 1"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_told_and_the_good_one_is_read(
    kg: Run, tmp_path: Path, good: Path, output: Path, name: str
) -> None:
    content, cause = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = kg("build", good, tmp_path / name, "-o", output)
    assert ended.code == ExitCode.INPUT
    assert name in ended.message and cause in ended.message
    assert titles(output) == 1


@pytest.mark.parametrize("name", BAD)
def test_when_nothing_could_be_read_nothing_is_written(kg: Run, tmp_path: Path, output: Path, name: str) -> None:
    content, _ = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ended = kg("build", tmp_path / name, "-o", output)
    assert ended.code == ExitCode.INPUT
    assert name in ended.err and "Traceback" not in ended.err
    assert untouched(output)


def test_another_encoding_than_utf8_is_read(kg: Run, tmp_path: Path, output: Path) -> None:
    path = tmp_path / "western.txt"
    path.write_bytes("The ministers met in Orléans – “a good day”.\n".encode("cp1252"))
    assert kg("build", path, "-o", output).code == ExitCode.YES
    assert "Orléans – “a good day”" in output.read_text(encoding="utf-8").replace('\\"', '"')


def test_a_broken_line_amid_a_thousand_good_ones_costs_itself_alone(kg: Run, tmp_path: Path, output: Path) -> None:
    lines = [json.dumps({"text": f"Minister Number {n} visited Moscow."}) for n in range(1000)]
    lines.insert(500, '{"text": "Iran and Rus')
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    ended = kg("build", path, "-o", output)
    assert ended.code == ExitCode.INPUT
    assert "news.jsonl: line 501" in ended.message
    assert titles(output) == 1000


def test_json_lists_the_errors_and_stdout_is_json_alone(kg: Run, tmp_path: Path, good: Path, output: Path) -> None:
    ended = kg("build", good, tmp_path / "missing.txt", "-o", output, "--json")
    told = json.loads(ended.out)
    assert (ended.code, told["documents"]) == (ExitCode.INPUT, 1)
    assert [error["cause"] for error in told["errors"]] == ["no such file"]


def test_a_folder_as_output_is_refused(kg: Run, good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "graph.ttl"
    folder.mkdir()
    ended = kg("build", good, "-o", folder)
    assert ended.code == ExitCode.STORE
    assert str(folder) in ended.message
    assert list(folder.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_refused(kg: Run, good: Path) -> None:
    ended = kg("build", good, "-o", good / "graph.ttl")
    assert ended.code == ExitCode.STORE
    assert good.read_text(encoding="utf-8") == GOOD


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_told(kg: Run, good: Path) -> None:
    ended = kg("build", good, "-o", "/dev/full", "--format", "turtle")
    assert ended.code == ExitCode.STORE
    assert "No space left on device" in ended.message


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256))
from kg.cli import run
sys.exit(run(sys.argv[1:]))
"""


def test_no_room_in_the_middle_of_the_file_leaves_the_old_one(good: Path, output: Path) -> None:
    pytest.importorskip("resource")
    command = [sys.executable, "-B", "-c", LIMITED, "build", str(good), "-o", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    ended = Outcome(done.returncode, done.stdout, done.stderr)
    assert ended.code == ExitCode.STORE
    assert str(output) in ended.message
    assert untouched(output)


@dataclass
class Server:
    """A web server on this machine: ``/page`` answers, ``/never`` does not, anything else is a 404."""

    address: str
    asked: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/never":
                there.asked.set()
                there.release.wait(60)
            elif self.path == "/page.txt":
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.end_headers()
                self.wfile.write(GOOD.encode())
            else:
                self.send_error(404)

        def log_message(self, format: str, *args: object) -> None: ...

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = Server(f"http://127.0.0.1:{listening.server_port}")
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield there
    there.release.set()
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_a_page_is_read(kg_process: Run, server: Server, output: Path) -> None:
    ended = kg_process("build", f"{server.address}/page.txt", "-o", output, env=DIRECT)
    assert (ended.code, ended.err) == (ExitCode.YES, "")
    assert titles(output) == 1


def test_a_404_is_told(kg_process: Run, server: Server, good: Path, output: Path) -> None:
    ended = kg_process("build", good, f"{server.address}/gone", "-o", output, env=DIRECT)
    assert ended.code == ExitCode.INPUT
    assert "/gone" in ended.message and "404" in ended.message
    assert titles(output) == 1


def test_a_server_that_never_answers_is_told(kg_process: Run, server: Server, good: Path, output: Path) -> None:
    ended = kg_process("build", good, f"{server.address}/never", "-o", output, "--timeout", 0.5, env=DIRECT)
    assert ended.code == ExitCode.INPUT
    assert "/never" in ended.message and "no answer within 0.5 seconds" in ended.message
    assert titles(output) == 1


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_half_way_leaves_the_old_file(server: Server, good: Path, output: Path, workers: int) -> None:
    command = [sys.executable, "-m", "kg", "build", str(good), f"{server.address}/never", "-o", str(output)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)],
        cwd=ROOT,
        env=DIRECT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # a runner in the background may ignore interrupts, and what it starts would inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert server.asked.wait(60)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all processes of the run
    out, err = process.communicate(timeout=60)
    ended = Outcome(process.returncode, out, err)
    assert (ended.code, ended.out) == (ExitCode.INTERRUPTED, "")
    assert ended.message.startswith("kg: interrupted")
    assert untouched(output)
