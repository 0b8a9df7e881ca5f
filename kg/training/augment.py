"""Variants of training sentences that the treebanks have too few of.

Letter case, headlines, quoted speech; curly quotes, dashes, hyphens, full stops of abbreviations, and blanks, which
change the words that a tokenizer finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from kg.language.corpus import Sentence, Word

_CURLY = {"''": "”", "``": "“", "'": "’"}
_END = frozenset(".!?")
_DASHES = frozenset({"-", "--", "–", "—"})
_HYPHENS = ("\u2010", "\u2011", "–", "")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov|Rep|Col|Lt|Prof|Jr|Sr|Inc|Corp|Co|Ltd|vs)\.")


def vary(sentences: list[Sentence], rng: Random) -> list[Sentence]:
    """The sentences, some of them changed; tags and trees stay those of the treebank.

    A habit of writing (quotes, hyphens, full stops, blanks) is that of all of them.
    """
    varied = [_vary_one(sentence, rng) for sentence in sentences]
    for chance, habit in _HABITS:
        if rng.random() < chance:
            varied = habit(varied, rng)
    return varied


def _vary_one(sentence: Sentence, rng: Random) -> Sentence:
    chance = rng.random()
    if chance < 0.03:
        return [replace(word, form=word.form.lower()) for word in sentence]
    if chance < 0.05:
        return [replace(word, form=word.form.upper()) for word in sentence]
    if chance < 0.08:
        return _without_end([replace(word, form=_titled(word)) for word in sentence])
    if chance < 0.12:
        return _without_end(sentence)
    return _quoted(sentence) if chance < 0.18 else sentence


def _titled(word: Word) -> str:
    small = word.upos in {"ADP", "DET", "CCONJ", "PUNCT", "PART"}
    return word.form if small else word.form[:1].upper() + word.form[1:]


def _without_end(sentence: Sentence) -> Sentence:
    bare = len(sentence) > 2 and sentence[-1].form in _END and all(w.head != len(sentence) - 1 for w in sentence[:-1])
    return [*sentence[:-2], replace(sentence[-2], space=True)] if bare else sentence


def _quoted(sentence: Sentence) -> Sentence:
    if len(sentence) < 4 or sentence[-1].form not in _END or any(word.xpos in {"``", "''"} for word in sentence):
        return sentence
    root = next(i for i, word in enumerate(sentence) if word.head == i) + 1
    shifted = [replace(word, head=word.head + 1) for word in sentence]
    shifted[-1] = replace(shifted[-1], space=False)
    return [_quote("``", root, space=False), *shifted, _quote("''", root, space=True)]


def _quote(tag: str, head: int, space: bool) -> Word:
    return Word('"', '"', "PUNCT", tag, head, "punct", space)


def _curly(sentences: list[Sentence], rng: Random) -> list[Sentence]:
    dash = rng.choice("—–")
    return [[replace(word, form=_curly_form(word, dash)) for word in sentence] for sentence in sentences]


def _curly_form(word: Word, dash: str) -> str:
    form = _CURLY.get(word.form) or word.form.replace("'", "’")
    if form == '"':
        return "“" if word.xpos == "``" else "”"
    return dash if form in {"-", "--"} and word.space else form


def _hyphens(sentences: list[Sentence], rng: Random) -> list[Sentence]:
    """Compounds with another hyphen, or as words of their own."""
    sign = rng.choice(_HYPHENS)
    if not sign:
        return [_apart(sentence) for sentence in sentences]
    return [[replace(word, form=sign) if word.xpos == "HYPH" else word for word in sentence] for sentence in sentences]


def _apart(sentence: Sentence) -> Sentence:
    heads = {word.head for word in sentence}
    gone = {i for i, word in enumerate(sentence) if word.xpos == "HYPH" and i not in heads and i > 0}
    places = {old: new for new, old in enumerate(i for i in range(len(sentence)) if i not in gone)}
    return [
        replace(word, head=places[word.head], space=word.space or i + 1 in gone)
        for i, word in enumerate(sentence)
        if i in places
    ]


def _undotted(sentences: list[Sentence], _: Random) -> list[Sentence]:
    """Abbreviations as they are written without full stops ("US", "Mr")."""
    return [
        [replace(w, form=w.form.replace(".", "")) if _DOTTED.fullmatch(w.form) else w for w in sentence]
        for sentence in sentences
    ]


def _blanks(sentences: list[Sentence], rng: Random) -> list[Sentence]:
    """Dashes without blanks around them, or marks and percent signs with a blank before them."""
    tight = rng.random() < 0.5
    return [_tight(sentence) if tight else _loose(sentence) for sentence in sentences]


def _tight(sentence: Sentence) -> Sentence:
    return [
        replace(word, space=False) if word.form in _DASHES or (after is not None and after.form in _DASHES) else word
        for word, after in zip(sentence, [*sentence[1:], None], strict=True)
    ]


def _loose(sentence: Sentence) -> Sentence:
    return [
        replace(word, space=True) if after is not None and (after.upos == "PUNCT" or after.form == "%") else word
        for word, after in zip(sentence, [*sentence[1:], None], strict=True)
    ]


Habit = Callable[[list[Sentence], Random], list[Sentence]]
_HABITS: tuple[tuple[float, Habit], ...] = ((0.35, _curly), (0.15, _hyphens), (0.2, _undotted), (0.04, _blanks))
