"""Parsed texts written by hand, so that a test of one module needs no model and says what the parse is.

A sentence is words of the form ``word|tag|dependency|head`` or ``...|head|lemma``; heads count from 1, the root has
head 0. Dependencies may be Universal Dependencies or spaCy's English ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.page import Page, Paragraph
from kg.language import tokenizer
from kg.language.universal import universal
from kg.model import Block, Document, PartialDate, Span
from kg.reader import Reader
from kg.resolution.corpus import DocumentReading
from kg.resolution.reference import Reference

ISSUED = "2025-06-01"
_POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "DT": "DET", "IN": "ADP", "TO": "PART", "MD": "AUX",
    "CC": "CCONJ", "CD": "NUM", "RB": "ADV", "PRP": "PRON", "PRP$": "PRON", "WDT": "PRON", "WP": "PRON", "POS": "PART",
    "JJ": "ADJ", "EX": "PRON", "RP": "ADP", "WRB": "ADV",
}  # fmt: skip
_GLUED = {"-", "–", ",", ".", "?", "!", ":", ";", ")", "'s", "’s", "n't", "n’t", "”", "'"}
_OPENING = {"(", "“", "-", "–"}

# A few names and their classes, each its own record.
CLASSES = {
    "Iran": "State",
    "Russia": "State",
    "Georgia": "State",
    "Japan": "State",
    "Greece": "State",
    "Jordan": "State",
    "Moscow": "Place",
    "Paris": "Place",
    "Gaza": "Place",
    "Tashkent": "Place",
    "Sakhalin": "Place",
    "Westminster": "Place",
    "Lavrov": "Person",
    "UN": "InternationalOrganisation",
    "BRICS": "InternationalOrganisation",
    "State Duma": "GovernmentBody",
    "Treaty of Gulistan": "Treaty",
}
DEMONYMS = {"Iranian": "Iran", "Russian": "Russia", "Georgian": "Georgia", "Japanese": "Japan"}
GAZETTEER = Gazetteer(
    [
        *(
            (name, name, "surname" if cls == "Person" else "acronym" if name.isupper() else "name")
            for name, cls in CLASSES.items()
        ),
        *((demonym, state, "demonym") for demonym, state in DEMONYMS.items()),
        ("Moscow", "Russia", "seat"),
    ]
)


@cache
def _blank() -> Any:
    return tokenizer.blank()


def doc(*sentences: str, ents: Iterable[tuple[int, int, str]] = ()) -> Doc:
    """The sentences as one parsed text, as the reading gets them; ``ents`` are token ranges with a label."""
    return universal(plain_doc(*sentences, ents=ents))


def plain_doc(*sentences: str, ents: Iterable[tuple[int, int, str]] = ()) -> Doc:
    """The sentences as one parsed text, in the scheme that they are written in."""
    words: list[str] = []
    columns: dict[str, list[Any]] = {"tags": [], "deps": [], "heads": [], "lemmas": [], "pos": [], "sent_starts": []}
    for sentence in sentences:
        first = len(words)
        for token in sentence.split():
            word, tag, dep, head, *lemma = token.split("|")
            columns["sent_starts"].append(len(words) == first)
            columns["heads"].append(first + int(head) - 1 if int(head) else len(words))
            columns["tags"].append(tag)
            columns["deps"].append(dep)
            columns["pos"].append(_pos(tag, dep))
            columns["lemmas"].append(lemma[0] if lemma else word if tag.startswith("NNP") else word.lower())
            words.append(word)
    found = Doc(_blank().vocab, words=words, spaces=_spaces(words), **columns)
    found.ents = [Entity(found, start, end, label=label) for start, end, label in ents]
    return found


def _pos(tag: str, dep: str) -> str:
    if tag.startswith("VB"):
        return "AUX" if dep in {"aux", "aux:pass", "auxpass", "cop"} else "VERB"
    if dep == "mark" and tag == "IN":
        return "SCONJ"
    return _POS.get(tag, "PUNCT")


def _spaces(words: list[str]) -> list[bool]:
    following = [*words[1:], "."]
    return [after not in _GLUED and word not in _OPENING for word, after in zip(words, following, strict=True)]


_ENGLISH = {
    "nsubj:pass": "nsubjpass",
    "aux:pass": "auxpass",
    "obj": "dobj",
    "iobj": "dative",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "obl:unmarked": "npadvmod",
    "root": "ROOT",
}


def english(sentence: str) -> str:
    """A sentence in Universal Dependencies as spaCy's English scheme has it: the noun hangs under its preposition.

    Copulas are not turned.
    """
    rows = [[*token.split("|"), ""][:5] for token in sentence.split()]
    labels = [row[2] for row in rows]
    for i, (word, tag, dep, head, _) in enumerate(rows):
        if dep == "case" and tag != "POS":
            noun = rows[int(head) - 1]
            rows[i][2], rows[i][3] = ("agent" if labels[int(head) - 1] == "obl:agent" else "prep"), noun[3]
            noun[2], noun[3] = "pobj", str(i + 1)
        elif dep == "mark" and tag == "TO":
            rows[i][2] = "aux"
        elif dep == "advmod" and word in {"not", "n't", "never"}:
            rows[i][2] = "neg"
        elif rows[i][2] == dep:
            rows[i][2] = _ENGLISH.get(dep, dep)
    return " ".join("|".join(row).rstrip("|") for row in rows)


def flat(text: str, **tags: str) -> Doc:
    """A text whose words hang on the first one of their sentence: for modules that look at words alone.

    Capitalised words are proper nouns, the others nouns unless ``tags`` gives them another tag.
    """
    tokens = _blank().tokenizer(text)
    known = {
        "the": "DT",
        "a": "DT",
        "of": "IN",
        "in": "IN",
        "and": "CC",
        "for": "IN",
        "to": "IN",
        "on": "IN",
        "'s": "POS",
    }
    chosen = [
        tags.get(t.text) or known.get(t.lower_) or ("NNP" if t.text[:1].isupper() else _plain_tag(t)) for t in tokens
    ]
    return Doc(
        tokens.vocab,
        words=[t.text for t in tokens],
        spaces=[bool(t.whitespace_) for t in tokens],
        tags=chosen,
        pos=[_pos(tag, "dep") for tag in chosen],
        lemmas=[t.lower_ for t in tokens],
        deps=["ROOT"] + ["dep"] * (len(tokens) - 1),
        heads=[0] * len(tokens),
    )


def _plain_tag(token: Token) -> str:
    return "CD" if token.like_num else "NN" if token.is_alpha else ","


def token(parsed: Doc, word: str) -> Token:
    """The first token with this text."""
    return next(t for t in parsed if t.text == word)


def paragraph(parsed: Doc, index: int = 0) -> Paragraph:
    """The text as the only paragraph of a document."""
    return Paragraph(index, Block("paragraph", Span(0, len(parsed.text))), parsed)


Part = Doc | tuple[str, Doc]


def document(*parts: Part, issued: str | None = ISSUED, title: str | None = None, name: str = "test") -> Document:
    """A document of the texts: paragraphs, or pairs of the kind of block (``heading``, ``title``) and text.

    A heading is that of all blocks below it up to the next one; a second heading stands under the first.
    """
    kinds = [part if isinstance(part, tuple) else ("paragraph", part) for part in parts]
    text = "\n\n".join(parsed.text for _, parsed in kinds)
    return Document(
        id=f"document/{name}",
        source=f"{name}.txt",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title or next((parsed.text for kind, parsed in kinds if kind == "title"), None),
        issued=PartialDate(issued) if issued else None,
        blocks=tuple(_blocks(kinds)),
    )


def _blocks(parts: list[tuple[str, Doc]]) -> Iterator[Block]:
    start, heading = 0, None
    for kind, parsed in parts:
        span = Span(start, start + len(parsed.text))
        yield Block(kind, span, heading if kind != "title" else None)
        heading = span if kind == "heading" else heading
        start = span.end + 2


def page(*parts: Part, issued: str | None = ISSUED) -> Page:
    """The document with its parses."""
    told = document(*parts, issued=issued)
    parses = [part[1] if isinstance(part, tuple) else part for part in parts]
    paragraphs = (
        Paragraph(i, block, parsed) for i, (block, parsed) in enumerate(zip(told.blocks, parses, strict=True))
    )
    return Page(told, tuple(paragraphs))


class Parsed:
    """Stands in for a spaCy pipeline: gives each text the parse that was written for it."""

    pipe_labels: ClassVar[dict[str, list[str]]] = {}

    def __init__(self, parses: Iterable[Doc]) -> None:
        self.parses = {parsed.text.lower(): parsed for parsed in parses}
        self.tokenizer = _blank().tokenizer

    def pipe(self, docs: Iterable[Doc], **options: object) -> Iterator[Doc]:
        for each in docs:
            yield self.parses[each.text.lower()]


@cache
def reference() -> Reference:
    """The packaged reference data, loaded once for all tests."""
    return Reference.load()


@cache
def _reader() -> Reader:
    return Reader(_blank(), reference())


def read(*parts: Part, issued: str | None = ISSUED, title: str | None = None, name: str = "test") -> DocumentReading:
    """What the reader makes of texts that are parsed as written."""
    reader = _reader()
    reader.nlp = Parsed(part[1] if isinstance(part, tuple) else part for part in parts)  # type: ignore[assignment]
    return reader.read(document(*parts, issued=issued, title=title, name=name))
