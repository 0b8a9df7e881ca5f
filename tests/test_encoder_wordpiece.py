import pytest

from kg.language.encoder.wordpiece import MOST_PIECES, WordPieces

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "iran",
    "##ian",
    "russo",
    "-",
    "per",
    "##sian",
    "e",
    "##mil",
    "京",
    "'",
    "s",
    "a",
]


@pytest.fixture(scope="module")
def pieces_of() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Iran", ["iran"]),
        ("IRANIAN", ["iran", "##ian"]),
        ("Russo-Persian", ["russo", "-", "per", "##sian"]),
        ("Émil", ["e", "##mil"]),
        ("京京", ["京", "京"]),
        ("'s", ["'", "s"]),
        ("iran\u200bian", ["iran", "##ian"]),
        ("xyz", ["[UNK]"]),
        ("iranq", ["[UNK]"]),
        ("a\xa0s", ["a", "s"]),
    ],
)
def test_words_are_cut_as_bert_cuts_them(pieces_of: WordPieces, word: str, pieces: list[str]) -> None:
    assert [VOCABULARY[number] for number in pieces_of(word)] == pieces


@pytest.mark.parametrize("word", ["", "\u200b", "\u0301", "\ud800", "\x00"])
def test_a_word_without_letters_still_has_a_piece(pieces_of: WordPieces, word: str) -> None:
    assert pieces_of(word) == (1,)


def test_a_long_word_has_few_pieces(pieces_of: WordPieces) -> None:
    assert len(pieces_of("-" * 5000)) == MOST_PIECES


def test_the_cache_changes_nothing(pieces_of: WordPieces) -> None:
    assert pieces_of("Iranian") == pieces_of("Iranian") == WordPieces(VOCABULARY)("Iranian")


def test_a_vocabulary_without_its_marks_is_refused() -> None:
    with pytest.raises(KeyError, match="CLS"):
        WordPieces(["iran"])
