"""Treebanks and entity corpora as spaCy documents.

The words are the syntactic words of the treebank ("Iran's" is two), the spaces those of the text, so that spaCy's own
tokenizer can be aligned with them character by character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a CoNLL-U sentence; ``head`` counts from 0 within the sentence, a root heads itself."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    space: bool


Sentence = list[Word]


def read_conllu(path: Path) -> list[list[Sentence]]:
    """The documents of a CoNLL-U file, each a list of sentences. Raises ``OSError``, ``ValueError`` for broken rows."""
    documents: list[list[Sentence]] = [[]]
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().splitlines()
        if any(line.startswith("# newdoc") for line in lines) and documents[-1]:
            documents.append([])
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            documents[-1].append(_sentence(rows))
    return [document for document in documents if document]


def _sentence(rows: list[list[str]]) -> Sentence:
    glued, last_of = _multiword(rows)
    words = []
    for row in rows:
        if not row[0].isdigit():
            continue
        number, head = int(row[0]), int(row[6])
        space = last_of[number] if number in last_of else number not in glued and "SpaceAfter=No" not in row[9]
        xpos = row[4] if row[4] != "_" else row[3]
        words.append(Word(row[1], row[2], row[3], xpos, (head or number) - 1, row[7], space))
    return words


def _multiword(rows: list[list[str]]) -> tuple[set[int], dict[int, bool]]:
    """Words that a multi-word token glues to the next one, and whether a blank follows its last word."""
    glued: set[int] = set()
    last_of: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = (int(part) for part in row[0].split("-"))
            glued.update(range(first, last))
            last_of[last] = "SpaceAfter=No" not in row[9]
    return glued, last_of


def paragraphs(documents: list[list[Sentence]], shortest: int = 1, longest: int = 6) -> Iterator[list[Sentence]]:
    """Runs of sentences of one document, of lengths from ``shortest`` to ``longest`` that take turns."""
    lengths = cycle(range(shortest, longest + 1))
    for document in documents:
        rest = iter(document)
        while run := list(islice(rest, next(lengths))):
            yield run


def to_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """A document with tags, parts of speech, lemmas, heads, relations and sentence starts."""
    words = [word for sentence in sentences for word in sentence]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos if word.upos != "_" else "X" for word in words],
        lemmas=[word.lemma for word in words],
        heads=list(_heads(sentences)),
        deps=["ROOT" if word.deprel == "root" else word.deprel for word in words],
    )


def _heads(sentences: list[Sentence]) -> Iterator[int]:
    offset = 0
    for sentence in sentences:
        yield from (offset + word.head for word in sentence)
        offset += len(sentence)
