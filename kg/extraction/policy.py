"""Policy areas in a text: the words of the SKOS scheme, for what a treaty concerns."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache

from kg import resources


@lru_cache(maxsize=1)
def _areas() -> tuple[dict[str, str], re.Pattern[str]]:
    with resources.data("lexicon/policy.toml").open("rb") as file:
        told = tomllib.load(file)
    words = {word: area for area, listed in told["areas"].items() for word in listed}
    longest = sorted(words, key=lambda w: (-len(w), w))
    return words, re.compile(r"(?<![\w-])(" + "|".join(re.escape(w) for w in longest) + r")(?![\w])", re.IGNORECASE)


def find_areas(text: str) -> list[tuple[int, int, str]]:
    """Where the text names policy areas: start, end, id of the concept in the scheme ``policy-area``."""
    words, pattern = _areas()
    return [(m.start(), m.end(), words[m.group().lower()]) for m in pattern.finditer(text)]
