from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest
from reading_help import blocks, error_of, read_file, skipped

from kg.reading import html

MESSY = Path(__file__).parent / "fixtures" / "reading" / "messy.html"


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>"


def test_the_article_of_a_messy_page() -> None:
    document = read_file(MESSY)
    assert document.title == "Delegations agree on fisheries protocol"
    assert document.publisher == "Harbour Gazette"
    assert document.issued and document.issued.text == "2024-03-05"
    kinds = [kind for kind, _ in blocks(document)]
    assert kinds == ["title", "paragraph", "heading", "paragraph", "paragraph"]
    read = " ".join(str(text) for _, text in blocks(document))
    assert "for ten years & may" in read
    for noise in (
        "Home",
        "cookies",
        "By Staff",
        "OSLO",
        "Facebook",
        "Ministers meet in Bergen",
        "rights reserved",
        "ignore me",
    ):
        assert noise not in read
    assert skipped(document)["OSLO (Harbour Wire) —"] == "dateline"


def test_a_declared_charset_is_used(tmp_path: Path) -> None:
    text = "Президент России подписал в Москве договор двух государств, сообщили агентства в пятницу. " * 4
    path = tmp_path / "pact.html"
    path.write_bytes(f"<html><head><meta charset=koi8-r></head><body><p>{text}</p></body></html>".encode("koi8-r"))
    assert "подписал в Москве" in read_file(path).text


@pytest.mark.parametrize(
    ("head", "charset"),
    [
        (b'<meta charset="UTF-8">', "UTF-8"),
        (b'<META http-equiv=Content-Type content="text/html; charset=windows-1251">', "windows-1251"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?>', "iso-8859-1"),
        (b"<p>charset=none</p>", None),
    ],
)
def test_how_pages_declare_their_charset(head: bytes, charset: str | None) -> None:
    assert html.declared_charset(head) == charset


def test_a_title_that_the_extraction_left_out_is_put_in_front() -> None:
    body = (
        "<article>"
        + "<p>The delegations met on Monday and agreed on a protocol about fisheries.</p>" * 6
        + "</article>"
    )
    found = html.extract(f"<html><head><title>Protocol signed</title></head><body>{body}</body></html>")
    assert found.text.startswith("Protocol signed\n")


@pytest.mark.parametrize(
    ("markup", "cause"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body>&b;</body></html>', "entities"),
        (page("<p>" * 100_001), "tags"),
        (page(""), "no article"),
    ],
)
def test_pages_that_are_refused(tmp_path: Path, markup: str, cause: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(markup)
    assert cause in error_of(path).cause


@pytest.mark.parametrize(
    ("given", "date"),
    [("2025-03-05T10:00:00Z", "2025-03-05"), ("2025-03", "2025-03"), ("2031-05-05", "2031-05-05"), ("", None)],
)
def test_the_date_of_a_page_does_not_hang_on_today(given: str, date: str | None) -> None:
    body = (
        "<article>"
        + "<p>The delegations met on Monday and agreed on a protocol about fisheries.</p>" * 6
        + "</article>"
    )
    head = f'<title>Protocol signed</title><meta name="date" content="{given}">'
    assert html.extract(f"<html><head>{head}</head><body>{body}</body></html>").date == date


@pytest.mark.parametrize(
    "part", ["<div>", "<p>x", "<b>x", "<a href=x>x", "<table><tr><td>", "<ul><li>x", "<!--", "<span>x</span>", "<x y='"]
)
def test_hostile_pages_are_quick_or_refused(part: str) -> None:
    began = time.perf_counter()
    with contextlib.suppress(html.NoArticle):
        html.extract(page(part * 20_000))
    assert time.perf_counter() - began < 10
