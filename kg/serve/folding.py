"""Names as people type them: without accents, capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata

_GAP = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """``Treaty of Türkmençay (1828)`` as ``treaty of turkmencay 1828``."""
    plain = unicodedata.normalize("NFKD", text)
    return _GAP.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)).casefold()).strip()
