"""The fast pipeline: spaCy's convolutional network, taught by people's annotations and by the default pipeline.

What the default pipeline reads in unlabelled text is its silver data (``kg.training.silver``). Seeds are fixed: the
same data, versions and processor give the same weights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from spacy.language import Language
from spacy.training import Example
from thinc.api import Optimizer, fix_random_seed, warmup_linear

from kg.language import corpus, entities, lemmas, register, sentences, tokenizer, vectors
from kg.training import package, wordnet
from kg.training.augment import vary
from kg.training.corpora import Corpora
from kg.training.names import Names, substitute
from kg.training.silver import Silver
from kg.training.vectors import WordVectors

SEED = 7
WIDTH = 96
BATCH = 1000
META = {
    "name": "treatygraph_fast",
    "version": "1.4.0",
    "license": "CC BY-SA 4.0",
    "description": "See MODEL_CARD.md of the package",
}
Maker = Callable[[Language, Random | None], Example]
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Steps:
    """Batches of about ``BATCH`` words that trees and names are learnt for; ``share`` of the silver a pass."""

    syntax: int = 4000
    names: int = 4000
    share: float = 1 / 3

    @property
    def finish(self) -> int:
        """Batches of the second phase of the names, which reads no silver."""
        return self.names // 5


def train_syntax(corpora: Corpora, silver: list[Silver], steps: Steps, tell: Tell) -> Language:
    """A pipeline with tagger, parts of speech and parser over one convolutional encoder."""
    nlp = tokenizer.blank()
    nlp.add_pipe("tok2vec", config={"model": _encoder(rows=2500, pretrained=False)})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
    for name in ("tagger", "morphologizer"):
        nlp.add_pipe(name, config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    nlp.add_pipe("parser", config={"model": _transitions("parser", listener)})
    gold = [_syntax_maker(text) for text in _paragraphs(corpora)]
    taught = [_syntax_maker(record.sentences) for record in silver]
    return fit(nlp, Mixture(gold, taught, steps.share), steps.syntax, tell)


def train_names(corpora: Corpora, silver: list[Silver], words: WordVectors, steps: Steps, tell: Tell) -> Language:
    """A pipeline with word vectors and an entity recogniser that has an encoder of its own.

    It learns from all there is, and then, for a fifth as long, from what people annotated and made-up sentences.
    """
    register()
    nlp = tokenizer.blank(vectors.NAME)
    words.put(nlp)
    nlp.add_pipe("ner", config={"model": _transitions("ner", _encoder(rows=3000, pretrained=True))})
    names = corpora.names()
    gold = [_names_maker(names, sample) for sample in corpora.annotated()]
    gold += [_made_up_maker(names)] * (len(gold) // 5)
    taught = [_names_maker(names, record.sample()) for record in silver]
    nlp = fit(nlp, Mixture(gold, taught, 2 * steps.share), steps.names, tell)
    return fit(nlp, Mixture(gold), steps.finish, tell, resume=True)


def assemble(syntax: Language, names: Language, corpora: Corpora) -> Language:
    """The whole pipeline: the two trained ones, the sentence rules before the parser, the lemmas after it."""
    register()
    syntax.vocab.vectors = names.vocab.vectors
    for name in syntax.pipe_names:
        names.add_pipe(name, source=syntax, before="ner")
    names.add_pipe(sentences.NAME, before="parser")
    lemmatizer = names.add_pipe(lemmas.NAME, before="ner")
    assert isinstance(lemmatizer, lemmas.Lemmatizer)
    lemmatizer.learn(lemma_triples(corpora))
    names.meta.update(META)
    return names


def _encoder(rows: int, pretrained: bool) -> dict[str, Any]:
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": WIDTH,
        "depth": 4,
        "embed_size": rows,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": pretrained,
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


def _paragraphs(corpora: Corpora) -> Iterator[list[corpus.Sentence]]:
    for documents in corpora.trees():
        yield from corpus.paragraphs(documents)


def lemma_triples(corpora: Corpora) -> Iterator[tuple[str, str, str]]:
    """Form, tag and lemma of the treebanks' words, but WordNet's for forms that they have three times or less."""
    seen = [(w.form, w.xpos, w.lemma) for text in _paragraphs(corpora) for sentence in text for w in sentence]
    counts = Counter((form.lower(), tag) for form, tag, _ in seen)
    listed = [triple for triple in wordnet.inflections() if counts[triple[:2]] < 4]
    rare = {triple[:2] for triple in listed}
    yield from (triple for triple in seen if (triple[0].lower(), triple[1]) not in rare)
    yield from listed


def _syntax_maker(text: list[corpus.Sentence]) -> Maker:
    def make(nlp: Language, rng: Random | None) -> Example:
        reference = corpus.to_doc(nlp.vocab, vary(text, rng) if rng else text)
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


def _names_maker(names: Names, sample: entities.Sample) -> Maker:
    def make(nlp: Language, rng: Random | None) -> Example:
        reference = entities.to_doc(nlp.vocab, substitute(sample, names, nlp, rng) if rng else sample)
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


def _made_up_maker(names: Names) -> Maker:
    def make(nlp: Language, rng: Random | None) -> Example:
        reference = entities.to_doc(nlp.vocab, names.sentence(nlp, rng or Random(SEED)))
        return Example(tokenizer.make_doc(nlp, reference.text), reference)

    return make


@dataclass(frozen=True, slots=True)
class Mixture:
    """What one pass reads: all that people annotated, and a share of the silver, drawn anew each time."""

    gold: list[Maker]
    silver: list[Maker] = field(default_factory=list)
    share: float = 0.0

    def makers(self, rng: Random) -> list[Maker]:
        """The makers of one pass in random order."""
        drawn = [*self.gold, *rng.sample(self.silver, int(len(self.silver) * self.share))]
        return rng.sample(drawn, len(drawn))


def fit(nlp: Language, mixture: Mixture, steps: int, tell: Tell, resume: bool = False) -> Language:
    """Trains all components for ``steps`` batches of about ``BATCH`` words; the result has the averaged weights."""
    random.seed(SEED)
    fix_random_seed(SEED)
    if not resume:
        examples = [make(nlp, None) for make in mixture.gold]
        nlp.initialize(lambda: examples)
    optimizer = _optimizer(steps)
    for step, batch in enumerate(islice(_batches(nlp, mixture, Random(SEED)), steps), start=1):
        nlp.update(batch, drop=0.1, sgd=optimizer)
        optimizer.step_schedules()  # type: ignore[no-untyped-call]
        tell(step)
    with nlp.use_params(optimizer.averages):
        return package.copied(nlp)


def _optimizer(steps: int) -> Optimizer:
    """Adam as spaCy's default has it, with a learning rate that rises for 200 steps and then falls to a tenth."""
    rates = list(islice(warmup_linear(0.0015, 200, steps + steps // 10), steps))
    return Optimizer(rates, beta1=0.9, beta2=0.999, eps=1e-8, L2=0.01, grad_clip=1.0)


def _batches(nlp: Language, mixture: Mixture, rng: Random) -> Iterator[list[Example]]:
    while True:
        batch: list[Example] = []
        for make in mixture.makers(rng):
            batch.append(make(nlp, rng))
            if sum(len(example) for example in batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch
