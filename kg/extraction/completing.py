"""What follows from other facts of the same document without further reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.model import EntityRef, Modality


def complete_signings(events: Iterable[DraftEvent], facts: Iterable[DraftFact]) -> None:
    """Those who signed a treaty, when nothing else says so, are its parties; adds them to the events given."""
    parties = [f for f in facts if f.predicate == "party" and f.modality is Modality.ACTUAL]
    for event in events:
        if event.cls != "Signing" or event.modality is not Modality.ACTUAL or event.values("participant"):
            continue
        treaties = {v.id for v in event.values("concernsTreaty") if isinstance(v, EntityRef)}
        event.properties += [replace(f, subject="#", predicate="participant") for f in parties if f.subject in treaties]
