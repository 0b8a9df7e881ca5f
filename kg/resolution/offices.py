"""Offices by their canonical words: "foreign minister" and "Minister for Foreign Affairs" are one role.

The rules are ``kg/data/reference/offices.tsv``: a pattern for the whole role in lower case, the canonical words
(``\\1`` stands for the first group), how prominent the role is (0 to 1; 0 is not worth recording), and whether one
person at a time holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import resources

_SMALL = frozenset({"of", "the", "for", "and", "to", "in", "on", "at"})


@dataclass(frozen=True, slots=True)
class Role:
    """A rule: which words, what they come to, how prominent the role is."""

    pattern: re.Pattern[str]
    office: str
    rank: float
    single: bool


@cache
def roles() -> tuple[Role, ...]:
    """The rules in order; the first that matches wins."""
    lines = (resources.data("reference") / "offices.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:] if line and not line.startswith("#")]
    return tuple(Role(re.compile(row[0]), row[1], float(row[2]), row[3] == "one") for row in rows)


@cache
def role(words: str) -> Role | None:
    """The rule for a role as written."""
    text = " ".join(words.lower().replace("-", " ").split())
    return next((each for each in roles() if each.pattern.fullmatch(text)), None)


@cache
def canonical(words: str) -> str:
    """The canonical words of a role: ``canonical("energy minister") == "Minister of Energy"``."""
    text = " ".join(words.lower().replace("-", " ").split())
    rule = role(words)
    return _title(rule.pattern.sub(rule.office, text) if rule else text)


def _title(text: str) -> str:
    words = text.split()
    return " ".join(w if w in _SMALL and i else w[:1].upper() + w[1:] for i, w in enumerate(words))
