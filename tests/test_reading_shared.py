"""The benchmarks beside the repository, where they are there: what general rules must make of real pages."""

from __future__ import annotations

import re
from pathlib import Path

from reading_help import blocks, cut, read_file

from kg.model import Document
from kg.reading import read_inputs


def seed(shared: Path, number: int) -> Document:
    [path] = (shared / "seeds").glob(f"{number:03d}_*.txt")
    return read_file(path)


def test_an_error_page_a_repetition_and_a_disclaimer(shared: Path) -> None:
    document = seed(shared, 0)
    assert [kind for kind, _ in blocks(document)] == ["title"] + ["paragraph"] * 11
    reasons = [found.reason for found in document.skipped]
    assert (reasons.count("repeated"), reasons.count("error page"), document.publisher) == (10, 3, "MENAFN")


def test_dates_and_publishers(shared: Path) -> None:
    found = [seed(shared, number) for number in range(5)]
    assert [item.issued.text if item.issued else None for item in found] == [
        None,
        None,
        "2025-10-03",
        "2025-01-17",
        None,
    ]
    assert [item.publisher for item in found] == ["MENAFN", None, None, "kayhan.ir", None]
    assert all(item.title and not item.title.startswith("date") for item in found)


def test_a_broken_sentence_is_one_block(shared: Path) -> None:
    assert any(re.search(r"Soviet Union in\s+1991, with", str(text)) for _, text in blocks(seed(shared, 3)))


def test_sections_of_treaties(shared: Path) -> None:
    document = seed(shared, 4)
    headings = [cut(document, block.span) for block in document.blocks if block.kind == "heading"]
    assert len(headings) == 10
    under = [block for block in document.blocks if cut(document, block.heading) == "The Treaty of Gulistan (1813)"]
    assert len(under) == 1


def test_whole_corpora_are_read(shared: Path) -> None:
    found = list(read_inputs([str(shared / "corpora" / "milestones")]))
    assert all(isinstance(item, Document) and item.title and not item.issued for item in found)
    assert not [item for item in found if isinstance(item, Document) and item.skipped]
