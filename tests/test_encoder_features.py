import numpy as np
import pytest

from kg.language.encoder.features import SHAPES, SPACINGS, features, shape, stacked
from kg.language.encoder.wordpiece import WordPieces

PIECES_OF = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "iran", "##ian", '"'])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("iran", "Iran"),
        ("Iran", "IRAN"),
        ("IRAN", "I"),
        ("Iran", "IrAn"),
        ("1979", "iran"),
        (",", "1979"),
        ("US", "us"),
    ],
)
def test_letter_case_is_seen(first: str, second: str) -> None:
    assert shape(first) != shape(second)


@pytest.mark.parametrize("word", ["", "Æ", "1st", "U.S.", "中国", "don't", "\ud800", "McDonald", "-"])
def test_every_word_has_a_shape_of_the_table(word: str) -> None:
    assert 0 < shape(word) < SHAPES


def test_pieces_belong_to_their_words() -> None:
    read = features(PIECES_OF, ["Iranian", "Iran"], [True, False])
    assert read.pieces == [2, 4, 5, 4, 3]
    assert read.words == [0, 1, 1, 2]
    [pool] = stacked([read], 5, 3)[3].tolist()
    assert pool == [[1, 0, 0, 0, 0], [0, 0.5, 0.5, 0, 0], [0, 0, 0, 1, 0]]


def test_blanks_tell_opening_from_closing_quotes() -> None:
    read = features(PIECES_OF, ['"', "Iran", '"'], [False, False, True])
    opening, closing = read.spacings[1], read.spacings[3]
    assert opening != closing
    assert min(read.spacings) >= 0 and max(read.spacings) < SPACINGS


def test_no_words_are_the_root_alone() -> None:
    assert stacked([features(PIECES_OF, [], [])], 2, 1)[3].tolist() == [[[1, 0]]]


def test_runs_are_padded_with_nothing() -> None:
    long, short = (features(PIECES_OF, words, [True] * len(words)) for words in (["Iranian", "Iran"], ["Iran"]))
    *columns, pool = stacked([long, short], 6, 4)
    assert [column.shape for column in columns] == [(2, 6)] * 3 and pool.shape == (2, 4, 6)
    assert columns[0].tolist() == [[2, 4, 5, 4, 3, 0], [2, 4, 3, 0, 0, 0]]
    assert not columns[1][1, 3:].any() and not columns[2][1, 3:].any()
    assert pool[1].sum(axis=1).tolist() == [1, 1, 0, 0] and not pool[:, :, 4:].any()
    assert np.array_equal(pool[:1], stacked([long], 6, 4)[3])
