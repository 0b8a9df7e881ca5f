"""The prefixes of queries: all of ``kg.namespaces``."""

from __future__ import annotations

import re

from kg.namespaces import PREFIXES
from kg.query.scan import words

_OWN = re.compile(r"^\s*PREFIX\s+([\w-]*):", re.IGNORECASE | re.MULTILINE)


def declared(query: str) -> str:
    """``query`` below a ``PREFIX`` line for each known prefix that it uses and does not declare itself."""
    own = set(_OWN.findall(query))
    used = {word.partition(":")[0] for _, word in words(query) if ":" in word}
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in sorted(used - own) if name in PREFIXES) + query
