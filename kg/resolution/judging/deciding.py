"""Judging candidates: score, explanation, and a decision that is positive, negative or unsure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kg.resolution.judging.context import Context
from kg.resolution.judging.features import FEATURES
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import CONTRADICTS, rules_of, thresholds
from kg.resolution.judging.spelling import most_alike, name
from kg.resolution.judging.subject import Subject

_OF_PEOPLE = frozenset({"Person", "Surname"})


class Judgement(StrEnum):
    """Whether subject and candidate are one."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with its score and the features it comes from; ``contradicted`` by one of them it is declined."""

    id: str
    label: str
    score: float
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def contradicted(self) -> tuple[str, ...]:
        return tuple(name for name, value in self.features.items() if value == CONTRADICTS)

    @property
    def because(self) -> str:
        """The features in words: ``name 1.00, office 1.00, type contradicts``."""
        told = (f"{k} contradicts" if v == CONTRADICTS else f"{k} {v:.2f}" for k, v in self.features.items())
        return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a subject: its candidates, the best first, and the judgement of the best."""

    subject: Subject
    judgement: Judgement
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


def decide(subject: Subject, items: Iterable[Item], context: Context) -> Decision:
    """Judge the items that the subject may be; the order of ``items`` makes no difference."""
    least = rules_of(subject.cls).name
    by_id = {item.id: item for item in items}
    named = {id: alike for id, item in by_id.items() if (alike := _name(subject, item)) >= least}
    valued = {id: _valued(subject, by_id[id], alike, context) for id, alike in named.items()}
    for id, share in _shares(by_id, valued).items():
        valued[id]["share"] = share
    found = (Candidate(id, by_id[id].label, _score(subject.cls, values), values) for id, values in valued.items())
    candidates = sorted(found, key=_rank)
    open_ = [each for each in candidates if not each.contradicted]
    return Decision(subject, _judgement(subject, open_), tuple(candidates[: thresholds().candidates]))


def why(decision: Decision) -> str:
    """The judgement and its reason, in words."""
    cls, best, limits = decision.subject.cls, decision.best, thresholds()
    if best is None:
        return "nobody: no candidate has a name like it"
    if best.contradicted:
        return f"nobody: every candidate is declined, {best.id} by {' and '.join(best.contradicted)}"
    if decision.judgement is Judgement.NEGATIVE:
        return f"nobody: the best score is {best.score:.2f}, below {limits.unsure:.2f}"
    if decision.judgement is Judgement.POSITIVE:
        return f"{best.id}: {_row_text(_reached(decision.subject, best))}"
    rivals = [each for each in decision.candidates[1:] if not each.contradicted and not _ahead(cls, best, each)]
    if rivals:
        return f"unsure: {best.id} is hardly ahead of {rivals[0].id}"
    if best.score < rules_of(cls).positive:
        return f"unsure: the score of {best.id} is {best.score:.2f}, below {rules_of(cls).positive:.2f}"
    return f"unsure: of what makes a {cls} sure, {best.id} has none"


def _row_text(row: Mapping[str, float]) -> str:
    return "sure by " + ", ".join(f"{name} from {least:.2f}" for name, least in row.items())


def _judgement(subject: Subject, candidates: Sequence[Candidate]) -> Judgement:
    limits = thresholds()
    if not candidates or candidates[0].score < limits.unsure:
        return Judgement.NEGATIVE
    best, *others = candidates
    clear = all(_ahead(subject.cls, best, other) for other in others)
    if best.score >= rules_of(subject.cls).positive and clear and _sure(subject, best):
        return Judgement.POSITIVE
    return Judgement.UNSURE


def _ahead(cls: str, best: Candidate, other: Candidate) -> bool:
    """Better by the whole, or not worse and plainly better named, or, where that counts, better known."""
    limits, known = thresholds(), rules_of(cls).share_margin
    named = best.features["name"] - other.features["name"]
    share = best.features["share"] - other.features["share"]
    return best.score - other.score >= limits.margin or named >= limits.name_margin or (known or 2.0) <= share


def _sure(subject: Subject, candidate: Candidate) -> bool:
    return bool(_reached(subject, candidate))


def _reached(subject: Subject, candidate: Candidate) -> Mapping[str, float]:
    """The first row of what makes a class sure that the candidate reaches; empty for none."""
    values = candidate.features
    rows = ({"name": thresholds().sure_name, **row} for row in rules_of(subject.cls).sure)
    return next((row for row in rows if all(values.get(k, 0.0) >= least for k, least in row.items())), {})


def _valued(subject: Subject, item: Item, alike: float, context: Context) -> dict[str, float]:
    values = {"name": round(alike, 4)}
    for feature in rules_of(subject.cls).weights:
        value = FEATURES[feature](subject, item, context) if feature in FEATURES else None
        if value is not None:
            values[feature] = round(value, 4)
    return values


def _score(cls: str, values: Mapping[str, float]) -> float:
    if CONTRADICTS in values.values():
        return 0.0
    weights = rules_of(cls).weights
    weighed = {name: value for name, value in values.items() if name in weights}
    return round(sum(weights[k] * v for k, v in weighed.items()) / sum(weights[k] for k in weighed), 4)


def _shares(items: Mapping[str, Item], valued: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """How much of what the wikis write about things of this name that are possible at all is about each one."""
    possible = {id: values["name"] for id, values in valued.items() if CONTRADICTS not in values.values()}
    rivals = {
        id: sum(items[other].sitelinks + 1 for other, its in possible.items() if its >= alike - 0.02)
        for id, alike in possible.items()
    }
    return {id: round((items[id].sitelinks + 1) / total, 4) for id, total in rivals.items()}


def _name(subject: Subject, item: Item) -> float:
    limits, bare = thresholds(), _bare(subject, item)
    label, aliases = ([each for each in names if each not in bare] for names in (subject.names[:1], subject.names[1:]))
    return max(
        most_alike(label, item.names),
        limits.alias * most_alike(aliases, item.names),
        min(limits.surname, most_alike(bare, item.names)),
    )


def _bare(subject: Subject, item: Item) -> tuple[str, ...]:
    """The names of one word, for a person who has more of them."""
    if subject.cls not in _OF_PEOPLE or len(name(item.label).words) < 2:
        return ()
    return tuple(each for each in subject.names if len(name(each).words) == 1)


def _rank(candidate: Candidate) -> tuple[bool, float, int, str]:
    return bool(candidate.contradicted), -candidate.score, len(candidate.id), candidate.id
