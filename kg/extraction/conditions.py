"""Whether a frame is one that a pattern speaks of, whoever fills its roles."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction import frames
from kg.extraction.clauses import lemma_of, verbs_above
from kg.extraction.fillers import inside
from kg.extraction.frames import Frame
from kg.extraction.grammar import has_to, is_verb, preposition
from kg.extraction.patterns import Pattern

_POSTNOMINAL = frozenset({"acl", "amod"})


def with_copula(frame: Frame, pattern: Pattern) -> Frame:
    """ "became a member of BRICS": the noun's arguments beside the verb's."""
    if not pattern.copula:
        return frame
    for child in frame.predicate.children:
        if child.dep_ in {"xcomp", "obj"} and lemma_of(child) in pattern.copula:
            arguments, _ = frames.nominal_arguments(child, frozenset())
            return Frame(frame.predicate, (*frame.arguments, *arguments))
    return frame


def fits(frame: Frame, pattern: Pattern) -> bool:
    """Whether the words that a pattern wants stand where it wants them, and none that it does not."""
    head = frame.predicate.head
    if pattern.copula and not any(lemma_of(c) in pattern.copula for c in frame.predicate.children):
        return False
    if pattern.governors and not (lemma_of(head) in pattern.governors and _is_complement(frame.predicate)):
        return False
    if pattern.under and not any(lemma_of(v) in pattern.under for v in verbs_above(frame.predicate)):
        return False
    if any(lemma_of(c) in pattern.unless for c in frame.predicate.children):
        return False
    if lemma_of(head) in pattern.not_under and not is_verb(frame.predicate):
        return False
    words = {c.lower_ for c in frame.predicate.children if c.dep_ in {"compound:prt", "advmod", "case"}}
    if pattern.particles and not words & pattern.particles:
        return False
    if frame.fillers(pattern.lacks) or (pattern.marked and preposition(frame.predicate) not in pattern.marked):
        return False
    if _stands(frame, pattern.avoids):
        return False
    return not pattern.needs or _stands(frame, pattern.needs)


def _stands(frame: Frame, wanted: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    """Whether one of the words stands in its slot."""
    return any("*" in words or lemma_of(token) in words for slot, words in wanted for token in _slot(frame, slot))


def _slot(frame: Frame, slot: str) -> list[Token]:
    if slot == "det":
        return [c for c in frame.predicate.children if c.dep_ == "det"]
    if slot == "comp":
        behind = (c for o in frame.predicate.children if o.dep_ == "obj" for c in o.rights if c.dep_ in _POSTNOMINAL)
        return [*(c for c in frame.predicate.children if c.dep_ == "xcomp"), *behind]  # "declared the treaty void"
    return inside(frame, slot)


def _is_complement(predicate: Token) -> bool:
    return predicate.dep_ in {"xcomp", "ccomp", "obj"} or (predicate.dep_ == "advcl" and has_to(predicate))
