"""The layout of texts of many kinds; each text stands for a kind of page that readers meet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_help import blocks, cut, read_text, skipped

LONG = (
    "The delegations of both countries met on Monday in the old town hall and agreed on a protocol about fisheries, "
    "which the ministers called an important step."
)
OTHER = "A commission of twelve experts is to meet twice a year, in spring and in autumn, in the capitals by turns."


def test_title_headings_and_paragraphs(tmp_path: Path) -> None:
    text = f"Protocol on fisheries signed\n\n{LONG}\n\nWhat it says\n\n{OTHER}\n\n{LONG} And more."
    document = read_text(tmp_path, text)
    assert document.title == "Protocol on fisheries signed"
    assert [kind for kind, _ in blocks(document)] == ["title", "paragraph", "heading", "paragraph", "paragraph"]
    assert [cut(document, block.heading) for block in document.blocks] == [None, None, None] + ["What it says"] * 2


def test_a_heading_of_headings(tmp_path: Path) -> None:
    text = (
        f"Protocol signed\n\n{LONG}\n\nEarlier treaties of both states:\n\nThe Treaty of Bergen (1813)\n\n{OTHER}\n\n"
        f"The Treaty of Visby (1828)\n\n{LONG} It ended a war."
    )
    document = read_text(tmp_path, text)
    above = {cut(document, block.span): cut(document, block.heading) for block in document.blocks}
    assert above["Earlier treaties of both states:"] is None
    assert (
        above["The Treaty of Bergen (1813)"]
        == above["The Treaty of Visby (1828)"]
        == "Earlier treaties of both states:"
    )
    assert above[OTHER] == "The Treaty of Bergen (1813)"


def test_a_heading_without_blank_lines_stands_on_a_long_paragraph(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"Protocol signed\n\n{LONG}\nWhat it says\n{OTHER}\n{LONG} Again.")
    assert ("heading", "What it says") in blocks(document)


@pytest.mark.parametrize(
    "line",
    [
        "The minister for fisheries said:",
        "The protocol includes the following points:",
        "“This is a good day for both countries”",
        "He did not answer further questions.",
        "and the commission of the experts",
    ],
)
def test_what_is_no_heading(tmp_path: Path, line: str) -> None:
    document = read_text(tmp_path, f"Protocol signed\n\n{LONG}\n\n{line}\n\n{OTHER}")
    assert ("paragraph", line) in blocks(document)


def test_a_title_with_a_year_keeps_it(tmp_path: Path) -> None:
    assert read_text(tmp_path, f"North Sea Organization (NSO), 1949\n\n{LONG}\n\n{OTHER}").title == (
        "North Sea Organization (NSO), 1949"
    )


@pytest.mark.parametrize("first", [LONG, "“A good day,” he said.", "- Protocol on fisheries signed", "Ministers meet."])
def test_a_text_that_begins_with_a_sentence_has_no_title(tmp_path: Path, first: str) -> None:
    assert read_text(tmp_path, f"{first}\n\n{OTHER}").title is None


def test_a_single_line_is_read(tmp_path: Path) -> None:
    document = read_text(tmp_path, "Norway and Iceland sign a protocol")
    assert blocks(document) == [("paragraph", "Norway and Iceland sign a protocol")]


def test_subtitle_and_name_under_a_title(tmp_path: Path) -> None:
    text = f"Minister in Oslo\n\nMinisters discussed the crisis and the protocol\nJane Example\n{LONG}\n\n{OTHER}"
    document = read_text(tmp_path, text)
    assert ("paragraph", "Ministers discussed the crisis and the protocol") in blocks(document)
    assert skipped(document) == {"Jane Example": "caption"}


def test_an_error_page_before_the_article(tmp_path: Path) -> None:
    text = f"404\nOops!\nError! We’re sorry, but the page is not here.\nProtocol on fisheries signed\n{LONG}\n{OTHER}"
    document = read_text(tmp_path, text)
    assert document.title == "Protocol on fisheries signed"
    assert set(skipped(document).values()) == {"error page"}


def test_text_that_stands_twice_is_read_once(tmp_path: Path) -> None:
    text = (
        f"Protocol signed\n{LONG}\n{OTHER}\nProtocol  signed\n{LONG.replace(' ', '  ')}\n{OTHER} And one more.\n{OTHER}"
    )
    document = read_text(tmp_path, text)
    assert [text for _, text in blocks(document)] == ["Protocol signed", LONG, OTHER, f"{OTHER} And one more."]
    assert list(skipped(document).values()).count("repeated") == 3


def test_a_paragraph_that_comes_again_without_its_dateline_is_read_once(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"Protocol signed\nOSLO (Harbour Wire) — {LONG}\n{OTHER}\n{LONG}")
    assert [text for _, text in blocks(document)] == ["Protocol signed", LONG, OTHER]


def test_a_heading_below_the_title_of_a_text_without_blank_lines_is_no_caption(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"Protocol signed\nBritish Reaction\n{LONG}\n{OTHER}")
    assert not document.skipped


def test_short_lines_may_come_again(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, f"Protocol signed\n\n{LONG}\n\n“Yes,” he said.\n\n{OTHER}\n\n“Yes,” he said.\n\n{LONG} So."
    )
    assert [text for _, text in blocks(document)].count("“Yes,” he said.") == 2


def test_a_disclaimer_takes_the_rest(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, f"Protocol signed\n{LONG}\nLegal Disclaimer:\nNo warranty of any kind is given.\n{OTHER}"
    )
    assert [kind for kind, _ in blocks(document)] == ["title", "paragraph"]
    assert set(skipped(document).values()) == {"disclaimer"}


def test_related_articles_take_the_headlines_below_but_no_paragraph(tmp_path: Path) -> None:
    text = (
        f"Pact signed\n{LONG}\nRelated Articles\nBoats return to port\nWho fishes where?\n{OTHER}\nBack to top button"
    )
    document = read_text(tmp_path, text)
    assert [text for _, text in blocks(document)] == ["Pact signed", LONG, OTHER]
    assert set(skipped(document)) == {
        "Related Articles",
        "Boats return to port",
        "Who fishes where?",
        "Back to top button",
    }


def test_a_dateline_is_not_read_and_is_only_looked_for_at_the_top(tmp_path: Path) -> None:
    dateline = "OSLO, March 4 (Harbour Wire) —"
    filler = "\n".join(f"{number} {OTHER}" for number in ("One.", "Two.", "Three."))
    document = read_text(tmp_path, f"Protocol signed\n{dateline} {LONG}\n{filler}\nBERGEN — {OTHER}")
    assert skipped(document) == {dateline: "dateline"}
    assert blocks(document)[1] == ("paragraph", LONG)
    assert document.publisher == "Harbour Wire"


def test_mastheads_and_lines_with_the_date(tmp_path: Path) -> None:
    document = read_text(
        tmp_path, f"Harbour Gazette\nNews ID: 12\nPosted on May 4, 2024\nProtocol signed\n\n{LONG}\n\n{OTHER}"
    )
    assert (document.title, document.publisher) == ("Protocol signed", "Harbour Gazette")
    assert document.issued and document.issued.text == "2024-05-04"
    below = read_text(tmp_path, f"Protocol signed\n\nHarbour Gazette | Monday, March 4, 2024\n\n{LONG}\n\n{OTHER}")
    assert (below.publisher, below.issued) == ("Harbour Gazette", below.issued)
    assert below.issued and below.issued.text == "2024-03-04"


def test_a_title_with_a_masthead_word_is_a_title(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"Baltic News Agency\n\n{LONG}\n\n{OTHER}")
    assert document.title == "Baltic News Agency"


def test_a_treaty_with_its_day_is_a_title(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"Treaty of Bergen, 12 March 1921\n\n{LONG}\n\n{OTHER}")
    assert (document.title, document.issued) == ("Treaty of Bergen, 12 March 1921", None)


def test_parts_between_bars(tmp_path: Path) -> None:
    text = f"Protocol signed\n\nPublished: 4 March 2024 | Last updated: 5 March 2024 | 3 min read\n\n{LONG}\n\n{OTHER}"
    document = read_text(tmp_path, text)
    assert document.issued and document.issued.text == "2024-03-04"
    assert len(document.skipped) == 1


def test_a_date_in_front_of_the_title(tmp_path: Path) -> None:
    document = read_text(tmp_path, f" date 2024-03-04 Protocol signed\n\n{LONG}\n\n{OTHER}")
    assert (document.title, blocks(document)[0]) == ("Protocol signed", ("title", "Protocol signed"))
    assert skipped(document) == {"date 2024-03-04": "publication date"}
    assert document.issued and document.issued.text == "2024-03-04"


PAPER, DAY = "Harbour Courier", "2024-03-04"


@pytest.mark.parametrize(
    ("top", "publisher", "date"),
    [
        ("Harbour Courier\n\nTITLE", PAPER, None),
        ("Pocket Encyclopaedia of the Sea\n\nTITLE, TREATY OF", "Pocket Encyclopaedia of the Sea", None),
        ("Ministry of Trade\nPress Service\n\nOn the TITLE\n\n4 March 2024", "Ministry of Trade", DAY),
        ("Harbour Courier\nPosted on March 4, 2024\nShare this article\n\nTITLE", PAPER, DAY),
        ("Fjord Plus\nMarch 4, 2024\n\nTITLE\n\nOSLO (Fjord Plus) —", "Fjord Plus", DAY),
        ("FLASH 4 March 2024 12:04\n\nTITLE", None, DAY),
        ("URGENT\nTITLE", None, None),
        ("TITLE signed at last | Harbour Courier", PAPER, None),
        ("Publisher: Harbour Courier\nTitle: TITLE", PAPER, None),
        ("TITLE\n\nHarbour Courier • 4 March 2024 • World", PAPER, DAY),
        ("TITLE\n\nOSLO, 4 March 2024, Harbour Wire —", "Harbour Wire", DAY),
        ("TITLE\n\nOSLO, 4 March (Agency) -", None, None),
    ],
)
def test_the_top_of_a_page(tmp_path: Path, top: str, publisher: str | None, date: str | None) -> None:
    joint = " " if top.endswith(("—", "-")) else "\n\n"
    document = read_text(tmp_path, f"{top}{joint}{LONG}\n\n{OTHER}")
    assert document.title and "TITLE" in document.title and PAPER not in document.title
    assert (document.publisher, document.issued and document.issued.text) == (publisher, date)
    assert [text for _, text in blocks(document)] == [document.title, LONG, OTHER]


def test_a_masthead_in_markdown_stands_above_a_heading(tmp_path: Path) -> None:
    document = read_text(tmp_path, f"# Harbour Courier\n\n## Protocol signed\n\n{LONG}\n\n{OTHER}", "note.md")
    assert (document.title, document.publisher) == ("Protocol signed", PAPER)
    without = read_text(tmp_path, f"# Harbour Courier\n\n{LONG}\n\n## Protocol signed\n\n{OTHER}", "note.md")
    assert (without.title, without.publisher) == (PAPER, None)


@pytest.mark.parametrize(
    "top",
    [
        "Baltic News Agency\n\nHistory",
        "Bergen Press Conference\n\nPosted on May 3, 2024\n\nMinisters answer questions",
        "Norway Opens Embassy\n\nMinisters meet in the new house",
        "Treaty of Bergen, 12 March 1921\n\nThe end of a long war",
        "North Sea Organization (NSO), 1949\n\nThe first alliance",
        "Norway and Iceland\n\nPosted on May 3, 2024\n\nTwo countries and their fish",
    ],
)
def test_a_title_above_a_heading_is_kept(tmp_path: Path, top: str) -> None:
    document = read_text(tmp_path, f"{top}\n\n{LONG}\n\n{OTHER}")
    assert (document.title, document.publisher) == (top.splitlines()[0], None)


def test_the_subject_of_an_entry_is_its_title(tmp_path: Path) -> None:
    text = (
        f"Radio Free Fjords\n\nA station and its listeners\n\nRadio Free Fjords was founded in 1949. {LONG}\n\n{OTHER}"
    )
    assert read_text(tmp_path, text).title == "Radio Free Fjords"


def test_questions_are_headings_and_run_in_heads_are_not(tmp_path: Path) -> None:
    text = f"Protocol signed\n\n{LONG}\n\nWho may fish where?\n\n{OTHER}\n\nBackground. The war had begun. {LONG}"
    kinds = {found: kind for kind, found in blocks(read_text(tmp_path, text))}
    assert kinds["Who may fish where?"] == "heading"
    assert kinds[f"Background. The war had begun. {LONG}"] == "paragraph"


def test_a_title_given_apart_is_read_without_its_masthead(tmp_path: Path) -> None:
    line = json.dumps({"title": "Protocol signed | Harbour Courier", "text": f"{LONG}\n\n{OTHER}"})
    document = read_text(tmp_path, line, "news.jsonl")
    assert (document.title, document.publisher) == ("Protocol signed", "Harbour Courier")
