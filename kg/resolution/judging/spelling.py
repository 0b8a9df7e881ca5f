"""Names as keys of the index, and how alike two names are; the rules are ``kg/data/judging/names.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from kg import resources
from kg.resolution.folding import unaccented

_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"[ivx]+")
_SPELLED = 0.7
"""How alike two spellings are at least, letter by letter, that are to stand for one sound: Greece is not Georgia."""
_SHORT = 4
"""Words of fewer letters have one spelling: too much would be left out of them."""
_LONG = 5
_DATED = 0.97
_INITIALS = 0.88
WHOLE = "s:"
"""What a key of all words of a name begins with, whatever their spelling."""
_GENITIVE = re.compile(r"['’]s\b")


class Name(NamedTuple):
    """A name as it is compared: its words in order, their skeletons, and the numbers among them."""

    words: tuple[str, ...]
    skeletons: tuple[str, ...]
    numbers: frozenset[str]


class _Rules(NamedTuple):
    empty: frozenset[str]
    titles: frozenset[str]
    romanised: tuple[tuple[re.Pattern[str], str], ...]
    sounds: tuple[tuple[str, str], ...]
    vowels: str
    same: dict[str, str]


@cache
def _rules() -> _Rules:
    given = tomllib.loads(resources.data("judging").joinpath("names.toml").read_text(encoding="utf-8"))
    same = {other: word for word, others in given["same"].items() for other in others}
    sounds = tuple((was, now) for was, now in given["sounds"])
    romanised = tuple((re.compile(was), now) for was, now in given["romanised"])
    return _Rules(frozenset(given["empty"]), frozenset(given["titles"]), romanised, sounds, given["vowels"], same)


@lru_cache(maxsize=65536)
def name(text: str) -> Name:
    """The words that tell this name from others: without articles and titles, unless nothing else is left."""
    rules = _rules()
    every = _WORD.findall(_GENITIVE.sub("", unaccented(text).lower().replace(".", "")))
    words = [w for w in every if w not in rules.empty] or every
    words = [w for w in words if w not in rules.titles] or words
    words = [rules.same.get(w, w) if len(w) < _LONG else rules.same.get(w) or _romanised(w) for w in words]
    numbers = frozenset(w for i, w in enumerate(words) if w.isdigit() or (i and _ROMAN.fullmatch(w)))
    return Name(tuple(words), tuple(map(skeleton, words)), numbers)


def _romanised(word: str) -> str:
    for was, now in _rules().romanised:
        word = was.sub(now, word)
    return word


def respelled(text: str) -> str:
    """The text in lower case, words that are the same as others replaced by these."""
    same = _rules().same
    return " ".join(same.get(word, word) for word in text.lower().split())


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """What spellings of one foreign name have in common: ``araghchi`` and ``araqchi`` are both ``arqh``."""
    if len(word) < _SHORT or any(c.isdigit() for c in word):
        return word
    for was, now in _rules().sounds:
        word = word.replace(was, now)
    kept = word[:1] + "".join(c for c in word[1:] if c not in _rules().vowels)
    return re.sub(r"(.)\1+", r"\1", kept)


def keys(text: str) -> frozenset[str]:
    """Under which keys a name is in the index: all words, their skeletons, and the first and last of them."""
    given = name(text)
    if not given.words:
        return frozenset()
    wordless = sorted(w for w in given.words if w not in given.numbers)
    found = {"w:" + " ".join(sorted(given.words)), WHOLE + " ".join(sorted(given.skeletons))}
    if given.numbers and wordless:
        found.add("w:" + " ".join(wordless))
    if len(given.words) > 2:
        found.add("e:" + " ".join((given.skeletons[0], given.skeletons[-1])))
    elif len(given.words) == 2:
        found.add("e:" + " ".join(given.skeletons))
    return frozenset(found)


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1; 0 when both have numbers and these differ, or one "II" and the other not.

    A year that only one of them has takes a little away.
    """
    first, second = name(one), name(other)
    if not first.words or not second.words or _numbers_differ(first, second):
        return 0.0
    if _years(first) != _years(second):
        return _DATED * _alike(_undated(first), _undated(second))
    return _alike(first, second)


def _alike(first: Name, second: Name) -> float:
    if not first.words or not second.words:
        return 0.0
    if first.words == second.words:
        return 1.0
    if sorted(first.words) == sorted(second.words):
        return 0.98
    if _initialled(first, second):
        return _INITIALS
    ratio = SequenceMatcher(None, " ".join(sorted(first.words)), " ".join(sorted(second.words))).ratio()
    if sorted(first.skeletons) == sorted(second.skeletons) and ratio >= _SPELLED and _longest(first) > _SHORT:
        return 0.94 if len(first.words) > 1 else 0.9
    if len(first.skeletons) > 1 and len(second.skeletons) > 1 and _one_in_the_other(first, second):
        return 0.88 if _ends_agree(first, second) else 0.8
    return 0.85 * ratio


def _initialled(one: Name, other: Name) -> bool:
    """Whether they have the same last word, and before it words or their initials: "S. Jaishankar"."""
    if len(one.words) != len(other.words) or one.words[-1] != other.words[-1]:
        return False
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in zip(one.words, other.words, strict=True))


def most_alike(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """The best similarity between any two names of two lists."""
    given, others = tuple(ours), tuple(theirs)
    if any(one in others and name(one).words for one in given):
        return 1.0
    return max((similarity(one, other) for one in given for other in others), default=0.0)


def _longest(given: Name) -> int:
    """Acronyms have no other spelling: ISIS is not Iași."""
    return max(map(len, given.words))


def _numbers_differ(one: Name, other: Name) -> bool:
    years = _years(one), _years(other)
    if one.numbers - years[0] != other.numbers - years[1]:
        return True
    return bool(years[0] and years[1]) and years[0] != years[1]


def _years(given: Name) -> frozenset[str]:
    return frozenset(n for n in given.numbers if n.isdigit())


def _undated(given: Name) -> Name:
    kept = [(w, s) for w, s in zip(given.words, given.skeletons, strict=True) if not w.isdigit()]
    return Name(tuple(w for w, _ in kept), tuple(s for _, s in kept), given.numbers)


def _one_in_the_other(one: Name, other: Name) -> bool:
    first, second = frozenset(one.skeletons), frozenset(other.skeletons)
    return first <= second or second <= first


def _ends_agree(one: Name, other: Name) -> bool:
    return one.skeletons[-1] == other.skeletons[-1]
