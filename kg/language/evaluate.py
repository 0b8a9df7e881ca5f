"""How good a pipeline is: on its own tokens, aligned with the gold words by character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from kg.language import corpus, tokenizer
from kg.language.entities import read, to_doc


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, each 0 to 1 (0 where nothing was found or nothing was there)."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def syntax(nlp: Language, path: Path, size: int = 8) -> dict[str, Score]:
    """``tag``, ``pos``, ``lemma``, ``uas``, ``las`` and ``sentence`` on a CoNLL-U file, read ``size`` sentences a text.

    Punctuation counts. A word that the tokenizer cut otherwise counts as missed, as in the CoNLL shared tasks.
    """
    right: Counter[str] = Counter()
    found = gold = sentences_found = sentences_gold = 0
    for sentences in corpus.paragraphs(corpus.read_conllu(path), size, size):
        reference = corpus.to_doc(nlp.vocab, sentences)
        predicted = nlp(tokenizer.make_doc(nlp, reference.text))
        found, gold = found + sum(not token.is_space for token in predicted), gold + len(reference)
        right.update(_agreements(reference, predicted))
        own, true = _spans(predicted), _spans(reference)
        right["sentence"] += len(own & true)
        sentences_gold, sentences_found = sentences_gold + len(true), sentences_found + len(own)
    scores = {name: Score(right[name], found, gold) for name in ("tag", "pos", "lemma", "uas", "las")}
    return {**scores, "sentence": Score(right["sentence"], sentences_found, sentences_gold)}


def _agreements(reference: Doc, predicted: Doc) -> Iterator[str]:
    by_place = {_place(token): token for token in predicted}
    for gold in reference:
        token = by_place.get(_place(gold))
        if token is None:
            continue
        same_head = _place(token.head) == _place(gold.head)
        checks = {
            "tag": token.tag == gold.tag,
            "pos": token.pos == gold.pos,
            "lemma": token.lemma_ == gold.lemma_,
            "uas": same_head,
            "las": same_head and token.dep == gold.dep,
        }
        yield from (name for name, good in checks.items() if good)


def _spans(doc: Doc) -> set[tuple[int, int]]:
    words = ([token for token in sentence if not token.is_space] for sentence in doc.sents)
    return {(sentence[0].idx, _place(sentence[-1])[1]) for sentence in words if sentence}


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


Entity = tuple[int, int, str]


def entities(nlp: Language, texts: Iterable[tuple[str, set[Entity]]]) -> dict[str, Score]:
    """Exact spans with the right label, by label and as ``all``; gold entities are (start, end, label) in characters.

    Labels that the gold data never uses are not counted.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for text, gold in texts:
        doc = nlp(tokenizer.make_doc(nlp, text))
        own = {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
        for counter, spans in ((right, own & gold), (found, own), (wanted, gold)):
            counter.update(label for _, _, label in spans)
    scores = {label: Score(right[label], found[label], wanted[label]) for label in sorted(wanted)}
    return {**scores, "all": Score(*(sum(counts) for counts in zip(*_rows(scores), strict=True)))}


def _rows(scores: dict[str, Score]) -> list[tuple[int, int, int]]:
    return [(score.right, score.found, score.gold) for score in scores.values()] or [(0, 0, 0)]


def gold(path: Path, split: str | None = None) -> Iterator[tuple[str, set[Entity]]]:
    """The texts of an entity corpus with the entities of our labels, to give to ``entities``."""
    for sample in read(path, split):
        doc = to_doc(Vocab(), sample)
        yield doc.text, {(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents}
