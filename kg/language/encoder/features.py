"""What the network reads of a run of words: pieces, letter case, blanks, and which pieces make up which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.encoder.wordpiece import WordPieces

SHAPES = 8
SPACINGS = 4
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """Numbers by piece, with one before the first and one after the last word; ``words[i]`` is the word of a piece.

    Word 0 stands for the root of the tree and is made of the first piece; the words of the text count from 1. The last
    piece belongs to no word (-1).
    """

    pieces: Numbers
    shapes: Numbers
    spacings: Numbers
    words: Numbers

    def pool(self) -> NDArray[np.float32]:
        """The matrix that averages pieces into words."""
        count = int(self.words.max()) + 1
        matrix = (np.arange(count)[:, None] == self.words[None, :]).astype(np.float32)
        averages: NDArray[np.float32] = matrix / matrix.sum(axis=1, keepdims=True)
        return averages


def features(pieces_of: WordPieces, words: Sequence[str], spaces: Sequence[bool]) -> Features:
    """The features of a run of words; ``spaces`` says whether a blank follows each word."""
    pieces, shapes, spacings, owners = [pieces_of.start], [0], [0], [0]
    before = True
    for number, (word, after) in enumerate(zip(words, spaces, strict=True), start=1):
        own = pieces_of(word)
        pieces += own
        shapes += [shape(word)] * len(own)
        spacings += [2 * before + after] * len(own)
        owners += [number] * len(own)
        before = after
    columns = ([*pieces, pieces_of.end], [*shapes, 0], [*spacings, 0], [*owners, -1])
    return Features(*(np.asarray(column, dtype=np.int64) for column in columns))


def shape(word: str) -> int:
    """Letter case of a word, 1 to 7 (0 stands for no word)."""
    if not any(letter.isalpha() for letter in word):
        return 1 if any(letter.isdigit() for letter in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if sum(letter.isalpha() for letter in word) > 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7
