"""How fast the pipelines read beside spaCy's plain network: ``python tests/language_speed.py [FILE]``.

The texts are those of the sample corpus, or the field ``text`` of the first 60 lines of a JSON lines file. One thread,
the pipelines in turn, the best of the rounds by processor time; tokenizing counts. "plain" is spaCy's network in its
default sizes without word vectors, run as spaCy runs it: tagger and parser, and the same with a recogniser of names.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from time import process_time

import spacy
from sample_corpus import documents
from spacy.language import Language
from spacy.training import Example

from kg import language, resources

ROUNDS = 5
WORDS = 20_000


def plain() -> Language:
    """The network that ``fast`` has for trees, without what we do to it."""
    language.register()
    without = ["morphologizer", "ner", "treatygraph_lemmas", "treatygraph_sentences"]
    return spacy.load(resources.data("model"), exclude=without)


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
    pipelines = {
        "plain, tagger and parser": plain(),
        "plain, with names": plain_with_names(),
        "default": language.load("default"),
        "fast": language.load("fast"),
    }
    best = dict.fromkeys(pipelines, 0.0)
    for _ in range(ROUNDS):
        for name, nlp in pipelines.items():
            begun = process_time()
            words = sum(map(len, language.annotate(nlp, texts)))
            best[name] = max(best[name], words / (process_time() - begun))
    return best


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
