"""The layout of texts of many kinds; each text stands for a kind of page that readers meet."""

from __future__ import annotations

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
