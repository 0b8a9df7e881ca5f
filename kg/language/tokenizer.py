"""spaCy's English tokenizer, brought closer to the words of the English treebanks, and a guard against its stalls."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from kg import resources

LONGEST_RUN = 300
_HYPHENS = "-\u2010\u2011–—~"
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


def blank(vectors: str = "spacy.Vectors.v1") -> Language:
    """An English pipeline without components; its tokenizer splits "15-year", keeps "re-elected" and "etc." whole.

    ``vectors`` names the kind of its table of word vectors in spaCy's registry.
    """
    table = tomllib.loads(resources.data("language/english.toml").read_text(encoding="utf-8"))["tokens"]
    nlp = spacy.blank("en", config={"nlp": {"vectors": {"@vectors": vectors}}})
    own: Any = nlp.tokenizer
    patterns = [pattern for pattern in nlp.Defaults.infixes or () if not _splits_hyphens(str(pattern))]
    own.infix_finditer = compile_infix_regex([*patterns, *_hyphen_patterns(table["prefixes"])]).finditer
    for abbreviation in table["abbreviations"]:
        own.add_special_case(abbreviation, [{"ORTH": abbreviation}])
    return nlp


def make_doc(nlp: Language, text: str) -> Doc:
    """The tokens of ``text``, whose text is exactly ``text``.

    spaCy's tokenizer takes quadratic time on long runs without blanks (10,000 brackets, 16 s). These are no words: they
    become tokens of ``LONGEST_RUN`` characters unread, which shifts no offset.
    """
    if not _RUN.search(text):
        return nlp.tokenizer(text)
    words: list[str] = []
    spaces: list[bool] = []
    for piece, is_run in _pieces(text):
        if is_run:
            words += [piece[start : start + LONGEST_RUN] for start in range(0, len(piece), LONGEST_RUN)]
            spaces += [False] * (len(words) - len(spaces))
        else:
            doc = nlp.tokenizer(piece)
            words += [token.text for token in doc]
            spaces += [bool(token.whitespace_) for token in doc]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for run in _RUN.finditer(text):
        yield text[start : run.start()], False
        yield run.group(), True
        start = run.end()
    yield text[start:], False


def _splits_hyphens(pattern: str) -> bool:
    return "——" in pattern


def _hyphen_patterns(prefixes: list[str]) -> Iterator[str]:
    whole = "".join(rf"(?<!\b{case(prefix)})" for prefix in prefixes for case in (str.lower, str.title))
    letter = r"[^\W\d_]"
    yield rf"(?<={letter}){whole}(?:--+|[{_HYPHENS}])(?={letter})"
    yield rf"(?<=[0-9])(?:--+|[{_HYPHENS}])(?={letter})"
    yield rf"(?<={letter})(?:--+|[{_HYPHENS}])(?=[0-9])"
    yield rf"(?<={letter}\.)(?:--+|[{_HYPHENS}])(?=\w)"
    yield r"(?<=[0-9])[–—](?=[0-9])"
    yield r"[–—](?=[\"“‘'])"
    yield r"(?<=[\"”’',;)])[–—](?=\w)"
