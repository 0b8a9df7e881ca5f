"""Names of wars and crises: "Russo-Persian War of 1804–1813", "civil war in Greece"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.extraction.capitals import YEAR, belongs, capitalised
from kg.extraction.lexicon import Lexicon

_QUOTES = {"“", "”", '"', "‘", "’"}


def conflict_names(doc: Doc, lex: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Wars and crises: "Russo-Persian War of 1804–1813", "civil war in Greece", "Syrian conflict"."""
    for i, token in enumerate(doc):
        low = token.lower_
        start, end = i, i + 1
        if low in lex.conflict_names and capitalised(token):
            while start > 0 and belongs(doc[start - 1]):
                start -= 1
            if end < len(doc) and (doc[end].text in {"II", "I", "Two", "One", "2", "1"}):
                end += 1
            end = _conflict_tail(doc, end)
            if end > i + 1 or start < i:
                yield start, end, "Conflict"
        elif low in lex.conflict_descriptive and i + 2 < len(doc) + 1:
            if doc[i - 1].lower_ == "civil" and i > 0:
                start -= 1
            before = doc[start - 1] if start > 0 else None
            after = doc[i + 1 : i + 3]
            if len(after) == 2 and after[0].lower_ in {"in"} and capitalised(after[1]) and after[1].ent_type_ != "DATE":
                if after[1].lower_ not in lex.calendar:
                    yield start, i + 3, "Conflict"
            elif before is not None and low != "fighting" and _names_conflict(doc, _unquoted(doc, start)):
                yield _conflict_start(doc, _unquoted(doc, start)), i + 1, "Conflict"


def _names_conflict(doc: Doc, start: int) -> bool:
    token = doc[start - 1]
    return token.pos_ in {"ADJ", "PROPN"} and capitalised(token) and not token.is_sent_start and token.tag_ != "POS"


def _unquoted(doc: Doc, start: int) -> int:
    return start - 1 if start > 1 and doc[start - 1].text in _QUOTES else start


def _conflict_start(doc: Doc, start: int) -> int:
    start -= 1
    while start > 0:
        before = _unquoted(doc, start)
        if before > 1 and doc[before - 1].text in {"-", "–"} and capitalised(doc[before - 2]):
            start = before - 2
        else:
            break
    return start


def _conflict_tail(doc: Doc, end: int) -> int:
    """The years of a war, its place or its cause: "of 1804–1813", "of 1812", "of the Spanish Succession"."""
    if end + 1 >= len(doc) or doc[end].lower_ != "of":
        return end
    if YEAR.match(doc[end + 1].text):
        end += 2
        while end < len(doc) and (doc[end].text in {"-", "–", "—"} or doc[end].like_num):
            end += 1
        return end
    last = first = end + 1 + (doc[end + 1].lower_ == "the")
    while last < len(doc) and capitalised(doc[last]) and not doc[last].is_sent_start:
        last += 1
    return last if last > first else end
