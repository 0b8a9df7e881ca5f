from __future__ import annotations

import gzip
import hashlib
import io
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_help import error_of, read_file, read_text

from kg.errors import InputError
from kg.model import Document, PartialDate
from kg.reading import ReadingOptions, Source, read, read_inputs, streams
from kg.reading.sources import KINDS

TEXT = "Protocol signed\r\n\r\nThe delegations\u00a0met on Monday in the old town hall and agreed on it.\r\n"


def test_the_text_of_record_is_the_text_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    document = read_file(path)
    assert document.text == TEXT
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (document.id, document.source) == ("document/note", "note.txt")


def test_a_compressed_file_is_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "note.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    document = read_file(tmp_path / "note.txt.gz")
    assert (document.id, document.source, document.text) == ("document/note", "note.txt.gz", TEXT)


def test_the_date_of_the_options_is_for_documents_without_one(tmp_path: Path) -> None:
    options = ReadingOptions(date=PartialDate("2020-02-02"))
    (tmp_path / "a.txt").write_text(
        "Protocol signed\n\nPublished: 4 March 2024\n\nThe delegations met on Monday in Oslo."
    )
    (tmp_path / "b.txt").write_text("Protocol signed\n\nThe delegations met on Monday in Oslo.")
    dates = [item.issued for item in read_inputs([str(tmp_path)], options) if isinstance(item, Document)]
    assert dates == [PartialDate("2024-03-04"), PartialDate("2020-02-02")]


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\xc2\xa0", "empty"),
        ("a.txt", b"%PDF-1.4", "binary file"),
        ("a.pdf", b"%PDF-1.4", "binary file"),
        ("a.txt", b"a\0b", "binary file"),
        ("a.txt", b"\xef\xbb\xbf\xff", "not valid UTF-8, as its byte order mark says"),
        ("a.txt.gz", b"\x1f\x8b no", "damaged .gz file"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-9], "damaged .gz file"),
        ("a.txt.gz", gzip.compress(b""), "empty"),
        ("a.txt.gz", gzip.compress(b"x" * 15_000_000), "unpacks to more than 100 times its size"),
        ("a.html", b"", "empty"),
        ("a.jsonl", b"", "empty"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert str(error_of(tmp_path / name)) == f"{name}: {cause}"


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    found = read_inputs([str(tmp_path / "none.txt"), str(tmp_path / "folder"), "a\0b", "x" * 5000])
    messages = sorted(str(item)[-60:] for item in found)
    assert len(messages) == 4
    assert any(message.endswith("none.txt: no such file") for message in messages)
    assert any("no file in this folder can be read" in str(item) for item in read_inputs([str(tmp_path / "folder")]))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_file_without_the_right_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert str(error_of(tmp_path / "a.txt")) == "a.txt: Permission denied"


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    assert "larger than" in error_of(tmp_path / "a.txt").cause


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(TEXT)
    kinds = [type(item) for item in read_inputs([str(tmp_path)])]
    assert kinds == [Document, InputError, Document]


@pytest.mark.parametrize(
    ("data", "count", "title"),
    [
        (TEXT.encode(), 1, "Protocol signed"),
        (gzip.compress(TEXT.encode()), 1, "Protocol signed"),
        (b'{"text": "One sentence."}\n{"text": "Another.", "title": "T"}', 2, None),
        (
            b"<!DOCTYPE html><html><body><h1>Protocol</h1>" + b"<p>They met on Monday in the old hall.</p>" * 20,
            1,
            "Protocol",
        ),
    ],
)
def test_the_kind_of_standard_input_is_told_by_its_beginning(data: bytes, count: int, title: str | None) -> None:
    found = list(read_inputs(["-"], stdin=io.BytesIO(data)))
    assert len(found) == count
    assert isinstance(found[0], Document) and found[0].title == title
    assert found[0].source == "stdin"


def test_a_text_that_begins_with_a_brace_is_a_text() -> None:
    [found] = read_inputs(["-"], stdin=io.BytesIO(b"{editor's note} The ministers met."))
    assert isinstance(found, Document)


def check(document: Document) -> None:
    """What holds for every document: its spans lie in the text, in order, apart, with no white space at their ends."""
    spans = sorted([block.span for block in document.blocks] + [found.span for found in document.skipped])
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(document.text)
        piece = document.text[span.start : span.end]
        assert piece == piece.strip()
        position = span.end
    assert all(block.heading is None or block.heading < block.span for block in document.blocks)
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()


PIECES = st.sampled_from(
    [
        "Protocol signed", "The delegations met on Monday and agreed on a protocol about fisheries.", "\n", "\n\n",
        "\r\n", " ", "\u00a0", "- ", "# ", "> ", "---\n", "```\n", "date 2024-03-04 ", "OSLO — ", "(AP) ",
        "By Staff", "Related Articles", "Legal Disclaimer:", "404", "|", ":", "and", "Read more", "kayhan.ir",
        "title: x", "====", "<p>", "</p>", "&amp;", "\ufeff", "\u2028",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(sorted(KINDS)))
def test_spans_of_any_text(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"note{suffix}"
    path.write_text(text, encoding="utf-8", newline="")
    for found in read(Source("note" + suffix, "note", path), ReadingOptions()):
        if isinstance(found, Document):
            check(found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)),
    st.sampled_from(sorted(KINDS)),
    st.booleans(),
)
def test_any_bytes_are_documents_or_errors(tmp_path: Path, data: bytes, suffix: str, packed: bool) -> None:
    path = tmp_path / f"note{suffix}"
    path.write_bytes(gzip.compress(data) if packed else data)
    found = list(read(Source("note" + suffix, "note", path), ReadingOptions()))
    assert found
    for item in found:
        if isinstance(item, Document):
            check(item)


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    "part",
    [
        "(",
        "a:\n",
        "Abc, ",
        "By Abc ",
        "— ",
        "2025-01-17 ",
        "a | ",
        "ABC ",
        "\u200b",
        "home > ",
        "# x\n",
        "> ",
        "*",
        "- ",
        "a.",
        "News of ",
    ],
)
def test_a_million_hostile_characters_are_read_in_time(tmp_path: Path, part: str, suffix: str) -> None:
    text = (part * 1_000_000)[:1_000_000]
    (tmp_path / f"note{suffix}").write_text(text)
    began = time.process_time()
    list(read_inputs([str(tmp_path)]))
    assert time.process_time() - began < 10


def test_the_same_bytes_give_the_same_document(tmp_path: Path) -> None:
    assert read_text(tmp_path, TEXT) == read_text(tmp_path, TEXT)
