"""Going about the tree around a predicate: the verbs above it, its clause, what was hung elsewhere."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.frames import Frame, verbal_arguments
from kg.extraction.grammar import conjuncts, is_verb, preposition


def lemma_of(token: Token) -> str:
    """The lemma in lower case; of a plural noun that the lemmatizer left alone, the singular."""
    lemma = str(token.lemma_).lower()
    if token.tag_ in {"NNS", "NNPS"} and lemma == token.lower_ and lemma.endswith("s"):
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma


def clause_of(token: Token) -> Token | None:
    """The verb of the clause that a token stands in, itself excluded."""
    seen = 0
    node = token
    while node.head != node and seen < 200:
        node = node.head
        seen += 1
        if is_verb(node):
            return node
    return None


def governing_subjects(token: Token) -> list[Token]:
    """Who acts in the clause around a nominal ("Pezeshkian said during talks with Putin"): its missing subject.

    The "we" of a quotation beside it is nobody: then who says it."""
    for verb in verbs_above(token):
        subjects = [a.token for a in verbal_arguments(verb) if a.slot == "subj"]
        named = [t for t in subjects if t.lower_ not in {"we", "i", "you"}]
        if named or not subjects:
            return named
    return []


def verbs_above(token: Token) -> list[Token]:
    """The verbs over a token, the nearest first."""
    found, node = [], token
    for _ in range(40):
        if node.head == node:
            break
        node = node.head
        if is_verb(node):
            found.append(node)
    return found


def stray(frame: Frame, slots: set[str]) -> list[Token]:
    """Prepositional phrases behind the predicate that the parser has hung elsewhere, up to the next clause."""
    found = []
    for token in frame.predicate.doc[frame.predicate.i + 1 : frame.predicate.sent.end]:
        if is_verb(token) and token.tag_ in {"VBD", "VBZ", "VBP"}:
            break
        if preposition(token) in slots:
            found += conjuncts(token)
    return found
