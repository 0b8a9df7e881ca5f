"""How fast the pipelines read beside spaCy's plain network: ``python tests/language_speed.py [FILE]``.

The texts are those of the sample corpus, or the field ``text`` of the first 60 lines of a JSON lines file. One thread,
the pipelines in turn, the best of the rounds by processor time; tokenizing counts. "plain" is spaCy's network in its
default sizes without word vectors, run as spaCy runs it, in batches of 16 or 64 texts, whichever is faster: tagger and
parser, and the same with a recogniser of names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from time import process_time

import numpy as np
import spacy
from sample_corpus import documents
from spacy.language import Language
from spacy.training import Example

from kg import language, resources

ROUNDS = 3
WORDS = 20_000
BATCHES = (16, 64)
PIECES = 3


def plain() -> Language:
    """The tagger and parser of ``fast``, whose layers have as many pieces as spaCy's have: the last one again."""
    language.register()
    without = ["morphologizer", "ner", "treatygraph_lemmas", "treatygraph_sentences"]
    nlp = spacy.load(resources.data("model"), exclude=without)
    for layer in nlp.get_pipe("tok2vec").model.walk():  # type: ignore[attr-defined]
        if layer.name == "maxout":
            missing = PIECES - layer.get_dim("nP")
            layer._dims["nP"] = PIECES
            for name in ("W", "b"):
                own = layer.get_param(name)
                layer.set_param(name, np.concatenate([own, *[own[:, -1:]] * missing], axis=1))
    return nlp


def plain_with_names() -> Language:
    """Over the same layers a recogniser of names: one move a word, whatever it has learnt, so it has learnt nothing."""
    nlp = plain()
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    network = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": listener,
    }  # fmt: skip
    example = Example.from_dict(nlp.make_doc("Iran met NATO."), {"entities": [(0, 4, "PLACE"), (9, 13, "ORG")]})
    nlp.add_pipe("ner", config={"model": network}).initialize(lambda: [example], nlp=nlp)  # type: ignore[attr-defined]
    return nlp


def speeds(texts: list[str]) -> dict[str, float]:
    """Words a second of each pipeline."""
    readers: dict[str, Callable[[], int]] = {}
    for name, nlp in {"plain, tagger and parser": plain(), "plain, with names": plain_with_names()}.items():
        readers |= {f"{name}/{size}": partial(_as_spacy_does, nlp, texts, size) for size in BATCHES}
    for name in ("default", "fast"):
        readers[name] = partial(_as_we_do, language.load(name), texts)
    best = {name.split("/")[0]: 0.0 for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            read()  # memory that the one before gave back to the system is asked for anew
            begun = process_time()
            words = read()
            speed = words / (process_time() - begun)
            best[name.split("/")[0]] = max(best[name.split("/")[0]], speed)
    return best


def _as_spacy_does(nlp: Language, texts: list[str], size: int) -> int:
    return sum(map(len, nlp.pipe(texts, batch_size=size)))


def _as_we_do(nlp: Language, texts: list[str]) -> int:
    return sum(map(len, language.annotate(nlp, texts)))


def _texts(path: Path | None) -> list[str]:
    if path is not None:
        with path.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in islice(lines, 60)]
    texts = [text for _, _, text in documents()]
    return texts * (1 + WORDS // sum(len(text.split()) for text in texts))


if __name__ == "__main__":
    found = speeds(_texts(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
    both = [found[name] for name in found if name.startswith("plain")]
    for name, speed in found.items():
        shares = " ".join(f"{speed / base:.2f}" for base in both)
        print(f"{name:25} {speed:7,.0f} words a second, of the plain ones {shares}")
