"""What grammar and names tell of a tree that the parser missed: a name is one phrase, an auxiliary has no subject."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

_OF_THE_WHOLE = frozenset({"acl:relcl", "appos", "conj"})
_NOT = frozenset({"not", "n't", "n’t"})
_TAKE_IN = frozenset({"bring", "draw", "let", "pull", "take", "usher"})
_WHERE = frozenset({"in", "at"})


def mended(doc: Doc) -> Doc:
    """The document with its trees changed where words of one name hang on the same word, each on its own.

    "Signed in Abu Dhabi", read as "in" a particle, "Abu" a modifier and "Dhabi" an object of the verb. Also where an
    auxiliary of the verb before it has a subject and a negation ("Oman ratified it; Iraq did not"), and where a verb
    has a second subject behind it and the next verb none, or one behind a preposition. What is said of a name
    hangs on its first word. Persons who sign for states are joined with each other.
    """
    for token in doc:
        if token.dep_ == "aux" and token.i > token.head.i and any(c.dep_ == "nsubj" for c in token.children):
            _stand_alone(token)
        elif token.dep_ == "nsubj" and token.i > token.head.i:
            _give_to_passive(token)
            _give_to_next(token)
        elif token.dep_ == "nsubj" and _marked(token) and sum(c.dep_ == "nsubj" for c in token.head.lefts) > 1:
            token.dep_ = "obl"
        elif token.dep_ == "flat" and token.head.dep_ != "flat":
            for child in [c for c in token.rights if c.dep_ in _OF_THE_WHOLE]:
                child.head = token.head
    names = list(doc.ents)
    for name in names:
        if name.label_ == "PERSON":
            _join_people(name, names)
        first, *others = [token for token in name if token.head == token or token.head not in name]
        if all(token.head == first.head != token for token in others):
            relations = {token.dep_ for token in (first, *others)}
            for token in others:
                token.head, token.dep_ = first, "flat"
            if relations <= {"obj", "obl"} and ("obl" in relations or first.head.lemma_ not in _TAKE_IN):
                _unglue(name, first)
    return doc


def _join_people(second: Span, names: list[Span]) -> None:
    """ "By Godoy for Spain and Pinto for Portugal": persons are joined with each other, not with a state."""
    state = next((n for n in names if second.root.dep_ == "conj" and second.root.head in n), None)
    first = _stands_for(state, names) if state is not None and state.label_ == "PLACE" else None
    if state is None or first is None:
        return
    second.root.head = first.root
    for name in names:
        person = _stands_for(name, [first, second])
        if person is not None and name.label_ == "PLACE":
            name.root.head, name.root.dep_ = person.root, "nmod"


def _stands_for(state: Span, names: list[Span]) -> Span | None:
    """The person of ``names`` behind whom "for" and the state stand."""
    if state.start < 2 or state.doc[state.start - 1].lower_ != "for":
        return None
    return next((n for n in names if n.end == state.start - 1 and n.label_ == "PERSON"), None)


def _give_to_passive(agent: Token) -> None:
    """ "By Oman" behind a participle is who does it, not the subject of the verb before both."""
    by = next((c for c in agent.lefts if c.dep_ == "case" and c.lower_ == "by"), None)
    between = agent.doc[agent.head.i + 1 : by.i] if by is not None else ()
    participle = next((t for t in reversed(tuple(between)) if t.tag_ == "VBN"), None)
    if participle is not None:
        agent.head, agent.dep_ = participle, "obl:agent"


def _marked(noun: Token) -> bool:
    """Whether a preposition stands before it."""
    return any(c.dep_ == "case" and c.i < noun.i for c in noun.children)


def _stand_alone(auxiliary: Token) -> None:
    verb = auxiliary.head
    auxiliary.dep_ = "parataxis"
    for word in list(verb.rights):
        if word.i > auxiliary.i and word.lower_ in _NOT:
            word.head = auxiliary


def _give_to_next(subject: Token) -> None:
    verb = subject.head
    following = next((t for t in verb.rights if t.i > subject.i and t.dep_ in {"parataxis", "conj"}), None)
    second = any(c.dep_.startswith("nsubj") for c in verb.lefts)
    if following is not None and second and not any(c.dep_.startswith("nsubj") for c in following.children):
        subject.head = following


def _unglue(name: Span, head: Token) -> None:
    before = name.doc[name.start - 1] if name.start > name.sent.start else None
    glued = before is not None and before.dep_ == "compound:prt" and before.head == head.head
    if before is not None and glued and name.label_ == "PLACE" and before.lower_ in _WHERE:
        before.head, before.dep_, head.dep_ = head, "case", "obl"
