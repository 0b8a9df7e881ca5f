"""A text that is cut for its marks is the same text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.segments import segments


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(max_size=30))
    edge = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(edge, edge).filter(lambda s: s[0] < s[1]), max_size=8)) if text else []
    return text, spans


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(marked())
def test_nothing_is_lost_and_each_mark_covers_its_characters(given: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = given
    cut = segments(text, spans)
    assert "".join(s.text for s in cut) == text
    for number, (begin, end) in enumerate(spans):
        assert "".join(s.text for s in cut if number in s.covering) == text[begin:end]
        assert [s.begin for s in cut if number in s.starting] == [begin]


def test_marks_that_overlap() -> None:
    cut = segments("abcdef", [(0, 4), (2, 6), (2, 3)])
    assert [(s.text, s.covering) for s in cut] == [("ab", (0,)), ("c", (0, 1, 2)), ("d", (0, 1)), ("ef", (1,))]


def test_a_text_without_marks_is_one_piece() -> None:
    assert [s.text for s in segments("abc", [])] == ["abc"]
    assert segments("", []) == []
