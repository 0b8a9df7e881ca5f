import io
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg import BuildSettings, build
from kg.kept import Kept, _Reader, folder_digest
from kg.model import Document, Modality
from kg.reader import Job, Reader
from kg.resolution.corpus import DocumentReading

TEXTS = {
    "one.txt": "Iran and Russia signed a treaty in Moscow on 17 January 2025.\n",
    "two.txt": "Norway joined NATO in 1949.\n",
}
DOCUMENT = Document("document/x", "x.txt", "Iran.", "0")
READING = DocumentReading(DOCUMENT, {}, (), (), (), (), 1)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    return tmp_path / "texts"


def settings(texts: Path, name: str = "graph.ttl", pipeline: str = "fast") -> BuildSettings:
    return BuildSettings(output=texts.parent / name, keep=texts.parent / "kept", pipeline=pipeline, validate=False)


def never(*_: object) -> Iterator[DocumentReading]:
    raise AssertionError("it was read again")


def test_what_is_kept_is_not_read_again_and_gives_the_same_graph(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([str(texts)], settings(texts))
    build([str(texts)], replace(settings(texts, "plain.ttl"), keep=None))
    monkeypatch.setattr(Reader, "read_all", never)
    build([str(texts)], settings(texts, "again.ttl"))
    graphs = {(texts.parent / f"{name}.ttl").read_bytes() for name in ("graph", "plain", "again")}
    assert len(graphs) == 1


def test_a_stopped_run_goes_on(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_all, done = Reader.read_all, []

    def stopped(self: Reader, jobs: Sequence[Job]) -> Iterator[DocumentReading]:
        for reading in read_all(self, jobs):
            if done:
                raise KeyboardInterrupt
            done.append(reading.document.source)
            yield reading

    monkeypatch.setattr(Reader, "read_all", stopped)
    with pytest.raises(KeyboardInterrupt):
        build([str(texts)], settings(texts))
    assert not (texts.parent / "graph.ttl").exists()
    again: list[str] = []

    def watched(self: Reader, jobs: Sequence[Job]) -> Iterator[DocumentReading]:
        again.extend(document.source for document, _ in jobs)
        return read_all(self, jobs)

    monkeypatch.setattr(Reader, "read_all", watched)
    build([str(texts)], settings(texts))
    assert sorted(done + again) == ["one.txt", "two.txt"]


def test_a_changed_text_and_another_pipeline_are_read_anew(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([str(texts)], settings(texts))
    monkeypatch.setattr(Reader, "read_all", never)
    with pytest.raises(AssertionError, match="read again"):
        build([str(texts)], settings(texts, pipeline="default"))
    (texts / "two.txt").write_text("Norway left NATO.\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="read again"):
        build([str(texts)], settings(texts))


def test_what_reads_is_part_of_the_key(tmp_path: Path) -> None:
    Kept(tmp_path, ["fast"]).put(READING)
    assert Kept(tmp_path, ["fast"]).get(DOCUMENT) == READING
    assert Kept(tmp_path, ["default"]).get(DOCUMENT) is None
    assert Kept(tmp_path, ["fast"]).get(replace(DOCUMENT, title="X")) is None


class Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (exec, ("import pathlib; pathlib.Path('owned').write_text('x')",))


@pytest.mark.parametrize(
    "content", [b"", b"no reading", pickle.dumps([1]), pickle.dumps(Hostile()), pickle.dumps(Path("x"))]
)
def test_a_broken_or_hostile_file_is_no_reading(
    tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = Kept(tmp_path / "kept", ["fast"])
    kept.put(READING)
    [path] = (tmp_path / "kept").iterdir()
    path.write_bytes(content)
    assert kept.get(DOCUMENT) is None
    assert not (tmp_path / "owned").exists()


def test_a_digest_tells_folders_apart(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    before = folder_digest(tmp_path)
    assert folder_digest(tmp_path) == before
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert folder_digest(tmp_path) != before


def kept_as_before(kind: str, name: str) -> bytes:
    """The member of an Enum as Python 3.11.2 pickles it: by ``getattr``."""
    return b"cbuiltins\ngetattr\n(ckg.model\n" + kind.encode() + b"\nV" + name.encode() + b"\ntR."


def test_members_kept_by_an_older_python_are_read() -> None:
    assert _Reader(io.BytesIO(kept_as_before("Modality", "ACTUAL"))).load() is Modality.ACTUAL


@pytest.mark.parametrize(("kind", "name"), [("Modality", "__class__"), ("Document", "__init__")])
def test_nothing_but_members_is_got(kind: str, name: str) -> None:
    with pytest.raises(pickle.UnpicklingError):
        _Reader(io.BytesIO(kept_as_before(kind, name))).load()
