import pytest

from kg.language.encoder.windows import MOST_PIECES, MOST_WORDS, windows


def cut(words: list[str], sizes: list[int] | None = None, may_start: list[bool] | None = None) -> list[tuple[int, int]]:
    return list(windows(words, sizes or [1] * len(words), may_start or [True] * len(words)))


def test_a_short_text_is_one_run() -> None:
    assert cut(["It", "ended", "."]) == [(0, 3)]
    assert cut([]) == []


def test_a_long_text_is_cut_where_a_sentence_ends() -> None:
    sentence = ["They"] + ["x"] * 38 + ["."]
    assert cut(sentence * 5) == [(0, 120), (120, 200)]


def test_closing_quotes_stay_with_their_sentence() -> None:
    words = ["They"] + ["x"] * 98 + [".", "”", "They"] + ["x"] * 98 + ["."]
    assert cut(words)[0] == (0, 101)


def test_no_cut_where_no_sentence_may_start() -> None:
    words = ["They"] + ["x"] * 50 + [".", "Then"] + ["x"] * 50 + ["Mr.", "Lavrov"] + ["x"] * 60
    may_start = [word != "Lavrov" for word in words]
    assert cut(words, None, may_start)[0] == (0, 52)


def test_an_endless_sentence_is_cut_at_a_pause() -> None:
    words = (["x"] * 49 + [","]) * 4
    assert cut(words) == [(0, 100), (100, 200)]


def test_words_without_end_are_cut_where_they_must() -> None:
    assert cut(["x"] * 300) == [(0, MOST_WORDS), (MOST_WORDS, 2 * MOST_WORDS), (2 * MOST_WORDS, 300)]


@pytest.mark.parametrize("words", [["."] * 500, ['"'] * 500, [")", "."] * 200, ["x", "."] * 200])
def test_all_words_are_read_once_and_in_order(words: list[str]) -> None:
    runs = cut(words)
    assert [place for start, end in runs for place in range(start, end)] == list(range(len(words)))
    assert all(0 < end - start <= MOST_WORDS for start, end in runs)


def test_long_words_fill_a_run_sooner() -> None:
    sizes = [12] * 128
    assert all(sum(sizes[start:end]) <= MOST_PIECES for start, end in cut(["x"] * 128, sizes))
