"""The verbs of saying in ``kg/data/speech.toml``: what kind of speech each reports, and in which frames."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from kg import resources

KINDS = frozenset({"report", "evaluate", "deny", "request", "commit"})
FRAMES = frozenset({"that", "quote", "as", "predicate", "object", "recipient", "recipient_to", "to", "for"})


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A verb of saying under its British lemma; a particle belongs to it (``point out``).

    ``kind`` is one of ``KINDS``, ``frames`` are of ``FRAMES``. ``factive``: the text that uses the verb itself stands
    behind what is said ("noted"), otherwise it only passes it on ("claimed").
    """

    lemma: str
    kind: str
    frames: frozenset[str]
    factive: bool


@cache
def speech_data() -> Mapping[str, Any]:
    """The tables of ``speech.toml``."""
    return MappingProxyType(tomllib.loads(resources.data("speech.toml").read_text(encoding="utf-8")))


@cache
def speech_verbs() -> Mapping[str, SpeechVerb]:
    """The verbs of saying by lemma, British and American spelling alike."""
    found: dict[str, SpeechVerb] = {}
    for lemma, row in speech_data()["verbs"].items():
        verb = SpeechVerb(lemma, row["kind"], frozenset(row["frames"]), row.get("factive", False))
        found |= dict.fromkeys((lemma, *row.get("also", ())), verb)
    return MappingProxyType(found)
