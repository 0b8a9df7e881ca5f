"""Writing a trained pipeline small: without the words it has seen, which it does not need to be read back."""

from __future__ import annotations

import json
from pathlib import Path

from spacy.language import Language
from spacy.vocab import Vocab

from kg.language import tokenizer


def copied(nlp: Language) -> Language:
    """A pipeline of its own with the weights that ``nlp`` has now (the averages, inside ``use_params``)."""
    copy = tokenizer.blank().from_config(nlp.config)
    copied_nlp: Language = copy.from_bytes(nlp.to_bytes())
    return copied_nlp


def write(nlp: Language, folder: Path) -> None:
    """Writes the pipeline to ``folder``. Raises ``OSError``."""
    nlp.to_disk(folder)
    strings = folder / "vocab" / "strings.json"
    strings.write_text(json.dumps(_needed(nlp), ensure_ascii=False, indent=0), encoding="utf-8")


def _needed(nlp: Language) -> list[str]:
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, [])}
    morphology = {part for label in labels for part in label.split("|")}
    return sorted(labels | morphology | set(Vocab().strings))
