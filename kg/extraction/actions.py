"""What one actor does to another, by the roots of PLOVER: the word that tells it, found from the two actors.

PLOVER (Halterman and others 2023, "PLOVER and POLECAT") has sixteen roots in four quadrants. The words of each root are
in ``kg/data/lexicon/actions.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from spacy.tokens import Span, Token

from kg.extraction import frames, grammar
from kg.extraction.lexicon import load

_DOWN = frozenset(
    {
        "xcomp", "ccomp", "obj", "obl", "advcl", "conj", "parataxis", "iobj", "nmod", "acl",
        "dep", "nsubj", "nsubj:pass", "acl:relcl", "obl:agent",
    }
)  # fmt: skip
_PARTICLES = frozenset({"compound:prt", "advmod", "case", "mark"})
_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll"})
_DENIED = frozenset({"not", "n't", "n’t", "never", "no"})
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Actions:
    """The words of the lexicon by lemma; a verb with its particle is a pair."""

    verbs: dict[tuple[str, str], str]
    nouns: dict[str, str]
    adjectives: dict[str, str]
    phrases: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    governors: dict[tuple[str, str], str]
    shifts: dict[str, Any]
    quadrants: dict[str, str]

    def quadrant(self, root: str) -> str:
        """The quadrant of a root ("material conflict"). Raises ``KeyError`` for what is no root."""
        return self.quadrants[root]

    def words_of(self, root: str) -> tuple[frozenset[str], frozenset[str]]:
        """The verbs that take no particle and the nouns of one word that tell a root."""
        verbs = frozenset(verb for (verb, particle), own in self.verbs.items() if own == root and not particle)
        return verbs, frozenset(noun for noun, own in self.nouns.items() if own == root and " " not in noun)


@lru_cache(maxsize=1)
def actions() -> Actions:
    """The lexicon, loaded once."""
    table = load("lexicon/actions")
    return Actions(
        verbs={_pair(verb): root for root, verbs in table["verbs"].items() for verb in verbs},
        nouns=_by_word(table["nouns"]),
        adjectives=_by_word(table["adjectives"]),
        phrases=tuple((p["root"], frozenset(p["verbs"]), frozenset(p["nouns"])) for p in table["phrases"]),
        governors={_pair(verb): root for root, verbs in table["governors"].items() for verb in verbs},
        shifts=table["shifts"],
        quadrants=_by_word(table["quadrants"]),
    )


def _by_word(table: dict[str, list[str]]) -> dict[str, str]:
    return {word: root for root, words in table.items() for word in words}


def _pair(verb: str) -> tuple[str, str]:
    first, _, particle = verb.partition(" ")
    return first, particle


def root_of(source: Span, target: Span | None) -> str | None:
    """The PLOVER root of what ``source`` does to ``target`` in their sentence; ``None`` where no word tells one.

    Both are spans of one parsed Doc. The word that is nearest above the source wins, one over the target before others.
    """
    start = source.root
    wanted = target.root if target is not None else None
    for cue in chain(_cues(start, wanted), _around(start, wanted)):
        root = _root(cue)
        if root is not None:
            return root
    return None


def _cues(start: Token, target: Token | None) -> Iterator[Token]:
    """The second of coordinated predicates that has both, then those above the source, each with what is under it."""
    seen: set[int] = set()
    if target is not None:
        for above in target.ancestors:
            if above.dep_ == "conj" and any(a.token == start for a in frames.verbal_arguments(above)):
                yield from _below(above, target, seen, 0)
    for above in start.ancestors:
        yield from _below(above, target, seen, 0)
    if target is not None:
        for above in target.ancestors:
            yield from _below(above, target, seen, _DEEPEST - 1)


def _below(token: Token, target: Token | None, seen: set[int], depth: int) -> Iterator[Token]:
    if token.i in seen or depth > _DEEPEST:
        return
    seen.add(token.i)
    yield token
    children = [c for c in token.children if c.dep_ in _DOWN]
    for child in sorted(children, key=lambda c: (not _over(c, target), c.i)):
        yield from _below(child, target, seen, depth + 1)


def _over(token: Token, target: Token | None) -> bool:
    return target is not None and (token.i == target.i or token.is_ancestor(target))


def _around(start: Token, target: Token | None) -> Iterator[Token]:
    """All words of the sentence, those nearest to the two first."""
    places = [start.i] + ([target.i] if target is not None else [])
    yield from sorted(start.sent, key=lambda t: (min(abs(t.i - place) for place in places), t.i))


def _root(token: Token) -> str | None:
    if grammar.is_verb(token):
        own = _phrase(token) or _verb(token, actions().verbs)
        return _shifted(token, _governed(token) or own) if own else None
    if token.pos_ in {"NOUN", "PROPN", "ADJ"}:
        root = actions().adjectives.get(token.lower_) if token.pos_ == "ADJ" else _noun(token)
        return _shifted(token, root) if root else None
    return None


def _verb(token: Token, table: dict[tuple[str, str], str]) -> str | None:
    lemma = token.lemma_.lower()
    for particle in _particles(token):
        if (lemma, particle) in table:
            return table[lemma, particle]
    return table.get((lemma, ""))


def _particles(token: Token) -> Iterator[str]:
    for child in token.children:
        if child.dep_ in _PARTICLES:
            yield child.lower_
        for below in child.children:
            if below.dep_ == "case":
                yield below.lower_


def _noun(token: Token) -> str | None:
    nouns = actions().nouns
    lemma = token.lemma_.lower()
    pairs = (f"{child.lower_} {lemma}" for child in token.children if child.dep_ in {"compound", "amod"})
    return next((nouns[pair] for pair in pairs if pair in nouns), None) or nouns.get(lemma)


def _phrase(verb: Token) -> str | None:
    lemma = verb.lemma_.lower()
    nouns = set(_nouns_of(verb))
    return next((root for root, verbs, of in actions().phrases if lemma in verbs and nouns & of), None)


def _nouns_of(verb: Token) -> Iterator[str]:
    for argument in frames.verbal_arguments(verb):
        if argument.slot != "subj":
            yield argument.token.lemma_.lower()
            for child in argument.token.children:
                if child.dep_ in {"compound", "amod"}:
                    yield f"{child.lower_} {argument.token.lemma_.lower()}"
    yield from (child.lemma_.lower() for child in verb.children if child.dep_ == "xcomp")


def _governed(verb: Token) -> str | None:
    """The root that a governing verb makes of it: "refused to meet"."""
    head = verb.head
    if verb.dep_ == "conj":
        head = head.head
    if verb.dep_ not in {"xcomp", "ccomp", "conj"} or not grammar.is_verb(head) or head == verb:
        return None
    return _verb(head, actions().governors)


def _shifted(token: Token, root: str) -> str:
    shifts = actions().shifts
    if root in shifts["cooperation"] and any(child.lower_ in _DENIED for child in token.children):
        return str(shifts["denied_cooperation"])
    if any(child.lower_ in _FUTURE for child in token.children):
        for group in ("cooperation", "conflict"):
            if root in shifts[group]:
                return str(shifts[f"future_{group}"])
    return root
