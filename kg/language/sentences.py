"""Where a sentence cannot begin, told to the parser before it decides: after "Mr." or "Jan.", with a closing quote."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

from kg import resources

_INITIAL = re.compile(r"[A-HJ-UWYZ]\.")  # I, V and X are numbers of wars, kings and parts too
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}")
_HYPHENS = frozenset({"-", "–", "—", "\u2010", "\u2011"})
NAME = "treatygraph_sentences"
NEVER = np.uint64(2**64 - 1)  # -1 to spaCy, which has no sign in its arrays


class StartRules:
    """A component that sets ``Token.is_sent_start`` to False where no sentence can begin, and leaves all else alone."""

    def __init__(self) -> None:
        table = tomllib.loads(resources.data("language/english.toml").read_text(encoding="utf-8"))["sentences"]
        self._titles = frozenset(table["titles"])
        self._before_numbers = frozenset(table["before_numbers"])
        self._before_letters = frozenset(table["before_letters"])
        self._ends = frozenset(table["ends"])
        self._closing = frozenset(table["closing"])
        self._brackets = frozenset(table["brackets"])

    def __call__(self, doc: Doc) -> Doc:
        starts: Any = doc.to_array(["SENT_START"])
        words = [self._is_word(token.text) for token in doc]
        for place in range(1, len(doc)):
            if words[place - 1] or self._forbids(doc[place - 1], doc[place]):
                starts[place] = NEVER
        doc.from_array(["SENT_START"], starts)  # a quarter of the time that it takes word by word
        return doc

    def _is_word(self, text: str) -> bool:
        """Whether no sentence ends with it, whatever stands around it: so it is with most."""
        return text[-1].isalnum() and text not in self._ends

    def _forbids(self, before: Token, token: Token) -> bool:
        if token.is_space or token.text in self._closing or _closes_quote(before, token):
            return True
        if self._is_initial(before, token) or _goes_on(before, token):
            return True
        abbreviation = _with_stop(before)
        if abbreviation in self._titles or (abbreviation in self._before_numbers and token.like_num):
            return True
        small = token.text[:1].islower() and not (before.text in self._ends or before.is_space or before.is_quote)
        return small or not self._may_end(before)

    def _is_initial(self, before: Token, token: Token) -> bool:
        """ "Franklin D. Roosevelt": a letter between two capitalised words, of which the second opens no sentence."""
        letter, first = _with_stop(before), before.i - 1 - (before.text == ".")
        if not _INITIAL.fullmatch(letter) or first < 0 or not token.text[:1].isupper() or token.is_stop:
            return False
        name = before.doc[first]
        return name.text[:1].isupper() and name.is_alpha and name.lower_ not in self._before_letters

    def _may_end(self, token: Token) -> bool:
        """Whether a sentence can end with the token: at an end mark, behind which quotes and brackets may close."""
        while token.i and (token.is_quote or token.text in self._brackets):
            token = token.nbor(-1)
        return token.is_space or token.text in self._ends or token.text[-1:] in self._ends


def _goes_on(before: Token, token: Token) -> bool:
    """ "U.S.-Japanese", "a U.S. plane": the abbreviation belongs to what follows."""
    if not _ABBREVIATION.fullmatch(before.text):
        return False
    glued = token.text in _HYPHENS and not before.whitespace_
    return glued or (before.i > 0 and before.nbor(-1).lower_ in {"a", "an"})


def _closes_quote(before: Token, token: Token) -> bool:
    return token.text in {'"', "'"} and not (before.whitespace_ or before.is_space)


def _with_stop(token: Token) -> str:
    """Art where the tokenizer has cut it in two and ``token`` is the full stop."""
    cut = token.text == "." and token.i > 0 and not token.nbor(-1).whitespace_
    return token.nbor(-1).text + "." if cut else token.text
