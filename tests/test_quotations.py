from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.quotations import Quotation, find_quotations
from kg.model import Block, Span


def blocks_of(text: str) -> list[Block]:
    """A paragraph for each line, a heading for a line that begins with #."""
    lines = re.finditer(r"[^\n]+", text)
    return [Block("heading" if line[0].startswith("#") else "paragraph", Span(*line.span())) for line in lines]


def found(text: str) -> list[Quotation]:
    return find_quotations(text, blocks_of(text))


def quoted(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agree," he said.', ["We agree,"]),
        ("“We agree,” he said. “It is time.”", ["We agree,", "It is time."]),
        ("“We agree on all of it, fully pursued,\" he said.", ["We agree on all of it, fully pursued,"]),
        ("He called it ‘a new page’ in Moscow’s book.", ["a new page"]),
        ("‘We don’t agree with our neighbours’ view,’ he said.", ["We don’t agree with our neighbours’ view,"]),
        ("'It is the two sides' wish,' she said.", ["It is the two sides' wish,"]),
        ("Le ministre : « Nous sommes d’accord », dit-il.", ["Nous sommes d’accord"]),
        ("“He told me ‘never again’ and left,” she said.", ["He told me ‘never again’ and left,"]),
        ("‘He told me “never again” and left,’ she said.", ["He told me “never again” and left,"]),
        ("“The “peace” of which they speak is none,” he said.", ["The “peace” of which they speak is none,"]),
        ("It is a “foundation”—the word is his—and a “road”.", ["foundation", "road"]),
        ("the so-called (“new order”) and [\"old order\"]", ["new order", "old order"]),
        ('banners with " Stop the war. " They marched.', ["Stop the war."]),
        ("A ”first step” and “the last“.", ["first step", "the last"]),
        ("Colonists' grievances, the 1990s' wars, rock 'n' roll and Isma‘il in the ‘90s", []),
        ("General 'Abd Al-Karim and the Biqa‘ Valley", []),
        ('a 6" gun and an 8" gun', []),
        ('dams are " stronger than ever ". But " it is late ," he said.', ["stronger than ever", "it is late ,"]),
        ("General 'Abd Al-Karim called it 'a new page' today.", ["a new page"]),
        ("nothing here", []),
        ("“”", []),
        ("“We will not, he said.", ["We will not, he said."]),
        ('"We agree, he said. "It is time," he said.', ["It is time,"]),
    ],
)  # fmt: skip
def test_what_stands_between_the_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_over_paragraphs_opens_each_and_closes_once() -> None:
    text = "A spokesman said: “One.\n\n“Two “inner” two.\n\n“Three.”\n\n“Other.”"
    assert quoted(text) == ["One.", "Two “inner” two.", "Three.", "Other."]
    assert [quotation.continues for quotation in found(text)] == [False, True, True, False]
    assert [quotation.paragraph for quotation in found(text)] == [0, 1, 2, 3]


def test_paragraphs_without_marks_between_an_opening_and_a_closing_one_belong_to_it() -> None:
    text = "He said: “One.\nTwo.\nThree.” He left.\nFour."
    assert quoted(text) == ["One.", "Two.", "Three."]
    assert [quotation.continues for quotation in found(text)] == [False, True, True]


def test_an_unclosed_quotation_ends_with_its_paragraph_when_nothing_closes_it() -> None:
    assert quoted("He said “we agree.\nIt rained.\nIt rained again.") == ["we agree."]
    assert quoted("He said “we agree.\n# “Heading”\nIt rained.”") == ["we agree.", "Heading"]


def test_lines_of_one_block_that_open_with_a_mark_are_paragraphs() -> None:
    text = "He said:\n“One.\n“Two.”"
    assert [text[q.start : q.end] for q in find_quotations(text, [Block("paragraph", Span(0, len(text)))])] == [
        "One.",
        "Two.",
    ]


def test_text_outside_the_blocks_is_not_read() -> None:
    text = "“Menu” here\n“We agree,” he said."
    assert [quotation.start for quotation in find_quotations(text, blocks_of(text)[1:])] == [13]


SPEECH = "The Minister for Trade, Ann Lee, said:\nTrade is growing.\nIt helps all.\nI welcome it.\n{}"


@pytest.mark.parametrize(
    "after",
    [
        "The road is long. It rained.\nIt rained again.", "# Notes\nI am a note.", "Notes to editors: we close.",
        "The Prime Minister added:\n“Indeed.”",
    ],
)  # fmt: skip
def test_paragraphs_under_a_line_with_a_speaker_are_speech(after: str) -> None:
    text = SPEECH.format(after)
    speech = [quotation for quotation in found(text) if quotation.unmarked]
    assert [text[q.start : q.end] for q in speech] == ["Trade is growing.", "It helps all.", "I welcome it."]
    assert [(q.kind, q.continues) for q in speech] == [("sentence", False), ("sentence", True), ("sentence", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Ministers made these announcements:\nsecure progress\nWe act.",
        "He said:\n“We agree.”",
        "They said this: that it holds.\nWe rest.",
        "He said:",
        "He said:\n# Heading\nWe rest.",
    ],
)
def test_not_unmarked_speech(text: str) -> None:
    assert not any(quotation.unmarked for quotation in found(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We are determined to act,” he said.", "sentence"),
        ("He said “this is a complete treaty.”", "sentence"),
        ("“Yes,” he said.", "sentence"),
        ("He said it was a “solid foundation for our movement.”", "fragment"),
        ("calling it a “turning point in relations,” he", "fragment"),
        ("He called it “historic” there.", "fragment"),
        ("the designation as “International Year of Peace and Trust” by", "name"),
        ("about “Israeli” aggression", "name"),
        ("The “comprehensive strategic partnership treaty” covers trade.", "name"),
        ("commonly known as the ‘Contras’ then", "name"),
        ("a war game code-named “quiet harvest” began", "name"),
        ("“A fair and balanced agreement,” he said.", "sentence"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [quotation.kind for quotation in found(text)] == [kind]


SPOKEN_WORDS = ["we", "don’t", "agree,", "the sides’", "pact", "of", "1813"]
SPOKEN = st.lists(st.sampled_from(SPOKEN_WORDS), min_size=1).map(" ".join)


@given(SPOKEN, st.sampled_from(["“{}”", '"{}"', "«{}»", '“{}"']), st.sampled_from(["", "He said ", "It rained. "]))
def test_the_inside_is_exact(words: str, marks: str, before: str) -> None:
    assert quoted(f"{before}{marks.format(words)} he said, and the pact’s sides left.") == [words]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="\"“”«»'‘’ab s.:\nI#", max_size=40) | st.text(max_size=40))
def test_any_text_gives_ordered_spans_inside_their_blocks(text: str) -> None:
    blocks = blocks_of(text)
    quotations = find_quotations(text, blocks)
    edges = [edge for quotation in quotations for edge in (quotation.start, quotation.end)]
    assert edges == sorted(edges)
    for quotation in quotations:
        span = blocks[quotation.paragraph].span
        assert span.start <= quotation.start < quotation.end <= span.end
        assert text[quotation.start : quotation.end].strip() == text[quotation.start : quotation.end]


@pytest.mark.parametrize(
    "unit", ["“a ” ", "“a\n", '"', "‘a ", "s’ ", "said: ", "He said:\nI go.\n", "said " * 30 + "\n"]
)
def test_reading_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        blocks = blocks_of(text)
        started = time.process_time()
        find_quotations(text, blocks)
        return time.process_time() - started

    small, large = (min(seconds(size) for _ in range(3)) for size in (25_000, 100_000))
    assert large < 10 * small + 0.2


def test_a_block_of_empty_lines_takes_linear_time() -> None:
    text = "\n" * 200_000
    started = time.process_time()
    assert find_quotations(text, [Block("paragraph", Span(0, len(text)))]) == []
    assert time.process_time() - started < 2


def _annotated(shared: Path) -> list[tuple[Path, list[str]]]:
    found = []
    for path in sorted((shared / "gold").glob("*.yaml")):
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        texts = [shared / folder / gold["document"] for folder in ("seeds", "corpora/dev")]
        quotes = [statement["quote"] for statement in gold.get("statements") or []]
        found += [(text, quotes) for text in texts if text.is_file()]
    return found


def test_each_annotated_quotation_is_found(shared: Path) -> None:
    missed = []
    for path, quotes in _annotated(shared):
        insides = [" ".join(inside.split()) for inside in quoted(path.read_text(encoding="utf-8"))]
        missed += [quote for quote in quotes if not any(i.startswith(" ".join(quote.split())) for i in insides)]
    assert missed == []
