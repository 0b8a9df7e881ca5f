"""Predicates with their arguments, verbal and nominal, in one form for all constructions.

A frame reads like the sentence: ``subj`` signed ``obj`` with ``with`` in ``in``. Passive, participle, relative clause,
control, coordination and nominalisation are undone here, so that patterns need not know of them. Input is a parsed
spaCy Doc with Universal Dependencies (``kg.language.annotate`` gives no other).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.control import PREPOSITIONAL_CONTROL, controller
from kg.extraction.grammar import (
    ACTIVE_SUBJECTS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    SUBJECTS,
    behind_bracket,
    conjuncts,
    has_to,
    is_participle,
    is_passive,
    is_verb,
    joined,
    left_out,
    marked_to,
    portioned,
    preposition,
)
from kg.extraction.modality_words import modality_words

_INDIRECT = {"iobj"}
_OBLIQUE = {"obl", "nmod", "obl:agent", "orphan"}
_UNMARKED = {"obl:unmarked", "nmod:unmarked", "obl:tmod", "nmod:tmod", "obl:npmod", "nmod:npmod"}
_POSSESSIVE = {"nmod:poss"}
_RELATIVE = {"acl:relcl", "advcl:relcl"}
_MODIFIERS = {"compound", "amod", "nmod:desc", "flat", "nmod"}
_CLAUSES = {"ccomp", "xcomp"}
_RELATIVIZERS = {"who", "which", "that", "whom", "whose"}


@dataclass(frozen=True, slots=True)
class Argument:
    """A filler of a slot: ``slot`` is subj, obj, iobj, poss, mod, unmarked, a lower-case preposition, or that: who
    acts in the clause that is the object."""

    slot: str
    token: Token


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate with its arguments; ``light`` is the verb that carries a noun ("held" of "held talks")."""

    predicate: Token
    arguments: tuple[Argument, ...]
    light: Token | None = None

    def fillers(self, slots: frozenset[str] | set[str]) -> list[Token]:
        """The tokens in any of the slots, in the order of the text, each once."""
        found = {a.token.i: a.token for a in self.arguments if a.slot in slots}
        return [found[i] for i in sorted(found)]

    @property
    def verb(self) -> Token:
        """The token that carries tense and negation."""
        return self.light if self.light is not None else self.predicate


def _expanded(slot: str, token: Token) -> Iterator[Argument]:
    yield Argument(slot, token)
    for other in joined(token):
        own = preposition(other)
        same = not own or slot in {"subj", "obj"}
        yield from _expanded(slot if same else "subj" if own == "by" else own, other)


def _own_arguments(head: Token, passive: bool) -> Iterator[Argument]:
    """Arguments that hang directly under a predicate."""
    for child in head.children:
        dep = child.dep_
        if child.pos_ in {"NOUN", "PROPN"} and left_out(child):
            continue
        if dep in PASSIVE_SUBJECTS:
            yield from _expanded("obj", child)
        elif dep in ACTIVE_SUBJECTS:
            yield from _expanded("obj" if passive else "subj", child)
        elif dep in OBJECTS:
            yield from _expanded(preposition(child) or "obj", child)  # "signed in Moscow", read as a verb with particle
        elif dep in _INDIRECT:
            yield from _expanded("iobj", child)
        elif dep == "obl:agent":
            yield from _expanded("subj", child)
        elif dep in _OBLIQUE:
            prep = preposition(child)
            yield from _expanded(
                "subj" if prep == "by" and (passive or not is_verb(head)) else prep or "unmarked", child
            )
        elif dep in _UNMARKED:
            yield from _expanded("unmarked", child)
        elif dep in _POSSESSIVE:
            yield from _expanded("poss", child)
        elif dep == "compound" and head.tag_ == "VBG" and child.pos_ == "PROPN":
            yield from _expanded("subj", child)
        elif dep == "conj" and is_verb(head) and not is_verb(child) and preposition(child):
            yield from _expanded("subj" if passive and preposition(child) == "by" else preposition(child), child)
        elif dep in _MODIFIERS and not is_verb(head):
            yield Argument("mod", child)
        if dep in _CLAUSES and is_verb(head):
            yield from (Argument("that", t) for c in child.children if c.dep_ in SUBJECTS for t in conjuncts(c))


def _antecedent(verb: Token) -> Token | None:
    """The noun that a participle or relative clause modifies."""
    return (
        verb.head if verb.dep_ in _RELATIVE | {"acl", "amod"} and verb.head.pos_ in {"NOUN", "PROPN", "PRON"} else None
    )


def _planners(noun: Token) -> list[Token]:
    """Whose plan, decision or law a noun is: its owner, else who does the verb that it is the object of."""
    owners = [t for c in noun.children if c.dep_ in _POSSESSIVE for t in conjuncts(c)]
    governor = noun.head
    if not owners and noun.dep_ in PASSIVE_SUBJECTS and is_verb(governor):
        return [a.token for a in _own_arguments(governor, True) if a.slot == "subj"]
    if owners or noun.dep_ not in OBJECTS or not is_verb(governor):
        return owners
    return [t for c in governor.children if c.dep_ in ACTIVE_SUBJECTS for t in conjuncts(c)]


def _resolve_relative(arguments: list[Argument], verb: Token) -> list[Argument]:
    """Put the antecedent where the relative pronoun stands, or in the gap when there is none."""
    noun = _antecedent(verb)
    if noun is None:
        return arguments
    enacts = verb.tag_ == "VBG" and noun.lemma_.lower() in modality_words().enactments
    if verb.dep_ == "acl" and (marked_to(verb) or enacts):
        return [*arguments, *(Argument("subj", t) for t in _planners(noun))]
    pronouns = [a for a in arguments if a.token.lower_ in _RELATIVIZERS or a.token.tag_ in {"WP", "WDT"}]
    if pronouns:
        return [Argument(a.slot, noun) if a in pronouns else a for a in arguments]
    slots = {a.slot for a in arguments}
    if verb.dep_ in {"acl", "amod"}:
        slot = "obj" if is_participle(verb) else "subj"
        return [*arguments, Argument(slot, noun)] if slot not in slots else arguments
    if "obj" not in slots:
        return [*arguments, Argument("obj", noun)]
    return arguments


def _inherited(verb: Token, slots: set[str], passive: bool, depth: int) -> list[Argument]:
    """Subjects and objects that a verb shares with the verb that governs it."""
    governor, object_control = controller(verb)
    if governor is None or depth > 6:
        return []
    above = verbal_arguments(governor, depth + 1)
    participle = verb.tag_ == "VBN" and not passive and verb.dep_ == "advcl"
    both_passive = verb.dep_ == "conj" and is_passive(governor) and is_participle(verb) and "obj" not in slots
    if both_passive:
        return [a for a in above if a.slot in {"obj", "subj"} and a.slot not in slots]
    missing = "obj" if passive or participle else "subj"
    source = "obj" if object_control or (is_passive(governor) and verb.dep_ != "parataxis") else "subj"
    if missing in slots or (verb.dep_ == "parataxis" and missing == "obj"):
        return []
    asked = PREPOSITIONAL_CONTROL.get(governor.lemma_, set()) if source == "subj" and has_to(verb) else set()
    called_on = [Argument(missing, a.token) for a in above if a.slot in asked]
    found = called_on or [Argument(missing, a.token) for a in above if a.slot == source]
    found = found or [Argument(missing, a.token) for a in above if source == "obj" and a.slot == "iobj"]
    return found or [Argument(missing, a.token) for a in above if a.slot == "subj" and source == "obj"]


def _complete(verb: Token) -> bool:
    """Whether a verb has its complement before "and": "travelled to Perth and met her" shares no object."""
    second = min((c.i for c in verb.children if c.dep_ == "conj" and is_verb(c)), default=verb.i)
    return any(c.dep_ in _OBLIQUE and verb.i < c.i < second for c in verb.children)


def _by_whom(verb: Token, arguments: list[Argument]) -> list[Argument]:
    """ "ended it with a pact signed in Rome by A": who signed, where the parser hangs it on the verb above."""
    above = next((t for t in verb.ancestors if is_verb(t)), None)
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or above is None or is_passive(above):
        return []
    if any(a.slot == "subj" for a in arguments):
        return []
    behind = [c for c in above.children if c.dep_ in _OBLIQUE and c.i > verb.i and preposition(c) == "by"]
    return [Argument("subj", t) for c in behind for t in conjuncts(c)]


def _fronted_object(argument: Argument, verb: Token) -> bool:
    """Whether it is an object that English has no place for: the verb is a participle, taken for finite."""
    token = argument.token
    before = argument.slot == "obj" and token.i < verb.i and verb.tag_ in {"VBD", "VBN"}
    return before and token.dep_ == "obj" and token.lower_ not in _RELATIVIZERS and not token.tag_.startswith("W")


def verbal_arguments(verb: Token, depth: int = 0) -> list[Argument]:
    """All arguments of a verb, those that grammar leaves out included."""
    finite = any(c.dep_ in ACTIVE_SUBJECTS or c.dep_.startswith("aux") for c in verb.children)
    bare_participle = is_participle(verb) and verb.dep_ in {"acl", "advcl"} and not finite
    passive = is_passive(verb) or bare_participle
    arguments = list(_own_arguments(verb, passive))
    fronted = any(_fronted_object(a, verb) for a in arguments)
    arguments = _resolve_relative(arguments, verb)
    arguments += _by_whom(verb, arguments)
    slots = {a.slot for a in arguments}
    arguments += [] if fronted else _inherited(verb, slots, passive, depth)
    slots = {a.slot for a in arguments}
    if "obj" not in slots and not passive and not _complete(verb):
        arguments += [
            Argument("obj", a)
            for other in verb.children
            if other.dep_ == "conj" and is_verb(other)
            for c in other.children
            if c.dep_ in OBJECTS
            for a in conjuncts(c)
        ]
    return arguments


def _noun_host(noun: Token) -> Token:
    """The first of the nouns that a noun is coordinated with, or a portion of it: it stands where all of them stand."""
    while noun.dep_ == "conj" and not is_verb(noun.head):
        noun = noun.head
    return portioned(noun)


def nominal_arguments(noun: Token, light_verbs: frozenset[str]) -> tuple[list[Argument], Token | None]:
    """Arguments of a noun, with those of the light verb that carries it, and that verb.

    Who does what a participle says of the noun takes part in "talks held by X", not in "a deal brokered by X".
    """
    arguments = [a for a in _own_arguments(noun, False) if not behind_bracket(noun, a.token)]
    portion = portioned(noun)
    if portion != noun:
        arguments += [a for a in _own_arguments(portion, False) if a.token.i != noun.i and a.slot not in {"of", "mod"}]
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}:
            words = modality_words()
            takes_part = child.lemma_ in light_verbs | words.occur | words.bring_about
            left_out = {"obj", "poss"} if takes_part or child.tag_ == "VBG" else {"obj", "poss", "subj"}
            arguments += [a for a in _own_arguments(child, child.tag_ == "VBN") if a.slot not in left_out]
    if noun.dep_ in ACTIVE_SUBJECTS and any(c.dep_ == "cop" for c in noun.head.children):
        arguments += [Argument("pred", t) for t in conjuncts(noun.head)]
    host = _noun_host(noun)
    governor = host.head if host.dep_ in OBJECTS | PASSIVE_SUBJECTS | {"acl"} else None
    if governor is not None and governor != host and is_verb(governor) and governor.lemma_ in light_verbs:
        above = verbal_arguments(governor)
        arguments += [a for a in above if a.token.i != host.i and a.token.i != noun.i]
        return arguments, governor
    return arguments, None
