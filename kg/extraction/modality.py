"""Whether a text tells that something happened, is planned, is possible or did not happen.

Factuality in the sense of FactBank (Saurí and Pustejovsky 2009): the predicate's own auxiliaries and negation, then
those of what governs it ("failed to sign", "hopes that they will"), the weaker of the two deciding.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import SUBJECTS, has_to, is_verb, portioned, preposition
from kg.extraction.modality_words import modality_words
from kg.extraction.own_modality import (
    AUXILIARIES,
    STRENGTH,
    is_perfect,
    is_question,
    of_condition,
    of_infinitive,
    of_itself,
    weaker,
)
from kg.model import Modality

_DEPTH = 8
_SETTING = {"at", "during", "in", "on"}
_PART_TAKEN = {"attend", "participate", "take"}
_THEN = {"at", "during"}  # "will help in the war": that is going on
_MARGINS = {"fringes", "margin", "margins", "sideline", "sidelines"}
_INSTRUMENTS = {"deposit", "exchange", "instrument", "completion"}
_COMPLEMENTS = {"xcomp", "ccomp", "csubj", "advcl", "acl"}


def of_verb(verb: Token, depth: int = 0) -> Modality:
    """The modality of a verbal predicate in its sentence."""
    own = weaker(weaker(of_itself(verb), of_condition(verb)), of_infinitive(verb))
    if own is Modality.NEGATED or depth > _DEPTH:
        return own
    own = weaker(own, _governed(verb, depth))
    return weaker(own, Modality.POSSIBLE) if depth == 0 and is_question(verb) else own


def of_noun(noun: Token, light: Token | None) -> Modality:
    """The modality of a nominal predicate: its adjectives, then the verb that carries or governs it."""
    words = modality_words()
    own = Modality.ACTUAL
    for child in noun.children:
        if child.dep_ != "acl" or not _took_place(noun):
            own = weaker(own, words.adjectives.get(child.lower_, Modality.ACTUAL))
        if child.dep_ in {"det", "advmod"} and child.lower_ in {"no", "any", "not"}:
            own = weaker(own, Modality.NEGATED if child.lower_ != "any" else Modality.POSSIBLE)
    if _follows(noun):
        own = weaker(own, Modality.PLANNED)
    if portioned(noun) != noun:
        return weaker(own, of_noun(portioned(noun), light))
    if light is not None:
        return weaker(own, of_verb(light))
    return weaker(own, _noun_governed(noun, 0))


def _follows(noun: Token) -> bool:
    """ "Talks to follow", "peace talks to begin in May": not "the first talks to be held", "talks to end it"."""
    words = modality_words()
    first = any(c.dep_ == "amod" and c.lower_ in {"first", "last", "latest", "only"} for c in noun.children)
    begin = (c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VB" and c.lemma_ in words.occur | {"follow"})
    return not first and any(has_to(c) and all(x.dep_ != "obj" for x in c.children) for c in begin)


def _took_place(noun: Token) -> bool:
    """ "the summit, planned for June, was held in November": told as having happened, whatever was planned."""
    verb = noun.head
    occurs = is_verb(verb) and verb.lemma_ in modality_words().occur and noun.dep_ in {"nsubj", "nsubj:pass"}
    return occurs and of_verb(verb, 1) is Modality.ACTUAL


def _is_finite(verb: Token) -> bool:
    """ "before he is to meet": a clause of its own, not what the verb above is done for."""
    marked = any(c.dep_ == "mark" and c.lower_ not in {"to", "for"} for c in verb.children)
    return verb.dep_ == "advcl" and marked and any(c.dep_ in SUBJECTS for c in verb.children)


def _hoped(verb: Token) -> Modality:
    """ "hope at reaching a deal", "came to a consensus on joining": the noun says it, whatever the verb hangs on."""
    marks = {c.lower_ for c in verb.children if c.dep_ == "mark"}
    if verb.tag_ != "VBG" or verb.dep_ not in {"acl", "advcl"} or not marks or marks & {"by", "through", "while"}:
        return Modality.ACTUAL
    words, roles = modality_words(), {"obj", "obl", "nsubj:pass"}
    governors = words.governors | (dict.fromkeys(words.minds, Modality.PLANNED) if marks & {"about", "on"} else {})
    nouns = [verb.head] if verb.dep_ == "acl" else [c for c in verb.head.children if c.dep_ in roles and c.i < verb.i]
    return next((governors[n.lemma_] for n in nouns if n.pos_ == "NOUN" and n.lemma_ in governors), Modality.ACTUAL)


def _governed(verb: Token, depth: int) -> Modality:
    """What the governing predicate says of this one."""
    head = verb.head
    if head == verb:
        return Modality.ACTUAL
    if verb.dep_ == "conj":
        return _coordinated(verb, head, depth)
    if verb.dep_ == "amod":  # "called for a negotiated peace"
        return _noun_governed(head, depth + 1)
    if verb.dep_ not in _COMPLEMENTS:
        return Modality.ACTUAL
    lemma = _lemma(head)
    infinitive = (any(c.lower_ == "to" for c in verb.children) or verb.tag_ == "VB") and not _is_finite(verb)
    if head.lemma_ == "have" and infinitive and any(c.lower_ == "yet" for c in [*head.children, *verb.children]):
        return Modality.NEGATED
    if head.lower_ == "going" and infinitive:
        return weaker(Modality.PLANNED, of_verb(head, depth + 1))
    if head.lemma_ == "be" and verb.dep_ == "xcomp" and infinitive:
        return weaker(Modality.PLANNED, of_itself(head))
    words = modality_words()
    by_word = weaker(words.governors.get(lemma, Modality.ACTUAL), _aimed_at(head))
    if verb.tag_ == "VBG" and any(c.lower_ == "against" and c.i < verb.i for c in verb.children):
        return Modality.NEGATED if lemma in words.against else Modality.POSSIBLE
    hoped = _hoped(verb)
    if hoped is not Modality.ACTUAL:
        return hoped
    if verb.dep_ == "advcl":
        if by_word is Modality.NEGATED and any(c.lower_ == "from" and c.i < verb.i for c in verb.children):
            return by_word  # "prevented them from joining"
        if not infinitive:
            return weaker(_participle(verb, head, depth), _to_come(verb, head))
        if lemma in words.actual and lemma not in {"go", "come"}:
            return of_verb(head, depth + 1)
        purpose = by_word if by_word is not Modality.ACTUAL else Modality.PLANNED
        return weaker(purpose, of_verb(head, depth + 1) if is_verb(head) else Modality.ACTUAL)
    if verb.dep_ == "acl" and not is_verb(head):
        if verb.tag_ in {"VBN", "VBG", "VBD"} and not infinitive:
            if verb.tag_ == "VBG" and _lemma(head) in words.enactments:
                return _enacted(head, depth)
            claimed = any(c.lower_ == "that" for c in verb.children)
            denied = claimed and is_verb(head.head) and _negated_speech(head.head)
            return Modality.NEGATED if denied else Modality.ACTUAL
        own = by_word if by_word is not Modality.ACTUAL else Modality.PLANNED
        return weaker(own, _noun_governed(head, depth + 1))
    return _complement(verb, head, by_word, infinitive, depth)


def _enacted(law: Token, depth: int) -> Modality:
    """Of what a law or bill does: as its enactment is told, to come where something else is told of it."""
    verb = law.head
    if law.dep_ not in {"obj", "nsubj:pass"} or not is_verb(verb):
        return Modality.ACTUAL
    told = of_verb(verb, depth + 1)
    return told if _lemma(verb) in modality_words().enacting else weaker(told, Modality.PLANNED)


def _complement(verb: Token, head: Token, by_word: Modality, infinitive: bool, depth: int) -> Modality:
    """Of an infinitive or clause under a verb: "agreed to sign", "hopes that", "denied that", "said that"."""
    if verb.dep_ == "ccomp" and by_word is Modality.PLANNED:
        by_word = Modality.ACTUAL
    if not is_verb(head) and by_word is Modality.ACTUAL:
        return Modality.ACTUAL
    above = of_verb(head, depth + 1) if is_verb(head) else Modality.ACTUAL
    if verb.dep_ == "ccomp" and not infinitive and by_word is Modality.ACTUAL:
        return Modality.NEGATED if _negated_speech(head) else Modality.ACTUAL
    if above is Modality.ACTUAL and _lemma(head) in modality_words().actual and head.tag_ in {"VBD", "VBN"}:
        return above  # "helped negotiate the treaty"
    if above is Modality.NEGATED and by_word in {Modality.NEGATED}:
        return Modality.ACTUAL if infinitive else Modality.POSSIBLE
    return weaker(by_word, above)


def _aimed_at(verb: Token) -> Modality:
    """ "The goals included signing a treaty": what a noun of planning is said to be or to hold."""
    words = modality_words()
    if verb.lemma_ not in {"be", "entail", "include", "involve"}:
        return Modality.ACTUAL
    nouns = (c.lemma_ for c in verb.children if c.dep_ == "nsubj" and c.lemma_ in words.aims)
    return next((words.governors.get(noun, Modality.POSSIBLE) for noun in nouns), Modality.ACTUAL)


def _negated_speech(head: Token) -> bool:
    return head.lemma_ in {"deny", "reject", "dismiss", "refute", "doubt"}


def _coordinated(verb: Token, head: Token, depth: int) -> Modality:
    """ "will meet and sign": the second shares the first's auxiliary, if it is of the same form and has none."""
    if not is_verb(head):
        return Modality.ACTUAL
    has_own = any(c.dep_ in AUXILIARIES for c in verb.children)
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"}
    if has_own or finite:
        return _governed(head, depth + 1) if not finite and depth < _DEPTH else Modality.ACTUAL
    return of_verb(head, depth + 1)


def _participle(verb: Token, head: Token, depth: int) -> Modality:
    if verb.tag_ == "VBG" and is_verb(head) and not any(c.dep_ == "mark" for c in verb.children):
        return of_verb(head, depth + 1)
    return Modality.ACTUAL


def _to_come(verb: Token, head: Token) -> Modality:
    """ "before Iran signs", "they will when Iran signs", "after Iran has signed": not yet, by the tense."""
    markers = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i}
    before = not markers.isdisjoint({"before", "until", "till"})
    perfect = any(c.dep_ in AUXILIARIES and c.lemma_ == "have" and c.tag_ in {"VBZ", "VBP"} for c in verb.children)
    present = verb.tag_ in {"VBZ", "VBP"} or (
        perfect and not markers.isdisjoint({"after", "when", "once", "before", "until"})
    )
    ahead = is_verb(head) and any(c.lower_ in modality_words().planned_aux for c in head.children)
    return Modality.PLANNED if present and (before or ahead) else Modality.ACTUAL


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _noun_governed(noun: Token, depth: int) -> Modality:
    words = modality_words()
    head = noun.head
    if head == noun or depth > _DEPTH:
        return Modality.ACTUAL
    if noun.dep_ == "conj":
        return _noun_governed(head, depth + 1)
    marker, dep = preposition(noun), noun.dep_
    if marker == "of" and dep == "nmod" and head.pos_ == "NOUN" and _lemma(head) in _INSTRUMENTS:
        return _noun_governed(head, depth + 1)
    if marker in {"after", "upon", "following"} and dep == "obl" and of_verb(head, depth + 1) is Modality.PLANNED:
        return Modality.PLANNED
    shown = any(c.dep_ == "nmod:poss" or c.lower_ == "the" for c in noun.children)
    if (marker == "without" and not shown) or (marker == "against" and _lemma(head) in words.against):
        return Modality.NEGATED
    if marker in {"until", "pending"} or ((marker == "ahead" or marker == "before") and dep == "obl"):
        return Modality.PLANNED if head.tag_ not in {"VBD", "VBN"} or marker == "pending" else Modality.ACTUAL
    by_word = words.governors.get(_lemma(head), Modality.ACTUAL)
    if dep in {"obj", "obl", "nmod", "nsubj:pass", "ccomp", "xcomp"}:
        if dep in {"obl", "nmod"} and marker not in {"for", "to", "of", "on", "about", "out", "with"}:
            by_word = Modality.ACTUAL
        if by_word is not Modality.ACTUAL and not (dep == "nmod" and marker == "of" and is_verb(head)):
            return weaker(by_word, Modality.ACTUAL)
    if is_verb(head) and dep in {"obj", "nsubj:pass"} and _lemma(head) in words.obtain:
        return of_verb(head, 1)
    occurs = head.lemma_ in words.occur and not (dep == "obl" and marker in _THEN and head.lemma_ not in _PART_TAKEN)
    if is_verb(head) and (dep in {"nsubj", "nsubj:pass", "obj"} or occurs):
        if occurs:
            return of_verb(head, 1)
        supposed = dep == "nsubj" and not shown and of_itself(head) is Modality.POSSIBLE
        return Modality.POSSIBLE if supposed else Modality.ACTUAL  # "an attack on China would isolate it"
    return _of_setting(noun, depth)


def _of_setting(noun: Token, depth: int) -> Modality:
    """An event that a planned act is set in is planned too: "will meet at a summit", "on the margins of a summit"."""
    marker, head, dep = preposition(noun), noun.head, noun.dep_
    on_its_margins = marker == "of" and head.lower_ in _MARGINS
    setting = head.head if on_its_margins else head
    then = any(c.lower_ in {"a", "an", "another"} for c in noun.children)
    then = then or (marker in _THEN and of_itself(setting) is Modality.PLANNED)
    if not is_verb(setting) or not (on_its_margins or (dep == "obl" and marker in _SETTING and then)):
        return Modality.ACTUAL
    told = of_verb(setting, depth + 1)
    return told if told in {Modality.PLANNED, Modality.POSSIBLE} else Modality.ACTUAL


def of_object(noun: Token) -> Modality:
    """Whether what a noun phrase shows holds where its verb denies it: "did not sign a treaty with China"."""
    verb, words = noun.head, modality_words()
    proposed = [words.adjectives[c.lower_] for c in noun.children if c.dep_ == "amod" and c.lower_ in words.adjectives]
    if proposed:
        return max(proposed, key=lambda m: STRENGTH[m])
    aimed = _aimed_at(verb) if noun.dep_ == "obj" else Modality.ACTUAL
    if aimed is not Modality.ACTUAL:
        return aimed
    if any(c.dep_ == "cop" for c in noun.children):
        told = of_verb(noun)
        return told if told is not Modality.NEGATED else Modality.ACTUAL  # "is not the first treaty with China"
    if noun.dep_ == "nmod" and _lemma(verb) in words.talks and any(c.lower_ in {"a", "an"} for c in noun.children):
        return of_noun(verb, None)  # "to begin negotiations on a treaty with China"
    indefinite = any(c.lower_ in {"a", "an", "any"} for c in noun.children)
    if indefinite and noun.dep_ == "nmod" and preposition(noun) in {"for", "on"} and _lemma(verb) in words.governors:
        return words.governors[_lemma(verb)]  # "proposals for a treaty with China"
    leads = verb.lemma_ in {"lead", "culminate", "result"} and noun.dep_ == "obl" and preposition(noun) in {"in", "to"}
    if indefinite and (noun.dep_ in SUBJECTS or leads) and is_verb(verb) and of_verb(verb) is Modality.POSSIBLE:
        return Modality.POSSIBLE  # "a treaty with China would isolate Japan", "could lead to a treaty"
    if noun.dep_ not in {"obj", "nsubj:pass"} or _lemma(verb) not in words.bring_about:
        return Modality.ACTUAL
    told = of_verb(verb)
    some = noun.tag_ == "NNS" and all(c.dep_ not in {"det", "nmod:poss"} for c in noun.children)
    return told if told is Modality.NEGATED or indefinite or some else Modality.ACTUAL


def denied(token: Token) -> bool:
    """Whether a word is itself denied or excluded: "not a military alliance", "ruled out a defence clause"."""
    words = modality_words()
    if any(c.lower_ in words.negation and c.i < token.i for c in token.children):
        return True
    return is_verb(token) and words.governors.get(_lemma(token)) is Modality.NEGATED


def is_to_come(noun: Token) -> bool:
    """Whether an event is told as one that is to be or may be: "the planned visit", "invited to the summit"."""
    return of_noun(noun, None) in {Modality.PLANNED, Modality.POSSIBLE}


def is_aim(noun: Token) -> bool:
    """Whether a verb tells what is done ahead of an event: "invited him to the summit", "prepared for the talks"."""
    ahead = is_verb(noun.head) and noun.head.lemma_ in modality_words().ahead
    return ahead and noun.dep_ == "obl" and preposition(noun) in {"to", "for"}


def tense(verb: Token) -> str:
    """``future`` for a predicate told as to come, else ``past``: which way a bare weekday or month is read."""
    return "future" if of_verb(verb) is Modality.PLANNED or _may_come(verb) else "past"


def _may_come(verb: Token) -> bool:
    """ "may meet in May", "will not meet", "asked them to meet": not "may have met"."""
    if is_perfect(verb):
        return False
    helping = [c.lower_ for c in verb.children if c.dep_ in AUXILIARIES]
    ahead = modality_words().planned_aux | modality_words().possible_aux
    able = "could" in helping and of_itself(verb) is Modality.NEGATED  # "could not meet in May" tells of the past
    return (not ahead.isdisjoint(helping) and not able) or (has_to(verb) and of_verb(verb) is Modality.POSSIBLE)
