"""How good a pipeline is: on its own tokens, aligned with the gold words by character."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.errors import InputError
from kg.language import corpus, tokenizer

SENTENCES = 8


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each 0 to 1 (0 where nothing was found or nothing was there)."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def figures(self) -> dict[str, float]:
        """The three figures to four decimals, and how many there are in the gold data."""
        three = {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}
        return {**three, "gold": self.gold}


def syntax_figures(scores: Mapping[str, Score]) -> dict[str, float]:
    """The F1 of each score of ``syntax`` to four decimals."""
    return {name: round(score.f1, 4) for name, score in scores.items()}


def name_figures(scores: Mapping[str, Score]) -> dict[str, Any]:
    """The figures of all names, and under ``labels`` those of each label."""
    labels = {name: score.figures() for name, score in scores.items() if name != ALL}
    return {**scores[ALL].figures(), "labels": labels}


def syntax(nlp: Language, path: Path, size: int = SENTENCES) -> dict[str, Score]:
    """How a CoNLL-U file is read, ``size`` sentences of a document as one text: tags, lemmas, trees, sentences.

    ``uas`` and ``las`` leave punctuation out, as the CoNLL-X shared task and spaCy's scorer do; ``uas_punct`` and
    ``las_punct`` count it, as the CoNLL 2018 task does. A word that the tokenizer cut otherwise counts as missed.
    Raises ``OSError``, ``InputError`` for a file without words.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for sentences in corpus.paragraphs(_treebank(path), size, size):
        reference = corpus.to_doc(nlp.vocab, sentences)
        predicted = nlp(tokenizer.make_doc(nlp, reference.text))
        right.update(_agreements(reference, predicted))
        for counter, doc in ((found, predicted), (gold, reference)):
            words = [token for token in doc if not token.is_space]
            counter.update({"words": len(words), "no_punct": sum(token.dep_ != _PUNCT for token in words)})
        own, true = _spans(predicted), _spans(reference)
        right["sentence_f"] += len(own & true)
        found["sentences"], gold["sentences"] = found["sentences"] + len(own), gold["sentences"] + len(true)
    return {name: Score(right[name], found[of], gold[of]) for name, of in _COUNTED.items()}


_PUNCT = "punct"
_COUNTED = {
    "uas": "no_punct", "las": "no_punct", "uas_punct": "words", "las_punct": "words", "tag": "words", "pos": "words",
    "lemma": "words", "sentence_f": "sentences",
}  # fmt: skip


def _treebank(path: Path) -> list[list[corpus.Sentence]]:
    try:
        documents = corpus.read_conllu(path)
    except (ValueError, IndexError) as error:
        raise InputError(str(path), f"not CoNLL-U: {error}") from error
    if not any(sentence for document in documents for sentence in document):
        raise InputError(str(path), "no words: not a CoNLL-U file")
    return documents


def _agreements(reference: Doc, predicted: Doc) -> Iterator[str]:
    by_place = {_place(token): token for token in predicted}
    for gold in reference:
        token = by_place.get(_place(gold))
        if token is None:
            continue
        same_head = _place(token.head) == _place(gold.head)
        same_arc = same_head and token.dep == gold.dep
        checks = {
            "tag": token.tag == gold.tag,
            "pos": token.pos == gold.pos,
            "lemma": token.lemma_ == gold.lemma_,
            "uas": same_head and gold.dep_ != _PUNCT,
            "las": same_arc and gold.dep_ != _PUNCT,
            "uas_punct": same_head,
            "las_punct": same_arc,
        }
        yield from (name for name, good in checks.items() if good)


def _spans(doc: Doc) -> set[tuple[int, int]]:
    words = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return {(sentence[0].idx, _place(sentence[-1])[1]) for sentence in words if sentence}


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


Entity = tuple[int, int, str]
ALL = "all"
LABELS = {
    "PER": "PERSON", "PERSON": "PERSON", "LOC": "PLACE", "GPE": "PLACE", "PLACE": "PLACE", "ORG": "ORG",
    "EVENT": "EVENT", "TREATY": "TREATY",
}  # fmt: skip


def names(nlp: Language, path: Path, size: int = SENTENCES) -> dict[str, Score]:
    """Exact spans with the right label, by label and as ``ALL``, on JSON lines with ``tokens`` and ``spans``.

    ``spans`` are ``[start, end exclusive, label]`` in tokens, ``text`` and ``doc`` are optional. Up to ``size`` records
    that follow each other under the same ``doc`` are read as one text, as ``syntax`` does; a record without it is
    a text. Labels are mapped by ``LABELS``; those that the file never uses are not counted. Raises ``OSError``,
    ``InputError`` for a line without such a record.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for text, gold in _texts(list(_records(path)), size):
        doc = nlp(tokenizer.make_doc(nlp, text))
        own = {(entity.start_char, entity.end_char, LABELS.get(entity.label_, "")) for entity in doc.ents}
        for counter, spans in ((right, own & gold), (found, own), (wanted, gold)):
            counter.update(label for _, _, label in spans)
    scores = {label: Score(right[label], found[label], wanted[label]) for label in sorted(wanted)}
    return {**scores, ALL: Score(*(sum(counter[label] for label in scores) for counter in (right, found, wanted)))}


@dataclass(frozen=True, slots=True)
class _Record:
    text: str
    gold: set[Entity]
    doc: object


def _texts(records: list[_Record], size: int) -> Iterator[tuple[str, set[Entity]]]:
    """Texts with their names by character, of records whose texts are put together with blanks."""
    for doc, document in groupby(records, lambda record: record.doc):
        while run := list(islice(document, 1 if doc is None else size)):
            text, gold = "", set()
            for record in run:
                start = len(text)
                gold |= {(start + first, start + last, label) for first, last, label in record.gold}
                text += record.text + " "
            yield text.rstrip(" "), gold


def _records(path: Path) -> Iterator[_Record]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield _record(json.loads(line))
                except (ValueError, KeyError, TypeError, IndexError) as error:
                    raise InputError(f"{path}, line {number}", f"no record with tokens and spans: {error!r}") from error


def _record(record: dict[str, Any]) -> _Record:
    tokens = [str(token) for token in record["tokens"]]
    text = record.get("text") or " ".join(tokens)
    places, end = [], 0
    for token in tokens:
        start = text.index(token, end)
        end = start + len(token)
        places.append((start, end))
    spans = ((places[first][0], places[last - 1][1], LABELS.get(label)) for first, last, label in record["spans"])
    return _Record(text, {(start, end, label) for start, end, label in spans if label}, record.get("doc"))
