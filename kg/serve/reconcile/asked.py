"""What a reconciliation query asks, the same for both versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MOST = 50
"""How many queries a batch may have."""
_LIMIT = 10
_LONGEST = 100


class BadRequest(Exception):
    """A request that is not what the specification says; ``status`` is 413 for one that is too large."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property should hold: ``quantifier`` any, all or none of the values; ``required`` shuts others out."""

    property: str
    values: tuple[str, ...]
    quantifier: str = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One query: names (any of them), types (any, none for all), conditions and the number of candidates."""

    names: tuple[str, ...]
    types: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int = _LIMIT


def batch_02(told: Any) -> dict[str, Asked]:
    """The queries of a batch of version 0.2, by their keys."""
    if not isinstance(told, dict) or not all(isinstance(each, dict) for each in told.values()):
        raise BadRequest("queries is a JSON object of queries")
    _not_too_many(told)
    return {key: _asked_02(each) for key, each in told.items()}


def _asked_02(told: dict[str, Any]) -> Asked:
    conditions = tuple(
        Condition(str(each.get("pid", "")), _values(each.get("v"))) for each in _objects(told.get("properties", []))
    )
    return Asked(_values(told.get("query", [])), _values(told.get("type", [])), conditions, _number(told.get("limit")))


def batch_10(told: Any) -> list[Asked]:
    """The queries of a batch of version 1.0-draft, in their order."""
    queries = told.get("queries") if isinstance(told, dict) else None
    if not isinstance(queries, list):
        raise BadRequest("the body is a JSON object with an array of queries")
    _not_too_many(queries)
    return [_asked_10(each) for each in _objects(queries)]


def _asked_10(told: dict[str, Any]) -> Asked:
    conditions = _objects(told.get("conditions", []))
    if not conditions:
        raise BadRequest("a query needs at least one condition")
    names = tuple(v for each in conditions if each.get("matchType") == "name" for v in _values(each.get("v")))
    others = tuple(_condition(each) for each in conditions if each.get("matchType") != "name")
    return Asked(names, _values(told.get("type", [])), others, _number(told.get("limit")))


def _condition(told: dict[str, Any]) -> Condition:
    if told.get("matchType") != "property" or not isinstance(told.get("pid"), str):
        raise BadRequest("a condition has the matchType name, or property with its pid")
    if told.get("matchQualifier"):
        raise BadRequest(f"no matchQualifier is offered: {told['matchQualifier']!r}")
    quantifier = told.get("matchQuantifier", "any")
    if quantifier not in ("any", "all", "none"):
        raise BadRequest(f"matchQuantifier is any, all or none: {quantifier!r}")
    return Condition(told["pid"], _values(told.get("v")), quantifier, bool(told.get("required")))


def _objects(told: Any) -> list[dict[str, Any]]:
    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise BadRequest("an array of JSON objects is needed")
    return told


def _values(told: Any) -> tuple[str, ...]:
    """Strings of a value or an array of values; an entity stands for its id."""
    each = told if isinstance(told, list) else [] if told is None else [told]
    return tuple(str(v.get("id", "")) if isinstance(v, dict) else str(v) for v in each)


def _number(told: Any) -> int:
    return min(_LONGEST, max(1, int(told))) if isinstance(told, int | float) and told == told else _LIMIT


def _not_too_many(queries: Sequence[Any] | dict[str, Any]) -> None:
    if len(queries) > MOST:
        raise BadRequest(f"a batch has at most {MOST} queries, not {len(queries)}", 413)
