"""The public corpora that are trained on, in the folders where ``kg train --data`` and ``--texts`` find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.language import corpus, entities, tokenizer
from kg.training import weak
from kg.training.names import Names

TREEBANKS = {"en_ewt-ud-train": "uner_ewt", "gum-open-train": "gum_named_open"}
NAMES_ONLY = ("wikigold", "crossner")
_TABLES = ("people", "ne_10m_countries", "ne_10m_populated_places", "international_organisations")
_NEVER = ("crossner-politics-dev",)


@dataclass(frozen=True, slots=True)
class Corpora:
    """``data`` holds treebank/ (CoNLL-U), ner/ (JSON lines) and reference/ (CSV), ``texts`` unlabelled .txt and .jsonl.

    Texts named as a file of the folder ``held_out`` are not read.
    """

    data: Path
    texts: Path
    held_out: Path | None = None

    def check(self) -> None:
        """Raises ``InputError`` that names all files that are not there."""
        files = [self.treebank(name) for name in TREEBANKS]
        files += [self.entity_corpus(name) for name in (*TREEBANKS.values(), *NAMES_ONLY)]
        files += [self.data / "reference" / f"{name}.csv" for name in _TABLES]
        missing = [str(path) for path in files if not path.is_file()]
        missing += [str(path) for path in (self.texts, self.held_out) if path is not None and not path.is_dir()]
        if missing:
            raise InputError(", ".join(missing), "not there; docs/training.md names where each file is published")

    def treebank(self, name: str) -> Path:
        """The file of a treebank."""
        return self.data / "treebank" / f"{name}.conllu"

    def entity_corpus(self, name: str) -> Path:
        """The file of an entity corpus."""
        return self.data / "ner" / f"{name}.jsonl"

    def names(self) -> Names:
        """The tables of names. Raises ``OSError``."""
        return Names.read(self.data / "reference")

    def trees(self) -> Iterator[list[list[corpus.Sentence]]]:
        """The documents of each training treebank."""
        for name in TREEBANKS:
            yield corpus.read_conllu(self.treebank(name))

    def annotated(self) -> Iterator[entities.Sample]:
        """Runs of samples of all entity corpora, those over the treebanks too."""
        for name in TREEBANKS.values():
            yield from entities.joined(entities.read(self.entity_corpus(name), "train"))
        yield from self.names_only()

    def names_only(self) -> Iterator[entities.Sample]:
        """Runs of samples of the corpora in which nothing but names is annotated."""
        for name in NAMES_ONLY:
            samples = entities.read(self.entity_corpus(name))
            yield from entities.joined(sample for sample in samples if not sample.id.startswith(_NEVER))

    def annotator(self) -> weak.Annotator:
        """What tables and head words are sure of."""
        return weak.Annotator(tokenizer.blank(), self.names(), entities.Scheme.load())

    def unlabelled(self) -> Iterator[str]:
        """The paragraphs of the unlabelled texts."""
        held_out = frozenset(path.name for path in self.held_out.iterdir()) if self.held_out else frozenset()
        return (text for text in weak.texts(self.texts, held_out) if text.strip())

    def partly(self) -> Iterator[entities.Sample]:
        """Unlabelled texts in which tables and head words are sure of some person, event or treaty."""
        rare = {"EVENT", "TREATY", "PERSON"}
        for sample in self.annotator().samples(self.unlabelled()):
            if not rare.isdisjoint(label for _, _, label in sample.spans):
                yield sample
