from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest

from kg.reading import Source, discover


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")


def test_a_folder_stands_for_the_readable_files_below_it(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/deep/c.md", "d.jsonl.gz", "e.pdf", ".hidden.txt", ".git/f.txt", "G.HTML")
    assert [source.name for source in discover([str(tmp_path)])] == ["G.HTML", "a/deep/c.md", "b.txt", "d.jsonl.gz"]


def test_the_order_of_the_arguments_and_repetition_change_nothing(tmp_path: Path) -> None:
    make(tmp_path, "one.txt", "two.txt", "sub/three.txt")
    inputs = [str(tmp_path / "two.txt"), str(tmp_path), str(tmp_path / "*.txt"), "https://example.org/x"]
    ways = [tuple(discover(order)) for order in itertools.permutations(inputs)]
    assert len(set(ways)) == 1
    assert [source.name for source in ways[0]] == ["https://example.org/x", "one.txt", "sub/three.txt", "two.txt"]


def test_a_link_to_a_file_is_the_file(tmp_path: Path) -> None:
    make(tmp_path, "one.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "one.txt")
    assert len(list(discover([str(tmp_path)]))) == 1


def test_files_of_one_name_are_told_apart_without_absolute_paths(tmp_path: Path) -> None:
    make(tmp_path, "a/note.txt", "b/note.txt")
    found = list(discover([str(tmp_path / "a"), str(tmp_path / "b")]))
    assert [source.name for source in found] == ["a/note.txt", "b/note.txt"]
    assert len({source.slug for source in found}) == 2
    assert all(source.slug.startswith("note-") for source in found)


def test_names_and_slugs_do_not_depend_on_where_the_folder_is(tmp_path: Path) -> None:
    for folder in ("here", "else/where"):
        make(tmp_path / folder, "x/note.txt", "y/note.txt", "z.txt")
    here, there = ([(s.name, s.slug) for s in discover([str(tmp_path / f)])] for f in ("here", "else/where"))
    assert here == there


def test_slugs_are_unique_for_names_that_differ_in_what_a_slug_leaves_out(tmp_path: Path) -> None:
    make(tmp_path, "pact.txt", "pact.html", "Pact!.md", "Пакт.txt", "договор.txt")
    slugs = [source.slug for source in discover([str(tmp_path)])]
    assert len(set(slugs)) == 5
    assert all(slug.isascii() and slug for slug in slugs)


def test_a_record_of_json_lines_cannot_take_the_id_of_a_file(tmp_path: Path) -> None:
    make(tmp_path, "news.jsonl", "news-1.txt")
    slugs = {source.name: source.slug for source in discover([str(tmp_path)])}
    assert slugs["news-1.txt"] == "news-1"
    assert slugs["news.jsonl"] != "news"


def test_what_does_not_exist_is_a_source_for_the_reader_to_report() -> None:
    assert [source.name for source in discover(["missing.txt", "none/*.txt"])] == ["*.txt", "missing.txt"]


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    make(tmp_path, "pact[1].txt", "pact1.txt")
    assert [source.name for source in discover([str(tmp_path / "pact[1].txt")])] == ["pact[1].txt"]


def test_a_pattern_finds_only_what_can_be_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.pdf", "deep/c.txt")
    assert [source.name for source in discover([str(tmp_path / "**" / "*")])] == ["a.txt", "c.txt"]


def test_standard_input_is_one_source() -> None:
    assert list(discover(["-", "-"], io.BytesIO(b"x"))) == [Source("stdin", "stdin")]


@pytest.mark.parametrize(
    ("name", "suffix"), [("a.JSONL.gz", ".jsonl"), ("a.txt", ".txt"), ("a", ""), ("a.gz", ""), ("v1.2.md", ".md")]
)
def test_the_ending_that_tells_the_kind(name: str, suffix: str) -> None:
    assert Source(name, "a").suffix == suffix


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://example.org/world/2025/pact-signed.html?x=1", "pact-signed"),
        ("https://example.org/", "example-org"),
        ("HTTP://example.org/r%C3%A9sum%C3%A9", "resume"),
    ],
)
def test_slugs_of_addresses(address: str, slug: str) -> None:
    assert [source.slug for source in discover([address])] == [slug]
