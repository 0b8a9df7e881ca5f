from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading import lines
from kg.reading.lines import fold, trim, units

PROSE = (
    "The two delegations met in the old town hall and agreed on a protocol about fisheries, which both ministers "
    "called a step forward. It names the zones in which boats of either country may fish. A commission is to meet "
    "twice a year."
)


def texts(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units(text)]


def test_a_paragraph_a_line_stays_so() -> None:
    assert texts(f"{PROSE}\n{PROSE}\n\n{PROSE}") == [PROSE] * 3


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hard_wrapped_lines_are_put_together(width: int, newline: str) -> None:
    paragraphs = ["\n".join(textwrap.wrap(f"{number} {PROSE}", width)) for number in ("One.", "Two.", "Three.")]
    text = "\n\n".join(["A title of the text", *paragraphs]).replace("\n", newline)
    assert [fold(found) for found in texts(text)] == ["A title of the text", *map(fold, paragraphs)]


def test_a_list_of_short_lines_is_not_wrapped() -> None:
    items = ["Kazan", "Moscow and Tehran", "Baku", "The city of Astana", "Minsk", "Tashkent"]
    assert texts("\n".join(items)) == items


def test_a_sentence_broken_by_blank_lines_is_one_unit() -> None:
    broken = "Ties became better after the union of states came to its end in\u00a0 \n\n\n\n1991, with trade growing."
    assert texts(f"{PROSE}\n{broken}\n{PROSE}") == [PROSE, broken, PROSE]


@pytest.mark.parametrize(
    "end", ["which was agreed upon by both of the governments in the", "the ministers, the experts,"]
)
def test_a_line_that_cannot_be_the_end_goes_on(end: str) -> None:
    text = f"The text speaks of the protocol on fisheries and of {end}\nMinistry of Fisheries."
    assert len(texts(text)) == 1


def test_a_line_in_lower_case_goes_on_but_for_lists() -> None:
    long = "The ministers of both countries signed a declaration on the future of the northern seas"
    assert len(texts(f"{long}\nand went home.")) == 1
    items = f"They announced the following:\n\n{long}\nfurther talks on the protocol\n\nThey then went home."
    assert len(texts(items)) == 4


def test_a_title_is_not_joined_to_what_follows() -> None:
    assert len(texts("Ministers sign protocol\nministers of both countries signed it on Monday.")) == 2


def test_items_lose_their_bullets() -> None:
    assert texts("- one item\n• another\n2. a third\n– a fourth\n-5 degrees") == [
        "one item",
        "another",
        "a third",
        "a fourth",
        "-5 degrees",
    ]


def test_units_know_blank_lines_above() -> None:
    assert [unit.gap for unit in units("One.\nTwo.\n\n \nThree.")] == [0, 0, 2]


def test_trim_takes_white_space_and_invisible_characters() -> None:
    text = "\u00a0\u200b \ufeffword\u3000\u00ad\n"
    start, end = trim(text, 0, len(text))
    assert text[start:end] == "word"
    assert trim("   ", 0, 3)[0] == trim("   ", 0, 3)[1]


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_MOST_LINES", 10)
    assert len(units("x.\n" * 10)) == 10
    with pytest.raises(lines.TooManyLines, match="more than 10 lines"):
        units("x.\n" * 11)


@given(st.text(alphabet=st.sampled_from("aB1 .,:-\n\r\t\u00a0\u2028\u200b"), max_size=300))
def test_units_are_apart_in_order_and_leave_out_only_white_space(text: str) -> None:
    position, left = 0, []
    for unit in units(text):
        assert position <= unit.start < unit.end <= len(text)
        assert trim(text, unit.start, unit.end) == (unit.start, unit.end)
        left.append(text[position : unit.start])
        position = unit.end
    rest = "".join([*left, text[position:]])
    assert not [char for char in rest if char.isalpha()]
