"""What an entity may be by one source of candidates, compared by all that the graph tells, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Candidate, Decision, Judgement, decide, why
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import thresholds
from kg.resolution.judging.subject import Subject


@dataclass(frozen=True, slots=True)
class Judged:
    """``decision`` has the candidates, the best first, ``fates`` what became of each of them, ``verdict`` the whole."""

    source: str
    decision: Decision
    verdict: str
    fates: tuple[str, ...]


def judged(source: str, subject: Subject, items: Iterable[Item], context: Context, apart: Mapping[str, str]) -> Judged:
    """Judge the items as a build and a link do; ``apart`` are those that the graph says it is not, with the reason."""
    given = list(items)
    decision = decide(subject, (item for item in given if item.id not in apart), context)
    refused = decide(subject, (item for item in given if item.id in apart), context).candidates
    fates = [_fate(decision, each) for each in decision.candidates]
    fates += [f"declined by the graph: {apart[each.id]}" for each in refused]
    verdict = why(decision)
    if refused and not decision.candidates:
        verdict = f"nobody: the best candidate was {refused[0].id}, {fates[0]}"
    whole = replace(decision, candidates=(*decision.candidates, *refused))
    return Judged(source, whole, verdict, tuple(fates))


def _fate(decision: Decision, candidate: Candidate) -> str:
    best, limits = decision.candidates[0], thresholds()
    if candidate.contradicted:
        return f"declined: {' and '.join(candidate.contradicted)} contradicts"
    if candidate.score < limits.unsure:
        return f"declined: the score is below {limits.unsure:.2f}"
    if candidate is best:
        return "taken" if decision.judgement is Judgement.POSITIVE else "possible"
    behind = f"{best.score - candidate.score:.2f} behind the best"
    return f"not taken: {behind}" if decision.judgement is Judgement.POSITIVE else f"possible: {behind}"
