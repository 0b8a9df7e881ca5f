"""Dependencies in spaCy's English scheme (ClearNLP's) as Universal Dependencies, so that only one scheme is read.

What both can express is turned as Universal Dependencies 2 have it (de Marneffe and others 2021): the noun governs its
preposition, the predicate its copula. Labels of names become ours.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

FOREIGN = frozenset({"pobj", "dobj", "nsubjpass", "auxpass"})
"""Labels that only spaCy's English scheme has."""

LABELS = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "dative": "iobj",
    "poss": "nmod:poss", "relcl": "acl:relcl", "neg": "advmod", "prt": "compound:prt", "acomp": "xcomp",
    "attr": "xcomp", "oprd": "xcomp", "preconj": "cc:preconj", "predet": "det:predet", "quantmod": "advmod",
    "intj": "discourse", "meta": "dep", "prep": "advmod", "agent": "advmod", "pcomp": "advcl", "pobj": "obl",
}  # fmt: skip
NAMES = {
    "PER": "PERSON", "PERSON": "PERSON", "ORG": "ORG", "LOC": "PLACE", "GPE": "PLACE", "FAC": "PLACE", "PLACE": "PLACE",
    "EVENT": "EVENT", "LAW": "TREATY", "TREATY": "TREATY",
}  # fmt: skip
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_PREDICATES = ("attr", "acomp")


def is_foreign(nlp: Language) -> bool:
    """Whether a pipeline's parser uses spaCy's English scheme."""
    return any(not FOREIGN.isdisjoint(labels) for labels in nlp.pipe_labels.values())


def universal(doc: Doc) -> Doc:
    """The Doc with the tree and names of its own turned in place; one in Universal Dependencies stays as it is."""
    if any(token.dep_ in FOREIGN | _PREPOSITIONS | {"attr", "acomp", "relcl", "poss"} for token in doc):
        tree = _Tree(doc)
        for token in doc:
            tree.turn_preposition(token)
        for token in doc:
            tree.turn_copula(token)
        tree.write()
    _rename(doc)
    return doc


class _Tree:
    """Heads and labels of a Doc while they are turned."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._heads = [token.head.i for token in doc]
        self._labels = [_label(token) for token in doc]

    def turn_preposition(self, preposition: Token) -> None:
        """ "signed in Moscow": the noun takes the place of its preposition, which becomes its mark."""
        objects = [child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}]
        if not objects:
            return
        first = objects[0]
        self._heads[first.i], self._labels[first.i] = self._place(preposition, first)
        self._heads[preposition.i] = first.i
        self._labels[preposition.i] = "mark" if first.dep_ == "pcomp" else "case"
        for child in preposition.children:
            if child != first and child.dep_ not in {"pobj", "pcomp"} and child.dep_ not in _PREPOSITIONS:
                self._heads[child.i] = first.i

    def _place(self, preposition: Token, first: Token) -> tuple[int, str]:
        """The head and label of the noun under a preposition."""
        head = preposition.head
        if preposition.dep_ == "conj" and head.dep_ in _PREPOSITIONS:
            before = next((child for child in head.children if child.dep_ == "pobj"), head)
            return before.i, "conj"
        while head.dep_ in _PREPOSITIONS and head.head != head:
            head = head.head
        nominal = head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
        if first.dep_ == "pcomp":
            return head.i, "acl" if nominal else "advcl"
        return head.i, "nmod" if nominal else "obl:agent" if preposition.dep_ == "agent" else "obl"

    def turn_copula(self, verb: Token) -> None:
        """ "is president": the predicate takes the place of the copula and all that hangs on it."""
        if verb.lemma_ != "be" or verb.dep_ in {"aux", "auxpass"}:
            return
        predicate = next((child for kind in _PREDICATES for child in verb.children if child.dep_ == kind), None)
        if predicate is None:
            return
        old, label = self._heads[verb.i], self._labels[verb.i]
        for place, head in enumerate(self._heads):
            if head == verb.i and place != verb.i:
                self._heads[place] = predicate.i
        self._heads[predicate.i], self._labels[predicate.i] = (predicate.i if old == verb.i else old), label
        self._heads[verb.i], self._labels[verb.i] = predicate.i, "cop"

    def write(self) -> None:
        """Sets all at once, since a tree that is half turned may have a cycle."""
        heads = [head - place for place, head in enumerate(self._heads)]
        numbers = [self._doc.vocab.strings.add(label) for label in self._labels]
        rows = [[head % 2**64, number] for head, number in zip(heads, numbers, strict=True)]
        columns: Any = np.asarray(rows, dtype=np.uint64)
        self._doc.from_array(["HEAD", "DEP"], columns)


def _label(token: Token) -> str:
    if token.dep_ == "npadvmod":
        return "nmod:unmarked" if token.head.pos_ in {"NOUN", "PROPN"} else "obl:unmarked"
    if token.dep_ == "aux" and token.tag_ == "TO":
        return "mark"
    return LABELS.get(token.dep_, token.dep_)


def _rename(doc: Doc) -> None:
    """Names get our labels; those that we do not have (dates, quantities, nationalities) are dropped."""
    if any(NAMES.get(name.label_) != name.label_ for name in doc.ents):
        named = ((name, NAMES.get(name.label_)) for name in doc.ents)
        doc.set_ents([Span(doc, name.start, name.end, label=label) for name, label in named if label])
