"""Variants of training sentences that the treebanks have too few of: curly quotes, dashes, headlines, quoted speech."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from kg.language.corpus import Sentence, Word

_CURLY = {"''": "”", "``": "“", "'": "’"}
_END = frozenset(".!?")


def vary(sentences: list[Sentence], rng: Random) -> list[Sentence]:
    """The sentences, some of them changed; tags and trees stay those of the treebank."""
    varied = [_vary_one(sentence, rng) for sentence in sentences]
    return [_curly(sentence, rng) for sentence in varied] if rng.random() < 0.35 else varied


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


def _curly(sentence: Sentence, rng: Random) -> Sentence:
    dash = rng.choice("—–")
    changed = []
    for word in sentence:
        form = _CURLY.get(word.form) or word.form.replace("'", "’")
        if form == '"':
            form = "“" if word.xpos == "``" else "”"
        if form in {"-", "--"} and word.space:
            form = dash
        changed.append(replace(word, form=form))
    return changed
