"""What the network reads of a run of words: pieces, letter case, blanks, and which pieces make up which word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.language.encoder.wordpiece import WordPieces

SHAPES = 8
SPACINGS = 4
Numbers = NDArray[np.int64]
Inputs = tuple[Numbers, Numbers, Numbers, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Features:
    """Numbers by piece, with one before the first and one after the last word; ``words[i]`` is the word of a piece.

    Word 0 stands for the root of the tree and is made of the first piece; the words of the text count from 1. The last
    piece belongs to no word.
    """

    pieces: list[int]
    shapes: list[int]
    spacings: list[int]
    words: list[int]


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
    return Features([*pieces, pieces_of.end], [*shapes, 0], [*spacings, 0], owners)


def stacked(runs: Sequence[Features], pieces: int, words: int) -> Inputs:
    """Pieces, shapes, blanks (runs by ``pieces``, 0 behind the end) and what averages them (runs, ``words``, pieces).

    ``words`` counts the root too. Words behind the last one of a run are made of nothing.
    """
    columns = [np.zeros((len(runs), pieces), np.int64) for _ in range(3)]
    pool = np.zeros((len(runs), words, pieces), np.float32)
    for row, run in enumerate(runs):
        for column, numbers in zip(columns, (run.pieces, run.shapes, run.spacings), strict=True):
            column[row, : len(numbers)] = numbers
        shares = 1 / np.bincount(run.words)
        pool[row, run.words, np.arange(len(run.words))] = shares[run.words]
    return columns[0], columns[1], columns[2], pool


@lru_cache(maxsize=20_000)
def shape(word: str) -> int:
    """Letter case of a word, 1 to 7 (0 stands for no word)."""
    if not any(letter.isalpha() for letter in word):
        return 1 if any(letter.isdigit() for letter in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if sum(letter.isalpha() for letter in word) > 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7
