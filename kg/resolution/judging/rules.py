"""The table of weights and thresholds: ``kg/data/judging/features.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg import resources

CONTRADICTS = -1.0
"""The value of a feature that declines the candidate, whatever else speaks for it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """For one class: the weights of its features, the kinds of item it may be, what makes it sure, by how much
    better known a candidate is ahead of another, if that counts, from which score on it is sure, and how similar a
    name it has at least."""

    weights: Mapping[str, float]
    kinds: frozenset[str]
    sure: tuple[Mapping[str, float], ...]
    share_margin: float | None
    positive: float
    name: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """See the file."""

    candidates: int
    name: float
    positive: float
    unsure: float
    margin: float
    name_margin: float
    alias: float
    surname: float
    spelling: float
    initials: float
    sure_name: float


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.data("judging").joinpath("features.toml").read_text(encoding="utf-8"))


@cache
def thresholds() -> Thresholds:
    """When a candidate is taken."""
    return Thresholds(**_table()["decision"])


@cache
def rules_of(cls: str) -> Rules:
    """The rules for entities of a class."""
    row, limits = _table()["classes"][cls], thresholds()
    return Rules(
        row["weights"],
        frozenset(row["kinds"]),
        tuple(row["sure"]),
        row.get("share_margin"),
        row.get("positive", limits.positive),
        row.get("name", limits.name),
    )


@cache
def general_roles() -> frozenset[str]:
    """What is said of holders of any office, in lower case."""
    return frozenset(_table()["roles"]["general"])
