"""What a paragraph of an entry is about."""

from __future__ import annotations

from collections.abc import Set

from kg.extraction.page import Form, Page, Paragraph, Resolved


def topic(page: Page, resolved: Resolved, paragraph: Paragraph, classes: Set[str]) -> list[str]:
    """The entities of these classes that the heading above a paragraph names first, else the title."""
    for index in (page.heading_of.get(paragraph.index), 0):
        if index is None or (index == 0 and page.paragraphs[0].block.kind != "title"):
            continue
        for k, mention in enumerate(resolved.mentions):
            if mention.paragraph == index and mention.form is Form.NAME:
                keys = [x for x in resolved.referents.get(k, ()) if resolved.entities[x].cls in classes]
                if keys:
                    return keys
    return []
