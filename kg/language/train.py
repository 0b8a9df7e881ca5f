"""Rebuilds the shipped pipeline: ``python -m kg.language.train --data DIR --texts DIR --out kg/data/model``.

``--data`` holds ``treebank/`` (CoNLL-U), ``ner/`` (JSON lines) and ``reference/`` (tables of names), ``--texts``
unlabelled news and history (.txt, .jsonl); the model card names their sources and licences. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer, fix_random_seed, warmup_linear

from kg.language import corpus, entities, lemmas, package, register, sentences, tokenizer, weak, wordnet
from kg.language.augment import vary
from kg.language.names import Names, substitute

SEED = 7
WIDTH = 96
BATCH = 1000
TREEBANKS = ("en_ewt-ud-train", "gum-open-train")
META = {
    "name": "treatygraph_fast",
    "version": "1.0.0",
    "license": "CC BY-SA 4.0",
    "description": "See docs/model-card.md",
}
Maker = Callable[[Random | None], Example]


def main(arguments: list[str] | None = None) -> int:
    """Trains and writes the pipeline; progress goes to standard error."""
    options = _options(arguments)
    syntax = train_syntax(options.data, options.syntax_steps)
    names = train_names(options.data, options.texts, options.held_out, options.name_steps)
    package.write(assemble(syntax, names, options.data), options.out)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.language.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument(
        "--held-out", type=Path, required=True, help="folder whose file names are not read from --texts"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--syntax-steps", type=int, default=4500)
    parser.add_argument("--name-steps", type=int, default=3600)
    return parser.parse_args(arguments)


def train_syntax(data: Path, steps: int) -> Language:
    """A pipeline with tagger, parts of speech and parser over one convolutional encoder."""
    nlp = tokenizer.blank()
    nlp.add_pipe("tok2vec", config={"model": _encoder(rows=2500)})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    for name in ("tagger", "morphologizer"):
        nlp.add_pipe(name, config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": _transitions("parser", listener)})
    makers = [_syntax_maker(nlp, text) for text in _treebank(data)]
    return fit(nlp, makers, steps)


def train_names(data: Path, texts: Path, held_out: Path, steps: int) -> Language:
    """A pipeline with an entity recogniser that has an encoder of its own.

    It learns from all there is, and then, for a quarter as long, without the unlabelled texts: these know too few
    words in capitals that are no names.
    """
    nlp = tokenizer.blank()
    nlp.add_pipe("ner", config={"model": _transitions("ner", _encoder(rows=3000))})
    names = Names.read(data / "reference")
    samples = [*_annotated(data / "ner"), *_unlabelled(nlp, names, texts, held_out)]
    nlp = fit(nlp, _name_makers(nlp, names, samples), steps)
    return refined(nlp, names, data, steps // 4)


def refined(nlp: Language, names: Names, data: Path, steps: int) -> Language:
    """The trained recogniser, trained further on what people have annotated and on made-up sentences."""
    return fit(nlp, _name_makers(nlp, names, _annotated(data / "ner")), steps, resume=True)


def assemble(syntax: Language, names: Language, data: Path) -> Language:
    """The whole pipeline: the two trained ones, the sentence rules before the parser, the lemmas after it."""
    register()
    syntax.add_pipe(sentences.NAME, before="parser")
    lemmatizer = syntax.add_pipe(lemmas.NAME)
    assert isinstance(lemmatizer, lemmas.Lemmatizer)
    lemmatizer.learn(_lemma_triples(data))
    syntax.add_pipe("ner", source=names)
    syntax.meta.update(META)
    return syntax


def _encoder(rows: int) -> dict[str, Any]:
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": WIDTH,
        "depth": 4,
        "embed_size": rows,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
        "pretrained_vectors": None,
    }


def _transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": tok2vec,
    }


def _treebank(data: Path) -> Iterator[list[corpus.Sentence]]:
    for name in TREEBANKS:
        yield from corpus.paragraphs(corpus.read_conllu(data / "treebank" / f"{name}.conllu"))


def _lemma_triples(data: Path) -> Iterator[tuple[str, str, str]]:
    """Those of the treebanks, but WordNet's for forms that the treebanks have three times or less."""
    seen = [(w.form, w.xpos, w.lemma) for text in _treebank(data) for sentence in text for w in sentence]
    counts = Counter((form.lower(), tag) for form, tag, _ in seen)
    listed = [triple for triple in wordnet.inflections() if counts[triple[:2]] < 4]
    rare = {triple[:2] for triple in listed}
    yield from (triple for triple in seen if (triple[0].lower(), triple[1]) not in rare)
    yield from listed


def _annotated(folder: Path) -> Iterator[entities.Sample]:
    for name, split in (("uner_ewt", "train"), ("gum_named_open", "train"), ("wikigold", None), ("crossner", None)):
        yield from entities.joined(
            sample
            for sample in entities.read(folder / f"{name}.jsonl", split)
            if not sample.id.startswith("crossner-politics-dev")
        )


def _unlabelled(nlp: Language, names: Names, texts: Path, held_out: Path) -> Iterator[entities.Sample]:
    annotator = weak.Annotator(nlp, names, entities.Scheme.load())
    unread = frozenset(path.name for path in held_out.iterdir())
    for number, sample in enumerate(annotator.samples(weak.texts(texts, unread))):
        if number % 3 == 0 or not {"EVENT", "TREATY", "PERSON"}.isdisjoint(label for _, _, label in sample.spans):
            yield sample


def _syntax_maker(nlp: Language, text: list[corpus.Sentence]) -> Maker:
    def make(rng: Random | None) -> Example:
        reference = corpus.to_doc(nlp.vocab, vary(text, rng) if rng else text)
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


def _names_maker(nlp: Language, names: Names, sample: entities.Sample) -> Maker:
    def make(rng: Random | None) -> Example:
        reference = entities.to_doc(nlp.vocab, substitute(sample, names, nlp, rng) if rng else sample)
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


def _name_makers(nlp: Language, names: Names, samples: Iterable[entities.Sample]) -> list[Maker]:
    makers = [_names_maker(nlp, names, sample) for sample in samples]
    return makers + [_made_up_maker(nlp, names)] * (len(makers) // 5)


def _made_up_maker(nlp: Language, names: Names) -> Maker:
    def make(rng: Random | None) -> Example:
        reference = entities.to_doc(nlp.vocab, names.sentence(nlp, rng or Random(SEED)))
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


def fit(nlp: Language, makers: list[Maker], steps: int, resume: bool = False) -> Language:
    """Trains all components for ``steps`` batches of about ``BATCH`` words; the result has the averaged weights."""
    random.seed(SEED)
    fix_random_seed(SEED)
    if not resume:
        examples = [make(None) for make in makers]
        nlp.initialize(lambda: examples)
    optimizer = _optimizer(steps)
    losses: dict[str, float] = {}
    for step, batch in enumerate(islice(_batches(makers, Random(SEED)), steps), start=1):
        nlp.update(batch, drop=0.1, sgd=optimizer, losses=losses)
        optimizer.step_schedules()  # type: ignore[no-untyped-call]
        if step % 100 == 0:
            sys.stderr.write(f"{step} " + " ".join(f"{name} {loss:.0f}" for name, loss in losses.items()) + "\n")
            losses.clear()
    with nlp.use_params(optimizer.averages):
        return package.copied(nlp)


def _optimizer(steps: int) -> Optimizer:
    """Adam as spaCy's default has it, with a learning rate that rises for 200 steps and then falls to a tenth."""
    rates = list(islice(warmup_linear(0.0015, 200, steps + steps // 10), steps))
    return Optimizer(rates, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, grad_clip=1.0)


def _batches(makers: list[Maker], rng: Random) -> Iterator[list[Example]]:
    while True:
        batch: list[Example] = []
        for make in rng.sample(makers, len(makers)):
            batch.append(make(rng))
            if sum(len(example) for example in batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


if __name__ == "__main__":
    raise SystemExit(main())
