"""Word pieces as BERT's uncased vocabulary has them (Devlin et al. 2019; greedy longest match), word by word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kg.language.tokenizer import LONGEST_RUN

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
MOST_PIECES = 12
_CACHE = 20_000


class WordPieces:
    """Cuts words into pieces; ``vocabulary`` is the list of pieces, the place of each its number."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self.start, self.end = self._numbers[START], self._numbers[END]
        self._cache: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of one word: at least one, at most ``MOST_PIECES``."""
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) >= _CACHE:
                self._cache.clear()
            known = self._cache[word] = self._cut(word)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        parts = list(_parts(_plain(word[:LONGEST_RUN])))
        numbers = tuple(number for part in parts for number in self._pieces(part))[:MOST_PIECES]
        return numbers or (self._numbers[UNKNOWN],)

    def _pieces(self, part: str) -> list[int]:
        numbers, start = [], 0
        while start < len(part):
            prefix = "##" if start else ""
            end = len(part)
            while end > start and prefix + part[start:end] not in self._numbers:
                end -= 1
            if end == start:
                return [self._numbers[UNKNOWN]]
            numbers.append(self._numbers[prefix + part[start:end]])
            start = end
        return numbers


def _plain(word: str) -> str:
    """Lower case, without accents and control characters."""
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in letters if unicodedata.category(c) not in {"Mn", "Cc", "Cf", "Co", "Cs"})


def _parts(word: str) -> Iterator[str]:
    """Runs of letters and digits; every other sign and every Chinese character stands alone."""
    start = 0
    for place, letter in enumerate(word):
        if _alone(letter):
            if start < place:
                yield word[start:place]
            if not letter.isspace():
                yield letter
            start = place + 1
    if start < len(word):
        yield word[start:]


def _alone(letter: str) -> bool:
    code = ord(letter)
    if code < 128:
        return not letter.isalnum()
    chinese = 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or code >= 0x20000
    return chinese or letter.isspace() or unicodedata.category(letter).startswith("P")
