import numpy as np
import pytest

from kg.language.encoder.features import SHAPES, SPACINGS, features, shape
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
    assert read.pieces.tolist() == [2, 4, 5, 4, 3]
    assert read.words.tolist() == [0, 1, 1, 2, -1]
    assert read.pool().tolist() == [[1, 0, 0, 0, 0], [0, 0.5, 0.5, 0, 0], [0, 0, 0, 1, 0]]


def test_blanks_tell_opening_from_closing_quotes() -> None:
    read = features(PIECES_OF, ['"', "Iran", '"'], [False, False, True])
    opening, closing = read.spacings[1], read.spacings[3]
    assert opening != closing
    assert read.spacings.min() >= 0 and read.spacings.max() < SPACINGS


def test_no_words_are_the_root_alone() -> None:
    assert features(PIECES_OF, [], []).pool().shape == (1, 2)
    assert np.isfinite(features(PIECES_OF, [], []).pool()).all()
