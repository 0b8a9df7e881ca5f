"""The rules of ``noise.toml``: what stands on a page and is no article."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.resources import data


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the document a unit stands: before or after the first paragraph began, and right below the title."""

    tail: bool = False
    under_title: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``takes`` says whether it also takes the ``list`` below the unit or the ``rest`` of the text."""

    reason: str
    pattern: re.Pattern[str]
    where: str = "anywhere"
    takes: str = "unit"
    longest: int = 120
    under_title: bool = False
    example: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()

    def match(self, folded: str, place: Place) -> re.Match[str] | None:
        """The match of the whole unit, ``None`` where the rule does not look."""
        return self.pattern.fullmatch(folded) if len(folded) <= self.longest and self.looks_at(place) else None

    def looks_at(self, place: Place) -> bool:
        """Whether the rule is for such a place."""
        return (
            self.where == "anywhere" or place.tail == (self.where == "tail")
        ) and place.under_title >= self.under_title


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file: the first that knows a unit decides."""
    table = tomllib.loads(data("reading/noise.toml").read_text(encoding="utf-8"))
    return tuple(_rule(**row) for row in table["rule"])


@cache
def _any(place: Place) -> re.Pattern[str]:
    """All patterns for a place in one: it is asked first, for most units are known to no rule."""
    patterns = [re.sub(r"\?P<\w+>", "?:", rule.pattern.pattern) for rule in rules() if rule.looks_at(place)]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@lru_cache(maxsize=4096)
def find(folded: str, place: Place) -> tuple[Rule, str | None] | None:
    """The rule that knows a unit, by its text with white space folded, and the publisher that the unit names."""
    if len(folded) > max(rule.longest for rule in rules()) or not _any(place).fullmatch(folded):
        return None
    for rule in rules():
        if match := rule.match(folded, place):
            return rule, match.groupdict().get("publisher")
    return None


def _rule(*, pattern: str, example: list[str], **rest: Any) -> Rule:
    counter = tuple(rest.pop("not", ()))
    return Rule(pattern=re.compile(pattern, re.IGNORECASE), example=tuple(example), counter=counter, **rest)
