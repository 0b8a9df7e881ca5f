"""Names as parts of ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def hyphenated(text: str) -> str:
    """The runs of ``a-z`` and ``0-9`` in ``text`` joined by hyphens; empty when there are none."""
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def slug(text: str) -> str:
    """ASCII words joined by hyphens, 80 characters at most; a hash when nothing ASCII is left."""
    ascii_text = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = hyphenated(re.sub(r"'s\b", "", ascii_text))
    return words[:80].strip("-") or "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
