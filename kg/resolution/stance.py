"""Whether a capital's name stands for the place: things happen in it, people go to it."""

from __future__ import annotations

from kg.extraction.grammar import SUBJECTS
from kg.extraction.lexicon import lexicon
from kg.extraction.page import Found
from kg.resolution.local import Local

_WITHIN = frozenset({"in", "at", "near", "outside", "around"})
_WAYS = frozenset({"to", "from", "into"})


def is_location(local: Local, k: int) -> bool:
    """Whether the sentence has the mention ``k`` as a place rather than as somebody who acts."""
    mention, head = local.mentions[k], local.head(k)
    first = local.page.paragraphs[mention.paragraph].doc[mention.start]
    marker = next((c.lower_ for c in head.children if c.dep_ == "case" and c.i < first.i), "")
    if head.dep_ in {"compound", "nmod", "nmod:desc"} and head.head.lemma_.lower() in lexicon().place_rooms:
        return True
    if _beside_date(local, mention):
        return True
    if head.dep_ in {"nmod:poss", *SUBJECTS}:
        return head.dep_ == "nmod:poss" and head.head.lemma_.lower() in lexicon().place_heads
    if marker in _WITHIN:
        return True
    if marker in _WAYS:
        return head.head.lemma_ in lexicon().verbs_travel or head.head.head.lemma_ in lexicon().verbs_travel
    if head.dep_ in {"appos", "list", "root", "ROOT"} and first.i > 0:
        return first.nbor(-1).text in {",", "("}
    return head.dep_ == "obj" and head.head.lemma_ in lexicon().verbs_to_places


def _beside_date(local: Local, mention: Found) -> bool:
    """ "3 May 1921, Lima", "Lima, 3 May 1921", "Place: Lima": where and when something was."""
    doc = local.page.paragraphs[mention.paragraph].doc
    after = [t for t in doc[mention.end : mention.end + 2] if not t.is_space]
    before = [t for t in doc[max(0, mention.start - 2) : mention.start] if not t.is_space]
    ends = not after or "\n" in doc[mention.end : mention.end + 2].text
    if len(after) == 2 and after[0].text == "," and (after[1].like_num or after[1].lower_ in lexicon().months):
        return True
    dated = len(before) == 2 and before[1].text == "," and before[0].like_num
    return ends and (dated or (len(before) > 0 and before[-1].text in {":", "**"}))
