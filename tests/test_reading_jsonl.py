from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document, PartialDate
from kg.reading import ReadingOptions, jsonl, read_inputs

LONG = "The delegations met on Monday in the old town hall and agreed on a protocol about fisheries."


def write(folder: Path, *lines: object, name: str = "news.jsonl") -> str:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    (folder / name).write_bytes(b"\n".join(raw) + b"\n")
    return str(folder / name)


def test_a_record_gives_text_and_metadata(tmp_path: Path) -> None:
    row = {
        "id": "A 7",
        "text": LONG,
        "title": "Signed",
        "date": "2024-03-04",
        "url": "https://e.org/a",
        "publisher": "Gazette",
    }
    [document] = read_inputs([write(tmp_path, row)])
    assert isinstance(document, Document)
    assert (document.id, document.source) == ("document/news-a-7", "news.jsonl")
    assert (document.title, document.issued, document.url) == ("Signed", PartialDate("2024-03-04"), "https://e.org/a")
    assert document.publisher == "Gazette"


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    path = write(tmp_path, {"story": LONG, "text": "other", "head": "Signed"})
    [document] = read_inputs([path], ReadingOptions(fields={"text": "story", "title": "head"}))
    assert isinstance(document, Document)
    assert (document.text, document.title, document.id) == (LONG, "Signed", "document/news-1")


def test_a_broken_line_among_many_good_ones(tmp_path: Path) -> None:
    rows: list[object] = [{"text": f"{number} {LONG}"} for number in range(1000)]
    rows.insert(500, b'{"text": "half')
    found = list(read_inputs([write(tmp_path, *rows)]))
    errors = [item for item in found if isinstance(item, InputError)]
    assert len(found) == 1001
    assert [str(error) for error in errors] == [
        "news.jsonl: line 501: not JSON (Unterminated string starting, character 10)"
    ]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b"[1]", "not a JSON object"),
        (b"{}", "no text"),
        (b'{"text": " "}', "no text"),
        (b'{"text": 3.5}', "no text"),
        (b'{"text": "\xff"}', "not valid UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": ' + b"9" * 10_000 + b"}", "not JSON"),
        (b'{"text": "a\\ud800b"}', "characters that no text has"),
        (b'{"text": "a", "title": "\\u0000"}', "characters that no text has"),
    ],
)
def test_lines_that_hold_no_document(tmp_path: Path, line: bytes, cause: str) -> None:
    bad, good = read_inputs([write(tmp_path, line, {"text": LONG})])
    assert isinstance(good, Document)
    assert isinstance(bad, InputError) and cause in bad.cause and bad.cause.startswith("line 1: ")


def test_ids_that_come_again_stay_apart(tmp_path: Path) -> None:
    found = list(read_inputs([write(tmp_path, *[{"id": "x", "text": LONG}] * 3, {"id": "x-2", "text": LONG})]))
    assert len({item.id for item in found if isinstance(item, Document)}) == 4


def test_blank_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'\xef\xbb\xbf\n \n{"text": "One sentence."}\r\n')
    [document] = read_inputs([str(path)])
    assert isinstance(document, Document) and document.id == "document/news-3"


def test_a_file_of_no_lines_is_empty(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(b"\n\n")
    assert [str(error) for error in read_inputs([str(tmp_path)])] == ["news.jsonl: empty"]


def test_compressed_lines(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": LONG}).encode()))
    [document] = read_inputs([str(tmp_path)])
    assert isinstance(document, Document) and document.id == "document/news-1"


def test_a_line_over_the_limit_is_refused_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_BYTES", 50)
    lines = b'{"text": "' + b"x" * 200 + b'"}\n{"text": "short"}\n'
    first, second = jsonl.records(io.BufferedReader(io.BytesIO(lines)), {})
    assert isinstance(first, tuple) and first[0] == 1 and "larger than" in first[1]
    assert isinstance(second, jsonl.Record) and second.text == "short"
