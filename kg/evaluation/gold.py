"""Gold annotations of a document, one YAML file each; docs/evaluation.md describes the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.errors import InputError
from kg.model import Modality

KEYS = frozenset({"document", "date", "entities", "facts", "events", "statements"})
FACTS = frozenset(
    {
        "party", "signatory", "signedOn", "signedAt", "ratifiedBy", "inForceFrom", "duration", "terminatedOn",
        "concludes", "replaces", "transfersTerritory", "cededTerritoryTo", "holdsOffice", "memberOf",
    }
)  # fmt: skip
RECALL_ONLY = frozenset({"concerns", "mentions", "locatedIn", "bodyOf", "officeOf", "represents", "succeededBy"})
SLOTS = ("location", "date", "within", "host")
ACTORS = ("agent", "target", "host")
Fact = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity that the text names; ``names`` are all strings for it, the usual one first."""

    key: str
    type: str
    names: tuple[str, ...]
    qid: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event with who takes part and its other slots (place, day, larger event, host), by gold keys."""

    type: str
    modality: Modality
    agent: str = ""
    target: str = ""
    actors: frozenset[str] = frozenset()
    treaty: str = ""
    slots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """All annotations of one document; a fact is subject, property and object, an office also whose it is."""

    document: str
    entities: dict[str, GoldEntity]
    facts: dict[Fact, Modality]
    events: tuple[GoldEvent, ...]
    statements: tuple[tuple[str, str], ...]


def load(path: Path) -> Gold:
    """Reads one file. Raises ``InputError`` that names the file and what is wrong in it."""
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InputError(str(path), f"cannot be read: {' '.join(str(error).split())}") from error
    try:
        return _gold(told, path)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(str(path), f"no gold annotation: {type(error).__name__}: {error}") from error


def _gold(told: Any, path: Path) -> Gold:
    if not isinstance(told, dict) or "entities" not in told or not told.keys() <= KEYS:
        raise ValueError(f"it must have entities, and no keys but {', '.join(sorted(KEYS))}")
    entities = {str(key): _entity(str(key), one) for key, one in told["entities"].items()}
    gold = Gold(
        document=str(told.get("document", path.stem)),
        entities=entities,
        facts=dict(_fact(item) for item in told.get("facts") or ()),
        events=tuple(_event(item) for item in told.get("events") or ()),
        statements=tuple((str(s["speaker"]), str(s["quote"])) for s in told.get("statements") or ()),
    )
    unknown = sorted(_keys_used(gold) - entities.keys())
    if unknown:
        raise ValueError(f"no entity has the key {', '.join(unknown)}")
    return gold


def _entity(key: str, told: dict[str, Any]) -> GoldEntity:
    names = (str(told["name"]), *map(str, told.get("also", ())))
    return GoldEntity(key, str(told["type"]), names, str(told.get("qid", "")), str(told.get("year", "")))


def _fact(item: Any) -> tuple[Fact, Modality]:
    told, modality = (item["fact"], item.get("modality", "Actual")) if isinstance(item, dict) else (item, "Actual")
    fact = tuple(str(part) for part in told)
    if fact[1] not in FACTS | RECALL_ONLY or len(fact) not in (3, 4):
        raise ValueError(f"no fact of the annotation: {' '.join(fact)}")
    return fact, Modality(modality)


def _event(item: dict[str, Any]) -> GoldEvent:
    actors = {str(one) for one in item.get("participants") or ()}
    actors |= {str(item[key]) for key in ACTORS if item.get(key)}
    slots = tuple((key, str(item[key])) for key in SLOTS if item.get(key))
    agent, target, treaty = (str(item.get(key, "")) for key in ("agent", "target", "treaty"))
    modality = Modality(item.get("modality", "Actual"))
    return GoldEvent(str(item["type"]), modality, agent, target, frozenset(actors), treaty, slots)


def _keys_used(gold: Gold) -> set[str]:
    keys = {fact[0] for fact in gold.facts} | {speaker for speaker, _ in gold.statements}
    keys |= {key for event in gold.events for key in (*event.actors, event.treaty) if key}
    return keys


def files(folder: Path) -> Iterator[Path]:
    """The annotation files of a folder, by name. Raises ``InputError`` when it has none."""
    found = sorted(path for ending in ("*.yaml", "*.yml") for path in folder.glob(ending))
    if not found:
        raise InputError(str(folder), "no folder with .yaml files of annotations")
    return iter(found)


def text_of(gold: Gold, path: Path, texts: Iterable[Path]) -> Path:
    """The text that a file annotates: the one it names, else the one with the same stem. Raises ``InputError``."""
    by_name = {text.name: text for text in texts}
    by_stem = {text.stem: text for text in by_name.values()}
    found = by_name.get(gold.document) or by_stem.get(Path(gold.document).stem) or by_stem.get(path.stem)
    if found is None:
        raise InputError(str(path), f"its text {gold.document} is not in the folders of texts")
    return found
