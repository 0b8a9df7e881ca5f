"""The spaCy pipeline that is shipped, how it is loaded, how text is annotated with it and how it was trained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg import resources
from kg.errors import PipelineError
from kg.language import lemmas, products, sentences, tokenizer, vectors
from kg.language.mending import mended
from kg.language.universal import is_foreign, universal

__all__ = ["annotate", "load", "register"]

DEFAULT = "default"
FAST = "fast"
MODEL = "model.onnx"
NEEDED = {"token.tag": "tags", "token.dep": "dependencies", "doc.sents": "sentences", "token.lemma": "lemmas"}
BATCH = 64


def register() -> None:
    """Makes the components of our own known to spaCy, which has one registry a process; twice does no harm."""
    vectors.register_vectors()
    if not Language.has_factory(lemmas.NAME):
        Language.factory(lemmas.NAME, assigns=["token.lemma"], requires=["token.tag"], func=_lemmatizer)
    if not Language.has_factory(sentences.NAME):
        Language.factory(sentences.NAME, assigns=["token.is_sent_start"], func=_start_rules)


def _lemmatizer(nlp: Language, name: str) -> lemmas.Lemmatizer:
    return lemmas.Lemmatizer()


def _start_rules(nlp: Language, name: str) -> sentences.StartRules:
    return sentences.StartRules()


def load(name: str = DEFAULT) -> Language:
    """A pipeline that is shipped (``default`` or ``fast``), else one from a folder or an installed spaCy package.

    Raises ``PipelineError`` when there is none, or when it does not give tags, lemmas, dependencies and sentences.
    """
    shipped = {DEFAULT: "encoder", FAST: "model"}.get(name)
    source = resources.data(shipped) if shipped else Path(name)
    try:
        nlp = _read(source)
    except (OSError, ValueError, ImportError) as error:
        raise PipelineError(f"{name}: no language pipeline of this name or in this folder: {error}") from error
    _check(nlp, name)
    return nlp


def _read(source: Path) -> Language:
    if (source / MODEL).is_file():
        from kg.language.encoder import load_encoder

        return load_encoder(source)
    register()
    return products.quicken(spacy.load(source if source.is_dir() else str(source)))


def _check(nlp: Language, name: str) -> None:
    given = {attribute for component in nlp.pipe_names for attribute in nlp.get_pipe_meta(component).assigns}
    missing = [what for attribute, what in NEEDED.items() if attribute not in given]
    if missing:
        raise PipelineError(f"{name}: this pipeline gives no {', no '.join(missing)}")


def annotate(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """One document for each text, in order; ``doc.text`` equals the text and no offset is shifted.

    The trees are Universal Dependencies and the names have our labels, whatever the pipeline gives.

    Feed it paragraphs: memory and time to the first result grow with the length of the longest text.
    """
    docs = nlp.pipe((tokenizer.make_doc(nlp, text) for text in texts), batch_size=BATCH)
    yield from map(mended, map(universal, docs) if is_foreign(nlp) else docs)
