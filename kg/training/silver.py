"""Silver annotations: unlabelled text as trained pipelines read it, names checked against tables and head words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.language import tokenizer
from kg.language.corpus import Sentence, Word
from kg.language.entities import UNKNOWN, Sample, without_overlaps
from kg.training import weak

_FEWEST = 5


@dataclass(frozen=True, slots=True)
class Silver:
    """One paragraph, or part of a long one: its sentences, and names by word over all of them."""

    sentences: list[Sentence]
    spans: list[tuple[int, int, str]]

    def sample(self) -> Sample:
        """The words with their names."""
        words = [word for sentence in self.sentences for word in sentence]
        return Sample([word.form for word in words], [word.space for word in words], self.spans, "silver")

    def to_json(self) -> str:
        """One line; ``from_json`` reads it back."""
        rows = [
            [[w.form, w.lemma, w.upos, w.xpos, w.head, w.deprel, int(w.space)] for w in sentence]
            for sentence in self.sentences
        ]
        return json.dumps({"sentences": rows, "spans": self.spans}, ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Silver:
        """Raises ``ValueError``, ``KeyError`` or ``TypeError`` for anything but a line of ``to_json``."""
        record = json.loads(line)
        sentences = [[_word(*row) for row in rows] for rows in record["sentences"]]
        return cls(sentences, [(start, end, label) for start, end, label in record["spans"]])


def _word(form: str, lemma: str, upos: str, xpos: str, head: int, deprel: str, space: int) -> Word:
    return Word(form, lemma, upos, xpos, head, deprel, bool(space))


def annotate(teachers: list[Language], annotator: weak.Annotator, texts: Iterable[str]) -> Iterator[Silver]:
    """Each text as the first teacher reads it; a name on which teachers or tables differ is left out of the loss."""
    for text in texts:
        doc, *others = [teacher(tokenizer.make_doc(teacher, text.strip())) for teacher in teachers]
        if sum(token.is_alpha for token in doc) >= _FEWEST and not any(token.is_space for token in doc):
            names = agreed(_spans(doc), [_spans(other) for other in others], annotator.sure(doc))
            yield from _parts(doc, names)


Span = tuple[int, int, str]


def agreed(first: list[Span], others: list[list[Span]], sure: list[Span]) -> list[Span]:
    """The names of all, ``UNKNOWN`` where they differ; what tables are sure of stands against every teacher."""
    common = set(first).intersection(*others) if others else set(first)
    doubtful = set(first).union(*others) - common
    found = set(sure) | {span for span in common if not _crosses(span, sure)}
    return without_overlaps(
        [*found, *((start, end, UNKNOWN) for start, end, _ in doubtful if not _crosses_any(start, end, sure))]
    )


def _crosses(span: Span, sure: list[Span]) -> bool:
    """Whether a sure name takes part of it, or all of it under another label, and is not just part of a longer one."""
    start, end, label = span
    longer = any(start <= s and e <= end and e - s < end - start for s, e, _ in sure)
    return not longer and any(s < end and start < e and (s, e, found) != (start, end, label) for s, e, found in sure)


def _crosses_any(start: int, end: int, sure: list[Span]) -> bool:
    return any(s < end and start < e for s, e, _ in sure)


def _spans(doc: Doc) -> list[Span]:
    return [(entity.start, entity.end, entity.label_) for entity in doc.ents]


def _parts(doc: Doc, names: list[Span]) -> Iterator[Silver]:
    """Runs of whole sentences of at most ``weak.LONGEST`` words; a longer sentence is left out."""
    run: list[Sentence] = []
    start = size = 0
    for sentence in doc.sents:
        if run and size + len(sentence) > weak.LONGEST:
            yield Silver(run, _within(names, start, start + size))
            run, size = [], 0
        if not run:
            start = sentence.start
        if len(sentence) <= weak.LONGEST:
            run.append(_words(sentence.start, doc, sentence.end))
            size += len(sentence)
    if run:
        yield Silver(run, _within(names, start, start + size))


def _words(start: int, doc: Doc, end: int) -> Sentence:
    return [
        Word(
            form=token.text,
            lemma=token.lemma_,
            upos=token.pos_,
            xpos=token.tag_,
            head=token.head.i - start,
            deprel="root" if token.dep_ == "ROOT" else token.dep_,
            space=bool(token.whitespace_),
        )
        for token in doc[start:end]
    ]


def _within(names: list[Span], start: int, end: int) -> list[Span]:
    return [(s - start, e - start, label) for s, e, label in names if start <= s and e <= end]


def write(records: Iterable[Silver], path: Path) -> None:
    """Writes one record a line. Raises ``OSError``."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(record.to_json() + "\n" for record in records)


def read(path: Path) -> Iterator[Silver]:
    """The records of a file that ``write`` made. Raises ``OSError``, ``ValueError``, ``KeyError``."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Silver.from_json(line)
