"""Which claims become facts: only what is told as having happened, and one value where there can be but one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model import SINGLE_VALUED, Claim, Knowledge, Modality, PartialDate, Value

DATING = ("signedOn", "date")
"""The properties that date their subject as a whole, the first that is there."""

Fact = tuple[str, str, Value]


def facts_of(knowledge: Knowledge) -> list[Fact]:
    """The facts (subject id, property, value), sorted and without an event's ``type``, which is its class.

    A property of ``SINGLE_VALUED`` has one value: the one chosen in ``knowledge.disagreements``, told as precisely as
    any claim that agrees with it does. What is only planned, possible or denied is no fact, nor is anything about an
    event that is.
    """
    settled = {(d.subject, d.predicate): d for d in knowledge.disagreements}
    facts: list[Fact] = []
    for (subject, predicate), claims in _actual(knowledge).items():
        disagreement = settled.get((subject, predicate))
        values = sorted({c.object for c in claims}, key=_order)
        if predicate in SINGLE_VALUED:
            values = [_best(claims, values, disagreement.chosen if disagreement else None)]
        elif disagreement:
            values = [v for v in values if v not in disagreement.others]
        facts += [(subject, predicate, value) for value in values]
    return sorted(facts, key=lambda fact: (fact[0], fact[1], _order(fact[2])))


def dated(facts: Iterable[Fact]) -> dict[str, PartialDate]:
    """When each dated subject took place."""
    dates: dict[str, dict[str, PartialDate]] = defaultdict(dict)
    for subject, predicate, value in facts:
        if predicate in DATING and isinstance(value, PartialDate):
            dates[subject][predicate] = value
    return {subject: next(found[p] for p in DATING if p in found) for subject, found in sorted(dates.items())}


def _actual(knowledge: Knowledge) -> dict[tuple[str, str], list[Claim]]:
    unrealised = {e.id for e in knowledge.events if e.modality is not Modality.ACTUAL}
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in knowledge.claims:
        if claim.modality is Modality.ACTUAL and claim.predicate != "type" and claim.subject not in unrealised:
            groups[claim.subject, claim.predicate].append(claim)
    return groups


def _best(claims: Sequence[Claim], values: Sequence[Value], chosen: Value | None) -> Value:
    candidates = [v for v in values if chosen is not None and _tells(v, chosen)] or values

    def rank(value: Value) -> tuple[int, float, tuple[str, ...]]:
        support = [c for c in claims if _tells(value, c.object)]
        return (-len(support), -max(c.confidence for c in support), _order(value))

    return min(candidates, key=rank)


def _tells(value: Value, other: Value) -> bool:
    """Whether ``value`` says what ``other`` says, or more precisely."""
    if isinstance(value, PartialDate) and isinstance(other, PartialDate):
        return value.text.startswith(other.text)
    return value == other


def _order(value: Value) -> tuple[str, ...]:
    return (type(value).__name__, repr(value))
