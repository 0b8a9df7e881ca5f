"""Names of the reference data as token ranges of a parse."""

from __future__ import annotations

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.page import Form, Paragraph

KIND_FORM = {
    "name": Form.NAME,
    "acronym": Form.ACRONYM,
    "demonym": Form.DEMONYM,
    "seat": Form.SEAT,
    "surname": Form.SURNAME,
}


Known = tuple[int, int, str, tuple[str, ...]]
"""First token, token behind the last, kind of name, ids of the records."""


def known_names(paragraph: Paragraph, gazetteer: Gazetteer) -> list[Known]:
    """Known names as token ranges with kind and candidates."""
    doc, found = paragraph.doc, []
    for match in gazetteer.find(doc.text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is None or not span.text[:1].isupper():
            continue
        found.append((span.start, span.end, match.kind, match.records))
    return found
