"""Training examples: sentences of the treebanks with their names, and texts where only names are annotated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from spacy.language import Language

from kg.language import corpus, entities
from kg.language.encoder.marks import MARKS, MISSING, marks_of, spans_of
from kg.language.entities import Sample
from kg.training.augment import vary
from kg.training.corpora import TREEBANKS, Corpora
from kg.training.names import Names, substitute

LONGEST = 120
MOST_SENTENCES = 4
_MARKS = frozenset({*MARKS, MISSING})
Paragraph = list[corpus.Sentence]


@dataclass(frozen=True, slots=True)
class Example:
    """One run of words; ``words`` has the syntax (none where only names are known), ``names`` a mark for each word."""

    forms: list[str]
    spaces: list[bool]
    names: list[str]
    words: list[corpus.Word] | None = None


def treebank(corpora: Corpora) -> list[list[corpus.Sentence]]:
    """The documents of the training treebanks; the lemma of a word is replaced by the mark of its name.

    The lemmas come from a table, so that their place is free for what has to move along when a sentence is varied.
    """
    documents = []
    for names, trees in zip(TREEBANKS.values(), corpora.trees(), strict=True):
        known = {tuple(s.tokens): marks_of(s) for s in entities.read(corpora.entity_corpus(names), "train")}
        for document in trees:
            documents.append([_marked(sentence, known) for sentence in document])
    return documents


def _marked(sentence: corpus.Sentence, known: dict[tuple[str, ...], list[str]]) -> corpus.Sentence:
    marks = known.get(tuple(word.form for word in sentence), [MISSING] * len(sentence))
    return [replace(word, lemma=mark) for word, mark in zip(sentence, marks, strict=True)]


def from_treebank(documents: list[list[corpus.Sentence]], names: Names, rng: Random) -> Iterator[Example]:
    """Paragraphs of all documents, cut, varied and renamed anew at each call."""
    for document in documents:
        for paragraph in _paragraphs(document, rng):
            renamed = [_renamed(sentence, names, rng) for sentence in paragraph]
            yield _of_trees(vary(renamed, rng))


def _paragraphs(document: list[corpus.Sentence], rng: Random) -> Iterator[Paragraph]:
    paragraph: Paragraph = []
    most = rng.randint(1, MOST_SENTENCES)
    for sentence in document:
        if paragraph and (len(paragraph) == most or sum(map(len, paragraph)) + len(sentence) > LONGEST):
            yield paragraph
            paragraph, most = [], rng.randint(1, MOST_SENTENCES)
        if len(sentence) <= LONGEST:
            paragraph.append(sentence)
    if paragraph:
        yield paragraph


def _of_trees(paragraph: Paragraph) -> Example:
    words, offset = [], 0
    for sentence in paragraph:
        words += [replace(word, head=word.head + offset) for word in sentence]
        offset += len(sentence)
    marks = [word.lemma if word.lemma in _MARKS else "O" for word in words]  # a quote put in has a lemma of its own
    return Example([word.form for word in words], [word.space for word in words], marks, words)


def _renamed(sentence: corpus.Sentence, names: Names, rng: Random, chance: float = 0.25) -> corpus.Sentence:
    """Some persons and places get a name of as many words, so that the tree stays as it is."""
    renamed = list(sentence)
    for start, end, label in spans_of([word.lemma for word in sentence]):
        if label in {"PERSON", "PLACE"} and rng.random() < chance:
            new = names.draw(label, rng).split()
            if len(new) == end - start and all(word.isalpha() for word in new):
                for place, form in enumerate(new, start):
                    renamed[place] = replace(renamed[place], form=form)
    return renamed


def from_samples(given: Iterable[Sample], names: Names, nlp: Language, rng: Random) -> Iterator[Example]:
    """The samples with some of their names changed."""
    for sample in given:
        changed = substitute(sample, names, nlp, rng)
        if changed.tokens and len(changed.tokens) <= LONGEST + 30:
            yield Example(changed.tokens, changed.spaces, marks_of(changed))
