"""What a parse says of a word by itself: verb or not, passive, marked how, coordinated with what.

Dependencies are Universal Dependencies, as ``kg.language.annotate`` gives them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from kg.extraction.modality_words import modality_words

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
"""The subjects of a clause."""

MEANS = frozenset({"by", "through", "with"})
"""Prepositions of that by which something is done."""

ACTIVE_SUBJECTS = {"nsubj", "csubj", "nsubj:outer", "expl"}
PASSIVE_SUBJECTS = {"nsubj:pass", "csubj:pass"}
OBJECTS = {"obj"}
_PASSIVE_AUX = {"aux:pass"}


def is_verb(token: Token) -> bool:
    """Whether the token is a verbal predicate, participles included."""
    if token.tag_.startswith("NN"):  # where tagger and morphologizer disagree
        return False
    return token.pos_ in {"VERB", "AUX"} or (
        token.tag_.startswith("VB") and token.dep_ not in {"amod", "compound", "case", "aux"}
    )


def is_passive(verb: Token) -> bool:
    """Whether the verb's own subject is its logical object."""
    return any(c.dep_ in _PASSIVE_AUX or c.dep_ in PASSIVE_SUBJECTS for c in verb.children)


def is_participle(verb: Token) -> bool:
    """Whether it is a past participle, also one that the tagger takes for a past tense on a noun or behind "and"."""
    loose = verb.dep_ == "advcl" and not any(c.dep_ in SUBJECTS | {"mark", "advmod"} for c in verb.children)
    taken = verb.tag_ == "VBD" and (loose or verb.dep_ in {"acl", "conj"}) and verb.lower_.endswith("ed")
    return verb.tag_ == "VBN" or taken


def is_pluperfect(verb: Token) -> bool:
    """Whether it is told of the time before: "had annexed"."""
    return any(c.lower_ in {"had", "'d"} and c.dep_.startswith("aux") for c in verb.children)


def has_to(verb: Token) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(c.lower_ == "to" and c.tag_ == "TO" for c in verb.children)


def marked_to(verb: Token) -> bool:
    """Whether "to" marks the verb: "the plan to attack", "a commitment to supporting"."""
    return any(c.lower_ == "to" and c.i < verb.i for c in verb.children)


def preposition(token: Token) -> str:
    """The preposition that marks a nominal, in lower case, empty when it has none ("in accordance with" is "in")."""
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i and child.lower_ not in {"'s", "’s", "'", "’"}:
            return child.lower_
    return ""


def portioned(noun: Token) -> Token:
    """The noun that stands in the clause for this one: "round" in "a second round of talks was held"."""
    head = noun.head
    below = noun.dep_ == "compound" or (noun.dep_ == "nmod" and preposition(noun) == "of")
    return head if below and head.pos_ == "NOUN" and head.lemma_.lower() in modality_words().portions else noun


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it, to its right."""
    return [token, *(each for child in joined(token) for each in conjuncts(child))]


def joined(token: Token) -> Iterator[Token]:
    """What is coordinated with the token itself, or with the name added to it: "the minister, A, and his aide"."""
    for child in token.children:
        coordinated = child.dep_ == "conj" or (child.dep_ == "appos" and any(c.dep_ == "cc" for c in child.children))
        if coordinated and is_verb(child) == is_verb(token) and (is_verb(child) or not left_out(child)):
            yield child
        elif child.dep_ == "appos" and token.tag_ in {"NN", "NNP"} and child.pos_ == "PROPN":
            yield from joined(child)


def left_out(token: Token) -> bool:
    """ "but not Bolivia", "rather than Peru", "instead of Chile": named as one that has no part."""
    before = token.doc[max(token.sent.start, token.left_edge.i - 2) : token.i]
    denied = any(t.lower_ == "not" and (t.head == token or t.i == token.left_edge.i - 1) for t in before)
    pairs = {f"{one.lower_} {other.lower_}" for one, other in pairwise(before)}
    return denied or not pairs.isdisjoint(modality_words().negation_pairs)


def behind_bracket(noun: Token, token: Token) -> bool:
    """Whether a bracket closes between the two that opened before the first."""
    between = noun.doc[noun.i : token.i].text if token.i > noun.i else ""
    return between.count(")") > between.count("(")
