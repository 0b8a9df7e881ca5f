"""What is left of a clause whose verb is not said again: "signed by A; for Spain, by B", "and Belarus in 2024".

Gapping in the sense of Ross (1970): the remnants take the places of their counterparts in the clause before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.dates import TimeExpression, find_times
from kg.extraction.frames import Argument, Frame, verbal_arguments
from kg.extraction.grammar import conjuncts, is_verb
from kg.extraction.page import Found

_BREAKS = {";", ",", "and"}
_FILLERS = {"and", ",", "then", "the", "too", "next"}
_WITHIN = {"in", "on"}

Timed = tuple[int, int, TimeExpression]
"""First token, token behind the last, and the time that they tell."""


@dataclass(frozen=True, slots=True)
class Remnant:
    """The tokens ``[start, end)``, the arguments in them, and the time told in them, if any.

    ``proform`` is the verb that stands for the one before: "did so".
    """

    start: int
    end: int
    arguments: tuple[Argument, ...]
    when: TimeExpression | None = None
    proform: Token | None = None

    def in_place(self, frame: Frame) -> Frame:
        """The frame of the clause before with the remnants in it."""
        told = {a.slot for a in self.arguments}
        return Frame(
            frame.predicate, (*(a for a in frame.arguments if a.slot not in told), *self.arguments), frame.light
        )


def remnants(predicate: Token, mentions: Sequence[Found], times: Sequence[Timed]) -> Iterator[Remnant]:
    """The remnants behind a verb in its sentence; ``mentions`` and ``times`` are those of its paragraph."""
    doc, i = predicate.doc, predicate.i + 1
    told = False
    while i < predicate.sent.end:
        told = told or any(start == i for start, _, _ in times)
        found = None
        if doc[i].lower_ in _BREAKS:
            found = _for_another(doc, i + 1, mentions)
            if found is None and told:
                found = _at_another_time(predicate, i + 1, mentions, times)
        if found is not None:
            yield found
        i = found.end if found is not None else i + 1


def done_again(doc: Doc, verbs: Sequence[Token], times: Sequence[Timed]) -> Iterator[tuple[Token, Remnant]]:
    """ "Iran's parliament ratified it in May. The Duma did so in April": the verb before, and what is told of another.

    ``verbs`` are the predicates of the paragraph; the one that is meant stands in the same sentence or the last one.
    """
    for verb in doc:
        if not _stands_for_another(verb):
            continue
        near = {verb.sent.start, doc[verb.sent.start - 1].sent.start if verb.sent.start else 0}
        before = [v for v in verbs if v.i < verb.i and v.sent.start in near]
        subjects = [a for a in verbal_arguments(verb) if a.slot == "subj"]
        if before and subjects:
            inside = [t for t in times if verb.i < t[0] < verb.sent.end or verb.left_edge.i <= t[0] < verb.i]
            start, end = min(a.token.left_edge.i for a in subjects), max([verb.i + 2, *(t[1] for t in inside)])
            when = inside[0][2] if inside else None
            yield before[-1], Remnant(start, min(end, len(doc)), tuple(subjects), when, verb)


def _stands_for_another(verb: Token) -> bool:
    """ "did so", "did the same", "followed suit", "did not" at the end of a clause."""
    behind = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
    if verb.lemma_ == "do" and behind[:1] in (["not"], ["n't"], ["n’t"]):
        return not verb.dep_.startswith("aux") and all(t.is_punct for t in verb.doc[verb.i + 2 : verb.i + 3])
    if verb.lemma_ == "follow":
        return behind[:1] == ["suit"]
    return verb.lemma_ == "do" and (behind[:1] in (["so"], ["likewise"]) or behind == ["the", "same"])


def timed(doc: Doc) -> list[Timed]:
    """The times told in a paragraph."""
    found = []
    for expr in find_times(doc.text):
        span = doc.char_span(expr.start, expr.end, alignment_mode="expand")
        if span is not None:
            found.append((span.start, span.end, expr))
    return found


def _for_another(doc: Doc, i: int, mentions: Sequence[Found]) -> Remnant | None:
    """ "for Spain, by Juan Perez"."""
    i = _skipped(doc, i)
    side = _starting(mentions, _skipped(doc, i + 1)) if i < len(doc) and doc[i].lower_ == "for" else None
    if side is None:
        return None
    i = _skipped(doc, side.end)
    signer = _starting(mentions, _skipped(doc, i + 1)) if i < len(doc) and doc[i].lower_ == "by" else None
    if signer is None:
        return None
    signers = conjuncts(signer.head(doc))
    arguments = (Argument("for", side.head(doc)), *(Argument("subj", t) for t in signers))
    return Remnant(side.start - 1, max(signer.end, *(t.i + 1 for t in signers)), arguments)


def _at_another_time(predicate: Token, i: int, mentions: Sequence[Found], times: Sequence[Timed]) -> Remnant | None:
    """ "and Belarus the tenth on 4 July 2024"; after "met Xi on Sunday" an object: "and Putin on Monday"."""
    doc = predicate.doc
    i = _skipped(doc, i)
    by = i < len(doc) and doc[i].lower_ == "by"
    actor = _starting(mentions, _skipped(doc, i + by))
    actor = _titled(doc, mentions, actor) if actor is not None else None
    if actor is None or _of_another(predicate, actor.head(doc)):
        return None
    i = actor.end
    while i < min(len(doc), actor.end + 3) and (doc[i].lower_ in {"the", ","} or doc[i].tag_ in {"JJ", "NN"}):
        i += 1
    if i >= len(doc) or (doc[i].lower_ not in _WITHIN and not (by and any(start == i for start, _, _ in times))):
        return None
    when = next(((end, expr) for start, end, expr in times if start in {i, i + 1}), None)
    if when is None:
        return None
    objects = [c.i for c in predicate.children if c.dep_ == "obj"]
    like = not by and any(m.cls == actor.cls and m.start <= o < m.end for m in mentions for o in objects)
    return Remnant(actor.start - by, when[0], (Argument("obj" if like else "subj", actor.head(doc)),), when[1])


def _of_another(predicate: Token, actor: Token) -> bool:
    """ "signed the treaty concluded between Israel and Egypt in 1979": Egypt belongs to a verb in between."""
    verb = next((t for t in actor.ancestors if is_verb(t)), predicate)
    return actor.dep_ == "conj" and predicate.i < verb.i < actor.i


def _skipped(doc: Doc, i: int) -> int:
    while i < len(doc) and doc[i].lower_ in _FILLERS:
        i += 1
    return i


def _starting(mentions: Sequence[Found], i: int) -> Found | None:
    """The longest mention that begins at a token."""
    return max((m for m in mentions if m.start == i), key=lambda m: m.end, default=None)


def _titled(doc: Doc, mentions: Sequence[Found], first: Found) -> Found:
    """The person whose title the mention begins ("Russian President Vladimir Putin"), else the mention itself."""
    persons = [m for m in mentions if m.cls == "Person" and first.end < m.start <= first.end + 3]
    near = min(persons, key=lambda m: m.start, default=None)
    if near is None or any(t.is_punct or t.lower_ in {"and", "on", "in"} for t in doc[first.end : near.start]):
        return first
    return near
