"""Summits: which one is meant, and what happened on its sidelines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from spacy.tokens import Token

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.matches import around
from kg.extraction.mention_at import MentionAt
from kg.extraction.own_modality import weaker
from kg.extraction.page import Page, Paragraph
from kg.model import EntityRef

_ANOTHER = frozenset({"coming", "first", "following", "future", "last", "next", "other", "previous"})
_AT_SUMMITS = frozenset({"Meeting", "Interaction", "Signing"})
_REACH = 8  # tokens from a summit to what happened there


def is_named(mention_at: MentionAt, paragraph: Paragraph, token: Token) -> bool:
    """Whether a summit is a particular one: whose, of what, or by a name."""
    if token.text[:1].isupper() and token.i and token.doc[token.i - 1].text[:1].isupper():
        return token.doc[token.i - 1].lower_ not in {"the", "this", "a"}
    modifiers = [c for c in token.children if c.dep_ in {"compound", "nmod:poss", "amod", "nmod"}]
    return any(mention_at(paragraph, c) for c in modifiers) or any(c.tag_ == "VBN" for c in token.children)


def told_before(token: Token, events: Iterable[DraftEvent]) -> DraftEvent | None:
    """ "the summit": the last one of the events told before."""
    words = {c.lower_ for c in token.children}
    if not words & {"the", "this"} or words & _ANOTHER:
        return None
    return next((e for e in reversed(list(events)) if e.cls == "Summit"), None)


def put_within(page: Page, events: Mapping[tuple[int, int], DraftEvent]) -> None:
    """ "on the sidelines of the summit": tells a meeting that it was within the summit below it in the sentence.

    ``events`` are by paragraph and token.
    """
    for (paragraph, token), summit in sorted(events.items(), key=lambda item: item[0]):
        if summit.cls != "Summit":
            continue
        above = islice(page.paragraphs[paragraph].doc[token].ancestors, _REACH)
        found = (events.get((paragraph, node.i)) for node in above)
        inner = next((e for e in found if e is not None and e is not summit and e.cls in _AT_SUMMITS), None)
        if inner is not None:
            inner.properties.append(_within(inner, summit))


def _within(inner: DraftEvent, summit: DraftEvent) -> DraftFact:
    first = inner.properties[0]
    whole = around(first.passage, summit.properties[0].passage)
    told = weaker(first.modality, summit.modality)
    where = EntityRef(f"@.{summit.paragraph}.{summit.token}")
    return DraftFact("#", "within", where, whole, told, first.attribution, 0.8, "within")
