"""Facts that were read held against those of the gold annotation, both by gold keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.evaluation.gold import FACTS, RECALL_ONLY, Fact, Gold
from kg.evaluation.lookup import Read, plain
from kg.language.evaluate import Score as Tally
from kg.model import Modality


def facts(gold: Gold, read: Read, keys: dict[str, str]) -> tuple[set[Fact], set[Fact], set[Fact], int, int]:
    """Facts that are right, wrong and missed; how many unreal ones were told as actual, of how many."""
    want = {fact: modality for fact, modality in gold.facts.items() if fact[1] in FACTS}
    told = dict(read.facts(keys, FACTS))
    actual = {f for f, m in want.items() if m is Modality.ACTUAL}
    hits = {f for f in actual if told.get(_match(f, told) or f) is Modality.ACTUAL}
    matched = {_match(f, told) or f for f in want} | _years(gold)
    wrong = {f for f, m in told.items() if m is Modality.ACTUAL and f not in matched}
    unreal = set(want) - actual
    lies = sum(told.get(_match(f, told) or f) is Modality.ACTUAL for f in unreal)
    return hits, wrong, actual - hits, lies, len(unreal)


def further(gold: Gold, read: Read, keys: dict[str, str]) -> tuple[set[Fact], set[Fact]]:
    """Facts that count for recall only: those found and those missed."""
    want = {f for f, m in gold.facts.items() if f[1] in RECALL_ONLY and m is Modality.ACTUAL}
    told = {f for f, m in read.facts(keys, RECALL_ONLY) if m is Modality.ACTUAL}
    belongs = {(keys[e.id], keys[e.of]) for e in read.knowledge.entities if e.id in keys and e.of in keys}
    told |= {(one, of, other) for one, other in belongs for of in ("bodyOf", "officeOf")}
    return want & told, want - told


def by_property(hits: set[Fact], wrong: set[Fact], missed: set[Fact]) -> Iterator[tuple[str, Tally]]:
    """The tally of each property that is in any of the three."""
    for name in sorted({fact[1] for fact in hits | wrong | missed}):
        right, extra, lost = (sum(fact[1] == name for fact in group) for group in (hits, wrong, missed))
        yield name, Tally(right, right + extra, right + lost)


def _match(fact: Fact, told: Iterable[Fact]) -> Fact | None:
    """The fact as it was read; an office by its words and whose it is."""
    if fact[1] != "holdsOffice":
        return fact if fact in told else None
    role = set(plain(fact[2]).split())
    return next((t for t in told if t[:2] == fact[:2] and role <= set(t[2].split()) and fact[3:] in ((), t[3:])), None)


def _years(gold: Gold) -> set[Fact]:
    """The year in a treaty's name may also be read as when it was signed."""
    return {(key, "signedOn", told.year) for key, told in gold.entities.items() if told.year}
