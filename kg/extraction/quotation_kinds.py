"""What a quotation is by its words and its place: a sentence of the speaker, a phrase of his, or only a name.

A guess by these rules, the first that applies:

1. One word: a sentence when it has a capital and a mark at its end and opens the paragraph or follows a comma or
   colon (“Yes,” he said); a fragment when it is a judgement in small letters (called it “historic”); otherwise a name
   (“Israeli”).
2. A name when a word of naming stands before it ("known as"), when all its words but the small ones have capitals,
   or when its last word is an instrument and no clause stands in it ("strategic partnership treaty").
3. A sentence when it has four words or more and a finite verb or contraction, or begins with a capital and ends as a
   sentence does, or opens the paragraph and ends with a comma, which the speaker's name then follows.
4. Otherwise a fragment.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extraction.speech_lexicon import speech_data

SENTENCE, FRAGMENT, NAME = "sentence", "fragment", "name"

_WORD = re.compile(r"\w[\w’'-]*")
_CONTRACTED = re.compile(r"\w(?:n[’']t|[’'](?:re|ve|ll|m|d))\b", re.IGNORECASE)
_NAME_WORDS = 8
_SENTENCE_WORDS = 4
_BEFORE = 40
_LOOK = 400  # characters of a quotation that are enough to judge it by


def kind_of(text: str, start: int, end: int, paragraph_start: int, paragraph_end: int) -> str:
    """``sentence``, ``fragment`` or ``name`` for the quotation ``[start, end)``, without marks, of a paragraph."""
    inside = text[start:end]
    words = _WORD.findall(inside[:_LOOK])
    before = text[max(paragraph_start, start - _BEFORE) : start].rstrip("“\"«‘'").rstrip()
    independent = not before or before[-1] in ",:;—–"
    ended = inside[-1:] in (".", ",", "!", "?", "…") or text[end + 1 : min(end + 2, paragraph_end)] == ","
    capital = inside[:1].isupper()
    if len(words) < 2:
        spoken = capital and ended and independent
        return SENTENCE if spoken else FRAGMENT if _is_judgement(before) and not capital else NAME
    if _is_name(words, before, ended and independent):
        return NAME
    clause = _is_clause(words, inside) and len(words) >= _SENTENCE_WORDS
    whole = capital and (inside[-1:] in (".", "!", "?", "…") or (ended and independent))
    return SENTENCE if clause or whole else FRAGMENT


def _is_name(words: list[str], before: str, spoken: bool) -> bool:
    if len(words) > _NAME_WORDS or _has_finite(words):
        return False
    titled = all(word[0].isupper() or word[0].isdigit() or word.lower() in _small() for word in words)
    instrument = words[-1].lower() in _instruments() and not _is_judgement(before)
    return bool(_naming().search(before)) or (not spoken and (titled or instrument))


def _is_clause(words: list[str], inside: str) -> bool:
    return _has_finite(words) or bool(_CONTRACTED.search(inside[:_LOOK]))


def _is_judgement(before: str) -> bool:
    return bool(_judging().search(before)) and not _naming().search(before)


def _has_finite(words: list[str]) -> bool:
    return not _finite().isdisjoint(word.lower() for word in words)


@cache
def _finite() -> frozenset[str]:
    return frozenset(speech_data()["kinds"]["finite"])


@cache
def _small() -> frozenset[str]:
    return frozenset(speech_data()["kinds"]["small"])


@cache
def _instruments() -> frozenset[str]:
    return frozenset(speech_data()["kinds"]["instruments"])


@cache
def _naming() -> re.Pattern[str]:
    return _last_words("naming")


@cache
def _judging() -> re.Pattern[str]:
    return _last_words("judging")


def _last_words(table: str) -> re.Pattern[str]:
    """The words of a table at the end of a text, an article after them allowed."""
    words = "|".join(re.escape(word) for word in speech_data()["kinds"][table])
    return re.compile(rf"(?<![\w-])(?:{words})(?: (?:an?|the|it|them|this))*$", re.IGNORECASE)
