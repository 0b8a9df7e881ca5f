"""The default pipeline: one small pretrained encoder, fine-tuned for all that is read from a text, in onnxruntime."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language

from kg.language import lemmas, register, tokenizer
from kg.language.encoder import component

__all__ = ["load_encoder", "register_encoder"]

_ASSIGNS = ["token.tag", "token.pos", "token.dep", "token.head", "token.is_sent_start", "doc.sents", "doc.ents"]


def register_encoder() -> None:
    """Makes the component known to spaCy; twice does no harm."""
    register()
    if not Language.has_factory(component.NAME):
        Language.factory(component.NAME, assigns=_ASSIGNS, func=_encoder)


def _encoder(nlp: Language, name: str) -> component.Encoder:
    return component.Encoder(nlp.vocab)


def load_encoder(folder: Path) -> Language:
    """The pipeline of a folder with the files of ``kg/data/encoder``.

    Raises ``OSError`` when a file is missing, ``ImportError`` without onnxruntime.
    """
    register_encoder()
    nlp = tokenizer.blank()
    encoder, lemmatizer = nlp.add_pipe(component.NAME), nlp.add_pipe(lemmas.NAME)
    assert isinstance(encoder, component.Encoder) and isinstance(lemmatizer, lemmas.Lemmatizer)
    encoder.from_disk(folder)
    lemmatizer.from_disk(folder / "lemmas")
    return nlp
