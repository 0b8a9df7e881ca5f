"""The words of kg/data/lexicon/modality.toml: what says that something happened, is planned, is possible or denied."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

from kg import resources
from kg.model import Modality


@dataclass(frozen=True)
class ModalityWords:
    """Auxiliaries, governors and conditions; ``occur``, ``bring_about``, ``obtain``, ``portions`` tell of a noun."""

    planned_aux: frozenset[str]
    possible_aux: frozenset[str]
    negation: frozenset[str]
    negation_pairs: frozenset[str]
    governors: dict[str, Modality]
    actual: frozenset[str]
    adjectives: dict[str, Modality]
    conditions: dict[str, Modality]
    occur: frozenset[str]
    bring_about: frozenset[str]
    obtain: frozenset[str]
    portions: frozenset[str]
    talks: frozenset[str]
    minds: frozenset[str]
    against: frozenset[str]
    doubt: frozenset[str]
    enactments: frozenset[str]
    enacting: frozenset[str]
    ahead: frozenset[str]
    aims: frozenset[str]


@lru_cache(maxsize=1)
def modality_words() -> ModalityWords:
    """The packaged words."""
    with resources.data("lexicon/modality.toml").open("rb") as file:
        told = tomllib.load(file)
    names = {"planned": Modality.PLANNED, "possible": Modality.POSSIBLE, "negated": Modality.NEGATED}
    return ModalityWords(
        planned_aux=frozenset(told["auxiliaries"]["planned"]),
        possible_aux=frozenset(told["auxiliaries"]["possible"]),
        negation=frozenset(told["negation"]["words"]),
        negation_pairs=frozenset(told["negation"]["pairs"]),
        governors={w: m for n, m in names.items() for w in told["governors"][n]},
        actual=frozenset(told["governors"]["actual"]),
        adjectives={w: m for n, m in names.items() for w in told["adjectives"][n]},
        conditions={w: m for n, m in names.items() for w in told["conditions"].get(n, ())},
        occur=frozenset(told["carriers"]["occur"]),
        bring_about=frozenset(told["carriers"]["bring_about"]),
        obtain=frozenset(told["carriers"]["obtain"]),
        portions=frozenset(told["carriers"]["portions"]),
        talks=frozenset(told["carriers"]["talks"]),
        minds=frozenset(told["carriers"]["minds"]),
        doubt=frozenset(told["doubt"]["adverbs"]),
        against=frozenset(told["against"]["negated"]),
        enactments=frozenset(told["enactments"]["nouns"]),
        enacting=frozenset(told["enactments"]["verbs"]),
        ahead=frozenset(told["ahead"]["verbs"]),
        aims=frozenset(told["aims"]["nouns"]),
    )
