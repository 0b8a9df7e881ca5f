"""Who does what an infinitive or participle tells: control and raising, by the verb above it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.grammar import ACTIVE_SUBJECTS, has_to, is_verb

_OBJECT_CONTROL = {
    "advise", "allow", "ask", "authorise", "authorize", "compel", "enable", "encourage", "force", "help", "instruct",
    "invite", "order", "permit", "persuade", "press", "request", "tell", "urge",
}  # fmt: skip
_HINDERING = {
    "ban",
    "bar",
    "block",
    "deter",
    "discourage",
    "dissuade",
    "keep",
    "preclude",
    "prevent",
    "prohibit",
    "stop",
}
_BLAMING = {
    "accuse", "blame", "censure", "charge", "condemn", "convict", "criticise", "criticize", "denounce", "fault",
    "suspect",
}  # fmt: skip
_PRAISING = {"applaud", "commend", "congratulate", "praise", "thank"}
_SENDING = {"appoint", "commission", "delegate", "designate", "dispatch", "name", "nominate", "send"}
PREPOSITIONAL_CONTROL = {"call": {"on", "upon"}, "appeal": {"to"}}


def blames(verb: Token) -> bool:
    """Whether a verb says what somebody is blamed or praised for: "accuse Syria of supporting", "thanked Oman for"."""
    marked = any(c.lower_ in {"of", "for", "with", "over"} and c.i < verb.i for c in verb.children)
    return verb.tag_ == "VBG" and marked and verb.head.lemma_ in _BLAMING | _PRAISING


def controller(verb: Token) -> tuple[Token | None, bool]:
    """The verb whose subject (or, True, object) this verb's missing subject is."""
    head = verb.head
    if head == verb or not is_verb(head):
        if verb.dep_ in {"xcomp", "conj"} and head != verb and any(c.dep_ in ACTIVE_SUBJECTS for c in head.children):
            return head, False
        return None, False
    if head.lemma_ in _HINDERING and any(c.lower_ == "from" for c in verb.children):
        return head, True
    if blames(verb):
        return head, True
    if verb.dep_ == "xcomp":
        return head, head.lemma_ in _OBJECT_CONTROL | _SENDING
    if verb.dep_ in {"conj", "advcl", "parataxis"}:
        return head, verb.dep_ == "advcl" and head.lemma_ in _SENDING and has_to(verb)
    return None, False
