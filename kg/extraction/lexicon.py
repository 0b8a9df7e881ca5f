"""The word lists of kg/data/lexicon, loaded once and made ready for look-up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from kg import resources

WORD = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\u2013\u2010\u2011", "'''---")


def load(name: str) -> dict[str, Any]:
    with resources.data(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def plain(text: str) -> str:
    """Lower case, straight apostrophes and hyphens, single blanks."""
    return " ".join(text.translate(_APOSTROPHES).lower().split())


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|sh|ch|x)$", noun) else "s")


def with_plurals(nouns: Iterable[str]) -> frozenset[str]:
    """The nouns and their regular plurals."""
    listed = list(nouns)
    return frozenset(listed) | {_plural(n) for n in listed}


class Phrases:
    """Phrases of one or more words, found at a position of a list of lower-case words, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[list[str]]] = {}
        for phrase in sorted(set(phrases), key=lambda p: (-len(p.split()), p)):
            words = phrase.replace("-", " - ").split()
            self._by_first.setdefault(words[0], []).append(words)

    def length(self, words: list[str], i: int) -> int:
        """How many words the longest phrase that begins at ``i`` has; 0 for none."""
        for phrase in self._by_first.get(words[i], ()) if i < len(words) else ():
            if words[i : i + len(phrase)] == phrase:
                return len(phrase)
        return 0


@dataclass(frozen=True)
class Lexicon:
    """Word lists by what they show; see the data files for what each is for."""

    treaty_types: dict[str, str]
    treaty_heads: frozenset[str]
    treaty_parts: frozenset[str]
    treaty_descriptive: frozenset[str]
    treaty_generic: frozenset[str]
    treaty_not_after: frozenset[str]
    treaty_if_signed: frozenset[str]
    conflict_names: frozenset[str]
    conflict_descriptive: frozenset[str]
    body_heads: Phrases
    body_nominal: frozenset[str]
    organisation_heads: frozenset[str]
    place_heads: frozenset[str]
    waters: frozenset[str]
    continents: frozenset[str]
    directions: frozenset[str]
    historical_heads: frozenset[str]
    combining: dict[str, str]
    not_entities: frozenset[str]
    gatherings: frozenset[str]
    polity_groups: frozenset[str]
    person_groups: frozenset[str]
    quantifiers: frozenset[str]
    ranks: frozenset[str]
    role_heads: frozenset[str]
    sent_roles: frozenset[str]
    role_modifiers: frozenset[str]
    role_domains: Phrases
    role_fixed: Phrases
    role_domain_words: frozenset[str]
    role_past: frozenset[str]
    roles_below: frozenset[str]
    not_without_owner: frozenset[str]
    roles_of_many: frozenset[str]
    role_default_of: dict[str, str]
    role_synonyms: dict[str, str]
    role_counterparts: dict[str, str]
    role_own_titles: dict[str, dict[str, str]]
    settlements: frozenset[str]
    belongings: frozenset[str]
    of_no_state: Phrases
    verbs_to_places: frozenset[str]
    verbs_sign: frozenset[str]
    verbs_meet: frozenset[str]
    verbs_speak_of: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    for_the_state: frozenset[str]
    against_the_state: frozenset[str]
    treaty_purposes: frozenset[str]
    alias_phrases: frozenset[str]
    alias_adverbs: frozenset[str]
    body_described: frozenset[str]
    place_parts: frozenset[str]
    place_rooms: frozenset[str]
    treaty_weak: frozenset[str]
    treaty_types_only: frozenset[str]
    spokespersons: frozenset[str]
    unnamed_sources: frozenset[str]
    verbs_about: frozenset[str]
    verbs_appoint: frozenset[str]
    verbs_travel: frozenset[str]
    done_to_treaties: frozenset[str]
    ends_treaties: frozenset[str]
    verbs_succeed: frozenset[str]
    treaties_do: frozenset[str]
    into_force: frozenset[str]
    honorifics: frozenset[str]
    initials: dict[str, str]
    roles_leading: tuple[str, ...]
    roles_not_alone: frozenset[str]
    roles_not_national: frozenset[str]

    @cached_property
    def calendar(self) -> frozenset[str]:
        """The months and the days of the week."""
        return self.months | self.weekdays

    def held_by_many(self, role: str) -> bool:
        """Whether several persons hold it at once in any state: "diplomat", "chief negotiator"."""
        return not self.roles_of_many.isdisjoint(role.split()[-1:])

    def canonical_role(self, role: str) -> str:
        """The one name of a role that has several."""
        return self.role_synonyms.get(plain(role), plain(role))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The packaged word lists."""
    nouns, offices, verbs = (load(f"lexicon/{name}") for name in ("nouns", "offices", "verbs"))
    dates = load("dates")
    treaty, body, group = nouns["treaty"], nouns["body"], nouns["group"]

    return Lexicon(
        treaty_types=treaty["types"],
        treaty_heads=with_plurals(treaty["types"]),
        treaty_parts=with_plurals(treaty["parts"]),
        treaty_descriptive=with_plurals(treaty["descriptive"]),
        treaty_generic=frozenset(treaty["generic"]),
        treaty_not_after=frozenset(treaty["not_after"]),
        treaty_if_signed=frozenset(treaty["if_signed"]),
        conflict_names=with_plurals(nouns["conflict"]["names"]),
        conflict_descriptive=frozenset(nouns["conflict"]["descriptive"]),
        body_heads=Phrases(body["heads"]),
        body_nominal=frozenset(body["nominal"]),
        organisation_heads=frozenset(nouns["organisation"]["heads"]),
        place_heads=frozenset(nouns["place"]["heads"]),
        waters=frozenset(nouns["place"]["waters"]),
        continents=frozenset(nouns["place"]["continents"]),
        directions=frozenset(nouns["place"]["directions"]),
        historical_heads=with_plurals(nouns["historical_state"]["heads"]),
        combining=nouns["combining"],
        not_entities=with_plurals(nouns["not_entities"]["heads"]),
        gatherings=frozenset(nouns["gatherings"]["heads"]),
        polity_groups=with_plurals(group["polity"]),
        person_groups=with_plurals(group["person"]),
        quantifiers=frozenset(group["quantifiers"]),
        ranks=frozenset(offices["ranks"]),
        role_heads=with_plurals(offices["heads"]),
        sent_roles=frozenset(offices["sent"]),
        role_modifiers=frozenset(offices["modifiers"]),
        role_domains=Phrases(offices["domains"]),
        role_fixed=Phrases(offices["fixed"]),
        role_domain_words=frozenset(offices["domains"]),
        not_without_owner=frozenset(offices["not_without_owner"]),
        roles_of_many=frozenset(offices["of_many"]),
        role_past=frozenset(offices["past"]),
        roles_below=frozenset(offices["below"]),
        role_default_of=offices["default_of"],
        role_synonyms=offices["synonyms"],
        role_counterparts=offices["counterparts"],
        role_own_titles=offices["own_titles"],
        settlements=frozenset(nouns["place"]["settlements"]),
        of_no_state=Phrases(group["of_no_state"]),
        belongings=with_plurals(nouns["group"]["belongings"]),
        verbs_to_places=frozenset(verbs["go_to_places"]),
        verbs_sign=frozenset(verbs["sign"]),
        verbs_meet=frozenset(verbs["meet"]),
        verbs_speak_of=frozenset(verbs["speak_of"]),
        months=frozenset(name.lower() for name in dates["months"]),
        weekdays=frozenset(name.lower() for name in dates["weekdays"]),
        for_the_state=frozenset(group["for_the_state"]),
        against_the_state=frozenset(group["against_the_state"]),
        treaty_purposes=frozenset(treaty["purposes"]),
        alias_phrases=frozenset(nouns["alias"]["phrases"]),
        alias_adverbs=frozenset(nouns["alias"]["adverbs"]),
        body_described=frozenset(body["described"]),
        place_parts=frozenset(nouns["place"]["parts"]),
        place_rooms=frozenset(nouns["place"]["rooms"]),
        treaty_weak=frozenset(treaty["weak"]),
        treaty_types_only=frozenset(treaty["types_only"]),
        spokespersons=frozenset(group["spokespersons"]),
        unnamed_sources=frozenset(group["unnamed_sources"]),
        verbs_about=frozenset(verbs["about"]),
        verbs_appoint=frozenset(verbs["appoint"]),
        verbs_travel=frozenset(verbs["travel"]),
        verbs_succeed=frozenset(verbs["succeed"]),
        done_to_treaties=frozenset(verbs["done_to_treaties"]),
        ends_treaties=frozenset(verbs["ends"]),
        treaties_do=frozenset(verbs["treaties_do"]),
        into_force=frozenset(verbs["into_force"]),
        honorifics=frozenset(offices["honorifics"]),
        initials=dict(offices["initials"]),
        roles_leading=tuple(offices["leading"]),
        roles_not_alone=frozenset(offices["alone_no_role"]),
        roles_not_national=frozenset(offices["not_national"]),
    )
