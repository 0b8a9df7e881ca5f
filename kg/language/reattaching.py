"""Words that a parser has hung on the wrong word, where grammar itself says so: rules on single words of a tree."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

_OF_THE_WHOLE = frozenset({"acl:relcl", "appos", "conj"})
_CLAUSES_OF_NOUNS = frozenset({"acl", "acl:relcl"})
_CONJUNCTIONS = frozenset({"after", "before", "since", "until"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_AGENTS = frozenset({"ORG", "PERSON", "PLACE"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NOT = frozenset({"not", "n't", "n’t"})
TAKE_IN = frozenset({"bring", "draw", "let", "pull", "take", "usher"})


def reattach(token: Token) -> None:
    """Changes the head and relation of a word, or of what hangs on it, where they cannot be meant."""
    for rule in _RULES.get(token.dep_, ()):
        rule(token)


def hang(token: Token, head: Token, relation: str) -> bool:
    """Gives a word another head and relation, unless that word hangs on it itself; returns whether it was done."""
    if token == head or token.is_ancestor(head):
        return False
    token.head, token.dep_ = head, relation
    return True


def _stand_alone(auxiliary: Token) -> None:
    """ "Oman ratified it; Iraq did not": an auxiliary with a subject of its own is a clause of its own."""
    verb = auxiliary.head
    if auxiliary.i < verb.i or not any(c.dep_ == "nsubj" for c in auxiliary.children):
        return
    auxiliary.dep_ = "parataxis"
    for word in list(verb.rights):
        if word.i > auxiliary.i and word.lower_ in _NOT:
            hang(word, auxiliary, word.dep_)


def _lead(verb: Token, root: Token, relation: str, head: Token) -> None:
    """Makes a verb the root of its sentence in the place of ``root``, which hangs on ``head`` then."""
    verb.head, verb.dep_ = verb, "ROOT"
    if hang(root, head, relation):
        for mark in [c for c in root.rights if c.dep_ == "punct" and c.i > verb.i]:
            hang(mark, verb, "punct")


def _give_up_root(noun: Token) -> None:
    """ "By the treaty Spain ceded it": what stands behind a preposition at the start is no main word."""
    verb = next((c for c in noun.rights if c.dep_ == "acl:relcl" and c.tag_ in _FINITE), None)
    marked = noun.left_edge.dep_ == "case" and noun.left_edge.head == noun and noun.left_edge.is_sent_start
    if verb is None or not marked or not _has_subject(verb, before=True):
        return
    if all(not t.tag_.startswith("W") and t.text != "," for t in noun.doc[noun.i : verb.i]):
        _lead(verb, noun, "obl", verb)


def _give_up_lead(participle: Token) -> None:
    """ "The terms of the treaty signed in 1954 barred it": the verb that has the subject before it is the main one."""
    main = next((c for c in participle.rights if c.dep_ == "ccomp" and c.tag_ in _FINITE), None)
    subject = next((c for c in main.lefts if c.dep_ == "nsubj"), None) if main is not None else None
    if main is None or subject is None or not subject.i < participle.i < main.i or _has_subject(participle):
        return
    before = participle.nbor(-1)
    nouns = (t for t in (before, *before.ancestors) if t.pos_ in _NOUNS and t.i < participle.i)
    noun = next((t for t in nouns if t == subject or subject.is_ancestor(t)), None)
    if noun is not None and participle.tag_ in {"VBD", "VBN"}:
        _lead(main, participle, "acl", noun)


def _give_to_passive(agent: Token) -> None:
    """ "They left it, signed by Oman": "by" behind a participle marks who does it, not a word of the verb before."""
    by = _by(agent)
    if by is None:
        return
    between = [agent.head] if agent.head.tag_ == "VBN" else agent.doc[agent.head.i + 1 : by.i]
    participle = next((t for t in reversed(between) if t.tag_ == "VBN"), None)
    if participle is not None and participle.i < by.i:
        hang(agent, participle, "obl:agent")


def _give_to_participle(agent: Token) -> None:
    """ "A treaty, signed in Lima, by Godoy": "by" marks who does what the participle before it tells."""
    by = _by(agent)
    told = [c for c in agent.head.children if c.dep_ == "acl" and c.tag_ == "VBN"]
    participle = next((c for c in reversed(told) if by is not None and agent.head.i < c.i < by.i), None)
    if participle is not None and all(c.dep_ != "obl:agent" for c in participle.children):
        hang(agent, participle, "obl:agent")


def _give_past_witnesses(agent: Token) -> None:
    """ "Signed in the presence of the king by Godoy": the king is a witness, "by" belongs to the verb above."""
    if _by(agent) is None:
        return
    above = list(agent.ancestors)
    presence = next((t for t in above if t.lemma_ == "presence"), None)
    verb = presence.head if presence is not None else agent
    if verb.tag_ == "VBN" and all(c.dep_ != "obl:agent" for c in verb.children):
        hang(agent, verb, "obl:agent")


def _join_agents(agent: Token) -> None:
    """ "By Ignatiev for Russia and by Safvet": what has the same preposition is joined with what has it before."""
    if _by(agent) is not None:
        before = (t for t in reversed(agent.doc[agent.sent.start : agent.left_edge.i]) if t.dep_ == "obl:agent")
        first = next(before, None)
        if first is not None and first != agent.head:
            hang(agent, first, "conj")


def _give_to_next(subject: Token) -> None:
    """ "Oman left. Iraq stayed": the second subject of a verb, behind it, is that of the next verb, which has none."""
    verb = subject.head
    following = next((t for t in verb.rights if t.i > subject.i and t.dep_ in {"parataxis", "conj"}), None)
    if subject.i > verb.i and following is not None and _has_subject(verb, before=True) and not _has_subject(following):
        hang(subject, following, subject.dep_)


def _make_object(noun: Token) -> None:
    """ "It ended the War of 1812": behind a verb that has its subject before it stands its object."""
    own = {child.dep_ for child in noun.head.children if child != noun}
    if noun.dep_ == "nsubj" and noun.i > noun.head.i and _has_subject(noun.head, before=True):
        noun.dep_ = noun.dep_ if own & {"obj", "cop", "ccomp"} else "obj"


def _make_oblique(noun: Token) -> None:
    """ "By treaty Oman ceded it": of two subjects before a verb the one behind a preposition is none."""
    marked = any(c.dep_ == "case" and c.i < noun.i for c in noun.children)
    if noun.dep_ == "nsubj" and marked and sum(c.dep_ == "nsubj" for c in noun.head.lefts) > 1:
        noun.dep_ = "obl"


def _make_subject(name: Token) -> None:
    """ "By the Osmo Treaty Italy ceded it": beside what stands before the verb, without a comma, stands its subject."""
    verb = name.head.head
    beside = name.head.dep_ == "obl" and name.head.i < name.i < verb.i and name.nbor(-1).dep_ != "punct"
    if beside and verb.tag_ in _FINITE and not _has_subject(verb):
        hang(name, verb, "nsubj")


def _leave_noun(year: Token) -> None:
    """ "In 1879 war broke out": a number with a preposition of its own does not count what follows."""
    verb = year.head.head
    marked = any(c.dep_ == "case" and c.i < year.i for c in year.children)
    if marked and year.head.dep_.startswith("nsubj") and year.i < year.head.i < verb.i:
        hang(year, verb, "obl")


def _take_back(noun: Token) -> None:
    """ "The treaty regulated trade": a word before the verb is no part of its object."""
    verb = noun.head.head
    if noun.i < verb.i < noun.head.i and verb.tag_ in _FINITE and not _has_subject(verb):
        hang(noun, verb, "nsubj")


def _make_agent(name: Token) -> None:
    """ "In Oslo on 5 June 1927 Norway signed it": a name between a date and the verb is its subject."""
    top = next((t for t in name.ancestors if t.dep_ == "obl"), None)
    if top is None or name.ent_type_ not in _AGENTS or not top.i < name.i <= name.right_edge.i == top.head.i - 1:
        return
    if top.head.tag_ in _FINITE and not _has_subject(top.head):
        hang(name, top.head, "nsubj")


def _make_speaker(name: Token) -> None:
    """ "Oman has joined BRICS, the group that Brazil leads, announced": behind a clause and a comma stands who says it.

    A relative clause behind it is said of it too.
    """
    clause = next((t for t in name.ancestors if t.dep_ == "ccomp" and t.i < name.i < t.head.i), None)
    first = name.left_edge
    if clause is None or "," not in (first.text, first.nbor(-1).text) or _has_subject(clause.head):
        return
    relative = [c for c in name.head.rights if c.dep_ == "acl:relcl" and c.left_edge.i > name.i]
    end = max(token.right_edge.i for token in (name, *relative))
    if all(token.text == "," for token in name.doc[end + 1 : clause.head.i]) and hang(name, clause.head, "nsubj"):
        for token in relative:
            hang(token, name, token.dep_)


def _make_clause(noun: Token) -> None:
    """ "Which they will sign before the Act expires": a relative pronoun before another subject is no subject.

    Then what stands behind the preposition is that of the verb that follows it.
    """
    end = noun.right_edge.i + 1
    mark = next((c for c in noun.lefts if c.dep_ == "case" and c.lower_ in _CONJUNCTIONS), None)
    if mark is None or end >= len(noun.doc) or noun.doc[end].tag_ not in _FINITE:
        return
    verb = noun.doc[end]
    pronoun = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.tag_ == "WDT"), None)
    between = noun.doc[pronoun.i + 1 : mark.i] if pronoun is not None else ()
    above = next((t for t in reversed(between) if t.pos_ == "VERB"), None)
    if pronoun is None or above is None or not any(t.dep_ == "nsubj" for t in between):
        return
    if hang(verb, above, "advcl") and hang(noun, verb, "nsubj"):
        hang(mark, verb, "mark")
        hang(pronoun, above, "obj")


def _make_relative(pronoun: Token) -> None:
    """ "An agreement that they signed": a relative pronoun is the subject or the object of its clause."""
    verb = pronoun.head
    if pronoun.tag_ != "WDT" or verb.dep_ not in _CLAUSES_OF_NOUNS:
        return
    own = {child.dep_ for child in verb.children}
    free = next((dep for dep in ("nsubj", "obj") if not any(d.startswith(dep) for d in own)), None)
    verb.dep_, pronoun.dep_ = "acl:relcl", free or "obl"


def _make_fronted(participle: Token) -> None:
    """ "Concluded in Lima, the treaty regulated trade": a clause at the start is that of the verb."""
    verb = next((t for t in participle.ancestors if t.tag_ in _FINITE and t.i > participle.i), None)
    if participle.is_sent_start and verb is not None and verb.i < participle.head.i:
        hang(participle, verb, "advcl")


def _make_complement(verb: Token) -> None:
    """ "It said, citing a diplomat, that Oman had left": the clause is the main verb's, not the noun's."""
    that = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    citing = verb.head.head
    aside = verb.head.dep_ == "obj" and citing.dep_ == "advcl" and citing.tag_ == "VBG"
    if aside and that is not None and that.tag_ == "IN" and that.nbor(-1).text == ",":
        hang(verb, citing.head, "ccomp")


def _give_to_aside(noun: Token) -> None:
    """ "The treaty, signed by Godoy in 1978, ended it": what stands before the closing comma is told of the signing."""
    verb, first, end = noun.head, noun.left_edge, noun.right_edge.i + 1
    if not 0 < first.i <= noun.i < verb.i or noun.doc[end : end + 1].text != "," or first.nbor(-1).text == ",":
        return
    subject = next((c for c in verb.lefts if c.dep_.startswith("nsubj") and c.i < noun.i), None)
    told = [c for c in subject.rights if c.dep_ == "acl" and c.tag_ == "VBN" and c.i < first.i] if subject else []
    if told and noun.doc[max(0, told[-1].i - 1)].text == ",":
        hang(noun, told[-1], "obl")


def _give_to_speaking(clause: Token) -> None:
    """ "It helps," he said after meeting them: what follows the verb of the main clause without a comma is its own."""
    verb, start = clause.head.head, clause.left_edge.i
    before = clause.head.dep_ == "ccomp" and clause.head.i < verb.i < start
    if before and not any(t.is_punct or t.is_quote for t in clause.doc[verb.i : start]):
        hang(clause, verb, clause.dep_)


def _make_taken(noun: Token) -> None:
    """ "BRICS took in South Africa": with no other object, who is taken in is the object."""
    verb = noun.head
    if verb.lemma_ not in TAKE_IN or any(c.dep_ in {"obj", "nsubj:pass"} and c != noun for c in verb.children):
        return
    marks = [*(c for c in noun.lefts if c.dep_ == "case"), *(c for c in verb.children if c.dep_ == "compound:prt")]
    particle = next((c for c in marks if c.lower_ == "in" and c.i == verb.i + 1), None)
    if particle is not None and noun.left_edge.i <= particle.i + 1:
        hang(particle, verb, "compound:prt")
        noun.dep_ = "obj"


def _lift(word: Token) -> None:
    """What is said of a name hangs on its first word, and so does the preposition before it."""
    if word.head.dep_ != "flat":
        told = [c for c in word.rights if c.dep_ in _OF_THE_WHOLE]
        for child in [*told, *(c for c in word.lefts if c.dep_ == "case" and c.i < word.head.i)]:
            hang(child, word.head, child.dep_)


def _by(noun: Token) -> Token | None:
    """The preposition "by" before it."""
    return next((c for c in noun.lefts if c.dep_ == "case" and c.lower_ == "by"), None)


def _has_subject(verb: Token, before: bool = False) -> bool:
    return any(c.dep_.startswith("nsubj") for c in (verb.lefts if before else verb.children))


_RULES: dict[str, tuple[Callable[[Token], None], ...]] = {
    "aux": (_stand_alone,),
    "nsubj": (_give_to_passive, _give_to_next, _make_object, _make_oblique),
    "nsubj:pass": (_give_to_passive,),
    "obl": (_give_to_passive, _make_taken, _make_clause, _give_to_aside),
    "obj": (_make_taken,),
    "nmod": (_give_to_participle, _give_past_witnesses),
    "conj": (_join_agents,),
    "appos": (_make_subject, _make_speaker),
    "nmod:unmarked": (_make_agent,),
    "compound": (_take_back,),
    "nummod": (_leave_noun,),
    "ROOT": (_give_up_root, _give_up_lead),
    "advcl": (_give_to_speaking,),
    "mark": (_make_relative,),
    "obl:unmarked": (_make_relative,),
    "acl": (_make_complement, _make_fronted),
    "flat": (_lift,),
}
