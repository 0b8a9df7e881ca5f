"""What a predicate's own words say of it: auxiliaries, denials, conditions, what stands before "to", a question."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import has_to, is_verb, preposition
from kg.extraction.modality_words import modality_words
from kg.extraction.speech_lexicon import speech_verbs
from kg.model import Modality

STRENGTH = {Modality.ACTUAL: 0, Modality.PLANNED: 1, Modality.POSSIBLE: 2, Modality.NEGATED: 3}
AUXILIARIES = {"aux", "aux:pass"}


def weaker(one: Modality, other: Modality) -> Modality:
    """The one that says less about the world."""
    return max(one, other, key=lambda m: STRENGTH[m])


def of_itself(verb: Token) -> Modality:
    """What a predicate's own auxiliaries and words of denial say."""
    words = modality_words()
    found = Modality.ACTUAL
    marked_to = has_to(verb)
    for child in () if _not_until(verb) else verb.children:
        low = child.lower_
        if low in words.negation and (child.dep_ in {"advmod", "det", "cc", "mark", "case"} or child.tag_ == "RB"):
            return Modality.NEGATED
        if child.dep_ == "advmod" and low in words.doubt:
            found = weaker(found, Modality.POSSIBLE)
        if child.i + 1 < verb.i and f"{low} {child.nbor().lower_}" in words.negation_pairs:
            return Modality.NEGATED
        if child.dep_ in AUXILIARIES:
            if low in words.planned_aux or (low == "would" and _backshifted(verb)):
                found = weaker(found, Modality.PLANNED)
            elif low in words.possible_aux:
                found = weaker(found, Modality.POSSIBLE)
            elif (child.lemma_ == "be" and marked_to) or low == "going":
                found = weaker(found, Modality.PLANNED)
        elif child.dep_ == "cop" and child.lemma_ == "be" and marked_to and verb.tag_ in {"VB", "VBN"}:
            found = weaker(found, Modality.PLANNED)
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"} and _none(child):
            return Modality.NEGATED
    if marked_to and {"yet"} & {c.lower_ for c in verb.children} and is_perfect(verb):
        return Modality.NEGATED
    if verb.dep_ == "acl" and verb.head.head == verb.head and _none(verb.head):  # its subject, to a parser that erred
        return Modality.NEGATED
    found = weaker(found, _inverted(verb))
    for aux in (c for c in verb.children if c.dep_ in {"aux", "aux:pass", "cop"}):
        if any(c.lower_ in words.negation for c in aux.children):
            return Modality.NEGATED
    return found


def is_perfect(verb: Token) -> bool:
    """Whether a form of "have" helps it: "would have met", "had signed"."""
    return any(c.lemma_ == "have" and c.dep_ in AUXILIARIES for c in verb.children)


def _backshifted(verb: Token) -> bool:
    """ "said that they would meet": the "will" of who said it, unless on a condition, or of what did not happen."""
    clauses = (mark for c in verb.children if c.dep_ == "advcl" for mark in c.children if mark.dep_ == "mark")
    if is_perfect(verb) or any(mark.lower_ in modality_words().conditions for mark in clauses):
        return False
    first = verb
    while first.dep_ == "conj":
        first = first.head
    said = [c for c in first.children if c.dep_ == "parataxis"]
    said += [first.head] if first.dep_ in {"ccomp", "parataxis"} else []
    return any(one.tag_ in {"VBD", "VBN"} and one.lemma_ in speech_verbs() for one in said)


def _not_until(verb: Token) -> bool:
    """ "was not ratified until August": it was, then."""
    past = verb.tag_ in {"VBD", "VBN"} or any(c.lower_ in {"did", "was", "were"} for c in verb.children)
    until = (c for c in verb.children if c.dep_ == "obl" and preposition(c) == "until")
    return past and any(c.tag_ in {"NNP", "CD"} for c in until)


def _none(noun: Token) -> bool:
    return (
        noun.lower_ in {"none", "nobody"}
        or noun.left_edge.lower_ == "not"
        or any(
            c.lower_ in {"no", "neither"} and c.dep_ in {"det", "advmod", "cc:preconj", "preconj"}
            for c in noun.children
        )
    )


def of_condition(verb: Token) -> Modality:
    """What "if", "unless", "once" before it say; "until it joined" of the past says that it did."""
    words = modality_words()
    marks = [c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i]
    told = [words.conditions[mark] for mark in marks if mark in words.conditions]
    found = max(told, key=lambda modality: STRENGTH[modality], default=Modality.ACTUAL)
    return Modality.ACTUAL if found is Modality.PLANNED and is_past(verb) and is_past(verb.head) else found


def is_past(verb: Token) -> bool:
    """Whether a clause tells of the past, without "would" or the like."""
    words, helping = modality_words(), [c for c in verb.children if c.dep_ in AUXILIARIES | {"cop"}]
    ahead = any(c.lower_ in words.planned_aux | words.possible_aux for c in helping)
    return not ahead and any(t.tag_ == "VBD" for t in (verb, *helping))


def of_infinitive(verb: Token) -> Modality:
    """What the words before "to" say, however they are parsed: "is to sign", "due to meet", "expected to sign"."""
    doc, i = verb.doc, verb.i - 1
    while i > verb.sent.start and doc[i].pos_ == "ADV":
        i -= 1
    if verb.tag_ != "VB" or i <= verb.sent.start or doc[i].lower_ != "to":
        return Modality.ACTUAL
    i -= 1
    found = Modality.ACTUAL
    if doc[i].lower_ in modality_words().negation and i > verb.sent.start:
        found, i = Modality.NEGATED, i - 1
    if doc[i].lemma_ == "be":
        return weaker(found, Modality.PLANNED)
    if doc[i].pos_ == "NOUN":
        return found
    by_word = modality_words().governors.get(doc[i].lemma_.lower(), Modality.ACTUAL)
    twice = by_word is Modality.NEGATED and is_verb(doc[i]) and of_itself(doc[i]) is Modality.NEGATED
    return found if twice else weaker(found, by_word)


def _inverted(verb: Token) -> Modality:
    """ "Had it taken effect" (it did not), "Should one be attacked": a condition told by word order."""
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubj:pass"}), None)
    before = [c for c in verb.children if c.dep_ in AUXILIARIES and subject is not None and c.i < subject.i]
    first = verb.doc[verb.sent.start]
    if not before and verb.dep_ == "advcl" and verb.left_edge.i == first.i + 1:  # hung on the main verb by the parser
        before = [first]
    if is_question(verb) or not before:
        return Modality.ACTUAL
    return {"had": Modality.NEGATED, "should": Modality.POSSIBLE, "were": Modality.POSSIBLE}.get(
        before[0].lower_, Modality.ACTUAL
    )


def is_question(verb: Token) -> bool:
    sentence = verb.sent
    return bool(sentence.text.rstrip().endswith("?"))
