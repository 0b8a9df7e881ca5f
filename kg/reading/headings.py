"""What a line looks like: a title or heading, or a sentence."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.lines import layout_words

_LONGEST, _WORDS, _LEADING_WORDS = 120, 16, 12


def open_ended(folded: str) -> bool:
    """Whether a line ends as titles do: no full stop but that of an abbreviation (U.S.), and no mere quotation."""
    quoted = re.fullmatch(r"[\"“].*[\"”]", folded)
    return not quoted and bool(re.search(r"(?:[^.,;:…]|\b(?:[A-Z]\.){2,}|[!?])[\"”’']?$", folded))


def looks_like_heading(folded: str) -> bool:
    """Whether a line is short, begins with a capital and ends as headings do; "he said:" leads in what follows."""
    if len(folded) > _LONGEST or folded.count(" ") >= _WORDS or not re.match(r"[\"“‘'(]?[A-Z0-9]", folded):
        return False
    if folded.endswith(":"):
        return not _lead_in().fullmatch(folded) and folded.count(" ") < _LEADING_WORDS
    return open_ended(folded)


@cache
def _lead_in() -> re.Pattern[str]:
    return re.compile(layout_words()["lead_in"], re.IGNORECASE)
