"""Headlines in title case as ordinary text, so that the parser sees their verbs (truecasing, Lita et al. 2003)."""

from __future__ import annotations

import re
from collections import Counter

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.lexicon import lexicon
from kg.model import Document

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NAMES_A_YEAR = re.compile(r"[,(]\s*\(?(1[5-9]|20)\d\d\)?\s*$")
_INITIALS = re.compile(r"\bH[A-Z]{1,2}\b(?= (?:the )?[A-Z][a-z])")
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "over", "the", "to", "with", "vs"}


def truecased(document: Document, gazetteer: Gazetteer) -> list[str]:
    """The text of each block; of titles and headings in title case with small letters where the words are no names.

    "HE" and the like before a name are spelt as the parser knows them. Each text has the length of its block, so that
    offsets hold. A heading that gives a year behind a name ("Treaty of Gulistan (1813)") is itself a name and stays.
    """
    texts = [_spelt_out(document.text[b.span.start : b.span.end]) for b in document.blocks]
    small = Counter(w for b, t in zip(document.blocks, texts, strict=True) if b.kind == "paragraph" for w in _inner(t))
    return [
        _lowered(_from_capitals(text, gazetteer), small, gazetteer)
        if block.kind != "paragraph" and _title_case(text)
        else text
        for block, text in zip(document.blocks, texts, strict=True)
    ]


def _spelt_out(text: str) -> str:
    """ "HE the Minister" is no pronoun."""
    return _INITIALS.sub(lambda found: _word_for(found.group()), text)


def _word_for(initials: str) -> str:
    word = lexicon().initials.get(initials.lower())
    return word.capitalize() if word is not None and len(word) == len(initials) else initials


def _from_capitals(text: str, gazetteer: Gazetteer) -> str:
    """A line in capitals with each word as a name is written, but for known acronyms."""
    words = _WORD.findall(text)
    if sum(w.isupper() for w in words) < 0.8 * len(words) or len(words) < 3:
        return text
    return _WORD.sub(lambda m: m.group() if gazetteer.lookup(m.group()) else _capitalised(m.group()), text)


def _capitalised(word: str) -> str:
    lowered = word[:1] + word[1:].lower()
    return lowered if len(lowered) == len(word) else word


def _inner(text: str) -> list[str]:
    """The words of running text as written, those that begin a sentence aside."""
    return [
        m.group() for m in _WORD.finditer(text) if m.start() and not re.search(r"[.!?“\"]\s*$", text[: m.start()][-3:])
    ]


def _title_case(text: str) -> bool:
    words = [w for w in _WORD.findall(text) if w.lower() not in _SMALL]
    capital = sum(w[0].isupper() for w in words)
    return len(words) >= 3 and capital >= 0.75 * len(words) and not _NAMES_A_YEAR.search(text)


def _lowered(text: str, small: Counter[str], gazetteer: Gazetteer) -> str:
    names = [(m.start, m.end) for m in gazetteer.find(text) if m.end - m.start > 1]
    pieces, last = [], 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        pieces.append(text[last:start])
        last = match.end()
        inside = any(a <= start < b for a, b in names)
        pieces.append(word if inside or not _ordinary(word, small) else word.lower())
    return "".join([*pieces, text[last:]])


def _ordinary(word: str, small: Counter[str]) -> bool:
    """Whether the document writes the word small, or at least never with a capital inside a sentence."""
    if (word.isupper() and len(word) > 1) or len(word.lower()) != len(word):
        return False
    return small[word.lower()] >= small[word]
