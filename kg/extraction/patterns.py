"""The patterns of kg/data/patterns: which predicate with which arguments yields which facts and event."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg import resources
from kg.extraction.actions import actions
from kg.model import AGENTS, ORGANISATIONS, POLITIES

_GROUPS: dict[str, frozenset[str]] = {"Agent": AGENTS, "Polity": POLITIES, "Org": ORGANISATIONS}


def classes(names: str | list[str]) -> frozenset[str]:
    """The contract's classes behind names such as "Agent" or "Polity"; ``event:Visit`` stays as it is."""
    listed = names.split() if isinstance(names, str) else names
    return frozenset(c for n in listed for c in _GROUPS.get(n, frozenset({n})))


@dataclass(frozen=True, slots=True)
class Role:
    """Where a role stands and what may fill it."""

    name: str
    slots: tuple[str, ...]
    classes: frozenset[str]
    required: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule; see treaties.toml for the language it is written in. Its ``cues`` are in ``verbs`` and ``nouns``."""

    id: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    roles: tuple[Role, ...]
    facts: tuple[tuple[str, str, str], ...] = ()
    event: str = ""
    kind: str = ""
    args: tuple[tuple[str, tuple[str, ...]], ...] = ()
    needs: tuple[tuple[str, frozenset[str]], ...] = ()
    governors: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    copula: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    needs_two: bool = False
    mutual: bool = False
    needs_more: bool = False
    lacks: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    needs_name: bool = False
    unless: frozenset[str] = frozenset()
    avoids: tuple[tuple[str, frozenset[str]], ...] = ()
    not_under: frozenset[str] = frozenset()
    always: bool = False
    entity: bool = False
    extends: str = ""
    each: str = ""
    otherwise: frozenset[str] = frozenset()
    instead_of: frozenset[str] = frozenset()
    examples: tuple[dict[str, Any], ...] = ()


def _role(name: str, told: str) -> Role:
    slots, _, wanted = told.partition(":")
    required = wanted.rstrip().endswith("!")
    words = [w for w in wanted.replace("!", " ").split() if w != "named"]
    return Role(name, tuple(slots.split()), classes(words), required, "named" in wanted)


def _fact(told: str) -> tuple[str, str, str]:
    subject, predicate, value = told.split()
    return subject, predicate, value


def _pattern(table: dict[str, Any]) -> Pattern:
    words = actions().words_of(table["cues"]) if "cues" in table else (frozenset(), frozenset())
    return Pattern(
        id=table["id"],
        verbs=(words[0] | set(table.get("verbs", ()))) - set(table.get("but", ())),
        nouns=(words[1] | set(table.get("nouns", ()))) - set(table.get("but", ())),
        roles=tuple(_role(n, t) for n, t in table["roles"].items()),
        facts=tuple(_fact(f) for f in table.get("facts", ())),
        event=table.get("event", ""),
        kind=table.get("kind", ""),
        args=tuple((p, tuple(r.split())) for p, r in table.get("args", {}).items()),
        needs=tuple((slot, frozenset(words)) for slot, words in table.get("needs", {}).items()),
        governors=frozenset(table.get("governors", ())),
        under=frozenset(table.get("under", ())),
        copula=frozenset(table.get("copula", ())),
        light=frozenset(table.get("light", ())),
        needs_two=table.get("needs_two", False),
        mutual=table.get("mutual", False),
        needs_more=table.get("needs_more", False),
        lacks=frozenset(table.get("lacks", ())),
        marked=frozenset(table.get("marked", ())),
        particles=frozenset(table.get("particles", ())),
        needs_name=table.get("needs_name", False),
        unless=frozenset(table.get("unless", ())),
        avoids=tuple((slot, frozenset(words)) for slot, words in table.get("avoids", {}).items()),
        not_under=frozenset(table.get("not_under", ())),
        always=table.get("always", False),
        entity=table.get("entity", False),
        extends=table.get("extends", ""),
        each=table.get("each", ""),
        otherwise=frozenset(table.get("otherwise", ())),
        instead_of=frozenset(table.get("instead_of", ())),
        examples=tuple(table.get("examples", ())),
    )


@dataclass(frozen=True)
class PatternSet:
    """All patterns by the lemma that sets them off."""

    by_verb: dict[str, tuple[Pattern, ...]]
    by_noun: dict[str, tuple[Pattern, ...]]
    light: frozenset[str]
    ranges: dict[str, frozenset[str]]
    represented: dict[str, frozenset[str]]

    @property
    def all(self) -> tuple[Pattern, ...]:
        found = {p.id: p for group in (self.by_verb, self.by_noun) for ps in group.values() for p in ps}
        return tuple(found[id] for id in sorted(found))


@lru_cache(maxsize=1)
def patterns() -> PatternSet:
    """The packaged patterns."""
    tables: list[dict[str, Any]] = []
    for path in sorted(resources.data("patterns").glob("*.toml")):
        if path.name != "properties.toml":
            tables += tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]
    read = [_pattern(t) for t in tables]
    properties = tomllib.loads(resources.data("patterns/properties.toml").read_text(encoding="utf-8"))
    verbs = sorted({v for p in read for v in p.verbs})
    nouns = sorted({n for p in read for n in p.nouns})
    return PatternSet(
        by_verb={v: tuple(p for p in read if v in p.verbs) for v in verbs},
        by_noun={n: tuple(p for p in read if n in p.nouns) for n in nouns},
        light=frozenset(v for p in read for v in p.light) | {"hold", "have", "make", "give", "conduct"},
        ranges={p: classes(c) for p, c in properties["range"].items()},
        represented={who: frozenset(named) for who, named in properties["represented"].items()},
    )
